"""Somebody who is quoted very often: what a question may be answered with is found among all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from index.catalog import Catalog, Nearness, Reading
from index.models import Article, Passage, Quotation, content_id

DAYS = 60
FIRST = date(2025, 1, 1)


@pytest.fixture
def catalog(open_store: Callable[[str], Catalog]) -> Catalog:
    catalog = open_store("data")
    for number in range(DAYS):
        catalog.add(said_on(number))
    return catalog


def said_on(number: int) -> Reading:
    words = "le phare sera repeint" if number == 31 else f"la digue tient depuis {number} jours"
    text = f"Journal\n\n« {words} », dit Maud Lorne."
    article = Article(content_id(text), str(number), "Journal", "fr", FIRST + timedelta(number), text=text)
    start = text.index(words)
    quotation = Quotation(article.id, start, start + len(words), "direct", "Maud Lorne")
    vector = np.eye(4, dtype=np.float32)[[3 if number == 17 else number % 3]]
    return Reading(article, [Passage(article.id, 0, len(text))], [quotation], vector, vector, "m")


def chosen(catalog: Catalog, near: Nearness, each: int) -> set[int]:
    """The days, counted from the first, of what is looked at."""
    rowids, _ = catalog.likely_statements({"Maud Lorne"}, near, each)
    found = {quotation.article_id for quotation, _ in catalog.statements(speakers={"Maud Lorne"}, rowids=rowids)}
    return {
        (article.published - FIRST).days for article in catalog.articles() if article.id in found and article.published
    }


def test_the_newest_and_the_oldest_are_looked_at(catalog: Catalog) -> None:
    assert chosen(catalog, Nearness((), ()), 2) == {0, 1, DAYS - 2, DAYS - 1}


def test_the_nearest_by_meaning_and_by_words_are_looked_at(catalog: Catalog) -> None:
    near = Nearness((np.eye(4, dtype=np.float32)[3],), ("phar",))
    assert chosen(catalog, near, 1) == {0, DAYS - 1, 17, 31}


def test_vectors_of_another_model_are_passed_over(catalog: Catalog) -> None:
    assert chosen(catalog, Nearness((np.ones(3, np.float32),), ()), 1) == {0, DAYS - 1}


def test_how_many_there_are_is_told_of_all(catalog: Catalog) -> None:
    _, extent = catalog.likely_statements({"Maud Lorne"}, Nearness((), ()), 1)
    assert (extent.count, extent.days) == (DAYS, (FIRST, FIRST + timedelta(DAYS - 1)))
    assert catalog.times_quoted({"Maud Lorne", "Paul Vidal"}) == DAYS

"""Near-duplicates in the catalog: linked whatever the order, parted when what links them goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.catalog import Catalog, Reading, open_catalog
from index.models import Article, Passage, content_id

SENTENCES = [f"La phrase numéro {n} parle du point {n * 7} et du quai {n * 13} de la ville." for n in range(40)]


def told(first: int, last: int) -> Article:
    """The article that holds these sentences of the story, the last excluded."""
    text = " ".join(SENTENCES[first:last])
    return Article(content_id(text), f"{first}-{last}", "Titre", "fr", text=text)


LEFT, MIDDLE, RIGHT = told(0, 20), told(4, 24), told(8, 28)  # neighbours share .67, the ends share .43
APART = told(30, 40)


def reading(article: Article) -> Reading:
    passages = [Passage(article.id, 0, len(article.text))]
    return Reading(article, passages, [], np.full((1, 4), 0.5, np.float32), np.zeros((0, 4), np.float32), "m")


def stories(catalog: Catalog) -> dict[str, str]:
    return catalog.stories([article.id for article in catalog.articles()])


def groups(catalog: Catalog) -> list[list[str]]:
    """The keys of the articles of each story that several tell."""
    keys = {article.id: article.key for article in catalog.articles()}
    found: dict[str, list[str]] = {}
    for article_id, story in stories(catalog).items():
        found.setdefault(story, []).append(keys[article_id])
    return sorted(sorted(group) for group in found.values() if len(group) > 1)


@pytest.mark.parametrize("order", permutations([LEFT, MIDDLE, RIGHT, APART], 4))
def test_near_duplicates_of_near_duplicates_tell_one_story(catalog: Catalog, order: tuple[Article, ...]) -> None:
    for article in order:
        catalog.add(reading(article))
    assert groups(catalog) == [[LEFT.key, MIDDLE.key, RIGHT.key]]
    assert stories(catalog)[APART.id] == APART.id


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        (LEFT, [[MIDDLE.key, RIGHT.key]]),
        (RIGHT, [[LEFT.key, MIDDLE.key]]),
        (MIDDLE, []),  # it alone held them together
        (APART, [[LEFT.key, MIDDLE.key, RIGHT.key]]),
    ],
)
def test_those_that_stay_are_linked_as_if_the_other_had_never_come(
    catalog: Catalog, gone: Article, left: list[list[str]]
) -> None:
    for article in (LEFT, MIDDLE, RIGHT, APART):
        catalog.add(reading(article))
    catalog.remove(gone.id)
    assert groups(catalog) == [sorted(group) for group in left]
    catalog.add(reading(gone))
    assert groups(catalog) == [[LEFT.key, MIDDLE.key, RIGHT.key]]


def test_three_outlets_stay_linked_without_the_first(catalog: Catalog) -> None:
    outlets = [told(0, 20), told(0, 21), told(0, 22)]
    for article in outlets:
        catalog.add(reading(article))
    catalog.remove(min(article.id for article in outlets))
    assert len(stories(catalog)) == 2
    assert len(set(stories(catalog).values())) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=14))
def test_stories_depend_on_what_is_there_alone(
    open_store: Callable[[str], Catalog], deeds: list[tuple[int, bool]]
) -> None:
    articles = [told(first, first + 16) for first in range(0, 24, 3)]
    with closing(open_store("worked")) as worked, closing(open_store("fresh")) as fresh:
        for catalog in (worked, fresh):
            for article in catalog.articles():
                catalog.remove(article.id)
        for number, stays in deeds:
            worked.add(reading(articles[number])) if stays else worked.remove(articles[number].id)
        for article in sorted(worked.articles(), key=lambda article: article.id):
            fresh.add(reading(article))
        assert stories(worked) == stories(fresh)
        assert not [finding for finding in worked.findings("m", 4) if finding.part == "stories"]


def test_near_duplicates_are_looked_up_without_reading_every_article(tmp_path: Path) -> None:
    open_catalog(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT story, fingerprint FROM articles WHERE id IN "
            "(SELECT DISTINCT article_id FROM bands WHERE band IN (1, 2, 3))"
        ).fetchall()
    told = " ".join(row[-1] for row in plan)
    assert "SCAN articles" not in told and "SCAN bands" not in told

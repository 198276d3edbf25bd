"""Several processes find what one finds, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from index.embedding.token_states import open_token_states
from index.models import Article, Quotation, content_id
from index.quotations.extractor import extract_quotations
from index.settings import IndexSettings
from index.workers import FEW, Workers


def article(number: int) -> Article:
    text = f"Conseil {number}\n\n« Le pont {number} tiendra », a déclaré Nadia Belkacemi. Elle a promis d'y passer."
    return Article(content_id(text), f"a{number}", f"Conseil {number}", "fr", text=text)


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers[Article, list[Quotation]]]:
    with Workers(extract_quotations, processes=2) as pool:
        yield pool


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, 3 * FEW])
def test_processes_find_what_one_finds_each_time(pool: Workers[Article, list[Quotation]], count: int) -> None:
    articles = [article(number) for number in range(count)]
    found = list(pool.map(articles))
    assert [read for read, _ in found] == articles
    assert [quotations for _, quotations in found] == [extract_quotations(one) for one in articles]


def test_processes_read_with_the_embedding_model_as_one_does() -> None:
    model = open_token_states(IndexSettings(), lambda _: None)
    articles = [article(number) for number in range(2 * FEW)]
    with Workers(partial(extract_quotations, model=model), 2) as reading:
        found = [quotations for _, quotations in reading.map(articles)]
    assert found == [extract_quotations(one, model) for one in articles]
    assert found[0][0].confidence != extract_quotations(articles[0])[0].confidence

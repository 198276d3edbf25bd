"""Several processes find what one finds, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.embedding.token_states import open_token_states
from index.models import Article, content_id
from index.quotations.extractor import extract_quotations
from index.quotations.workers import FEW, QuotationPool
from index.settings import IndexSettings


def article(number: int) -> Article:
    text = f"Conseil {number}\n\n« Le pont {number} tiendra », a déclaré Nadia Belkacemi. Elle a promis d'y passer."
    return Article(content_id(text), f"a{number}", f"Conseil {number}", "fr", text=text)


@pytest.fixture(scope="module")
def pool() -> Iterator[QuotationPool]:
    with QuotationPool(processes=2) as pool:
        yield pool


@pytest.mark.parametrize("count", [0, 1, FEW - 1, FEW, 3 * FEW])
def test_processes_find_what_one_finds_each_time(pool: QuotationPool, count: int) -> None:
    articles = [article(number) for number in range(count)]
    found = list(pool.map(articles))
    assert [read for read, _ in found] == articles
    assert [quotations for _, quotations in found] == [extract_quotations(one) for one in articles]


def test_processes_read_with_the_embedding_model_as_one_does() -> None:
    model = open_token_states(IndexSettings().cache, lambda _: None)
    articles = [article(number) for number in range(FEW)]
    with QuotationPool(2, model) as reading:
        found = [quotations for _, quotations in reading.map(articles)]
    assert found == [extract_quotations(one, model) for one in articles]
    assert found[0][0].confidence != extract_quotations(articles[0])[0].confidence

"""Finding evidence while articles come and go: real catalog, real vectors, the deterministic embedder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.question import Conversation, NameBook, Question, understand
from assistant.search.retriever import Retriever
from index.catalog import Catalog, Vectors
from index.ingestion import Ingestion
from index.models import Hit, UnitKind
from index.settings import IndexSettings
from index.vectors import CatalogVectors
from tests.embedder import HashingEmbedder

STORIES = [
    "Le marché rouvre\n\n« Nous rouvrirons le marché lundi », a déclaré Claire Besson. Le marché a coûté cher.",
    "Le marché ferme\n\n« Le marché fermera mardi », a déclaré Paul Vidal. Le marché avait coûté deux millions.",
]


class Forgetful(CatalogVectors):
    """Vectors of a catalog from which articles go right after they were found."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog)
        self.going: list[str] = []

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        hits = super().search(vector, kind, limit)
        while self.going:
            self._catalog.remove(self.going.pop())
        return hits


@pytest.fixture
def vectors(catalog: Catalog) -> Forgetful:
    return Forgetful(catalog)


@pytest.fixture
def retriever(catalog: Catalog, vectors: Forgetful, write: Callable[[str, str], Path]) -> Retriever:
    ingestion = Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings())
    list(ingestion.add([write(f"{number}.txt", story) for number, story in enumerate(STORIES)]))
    return Retriever(catalog, vectors, HashingEmbedder())


def asked(catalog: Catalog) -> Question:
    return understand("Combien a coûté le marché ?", Conversation(), NameBook(catalog))


def test_an_article_that_goes_while_the_question_is_searched_is_passed_over(
    catalog: Catalog, vectors: Forgetful, retriever: Retriever
) -> None:
    gone, stays = catalog.articles()
    vectors.going.append(gone.id)
    search = retriever.search(asked(catalog))
    assert gone.id in search.ranks
    for found in (retriever.sentences(search), retriever.statements(search), retriever.alike(search, "marché")):
        assert {find.cached.article.id for find in found} == {stays.id}


def test_an_article_that_goes_between_search_and_reading_is_passed_over(catalog: Catalog, retriever: Retriever) -> None:
    search = retriever.search(asked(catalog))
    gone, stays = catalog.articles()
    catalog.remove(gone.id)
    assert {find.cached.article.id for find in retriever.statements(search)} == {stays.id}
    assert stays.id in {find.cached.article.id for find in retriever.sentences(search)}

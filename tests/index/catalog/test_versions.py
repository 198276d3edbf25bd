"""What becomes of a text that comes in again, otherwise, or from elsewhere: real loaders, catalog and vectors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.catalog import ArticleFilter, Catalog
from index.ingestion import Ingestion
from index.languages.terms import query_terms
from index.models import Listing
from index.settings import IndexSettings
from index.vectors import VectorIndex
from tests.embedder import HashingEmbedder

Write = Callable[[str, str], Path]
Add = Callable[..., list[str]]
HERE = "https://fanal.example/marche"


class CountingEmbedder(HashingEmbedder):
    """Counts the passages and quotations that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0

    def embed_passages(self, texts):  # type: ignore[no-untyped-def]
        self.read += len(texts)
        return super().embed_passages(texts)


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def add(catalog: Catalog, vectors: VectorIndex, embedder: CountingEmbedder, write: Write) -> Add:
    """Adds rows as a file of JSON lines and returns what became of each."""
    ingestion = Ingestion(catalog, vectors, embedder, IndexSettings())

    def add(*rows: dict[str, str], file: str = "news.jsonl") -> list[str]:
        lines = "\n".join(json.dumps(row) for row in rows)
        return [result.outcome for result in ingestion.add([write(file, lines)])]

    return add


def row(text: str, **told: str) -> dict[str, str]:
    return {"id": "1", "lang": "fr", "text": text} | told


def listed(catalog: Catalog) -> list[Listing]:
    return catalog.listings(ArticleFilter())


def texts(catalog: Catalog) -> list[str]:
    return sorted(article.text for article in catalog.articles())


OLD = row("Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson.", url=HERE)
NEW = row("Le marché rouvre\n\n« Nous rouvrirons mardi », a déclaré Claire Besson.", url=HERE)


@pytest.mark.parametrize(
    ("again", "file"),
    [
        pytest.param(NEW, "news.jsonl", id="the same origin"),
        pytest.param(NEW | {"url": ""}, "news.jsonl", id="the same origin, no address any more"),
        pytest.param(NEW | {"url": f"{HERE}/?utm_source=lettre#haut"}, "later.jsonl", id="the same address"),
    ],
)
def test_a_new_text_replaces_the_old_one_with_quotations_and_vectors(
    add: Add, catalog: Catalog, vectors: VectorIndex, again: dict[str, str], file: str
) -> None:
    assert add(OLD) == ["added"]
    (first,) = listed(catalog)
    assert (first.version, first.updated_at) == (1, None)
    assert first.added_at
    assert add(again, file=file) == ["updated"]
    assert texts(catalog) == [NEW["text"]]
    (second,) = listed(catalog)
    assert (second.version, second.added_at, second.quotations) == (2, first.added_at, 1)
    assert second.updated_at and second.updated_at >= first.added_at
    assert {unit.article_id for unit in catalog.units()} == {second.article.id}
    hits = vectors.search(np.asarray(HashingEmbedder().embed_query("marché")), "quotation", 9)
    assert [hit.article_id for hit in hits] == [second.article.id]


def test_versions_are_counted(add: Add, catalog: Catalog) -> None:
    for number in range(4):
        add(row(f"Le bulletin numéro {number}"))
    assert [listing.version for listing in listed(catalog)] == [4]


@pytest.mark.parametrize(
    ("other", "file"),
    [
        pytest.param(NEW | {"id": "2"}, "news.jsonl", id="another entry of the file, with the same address"),
        pytest.param(NEW | {"id": "2", "url": f"{HERE}2"}, "news.jsonl", id="another address"),
        pytest.param(NEW | {"url": ""}, "later.jsonl", id="another origin, no address"),
    ],
)
def test_another_article_replaces_nothing(add: Add, catalog: Catalog, other: dict[str, str], file: str) -> None:
    add(OLD)
    assert add(other, file=file) == ["added"]
    assert texts(catalog) == sorted([OLD["text"], NEW["text"]])


def test_entries_of_one_file_with_one_address_stay_apart_when_one_of_them_changes(add: Add, catalog: Catalog) -> None:
    live = [row(f"Le direct, {hour} heures", id=str(hour), url=HERE) for hour in (9, 10, 11)]
    assert add(*live) == ["added"] * 3
    changed = live[1] | {"text": "Le direct, 10 heures, corrigé"}
    assert add(live[0], changed, live[2]) == ["unchanged", "updated", "unchanged"]
    assert add(live[0], changed, live[2]) == ["unchanged"] * 3
    assert texts(catalog) == sorted([live[0]["text"], changed["text"], live[2]["text"]])


def test_an_address_that_several_articles_give_replaces_none_of_them(add: Add, catalog: Catalog) -> None:
    add(row("Première page", id="1", url=HERE), row("Deuxième page", id="2", url=HERE))
    assert add(row("Toutes les pages", url=HERE), file="later.jsonl") == ["added"]
    assert len(texts(catalog)) == 3


@pytest.mark.parametrize(
    ("corrected", "read_again"),
    [
        ({"published": "2025-03-19"}, False),
        ({"source": "Le Fanal", "author": "Maud Lebrun"}, False),
        ({"url": f"{HERE}-2"}, False),
        ({"title": "Le marché rouvre enfin"}, True),
        ({"lang": "en"}, True),
    ],
)
def test_other_facts_about_the_same_text_are_taken_over(
    add: Add, catalog: Catalog, embedder: CountingEmbedder, corrected: dict[str, str], read_again: bool
) -> None:
    add(OLD)
    (before,), read = catalog.articles(), embedder.read
    assert add(OLD | corrected) == ["updated"]
    (after,) = catalog.articles()
    assert after.text == before.text
    for name, value in corrected.items():
        assert str(getattr(after, name)) == value
    assert (embedder.read > read) is read_again
    assert listed(catalog)[0].version == 2
    assert catalog.revisions()[after.id] == catalog.revision()
    assert add(OLD | corrected) == ["unchanged"]


def test_a_corrected_title_is_searched_and_the_old_one_is_not(add: Add, catalog: Catalog) -> None:
    add(OLD | {"title": "La halle"})
    add(OLD | {"title": "Le beffroi"})
    assert len(catalog.search(query_terms("beffroi"), "passage", 5)) == 1
    assert catalog.search(query_terms("halle"), "passage", 5) == []


def test_a_fact_that_its_source_no_longer_tells_is_taken_back(add: Add, catalog: Catalog) -> None:
    add(OLD | {"published": "2025-03-19"})
    assert add(OLD) == ["updated"]
    assert catalog.articles()[0].published is None


def test_another_source_for_the_address_takes_nothing_back(add: Add, catalog: Catalog) -> None:
    add(OLD | {"published": "2025-03-19"})
    assert add(OLD | {"source": "Le Fanal"}, file="later.jsonl") == ["updated"]
    (article,) = catalog.articles()
    assert (str(article.published), article.source) == ("2025-03-19", "Le Fanal")
    assert article.origin and "news.jsonl" in article.origin


def test_the_same_text_from_elsewhere_is_unchanged_and_remembered(
    add: Add, catalog: Catalog, embedder: CountingEmbedder
) -> None:
    add(OLD | {"source": "Le Fanal"})
    (article,), read, revision = catalog.articles(), embedder.read, catalog.revision()
    elsewhere = OLD | {"source": "L’Écho", "title": "La halle", "url": "https://echo.example/halle"}
    for _ in range(2):
        assert add(elsewhere, file="echo.jsonl") == ["unchanged"]
    assert catalog.articles() == [article]
    assert [(copy.source, copy.title) for copy in catalog.copies(article.id)] == [("L’Écho", "La halle")]
    assert (embedder.read, catalog.revision()) == (read, revision)
    assert catalog.find("La halle") == article


def test_a_text_stays_as_long_as_one_place_holds_it(add: Add, catalog: Catalog) -> None:
    add(OLD | {"source": "Le Fanal", "url": ""})
    add(OLD | {"source": "L’Écho", "url": ""}, file="echo.jsonl")
    assert add(NEW | {"source": "Le Fanal", "url": ""}) == ["updated"]
    assert texts(catalog) == sorted([OLD["text"], NEW["text"]])
    assert {article.source for article in catalog.articles() if article.text == OLD["text"]} == {"L’Écho"}
    assert add(NEW | {"source": "L’Écho", "url": ""}, file="echo.jsonl") == ["updated"]
    assert texts(catalog) == [NEW["text"]]


def test_lines_that_move_up_when_one_is_cut_lose_nothing(add: Add, catalog: Catalog) -> None:
    first, second, third = ({"text": f"L’article {n}", "lang": "fr"} for n in ("un", "deux", "trois"))
    add(first, second, third)
    add(second, third)
    assert {second["text"], third["text"]} <= set(texts(catalog))
    assert add(second, third) == ["unchanged", "unchanged"]


def test_removing_an_article_removes_its_copies(add: Add, catalog: Catalog) -> None:
    add(OLD)
    add(OLD | {"url": ""}, file="echo.jsonl")
    (article,) = catalog.articles()
    assert catalog.remove(article.id)
    assert catalog.copies(article.id) == []
    assert add(OLD) == ["added"]


def test_reindexing_keeps_what_is_known_of_versions(
    add: Add, catalog: Catalog, vectors: VectorIndex, embedder: CountingEmbedder
) -> None:
    add(OLD)
    add(NEW)
    add(NEW | {"url": ""}, file="echo.jsonl")
    before, copies = listed(catalog), catalog.copies(catalog.articles()[0].id)
    assert copies
    list(Ingestion(catalog, vectors, embedder, IndexSettings()).reindex())
    assert listed(catalog) == before
    assert catalog.copies(before[0].article.id) == copies

"""Articles in: real loaders, catalog and Chroma; the deterministic embedder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.catalog import Catalog
from index.correcting import Correcting
from index.errors import ModelError
from index.ingestion import Ingestion
from index.loaders.web import Web
from index.reason import Reason
from index.settings import IndexSettings
from index.vectors import VectorIndex
from tests.embedder import HashingEmbedder
from tests.web_server import WebServer, web_server

Write = Callable[[str, str], Path]
STORY = "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson. Le marché était fermé depuis mars."


@pytest.fixture
def ingestion(catalog: Catalog, vectors: VectorIndex) -> Ingestion:
    return Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings())


def test_an_article_is_stored_with_passages_that_tile_it_and_quotations(
    ingestion: Ingestion, catalog: Catalog, write: Write
) -> None:
    (result,) = ingestion.add([write("story.txt", STORY)])
    assert (result.outcome, result.title) == ("added", "Le marché rouvre")
    (article,) = catalog.articles()
    assert article.text == STORY
    assert "".join(STORY[p.start : p.end] for p in catalog.passages(article.id)) == STORY
    (quotation,) = catalog.quotations(article.id)
    assert (STORY[quotation.start : quotation.end], quotation.speaker) == ("Nous rouvrirons lundi", "Claire Besson")


def test_an_article_is_read_without_the_embedding_model_where_it_cannot_be_had(
    catalog: Catalog, vectors: VectorIndex, write: Write
) -> None:
    blocked = write("blocked", "not a folder")
    without = Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings(cache=blocked))
    (result,) = without.add([write("story.txt", STORY)])
    assert without.reader.states is None
    assert result.article_id is not None
    assert [quotation.speaker for quotation in catalog.quotations(result.article_id)] == ["Claire Besson"]


def test_what_was_added_is_searched_at_once(ingestion: Ingestion, vectors: VectorIndex, write: Write) -> None:
    (result,) = ingestion.add([write("story.txt", STORY)])
    hits = vectors.search(HashingEmbedder().embed_query("Le marché rouvre"), "passage", 1)
    assert [hit.article_id for hit in hits] == [result.article_id]


def test_adding_twice_is_unchanged_and_changes_nothing(ingestion: Ingestion, catalog: Catalog, write: Write) -> None:
    path = write("story.txt", STORY)
    list(ingestion.add([path]))
    before = catalog.revision()
    assert [result.outcome for result in ingestion.add([path])] == ["unchanged"]
    assert catalog.revision() == before


def test_an_edited_file_is_updated(ingestion: Ingestion, catalog: Catalog, write: Write) -> None:
    list(ingestion.add([write("story.txt", STORY)]))
    assert [r.outcome for r in ingestion.add([write("story.txt", STORY + " Il pleut.")])] == ["updated"]
    assert [article.text for article in catalog.articles()] == [STORY + " Il pleut."]


OTHER = (
    "La digue est fermée depuis jeudi. « Elle sera réparée avant la grande marée », a promis le préfet Denis Kerhuon."
)


@pytest.mark.parametrize("uploaded", [True, False])
def test_another_text_under_a_name_used_before_is_kept_beside_the_first(
    ingestion: Ingestion, catalog: Catalog, write: Write, uploaded: bool
) -> None:
    def add(text: str) -> list[str]:
        return [result.outcome for result in ingestion.add([write("article.txt", text)], uploaded)]

    assert add(STORY) == ["added"]
    assert add(OTHER) == ["added", "noted"]
    assert add(OTHER) == add(STORY) == ["unchanged"]
    assert add(f"{OTHER} Il pleut.") == ["updated"]
    assert {article.text for article in catalog.articles()} == {STORY, f"{OTHER} Il pleut."}
    assert {str(article.origin).rpartition("article.txt")[2] for article in catalog.articles()} == {"", " (2)"}


def test_rows_of_another_table_of_the_same_name_replace_none(
    ingestion: Ingestion, catalog: Catalog, write: Write
) -> None:
    for text in (STORY, OTHER):
        table = write("clips.jsonl", json.dumps({"id": "1", "text": text}))
        first, *noted = ingestion.add([table], uploaded=True)
        assert first.outcome == "added"
    (note,) = noted
    assert note.source == "upload:clips.jsonl#1" and "both are kept" in str(note.reason)
    assert {article.text for article in catalog.articles()} == {STORY, OTHER}


def test_what_is_to_be_known_of_a_file_is_a_result_of_its_own(
    ingestion: Ingestion, catalog: Catalog, write: Write
) -> None:
    path = write("revue.txt", f"Document 1 of 2\n\n{STORY}\n\nDocument 2 of 2\n\nLe marché ferme.")
    added, noted = ingestion.add([path], uploaded=True)
    assert (added.outcome, noted.outcome, noted.source, noted.article_id) == ("added", "noted", "revue.txt", None)
    assert isinstance(noted.reason, Reason) and "2 articles\u00a0; 1 ont été lus" in noted.reason.told("fr")
    assert len(list(catalog.articles())) == 1


def test_articles_of_an_export_quote_under_their_own_names(
    ingestion: Ingestion, catalog: Catalog, tmp_path: Path
) -> None:
    path = Path(__file__).parents[1] / "data" / "seeds" / "html" / "factiva.html"
    results = list(ingestion.add([path]))
    quoted = {
        result.title: [q.speaker for q in catalog.quotations(result.article_id)]
        for result in results
        if result.article_id
    }
    assert quoted == {
        "Ferry operator scraps winter timetable": ["Iain Colquhoun"],
        "Islanders to sue over ferry cuts": ["Elspeth Drummond"],
    }
    assert [result.outcome for result in ingestion.add([path])] == ["unchanged", "unchanged"]


def test_a_text_that_stands_twice_in_a_batch_is_stored_once(
    ingestion: Ingestion, catalog: Catalog, write: Write
) -> None:
    paths = [write(f"{n}/story.txt", f"{STORY} {min(n, 17)}.") for n in range(20)]
    outcomes = [result.outcome for result in ingestion.add(paths)]
    assert outcomes.count("added") == 18
    assert len(catalog.articles()) == 18


def test_what_is_corrected_while_an_article_is_read_again_holds(
    ingestion: Ingestion, catalog: Catalog, vectors: VectorIndex, write: Write
) -> None:
    paths = [write(f"{n}.txt", f"Marché {n}\n\n« Nous rouvrirons », a déclaré Claire Besson.") for n in range(15)]
    ids = [result.article_id for result in ingestion.add(paths)]
    again = ingestion.reindex()
    next(again)
    last = catalog.articles()[-1].id
    assert last in ids
    Correcting(catalog, vectors, HashingEmbedder(), ingestion).rename("Claire Besson", "Claire Bessonneau", last)
    list(again)
    assert [quotation.speaker for quotation in catalog.quotations(last)] == ["Claire Bessonneau"]


def test_a_refused_source_never_stops_the_others(ingestion: Ingestion, catalog: Catalog, write: Write) -> None:
    good, empty = write("good.txt", STORY), write("empty.txt", "")
    binary = write("binary.txt", "")
    binary.write_bytes(bytes(range(256)) * 4)
    lines = write("many.jsonl", '{"text": "Un article bref."}\nnot json\n{"text": "Un autre article."}\n')
    missing = good.with_name("missing.txt")
    results = list(ingestion.add([empty, binary, missing, lines, good]))
    assert [r.outcome for r in results] == ["refused", "refused", "refused", "added", "refused", "added", "added"]
    for result, name in zip(results, ["empty.txt", "binary.txt", "missing.txt"], strict=False):
        assert name in result.source
        assert result.reason
    assert len(catalog.articles()) == 3


def test_vectors_of_two_models_are_never_mixed(
    ingestion: Ingestion, catalog: Catalog, vectors: VectorIndex, write: Write
) -> None:
    list(ingestion.add([write("story.txt", STORY)]))
    other = HashingEmbedder()
    other.name = "another-model"
    changed = Ingestion(catalog, vectors, other, IndexSettings())
    with pytest.raises(ModelError, match="another-model.*dixit reindex"):
        changed.require_same_model()
    assert [article.key for article in changed.reindex()] == ["story"]
    changed.require_same_model()
    assert vectors.search(np.asarray(other.embed_query("marché")), "passage", 1)


def test_reindexing_reads_every_article_anew_and_keeps_its_text(
    ingestion: Ingestion, catalog: Catalog, vectors: VectorIndex, write: Write
) -> None:
    list(ingestion.add([write("story.txt", STORY)]))
    smaller = Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings(passage_tokens=16))
    before = len(catalog.passages(catalog.articles()[0].id))
    list(smaller.reindex())
    (article,) = catalog.articles()
    assert article.text == STORY
    assert len(catalog.passages(article.id)) > before


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


@pytest.fixture
def fetching(catalog: Catalog, vectors: VectorIndex, server: WebServer) -> Ingestion:
    web = Web(reach=server.reach, pause=0.01)
    return Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings(), web)


def test_a_page_comes_in_from_its_address(fetching: Ingestion, catalog: Catalog, server: WebServer) -> None:
    address = f"{server.url}/hops/2"
    (result,) = fetching.add_address(address)
    assert (result.source, result.outcome) == (address, "added")
    (article,) = catalog.articles()
    assert (article.url, article.origin) == (f"{server.url}/page",) * 2
    assert article.title == "Le marché rouvre"
    assert "« Nous rouvrirons lundi », a déclaré Claire Besson" in article.text
    assert [quotation.speaker for quotation in catalog.quotations()] == ["Claire Besson"]
    assert [result.outcome for result in fetching.add_address(address)] == ["unchanged"]


def test_a_feed_comes_in_entry_by_entry(fetching: Ingestion, catalog: Catalog, server: WebServer) -> None:
    results = list(fetching.add_address(f"{server.url}/feed"))
    assert [result.outcome for result in results] == ["added", "added"]
    assert {article.url for article in catalog.articles()} == {
        "http://fanal.example/phare", "http://fanal.example/quai",
    }  # fmt: skip
    assert {quotation.speaker for quotation in catalog.quotations()} == {"Anne Lebrun Petit", "Paul Roux Vidal"}


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/status/404", "no such page"), ("/kind/image/png", "not an article"), ("/kind/application/x-tar", "not read")],
)
def test_an_address_that_gives_no_article_is_refused_under_its_own_name(
    fetching: Ingestion, catalog: Catalog, server: WebServer, path: str, reason: str
) -> None:
    (result,) = fetching.add_address(server.url + path)
    assert (result.source, result.outcome) == (server.url + path, "refused")
    assert reason in str(result.reason)
    assert not catalog.articles()


def test_the_people_of_an_article_come_in_with_its_quotations(
    ingestion: Ingestion, catalog: Catalog, write: Write
) -> None:
    list(ingestion.add([write("story.txt", STORY)]))
    (quotation,) = catalog.quotations()
    assert (quotation.speaker, quotation.speaker_id is not None) == ("Claire Besson", True)

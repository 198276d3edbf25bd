"""What is damaged on purpose is found by name, and mended; what is whole gives no finding."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.catalog import Catalog, open_catalog
from index.ingestion import Ingestion
from index.settings import IndexSettings
from index.upkeep.integrity import check, quick_check, repair
from index.upkeep.journal import Journal, Source
from index.vectors import open_vectors
from tests.embedder import HashingEmbedder

STORIES = {
    "market": "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson. Il était fermé depuis mars.",
    "ferry": "Le ferry reprend la mer\n\n« Le ferry repartira en avril », a déclaré la maire, Ana Ruiz.",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory of two articles, closed."""
    data = tmp_path / "data"
    for name, text in STORIES.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with closing(open_catalog(data)) as catalog, closing(open_vectors(data, catalog)) as vectors:
        ingestion = Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings())
        assert [r.outcome for r in ingestion.add(sorted(tmp_path.glob("*.txt")))] == ["added", "added"]
    return data


@pytest.fixture
def catalog(data: Path) -> Iterator[Catalog]:
    with closing(open_catalog(data)) as catalog:
        yield catalog


def found(data: Path) -> list[tuple[str, str]]:
    with closing(open_catalog(data)) as catalog:
        return [(finding.part, finding.problem) for finding in check(data, catalog, HashingEmbedder())]


def mend(data: Path) -> list[str]:
    with closing(open_catalog(data)) as catalog:
        findings = check(data, catalog, HashingEmbedder())
        with closing(open_vectors(data, catalog)) as vectors:
            ingestion = Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings())
            return list(repair(findings, catalog, vectors, ingestion, Journal(data)))


def contents(data: Path) -> list[object]:
    with closing(open_catalog(data)) as catalog:
        return [
            (article.id, article.text, catalog.passages(article.id), catalog.quotations(article.id))
            for article in sorted(catalog.articles(), key=lambda article: article.id)
        ]


def sql(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data / "catalog.sqlite")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_whole_directory_gives_no_finding(data: Path, catalog: Catalog) -> None:
    assert found(data) == []
    assert quick_check(data, catalog) == []


ONE = "article_id = (SELECT min(id) FROM articles)"


@pytest.mark.parametrize(
    ("harm", "part", "problem"),
    [
        (f"UPDATE passages SET start = start + 1 WHERE {ONE}", "article", "its passages do not tile its text"),
        (f'UPDATE quotations SET "end" = 9999 WHERE {ONE}', "article", "1 quotations reach outside its text"),
        (f"DELETE FROM passages WHERE {ONE}", "article", "its passages do not tile its text"),
        (f"UPDATE passages SET vector = x'0000' WHERE {ONE}", "article", "vectors of passages are not as the model"),
        (f"UPDATE quotations SET vector = zeroblob(128) WHERE {ONE}", "article", "vectors of quotations are not"),
        ("UPDATE articles SET model = 'other-model'", "model", "its vectors were made by other-model"),
        ("DELETE FROM passages_terms WHERE rowid = 1", "full text", "1 rows for 2 passages"),
        ("UPDATE quotations_terms SET terms = 'nothing'", "article", "1 quotations are not found by their words"),
        ("DELETE FROM passages_terms_data WHERE id > 10", "full text", ""),
        ("DROP TABLE quotations_terms", "full text", "there is none"),
        ("DELETE FROM articles WHERE id = (SELECT min(id) FROM articles)", "rows", "rows of articles that are not"),
        ("UPDATE facts SET value = '0' WHERE name = 'revision'", "rows", "revision 0, an article has"),
    ],
)
def test_damage_in_the_catalog_is_named_and_mended(data: Path, harm: str, part: str, problem: str) -> None:
    before = contents(data)
    sql(data, harm)
    findings = found(data)
    assert any(of == part and problem in told for of, told in findings), findings
    assert mend(data)
    assert found(data) == []
    kept = before[1:] if "FROM articles WHERE" in harm and harm.startswith("DELETE FROM articles") else before
    assert contents(data) == kept


def test_a_text_that_was_changed_by_hand_is_named_and_read_as_it_stands(data: Path) -> None:
    sql(data, "UPDATE articles SET text = replace(text, 'lundi', 'mardi')")
    assert ("article", "its text is not the one that came in") in found(data)
    mend(data)
    assert found(data) == []
    with closing(open_catalog(data)) as catalog:
        market = catalog.find("market")
        (quotation,) = catalog.quotations(market.id)
        assert market.text[quotation.start : quotation.end] == "Nous rouvrirons mardi"


WIRE = " ".join(f"La phrase numéro {n} parle du point {n * 7} et du quai {n * 13} de la ville." for n in range(20))
FIRST, LAST = (f"id = (SELECT {which}(id) FROM articles WHERE key LIKE 'wire%')" for which in ("min", "max"))
FINGERPRINT, BANDS, STORY = (
    "its fingerprint is not that of its text",
    "its near-duplicates are not found by its fingerprint",
    "its story is not that of its near-duplicates",
)


@pytest.mark.parametrize(
    ("harm", "problems"),
    [
        (f"UPDATE articles SET story = id WHERE {LAST}", {STORY}),
        (f"UPDATE articles SET story = NULL WHERE {FIRST}", {STORY}),
        ("UPDATE articles SET story = id WHERE story IS NULL", {STORY}),
        (f"UPDATE articles SET fingerprint = zeroblob(512) WHERE {FIRST}", {FINGERPRINT}),
        (f"UPDATE articles SET fingerprint = NULL WHERE {LAST}", {FINGERPRINT}),
        (f"UPDATE articles SET fingerprint = x'00' WHERE {LAST}", {FINGERPRINT}),
        ("DELETE FROM bands", {BANDS}),
        ("UPDATE bands SET band = band + 1", {BANDS}),
        (f"DELETE FROM articles WHERE {FIRST}", {STORY}),
        ("UPDATE articles SET fingerprint = NULL, story = NULL", {FINGERPRINT, STORY}),
    ],
)  # fmt: skip
def test_damaged_links_of_near_duplicates_are_named_and_mended(
    data: Path, write: Callable[[str, str], Path], harm: str, problems: set[str]
) -> None:
    with closing(open_catalog(data)) as catalog, closing(open_vectors(data, catalog)) as vectors:
        ingestion = Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings())
        outlets = [write(f"wire-{n}.txt", f"{WIRE}{' Fin.' * n}") for n in range(3)]
        assert [result.outcome for result in ingestion.add(outlets)] == ["added"] * 3
    assert found(data) == []
    sql(data, harm)
    assert {problem for part, problem in found(data) if part == "stories"} == problems
    assert "found the near-duplicates anew from the texts" in mend(data)
    assert found(data) == []
    with closing(open_catalog(data)) as catalog:
        wires = sorted(article.id for article in catalog.articles() if article.key.startswith("wire"))
        assert catalog.stories(wires) == dict.fromkeys(wires, wires[0])


@pytest.mark.parametrize("harm", ["truncated", "no current"])
def test_damage_to_the_vector_folder_is_named_and_mended(data: Path, harm: str) -> None:
    folder = data / "vectors"
    chroma = folder / (folder / "current").read_text()
    file = chroma / "chroma.sqlite3"
    if harm == "no current":
        (folder / "current").unlink()
    else:
        file.write_bytes(file.read_bytes()[:5000])
    assert [part for part, _ in found(data)] == ["vectors"]
    assert mend(data)
    assert found(data) == []


def test_units_that_chroma_lost_are_counted(data: Path) -> None:
    import chromadb

    folder = data / "vectors"
    client = chromadb.PersistentClient(str(folder / (folder / "current").read_text()))
    collection = client.get_collection("units", embedding_function=None)
    collection.delete(ids=collection.get(limit=2)["ids"])
    client.close()
    assert found(data) == [("vectors", "2 units missing")]
    mend(data)
    assert found(data) == []


def test_what_the_next_start_takes_up_by_itself_is_no_finding(data: Path, catalog: Catalog) -> None:
    catalog.remove(catalog.find("market").id)  # as `dixit remove` does, without the vectors
    assert found(data) == []


def test_vectors_that_were_never_in_chroma_are_no_finding_and_the_next_start_takes_them_up(
    data: Path, catalog: Catalog
) -> None:
    shutil.rmtree(data / "vectors")  # as after `dixit add` of a few articles
    assert found(data) == []
    open_vectors(data, catalog).close()
    assert (data / "vectors" / "current").exists()
    assert found(data) == []


def test_what_was_being_added_is_named_then_added_or_told_to_be_gone(
    data: Path, write: Callable[[str, str], Path]
) -> None:
    journal, path, address = Journal(data), write("third.txt", "Un troisième article."), "http://127.0.0.1/page"
    stopped = [Source(str(path)), Source("sent.txt", uploaded=True), Source(address)]
    with pytest.raises(KeyboardInterrupt), journal.batch(stopped):
        raise KeyboardInterrupt
    with closing(open_catalog(data)) as catalog:
        assert {finding.about for finding in quick_check(data, catalog)} == {str(path), "sent.txt", address}
    done = mend(data)
    assert f"added {path}" in done
    assert any(line.startswith(f"refused {address}: ") for line in done)
    assert "sent.txt cannot be found again: add it once more" in done
    assert found(data) == []
    assert len(contents(data)) == 3

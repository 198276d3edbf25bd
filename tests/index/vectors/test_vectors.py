"""The vector index against a real Chroma folder, and the catalog's own search beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from index.catalog import Catalog, Reading
from index.errors import StoreError
from index.models import Article, Passage, Quotation, content_id
from index.vectors import CatalogVectors, ChromaVectors, ServedVectors, VectorIndex, open_vectors
from index.vectors.changes import Changes, changes, take_up
from index.vectors.chroma import DATABASE, ChromaFolder, open_collection, save_every
from index.vectors.probe import tried_out
from index.vectors.seal import PARTIAL, held

DIMENSIONS = 32
Opened = Callable[[], VectorIndex]


def reading(number: int, units: int, dimensions: int = DIMENSIONS) -> Reading:
    """An article whose passages and quotation point in directions of their own."""
    text = f"article {number} " * 10
    article = Article(content_id(text), f"a{number}", f"article {number}", "en", text=text)
    random = np.random.default_rng(number)
    vectors = random.normal(size=(units, dimensions)).astype(np.float32)
    passages = [Passage(article.id, i * 10, i * 10 + 10) for i in range(units)]
    quotation = Quotation(article.id, 1, 5, "direct")
    return Reading(article, passages, [quotation], vectors, -vectors[:1], "m")


def put(catalog: Catalog, number: int, units: int = 3) -> Article:
    catalog.add(reading(number, units))
    return reading(number, units).article


def direction(number: int, unit: int) -> np.ndarray:
    vectors = np.random.default_rng(number).normal(size=(unit + 1, DIMENSIONS)).astype(np.float32)
    return vectors[unit] / np.linalg.norm(vectors[unit])


def unseal(data: Path) -> None:
    """Leave the vector index as a process does that was stopped before it closed it."""
    for seal in (data / "vectors").glob("*.closed"):
        seal.unlink()


def test_both_searches_find_the_same_with_the_same_cosines(catalog: Catalog, opened: Opened) -> None:
    for number in range(12):
        put(catalog, number)
    chroma, exact = opened(), CatalogVectors(catalog)
    assert not isinstance(chroma, CatalogVectors)
    for number in range(12):
        for kind in ("passage", "quotation"):
            query = direction(number, 0)
            near, same = chroma.search(query, kind, 5), exact.search(query, kind, 5)
            assert [(h.article_id, h.start) for h in near] == [(h.article_id, h.start) for h in same]
            np.testing.assert_allclose([h.score for h in near], [h.score for h in same], atol=2e-3)
    chroma.close()


def test_a_unit_is_found_among_many_nearer_ones_of_the_other_kind(catalog: Catalog, opened: Opened) -> None:
    put(catalog, 1, units=150)
    vectors = opened()
    hits = vectors.search(direction(1, 0), "quotation", 1)
    assert [(hit.kind, hit.start, round(hit.score, 2)) for hit in hits] == [("quotation", 1, -1.0)]
    vectors.close()


def test_what_another_process_wrote_is_found_at_the_next_search(catalog: Catalog, opened: Opened) -> None:
    vectors = opened()
    assert vectors.search(direction(1, 0), "passage", 3) == []
    article = put(catalog, 1)
    assert vectors.search(direction(1, 0), "passage", 3)[0].article_id == article.id
    catalog.remove(article.id)
    assert vectors.search(direction(1, 0), "passage", 3) == []
    vectors.close()


def test_only_one_process_has_chroma_and_the_next_one_gets_it(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, 1)
    first = open_vectors(tmp_path, catalog)
    second = open_vectors(tmp_path, catalog)
    assert isinstance(first, ChromaVectors)
    assert isinstance(second, CatalogVectors)
    assert second.search(direction(1, 1), "passage", 1) == CatalogVectors(catalog).search(direction(1, 1), "passage", 1)
    first.close()
    third = open_vectors(tmp_path, catalog)
    assert isinstance(third, ChromaVectors)
    third.close()


def test_closing_and_opening_keeps_everything(catalog: Catalog, opened: Opened) -> None:
    articles = [put(catalog, number) for number in range(5)]
    opened().close()
    again = opened()
    for number, article in enumerate(articles):
        assert again.search(direction(number, 2), "passage", 1)[0].article_id == article.id
    again.close()


def test_a_rewritten_article_is_searched_by_its_new_vectors(catalog: Catalog, opened: Opened) -> None:
    article = put(catalog, 1)
    vectors = opened()
    new = np.zeros((1, DIMENSIONS), np.float32)
    new[0, 3] = 1
    catalog.replace(Reading(article, [Passage(article.id, 0, 7)], [], new, np.zeros((0, DIMENSIONS), np.float32), "m"))
    hits = vectors.search(new[0], "passage", 10)
    assert [(h.start, h.end) for h in hits] == [(0, 7)]
    assert hits[0].score == pytest.approx(1.0, abs=1e-3)
    vectors.close()


def test_a_rebuild_changes_no_answer_and_leaves_one_folder(catalog: Catalog, opened: Opened, tmp_path: Path) -> None:
    for number in range(5):
        put(catalog, number)
    vectors = opened()
    before = vectors.search(direction(2, 0), "passage", 5)
    vectors.rebuild()
    assert vectors.search(direction(2, 0), "passage", 5) == before
    if isinstance(vectors, ServedVectors):
        assert vectors._in_use().count() == len(catalog.units())
        vectors.close()
        return
    assert len([path for path in (tmp_path / "vectors").iterdir() if path.is_dir()]) == 1
    vectors.close()


@pytest.mark.parametrize("harm", ["missing", "emptied", "garbage"])
def test_a_damaged_chroma_folder_is_rebuilt_from_the_catalog(catalog: Catalog, tmp_path: Path, harm: str) -> None:
    article = put(catalog, 1)
    open_vectors(tmp_path, catalog).close()
    folder = tmp_path / "vectors" / (tmp_path / "vectors" / "current").read_text()
    if harm == "missing":
        shutil.rmtree(folder)
    else:
        (folder / "chroma.sqlite3").write_bytes(b"" if harm == "emptied" else b"no database at all" * 500)
    unseal(tmp_path)
    vectors = open_vectors(tmp_path, catalog)
    assert vectors.search(direction(1, 0), "passage", 1)[0].article_id == article.id
    vectors.close()


def test_a_process_killed_while_writing_leaves_an_index_that_opens_whole(catalog: Catalog, tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        from index.catalog import open_catalog
        from index.vectors import open_vectors
        from tests.index.vectors.test_vectors import put
        data = Path(sys.argv[1])
        catalog = open_catalog(data)
        vectors = open_vectors(data, catalog)
        number = 0
        while True:
            put(catalog, number)
            vectors.sync()
            number += 1
            print(number, flush=True)
    """)
    root = str(Path(__file__).parents[3])
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path), root], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(20):
            assert process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
    vectors = open_vectors(tmp_path, catalog)
    assert isinstance(vectors, ChromaVectors)
    for number in range(len(catalog.articles())):
        hit = vectors.search(direction(number, 0), "passage", 1)[0]
        assert catalog.article(hit.article_id).key == f"a{number}"
    vectors.close()


def test_vectors_of_another_width_are_taken_up_from_another_process(catalog: Catalog, opened: Opened) -> None:
    for number in range(3):
        put(catalog, number)
    vectors = opened()
    assert not isinstance(vectors, CatalogVectors)
    for number in range(3):  # as `dixit reindex` does with another model
        catalog.replace(reading(number, 3, dimensions=16))
        half_way = opened()
        half_way.search(np.ones(16, np.float32) / 4, "passage", 5)
        half_way.close()
        vectors.search(np.ones(16, np.float32) / 4, "passage", 5)
    query = reading(1, 3, dimensions=16).passage_vectors[0]
    (hit,) = vectors.search(query / np.linalg.norm(query), "passage", 1)
    assert catalog.article(hit.article_id).key == "a1"
    vectors.close()
    again = opened()
    assert not isinstance(again, CatalogVectors)
    again.close()


def test_a_start_half_way_through_a_reindex_by_another_model_opens(catalog: Catalog, opened: Opened) -> None:
    for number in range(3):
        put(catalog, number)
    opened().close()
    catalog.replace(reading(0, 3, dimensions=16))
    vectors = opened()
    assert not isinstance(vectors, CatalogVectors)
    vectors.close()


def test_deleted_vectors_are_cleared_away_once_they_outnumber_the_live(catalog: Catalog, tmp_path: Path) -> None:
    article = put(catalog, 1, units=600)
    vectors = open_vectors(tmp_path, catalog)
    assert isinstance(vectors, ChromaVectors)
    vectors.wait()
    for _ in range(2):
        catalog.replace(reading(1, 600))
        vectors.sync()
        vectors.wait()
    folder = vectors._store.path
    assert vectors._store.deleted == 1202
    vectors.sync()
    vectors.wait()
    assert vectors._store.path != folder
    assert vectors._store.deleted == 0
    assert vectors.search(direction(1, 5), "passage", 1)[0].article_id == article.id
    vectors.close()
    assert not folder.exists()


def test_an_article_that_chroma_has_a_part_of_is_written_anew(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, 1, units=80)
    vectors = open_vectors(tmp_path, catalog)
    assert isinstance(vectors, ChromaVectors)
    half = [row.id for row in vectors._store.rows()][:40]
    vectors._store._collection.delete(ids=half)
    vectors.close()
    unseal(tmp_path)
    again = open_vectors(tmp_path, catalog)
    assert isinstance(again, ChromaVectors)
    assert again._store.count() == 81
    again.close()


def test_files_damaged_after_a_proper_close_are_noticed(catalog: Catalog, tmp_path: Path) -> None:
    article = put(catalog, 1)
    open_vectors(tmp_path, catalog).close()
    folder = tmp_path / "vectors" / (tmp_path / "vectors" / "current").read_text()
    with (folder / "chroma.sqlite3").open("r+b") as file:
        file.truncate(5000)
    vectors = open_vectors(tmp_path, catalog)
    assert isinstance(vectors, ChromaVectors)
    assert vectors.search(direction(1, 0), "passage", 1)[0].article_id == article.id
    vectors.close()


def test_a_chroma_folder_lost_while_it_is_in_use_is_made_anew(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, 1)
    vectors = open_vectors(tmp_path, catalog)
    assert isinstance(vectors, ChromaVectors)
    shutil.rmtree(vectors._store.path)
    second = put(catalog, 2)
    assert vectors.search(direction(2, 0), "passage", 1)[0].article_id == second.id
    vectors.close()
    again = open_vectors(tmp_path, catalog)
    assert again.search(direction(2, 0), "passage", 1)[0].article_id == second.id
    again.close()


MANY = 60
"""Articles of 11 units: more than are taken up while a search waits."""


@pytest.fixture
def many(catalog: Catalog) -> Catalog:
    for number in range(MANY):
        put(catalog, number, units=10)
    return catalog


def begun(data: Path, catalog: Catalog) -> tuple[ChromaVectors, list[str]]:
    """Open the index; return it and what it tells while it is made anew."""
    lines: list[str] = []
    vectors = open_vectors(data, catalog, lines.append)
    assert isinstance(vectors, ChromaVectors)
    return vectors, lines


def is_whole(vectors: ChromaVectors, catalog: Catalog) -> bool:
    vectors.wait()
    nearest = [vectors.search(direction(number, 2), "passage", 1)[0] for number in range(0, MANY, 7)]
    right = [catalog.article(hit.article_id).key for hit in nearest] == [f"a{n}" for n in range(0, MANY, 7)]
    return right and not vectors._is_behind() and vectors._store.count() == len(catalog.units())


def test_much_is_searched_in_the_catalog_until_it_is_in_chroma(many: Catalog, tmp_path: Path) -> None:
    vectors, lines = begun(tmp_path, many)
    assert vectors._is_behind()
    assert vectors.search(direction(3, 0), "passage", 5) == CatalogVectors(many).search(direction(3, 0), "passage", 5)
    put(many, MANY)  # while the others are taken up
    assert many.article(vectors.search(direction(MANY, 0), "passage", 1)[0].article_id).key == f"a{MANY}"
    assert is_whole(vectors, many)
    assert lines[-1].startswith("the vector index is whole: 66"), lines
    assert list(vectors._store.path.rglob("index_metadata.pickle")), "each start would put all in order again"
    vectors.close()


def test_a_build_that_is_closed_is_gone_on_with(many: Catalog, tmp_path: Path) -> None:
    vectors, _ = begun(tmp_path, many)
    vectors.close()
    again, _ = begun(tmp_path, many)
    assert is_whole(again, many)
    again.close()
    last, lines = begun(tmp_path, many)
    assert not last._is_behind()
    assert lines == []
    assert is_whole(last, many)
    last.close()


def test_what_a_killed_build_has_put_in_is_not_put_in_again(many: Catalog, tmp_path: Path) -> None:
    half = tmp_path / "vectors" / "next"
    half.parent.mkdir()
    store = ChromaFolder(half, DIMENSIONS)
    stored: dict[str, int] = {}
    some = dict(list(many.revisions().items())[:40])
    take_up(Changes([], some), store, stored, many, 1000)
    store.close()
    vectors, lines = begun(tmp_path, many)
    assert is_whole(vectors, many)
    assert "440 of 660" in lines[0]
    assert not half.exists()
    vectors.close()


@pytest.mark.parametrize("harm", ["garbage", "stopped while saving", "of another width"])
def test_a_half_built_folder_that_cannot_be_gone_on_with_is_begun_again(
    many: Catalog, tmp_path: Path, harm: str
) -> None:
    half = tmp_path / "vectors" / "next"
    half.parent.mkdir()
    ChromaFolder(half, 7 if harm == "of another width" else DIMENSIONS).close()
    if harm == "garbage":
        (half / "chroma.sqlite3").write_bytes(b"no database at all" * 500)
    elif harm == "stopped while saving":
        (half / "saving").touch()
    vectors, _ = begun(tmp_path, many)
    assert is_whole(vectors, many)
    vectors.close()


@contextmanager
def written_by_another(database: Path) -> Iterator[None]:
    """Let another process hold a database's write lock for a second, as Chroma does that clears its log."""
    script = textwrap.dedent("""
        import sqlite3, sys, time
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        print("held", flush=True)
        time.sleep(1)
        connection.execute("COMMIT")
    """)
    with subprocess.Popen([sys.executable, "-c", script, str(database)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield


def test_how_often_the_index_is_saved_can_be_set_while_chroma_clears_its_log(tmp_path: Path) -> None:
    client, collection = open_collection(tmp_path, DIMENSIONS)
    with written_by_another(tmp_path / DATABASE):
        save_every(collection, 4000)
    client.close()
    client, collection = open_collection(tmp_path)
    assert collection.configuration["hnsw"]["sync_threshold"] == 4000
    client.close()


def test_a_build_that_failed_is_tried_again_by_a_later_search(many: Catalog, tmp_path: Path) -> None:
    (tmp_path / "vectors").mkdir()
    obstacle = tmp_path / "vectors" / "next"
    obstacle.write_text("a file where a folder must be")
    lock = FileLock(tmp_path / "vectors" / "lock", thread_local=False)
    lock.acquire()
    vectors = ChromaVectors(tmp_path, many, lock, retry_seconds=5)
    vectors.wait()
    assert vectors.search(direction(3, 0), "passage", 5) == CatalogVectors(many).search(direction(3, 0), "passage", 5)
    assert vectors._is_behind()
    obstacle.unlink()
    while vectors._failure is not None:
        vectors.search(direction(3, 0), "passage", 5)
    assert is_whole(vectors, many)
    vectors.close()


def test_a_folder_is_not_cleared_away_under_a_build_that_is_about_to_stop(many: Catalog, tmp_path: Path) -> None:
    vectors, _ = begun(tmp_path, many)
    vectors.wait()
    half = tmp_path / "vectors" / "next"
    half.mkdir()
    (half / "written").touch()
    with FileLock(half.with_suffix(".lock")):  # as the build of a process that was killed holds it
        with vectors._mutex:
            vectors._build = None
            vectors._renew()
        while vectors._build is None:
            assert vectors._building is not None
        assert (half / "written").exists()
    assert is_whole(vectors, many)
    assert not (vectors._store.path / "written").exists()
    vectors.close()


def test_a_large_folder_that_was_not_closed_is_kept_when_it_is_whole(many: Catalog, tmp_path: Path) -> None:
    vectors, _ = begun(tmp_path, many)
    vectors.wait()
    vectors.close()
    unseal(tmp_path)
    again, lines = begun(tmp_path, many)
    assert again._is_behind()
    assert is_whole(again, many)
    assert "660 of 660" in lines[0], "something was put in again"
    again.close()


def test_rows_are_read_in_pages(catalog: Catalog, tmp_path: Path) -> None:
    for number in range(3):
        put(catalog, number)
    vectors, _ = begun(tmp_path, catalog)
    rows = vectors._store.rows()
    assert len(rows) == len(set(rows)) == 12
    for page in (1, 5, 6, 11, 12, 13):
        assert vectors._store.rows(page) == rows
    vectors.close()


def test_rows_are_the_same_however_many_are_read_at_once(tmp_path: Path) -> None:
    client, collection = open_collection(tmp_path, 2)
    collection.add(list("0123456"), np.ones((7, 2), np.float32), [{"document_id": "a", "revision": 1}] * 7)
    client.close()
    store = ChromaFolder(tmp_path)
    assert [sorted(row.id for row in store.rows(page=page)) for page in (2, 7, 100)] == [list("0123456")] * 3
    store.close()


@pytest.mark.soak  # a quarter of a minute
def test_more_rows_than_sqlite_takes_variables_are_no_damage(tmp_path: Path) -> None:
    count = 33_000  # SQLite takes 32,766 variables
    client, collection = open_collection(tmp_path, 2)
    for at in range(0, count, 5000):
        ids = [str(number) for number in range(at, min(at + 5000, count))]
        chance = np.random.default_rng(at).normal(size=(len(ids), 2)).astype(np.float32)
        collection.add(ids, chance, [{"document_id": "a", "revision": 1} for _ in ids])
    client.close()
    store = ChromaFolder(tmp_path)
    with pytest.raises(StoreError, match="too many SQL variables"):
        store.rows(page=count)
    store.close()
    rows, damage = tried_out(tmp_path)
    assert damage is None
    assert len(rows) == count


def test_an_article_is_partial_until_its_last_unit_is_in(catalog: Catalog, tmp_path: Path) -> None:
    first, second = put(catalog, 1, units=6), put(catalog, 2, units=6)
    store = ChromaFolder(tmp_path / "vectors" / "next", DIMENSIONS)
    stored: dict[str, int] = {}
    seen: list[dict[str, int]] = []

    def stop() -> None:
        seen.append(held(store.rows(), catalog.unit_counts()))
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_up(changes({}, catalog.revisions()), store, stored, catalog, 5, stop)
    assert sorted(stored.values()) == [PARTIAL, PARTIAL]
    whole, half = sorted([first.id, second.id])
    assert seen == [{whole: PARTIAL}, {whole: catalog.revisions()[whole], half: PARTIAL}]
    take_up(changes(stored, catalog.revisions()), store, stored, catalog, 5)
    assert stored == catalog.revisions()
    assert store.count() == 14
    store.close()


def test_an_error_of_a_request_throws_no_folder_away(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, 1)
    vectors, _ = begun(tmp_path, catalog)
    folder = vectors._store.path
    with pytest.raises(StoreError):
        vectors.search(np.ones(7, np.float32), "passage", 1)
    assert vectors._store.path == folder
    assert vectors.search(direction(1, 0), "passage", 1)
    vectors.close()


def test_the_exact_search_follows_each_change(catalog: Catalog) -> None:
    exact = CatalogVectors(catalog)

    def same() -> bool:
        fresh = CatalogVectors(catalog)
        found = [
            [search.search(direction(n, 0), kind, 9) for n in range(4) for kind in ("passage", "quotation")]
            for search in (exact, fresh)
        ]  # fmt: skip
        return found[0] == found[1]

    assert exact.search(direction(1, 0), "passage", 3) == []
    articles = [put(catalog, number) for number in range(3)]
    assert same()
    catalog.replace(reading(1, 2))
    assert same()
    catalog.remove(articles[0].id)
    put(catalog, 3)
    assert same()
    for article in catalog.articles():
        catalog.remove(article.id)
    assert exact.search(direction(1, 0), "passage", 3) == []
    put(catalog, 1)
    assert same()

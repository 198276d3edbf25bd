"""A backup and what comes back out of it: the same articles, or an error and nothing changed."""

from __future__ import annotations

import json
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.catalog import Catalog, Reading, open_catalog
from index.errors import StoreError
from index.models import Article, Passage, content_id
from index.upkeep.backup import back_up, restore
from index.vectors import ChromaVectors, open_vectors


def put(catalog: Catalog, number: int) -> None:
    text = f"article {number} " * 10
    article = Article(content_id(text), f"a{number}", f"article {number}", "en", text=text)
    vectors = np.random.default_rng(number).normal(size=(1, 16)).astype(np.float32)
    catalog.add(Reading(article, [Passage(article.id, 0, len(text))], [], vectors, vectors[:0], "m"))


def texts(data: Path) -> set[str]:
    with closing(open_catalog(data)) as catalog:
        return {article.text for article in catalog.articles()}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with closing(open_catalog(tmp_path / "data")) as catalog:
        for number in range(5):
            put(catalog, number)
    return tmp_path / "data"


def test_what_is_restored_is_what_was_backed_up(data: Path, tmp_path: Path) -> None:
    made = back_up(data, tmp_path / "kept.dixit")
    assert made.articles == 5
    assert restore(tmp_path / "kept.dixit", tmp_path / "other") == made
    assert texts(tmp_path / "other") == texts(data)
    with closing(open_catalog(tmp_path / "other")) as catalog:
        with closing(open_vectors(tmp_path / "other", catalog)) as vectors:
            assert isinstance(vectors, ChromaVectors)
            query = np.random.default_rng(3).normal(size=16).astype(np.float32)
            (hit,) = vectors.search(query / np.linalg.norm(query), "passage", 1)
        assert catalog.article(hit.article_id).key == "a3"


def test_a_backup_made_while_articles_come_in_is_of_one_moment(data: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def keep_adding() -> None:
        with closing(open_catalog(data)) as catalog:
            number = 100
            while not stop.is_set():
                put(catalog, number)
                number += 1

    adding = threading.Thread(target=keep_adding)
    adding.start()
    try:
        made = [back_up(data, tmp_path / f"kept-{n}") for n in range(4)]
    finally:
        stop.set()
        adding.join()
    for number, manifest in enumerate(made):
        target = tmp_path / f"restored-{number}"
        restore(tmp_path / f"kept-{number}", target)
        got = texts(target)
        assert len(got) == manifest.articles
        with closing(open_catalog(target)) as catalog:
            assert catalog.findings("m", 16) == []
        # in the order in which they came: none of the earlier is missing
        later = sorted(int(text.split()[1]) for text in got if int(text.split()[1]) >= 100)
        assert later == list(range(100, 100 + len(later)))


def test_a_directory_with_articles_is_replaced_only_by_force(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "kept")
    with closing(open_catalog(data)) as catalog:
        put(catalog, 9)
    before = texts(data)
    with pytest.raises(StoreError, match="there is a catalog already.*--force"):
        restore(tmp_path / "kept", data)
    assert texts(data) == before
    restore(tmp_path / "kept", data, force=True)
    assert len(texts(data)) == 5


def test_a_damaged_catalog_is_replaced_by_force(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "kept")
    whole = texts(data)
    (data / "catalog.sqlite").write_bytes(b"no database at all" * 999)
    with pytest.raises(StoreError, match="dixit restore"):
        open_catalog(data)
    restore(tmp_path / "kept", data, force=True)
    assert texts(data) == whole


def test_a_directory_that_is_in_use_is_left_alone(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "kept")
    with closing(open_catalog(data)) as catalog:
        vectors = open_vectors(data, catalog)
        with pytest.raises(StoreError, match="another Dixit is using it"):
            restore(tmp_path / "kept", data, force=True)
        vectors.close()
        catalog.revision()
        with pytest.raises(StoreError, match="Another Dixit is using it"):  # the catalog alone, as `dixit list`
            restore(tmp_path / "kept", data, force=True)
    restore(tmp_path / "kept", data, force=True)


def no_zip(path: Path) -> None:
    path.write_bytes(b"This is a letter.")


def another_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "This is a letter.")


def wandering(path: Path) -> None:
    rewritten(path, lambda name, content: (name, content.replace(b'"catalog.sqlite"', b'"../catalog.sqlite"')))


def changed(path: Path) -> None:
    rewritten(path, lambda name, content: (name, content if name == "manifest.json" else content + b"!"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3000])


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path) as archive:
        members = [change(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)


@pytest.mark.parametrize("harm", [no_zip, another_zip, wandering, changed, cut])
def test_what_is_no_whole_backup_is_refused_and_nothing_is_changed(
    data: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    kept = tmp_path / "kept"
    back_up(data, kept)
    harm(kept)
    before = texts(data)
    with pytest.raises(StoreError, match="backup"):
        restore(kept, data, force=True)
    assert texts(data) == before
    assert not list(data.glob("restoring-*"))


def test_a_backup_never_replaces_another_kind_of_file(data: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    no_zip(letter)
    with pytest.raises(StoreError, match="no backup of Dixit"):
        back_up(data, letter)
    assert letter.read_bytes() == b"This is a letter."
    back_up(data, tmp_path / "kept")
    back_up(data, tmp_path / "kept")  # a later one replaces an earlier one


def test_the_manifest_tells_what_is_in_it(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "kept")
    with zipfile.ZipFile(tmp_path / "kept") as archive:
        assert set(archive.namelist()) == {"manifest.json", "catalog.sqlite"}
        assert json.loads(archive.read("manifest.json"))["articles"] == 5


@pytest.mark.parametrize("seconds", [0, 315_532_799, 4_354_819_200])
def test_a_clock_that_a_zip_cannot_tell_stops_no_backup(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    monkeypatch.setattr(time, "time", lambda: float(seconds))  # before 1980: no battery; after 2107
    back_up(data, tmp_path / "kept")
    monkeypatch.undo()
    restore(tmp_path / "kept", tmp_path / "other")
    assert texts(tmp_path / "other") == texts(data)


def test_an_emptied_catalog_is_not_backed_up(data: Path, tmp_path: Path) -> None:
    (data / "vectors" / "0a1b2c3d").mkdir(parents=True)
    (data / "catalog.sqlite").write_bytes(b"")
    with pytest.raises(StoreError, match="it is empty, and was not before"):
        back_up(data, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_there_must_be_something_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no catalog to back up"):
        back_up(tmp_path, tmp_path / "kept")

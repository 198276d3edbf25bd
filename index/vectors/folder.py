"""The folder of the vector index: which Chroma folder in it counts, whether it can be trusted, making it anew."""

from __future__ import annotations

import json
import logging
import re
import shutil
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from index.catalog import Catalog, Vectors
from index.errors import StoreError, disk_errors
from index.models import Hit, UnitKind
from index.permissions import FILE, can_write, make_folder
from index.vectors.chroma import ChromaFolder, Row
from index.vectors.exact import CatalogVectors, VectorIndex
from index.vectors.trial import files_of, tried_out

Done = TypeVar("Done")

PARTIAL = -1
"""The revision of an article that Chroma may hold a part of."""
MOST_WASTE = 1000
"""Chroma never frees deleted vectors; so many are left alone, more than that only while fewer than live ones."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a look at the vector index found, without changing it.

    Attributes:
        damage: why it cannot be used, None when it can.
        rows: what Chroma holds.
        revision: the catalog's revision when it was closed properly, None when it was not.
    """

    damage: str | None
    rows: list[Row]
    revision: int | None


def open_vectors(data: Path, catalog: Catalog) -> VectorIndex:
    """Open the vector index of a data directory: Chroma's, or the catalog's own.

    The catalog's own serves when another process has Chroma's, when this user cannot write its folder, and when it
    cannot be made (the disk is full, say).

    Raises:
        StoreError: its folder cannot be written.
    """
    lock = _lock(data)
    if lock is None:
        return CatalogVectors(catalog)
    try:
        return ChromaVectors(data / "vectors", catalog, lock)
    except StoreError as error:
        lock.release()
        log.warning("%s Searching the catalog instead, more slowly.", error)
        return CatalogVectors(catalog)


def inspect(data: Path) -> Inspection | None:
    """Look at the vector index of a data directory, changing nothing; None when another process has it.

    None, too, when this user cannot write it.
    """
    lock = _lock(data)
    if lock is None:
        return None
    folder = data / "vectors"
    try:
        path = _current(folder)
        if path is None:
            return Inspection("there is none", [], None)
        seal = _seal(folder)
        if seal.get("files") != files_of(path):
            rows, damage = tried_out(path)
            return Inspection(damage, rows, seal.get("revision"))
        with closing(ChromaFolder(path)) as store:
            rows = store.rows()
        _set_seal(folder, path, seal["revision"])  # opening it may touch its files
        return Inspection(None, rows, seal["revision"])
    except StoreError as error:
        return Inspection(str(error), [], None)
    finally:
        lock.release()


class ChromaVectors:
    """Approximate search in an embedded Chroma collection, which only this process may open (it holds the lock).

    The folder that ``current`` names holds the collection. It is trusted when its files are as they were when it
    was closed properly, or when it passes a trial in a process of its own (a damaged one can end the process that
    opens it); else it is made anew from the catalog.
    """

    def __init__(self, folder: Path, catalog: Catalog, lock: FileLock) -> None:
        self._folder = folder
        self._catalog = catalog
        self._lock = lock
        self._mutex = threading.Lock()  # over the collection and what is known of it
        self._building = threading.Lock()  # taken before the other, never inside it
        self._closing = threading.Event()
        self._tidying: threading.Thread | None = None
        self._revision = -1
        self._store, self._stored = self._opened() or self._named(*self._built())
        self.sync()

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """See ``VectorIndex``.

        Raises:
            StoreError: the vectors cannot be written or read.
        """
        self.sync()
        return self._mending(lambda: self._store.search(vector, kind, limit))

    def sync(self) -> None:
        """See ``VectorIndex``; costs one small read of the catalog when nothing has changed.

        Raises:
            StoreError: the vectors cannot be written; the next time tries again.
        """
        revision = self._catalog.revision()
        if revision == self._revision:
            return
        if self._catalog.dimensions() not in (None, self._store.dimensions):
            self.rebuild()
        self._mending(self._take_up)

    def rebuild(self) -> None:
        """See ``VectorIndex``; the old collection serves until the new one is whole.

        Raises:
            StoreError: the new one cannot be written; the old one stays.
        """
        with self._building:
            store, stored = self._built()
            with self._mutex:
                self._store.close()
                self._store, self._stored = self._named(store, stored)
                self._revision = -1  # the next ``sync`` takes up what has changed since

    def close(self) -> None:
        """See ``VectorIndex``."""
        self._closing.set()
        if self._tidying is not None:
            self._tidying.join()
        with self._mutex:
            self._store.close()
            _set_seal(self._folder, self._store.path, self._revision)
            self._lock.release()

    def _opened(self) -> tuple[ChromaFolder, dict[str, int]] | None:
        """Open the collection that is there; None when there is none that can be trusted."""
        path, seal = _current(self._folder), _seal(self._folder)
        with disk_errors(self._folder):
            (self._folder / "closed").unlink(missing_ok=True)
        if path is None:
            return None
        damage = None if seal.get("files") == files_of(path) else tried_out(path)[1]
        try:
            if damage is None:
                store = ChromaFolder(path)
                return store, _whole(store.rows(), self._catalog.unit_counts())
        except StoreError as error:
            damage = str(error)
        log.warning("the vector index %s is damaged (%s): making it anew from the catalog", path, damage)
        return None

    def _mending(self, deed: Callable[[], Done]) -> Done:
        """Do something with the collection, once more when it was damaged meanwhile and had to be made anew."""
        try:
            with self._mutex:
                return deed()
        except StoreError as error:
            if tried_out(self._store.path)[1] is None:
                raise  # it is not the collection: the disk is full, say
            log.warning("%s", error)
        self.rebuild()
        with self._mutex:
            return deed()

    def _take_up(self) -> None:
        revision = self._catalog.revision()
        wanted = self._catalog.revisions()
        for article in [article for article, at in self._stored.items() if wanted.get(article) != at]:
            self._store.delete(article)
            del self._stored[article]
        for article in [article for article in wanted if article not in self._stored]:
            self._put(self._store, self._stored, article, wanted[article])
        self._revision = revision
        if self._tidying is None and self._store.deleted > max(MOST_WASTE, self._store.count()):
            self._tidying = threading.Thread(target=self._tidy, name="dixit-vectors", daemon=True)
            self._tidying.start()

    def _put(self, store: ChromaFolder, stored: dict[str, int], article: str, revision: int) -> None:
        stored[article] = PARTIAL  # until all of it is in: a failure half way leaves it to be done again
        units = self._catalog.units(article)
        # while a reindex by another model is half way, the others' vectors have no place here
        store.upsert([unit for unit in units if unit.vector.size == store.dimensions], revision)
        stored[article] = revision

    def _built(self) -> tuple[ChromaFolder, dict[str, int]]:
        """Make a collection of all that the catalog holds, in a folder of its own."""
        store = ChromaFolder(self._folder / uuid.uuid4().hex[:8], self._catalog.dimensions())
        stored: dict[str, int] = {}
        try:
            for article, revision in self._catalog.revisions().items():
                if self._closing.is_set():
                    raise StoreError(f"{store.path}: closed before it was whole. The next start goes on.")
                self._put(store, stored, article, revision)
        except StoreError:
            store.close()
            shutil.rmtree(store.path, ignore_errors=True)
            raise
        return store, stored

    def _named(self, store: ChromaFolder, stored: dict[str, int]) -> tuple[ChromaFolder, dict[str, int]]:
        """Let this collection be the one that counts, and clear the others away."""
        draft = self._folder / "current.new"
        with disk_errors(draft):
            draft.write_text(store.path.name)
            draft.replace(self._folder / "current")
        for other in self._folder.iterdir():
            if other.is_dir() and other != store.path:
                shutil.rmtree(other, ignore_errors=True)
        return store, stored

    def _tidy(self) -> None:
        try:
            self.rebuild()
            self._tidying = None
        except StoreError as error:  # the next start tries again
            log.warning("deleted vectors are not cleared away: %s", error)


def _lock(data: Path) -> FileLock | None:
    folder = data / "vectors"
    if data.is_dir() and not can_write(folder if folder.is_dir() else data):
        return None  # no lock can be held, and Chroma writes whatever it does
    lock = FileLock(folder / "lock", mode=FILE, thread_local=False)  # a page closes in another thread than it opened in
    with disk_errors(folder):
        make_folder(folder)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return None
    return lock


def _current(folder: Path) -> Path | None:
    try:
        name = (folder / "current").read_text()
    except (OSError, UnicodeDecodeError):
        return None
    path = folder / name
    return path if re.fullmatch(r"[0-9a-f]{8}", name) and path.is_dir() else None


def _whole(rows: Iterable[Row], counts: Mapping[str, int]) -> dict[str, int]:
    """Return the revision of each article in Chroma; PARTIAL for one that is not there as a whole, or is mixed."""
    revisions: dict[str, set[int]] = {}
    found = Counter(row.article_id for row in rows)
    for row in rows:
        revisions.setdefault(row.article_id, set()).add(row.revision)
    return {
        article: min(at) if len(at) == 1 and found[article] == counts.get(article) else PARTIAL
        for article, at in revisions.items()
    }


def _seal(folder: Path) -> dict[str, Any]:
    try:
        seal = json.loads((folder / "closed").read_text())
    except (OSError, ValueError):
        return {}
    return seal if isinstance(seal, dict) else {}


def _set_seal(folder: Path, path: Path, revision: int) -> None:
    try:
        (folder / "closed").write_text(json.dumps({"revision": revision, "files": files_of(path)}))
    except OSError as error:  # the next start tries the folder out
        log.info("%s: %s", folder, error.strerror)

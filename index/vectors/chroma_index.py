"""The folder of the vector index: which Chroma folder in it counts, whether it can be trusted, rebuilding it."""

from __future__ import annotations

import logging
import shutil
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from index.catalog import Catalog, Vectors
from index.errors import StoreError, disk_errors
from index.models import Hit, UnitKind
from index.vectors.build import Build
from index.vectors.changes import changes, take_up
from index.vectors.chroma import ChromaFolder, logged
from index.vectors.exact import CatalogVectors
from index.vectors.probe import tried_out
from index.vectors.seal import break_seal, current, held, seal_of, set_current, set_seal

Done = TypeVar("Done")

FEW = 500
"""Units that are taken up at once, while a search waits; more are taken up by a process of its own."""
BATCH = 16
"""Units an upsert: a larger one holds the interpreter's lock long enough to be felt by every other thread."""
MOST_LOGGED = 1000
"""Chroma's log makes each change slower: a longer one is saved, by a process of its own."""
LOGGED_AT_START = 100
"""Chroma's log is gone through at each opening: a longer one is saved before, in a copy."""
RETRY_SECONDS = 60.0
"""A build that failed is tried again after so long, then after twice as long, and so on."""
LONGEST_RETRY = 3600.0
MOST_WASTE = 1000
"""Chroma never frees deleted vectors; so many are left alone, more than that only while fewer than live ones."""

log = logging.getLogger(__name__)


class ChromaVectors:
    """Approximate search in an embedded Chroma collection, which only this process may open (it holds the lock).

    The folder that ``current`` names holds the collection. It is trusted when its files are as they were when it
    was closed properly, or when it passes a trial in a process of its own (a damaged one can end the process that
    opens it); else it is made anew from the catalog. What is much is written into a copy of it, the folder ``next``,
    by a process of its own (see ``Build``); the catalog is searched until the copy has taken its place. A build that
    fails is tried again by a later search.
    """

    def __init__(
        self,
        data: Path,
        catalog: Catalog,
        lock: FileLock,
        report: Callable[[str], None] = log.info,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        """Open it.

        ``report`` is told, in a line at a time, how far a build is; one that failed is tried again after
        ``retry_seconds``, and then after twice as long each time.
        """
        self._data = data
        self._folder = data / "vectors"
        self._next = self._folder / "next"
        self._catalog = catalog
        self._exact = CatalogVectors(catalog)
        self._lock = lock
        self._report = report
        self._mutex = threading.RLock()  # over all that follows
        self._revision = -1
        self._stored: dict[str, int] = {}
        self._build: Build | None = None
        self._building: threading.Thread | None = None
        self._failure: str | None = None  # why a build failed: the catalog is searched until one succeeds
        self._failures = 0  # builds in a row
        self._retry_seconds = retry_seconds
        self._retry_at = 0.0  # by the monotonic clock
        self._closed = False
        self._store = self._opened()
        self.sync()

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """See ``VectorIndex``.

        Raises:
            StoreError: the vectors cannot be written or read.
        """
        self.sync()
        try:
            hits = self._nearest(vector, kind, limit)
        except StoreError as error:
            self._mend(error)
            hits = self._nearest(vector, kind, limit)
        return self._exact.search(vector, kind, limit) if hits is None else hits

    def sync(self) -> None:
        """See ``VectorIndex``; costs one small read of the catalog when nothing has changed.

        Raises:
            StoreError: the vectors cannot be written; the next time tries again.
        """
        if self._building is not None or time.monotonic() < self._retry_at:
            return
        if self._catalog.revision() == self._revision:
            return
        try:
            with self._mutex:
                self._failure = None
                self._take_up()
        except StoreError as error:
            self._mend(error)

    def rebuild(self) -> None:
        """See ``VectorIndex``; the catalog is searched until the new collection is whole.

        Raises:
            StoreError: the new one cannot be written; the old one stays.
        """
        self.wait()
        with self._mutex:
            self._failure = None
            self._renew()
        self.wait()
        if self._failure is not None:
            raise StoreError(self._failure)

    def trouble(self) -> str | None:
        """See ``VectorIndex``."""
        return self._failure

    def wait(self) -> None:
        """Wait until what is being built has taken its place."""
        building = self._building
        if building is not None:
            building.join()

    def close(self) -> None:
        """See ``VectorIndex``; a build that goes on is stopped, and gone on with at the next start."""
        with self._mutex:
            self._closed = True
            build = self._build
        if build is not None:
            build.stop()
        self.wait()
        with self._mutex:
            self._store.close()
            if self._store.path == current(self._folder):
                set_seal(self._store.path, self._revision, self._stored)
            self._lock.release()

    def _is_behind(self) -> bool:
        return self._building is not None or self._failure is not None

    def _nearest(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit] | None:
        """Search the collection; None while it is behind the catalog."""
        with self._mutex:
            return None if self._is_behind() else self._store.search(vector, kind, limit)

    def _opened(self) -> ChromaFolder:
        """Open the collection that is there, or an empty one in the place of one that cannot be trusted."""
        path = current(self._folder)
        if path is None:
            return self._empty()
        seal, much = seal_of(path), sum(self._catalog.unit_counts().values()) > FEW
        break_seal(path)
        if seal is not None and seal.fits(path) and not (much and logged(path) > LOGGED_AT_START):
            self._stored = seal.articles
            return ChromaFolder(path)
        if much:
            return self._empty(counts=False)  # a build tries a copy of the other
        rows, damage = tried_out(path)
        if damage is not None:
            log.warning("the vector index %s is damaged (%s): making it anew from the catalog", path, damage)
            return self._empty()
        self._stored = held(rows, self._catalog.unit_counts())
        return ChromaFolder(path)

    def _empty(self, counts: bool = True) -> ChromaFolder:
        store = ChromaFolder(self._folder / uuid.uuid4().hex[:8], self._catalog.dimensions())
        if counts:
            set_current(store.path, [self._next])
        return store

    def _mend(self, error: StoreError) -> None:
        """Rebuild the collection when an error came of damage to it; else raise the error: the disk is full, say."""
        if tried_out(self._store.path)[1] is None:
            raise error
        log.warning("%s", error)
        with self._mutex:
            self._renew()

    def _take_up(self) -> None:
        if self._is_behind() or self._closed:
            return
        revision, store = self._catalog.revision(), self._store
        found = changes(self._stored, self._catalog.revisions())
        waste = max(MOST_WASTE, store.count())
        if self._catalog.dimensions() not in (None, store.dimensions) or store.deleted > waste:
            self._renew()
        elif (store.logged > MOST_LOGGED and store.count()) or found.units(self._catalog) > FEW:
            self._start_build(anew=False)
        else:
            take_up(found, store, self._stored, self._catalog, BATCH)
            self._revision = revision

    def _renew(self) -> None:
        """Make a collection of all that the catalog holds: at once, or by a build when that is much."""
        if self._is_behind():
            return
        if sum(self._catalog.unit_counts().values()) > FEW:
            self._start_build(anew=True)
            return
        revision, stored = self._catalog.revision(), dict[str, int]()
        store = self._empty(counts=False)
        try:
            take_up(changes(stored, self._catalog.revisions()), store, stored, self._catalog, BATCH)
        except StoreError:
            store.close()
            shutil.rmtree(store.path, ignore_errors=True)
            raise
        self._use(store, stored)
        self._revision = revision

    def _use(self, store: ChromaFolder, stored: dict[str, int]) -> None:
        """Let a collection take the place of the one that counted."""
        self._store.close()
        self._store, self._stored = store, stored
        set_current(store.path)

    def _start_build(self, anew: bool) -> None:
        self._building = threading.Thread(target=self._run_build, args=(anew,), name="dixit-vectors", daemon=True)
        self._building.start()

    def _run_build(self, anew: bool) -> None:
        """Let the folder ``next`` be brought up to the catalog, and take the place of the one that counts."""
        try:
            failure = self._built(anew)
            if failure is not None and not anew:
                log.warning("the vector index %s cannot be used (%s): making it anew", self._folder, failure)
                failure = self._built(anew=True)
            if failure is not None:
                raise StoreError(f"{failure} Searching the catalog instead, more slowly.")
            self._use_next()
        except StoreError as error:
            log.warning("%s", error)
            self._fail(str(error))
            shutil.rmtree(self._next, ignore_errors=True)
        except _Closed:
            pass
        finally:
            self._building = None

    def _fail(self, why: str) -> None:
        """Let the catalog be searched until a build succeeds, and one be tried again later."""
        with self._mutex:
            self._retry_at = time.monotonic() + min(self._retry_seconds * 2**self._failures, LONGEST_RETRY)
            self._failures += 1
            self._failure, self._revision = why, -1  # the next ``sync`` after that finds something to do

    def _built(self, anew: bool) -> str | None:
        """Build the folder ``next``: anew, or from what there is of it, or of the folder that counts."""
        counting = current(self._folder)
        if not anew and not self._next.exists() and counting is not None:
            with disk_errors(self._next):
                draft = self._next.with_suffix(".copy")
                shutil.rmtree(draft, ignore_errors=True)
                shutil.copytree(counting, draft)  # nobody writes it meanwhile
                draft.rename(self._next)
        with self._mutex:
            if self._closed:
                raise _Closed
            self._build = Build(self._data, self._catalog.url, self._next, anew)
        failure = self._build.wait(self._report)
        if self._closed:
            raise _Closed
        return failure

    def _use_next(self) -> None:
        seal = seal_of(self._next)
        path = self._folder / uuid.uuid4().hex[:8]
        with disk_errors(path):
            break_seal(self._next)
            self._next.rename(path)
        store = ChromaFolder(path)
        count = store.count()  # Chroma reads its index now, not while a search waits
        with self._mutex:
            self._use(store, {} if seal is None else seal.articles)
            self._failures = 0
            self._revision = -1  # the next ``sync`` takes up what has changed since
        self._report(f"the vector index is whole: {count:,} passages and quotations")


class _Closed(Exception):
    """The index was closed before a build was whole."""

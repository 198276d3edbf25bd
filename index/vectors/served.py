"""The vector index in a collection of a Chroma server, kept up to the catalog by every process that has it."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing

from index.catalog import Catalog, Vectors
from index.errors import StoreError
from index.models import Hit, UnitKind
from index.settings import VectorServer
from index.vectors.changes import ARTICLES, Changes, batches, changes, lacking_of, strays_of
from index.vectors.chroma import ServerCollection, opened
from index.vectors.exact import CatalogVectors

FEW = 500
"""Units that are taken up at once, while a search waits; more are taken up by a thread of its own."""
BATCH = 500
"""Units a request."""
RETRY_SECONDS = 5.0
"""The server is asked again so long after it failed, then after twice as long; the catalog is searched until then."""
LONGEST_RETRY = 60.0
CHECK_SECONDS = 60.0
"""Between two comparisons of how many units the server and the catalog hold."""
CHECK_AGAIN = 3600.0
"""The next one, when all rows were looked at and the numbers still differ."""
PATIENCE = 1.0
"""So long a search waits for another that takes up what is new; the server may hang."""

log = logging.getLogger(__name__)


class ServedVectors:
    """Approximate search in the collection of a Chroma server, which any number of processes share.

    Each process compares the catalog's revisions with those that it knows to be in the collection, and writes what
    is not; what another wrote meanwhile is seen in the rows of those articles. How many units there are is compared
    now and then: when something is missing or left over, all rows are looked at. The catalog is searched while the
    server is away, and until what is much is in.
    """

    def __init__(
        self,
        server: VectorServer,
        catalog: Catalog,
        report: Callable[[str], None] = log.info,
        retry_seconds: float = RETRY_SECONDS,
        check_seconds: float = CHECK_SECONDS,
    ) -> None:
        """Open it; a server that is away is asked again by a later search.

        ``report`` is told, in a line at a time, how far it is when much is written.
        """
        self._server = server
        self._catalog = catalog
        self._exact = CatalogVectors(catalog)
        self._report = report
        self._retry_seconds = retry_seconds
        self._check_seconds = check_seconds
        self._mutex = threading.RLock()  # over all that follows
        self._collection: ServerCollection | None = None
        self._stored: dict[str, int] = {}
        self._revision = -1
        self._check_at = 0.0  # by the monotonic clock, as is the next
        self._retry_at = 0.0
        self._failure: str | None = None
        self._failures = 0  # in a row
        self._filling: threading.Thread | None = None
        self._closed = False
        self.sync()

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """See ``VectorIndex``."""
        current, collection = self._synced(), self._collection
        if current and collection is not None:
            try:
                return collection.search(vector, kind, limit)
            except StoreError as error:
                self._leave(error, collection)
        return self._exact.search(vector, kind, limit)

    def sync(self) -> None:
        """See ``VectorIndex``; a server that fails is left alone for a while."""
        self._synced()

    def _synced(self) -> bool:
        """Take up what has changed; tell whether the collection is as the catalog is now."""
        if self._filling is not None or time.monotonic() < self._retry_at:
            return False
        if self._catalog.revision() == self._revision and time.monotonic() < self._check_at:
            return self._failure is None
        if not self._mutex.acquire(timeout=PATIENCE):
            return False
        try:
            if time.monotonic() >= self._retry_at:  # it may have failed while this one waited
                self._take_up()
        except StoreError as error:
            self._leave(error)
        finally:
            self._mutex.release()
        return self._filling is None and self._failure is None

    def trouble(self) -> str | None:
        """See ``VectorIndex``; the server is asked, as nobody may have searched since it went away."""
        self.sync()
        collection = self._collection  # once: another thread may let go of it
        if collection is not None and self._failure is None:
            try:
                collection.count()
            except StoreError as error:
                self._leave(error, collection)
        return self._failure

    def rebuild(self) -> None:
        """See ``VectorIndex``; other processes see that the collection is another, and take it up.

        Raises:
            StoreError: the server does not answer, or refuses.
        """
        dimensions = self._catalog.dimensions()
        if dimensions is None:
            return
        with self._mutex:
            self.wait()
            self._let_go()
            with closing(ServerCollection(self._server, dimensions, self._catalog.id())) as collection:
                collection.drop()
            self._failure, self._failures, self._retry_at = None, 0, 0.0
            self._take_up()
        self.wait()
        if self._failure is not None:
            raise StoreError(self._failure)

    def wait(self) -> None:
        """Wait until what is being written is in."""
        filling = self._filling
        if filling is not None:
            filling.join()

    def close(self) -> None:
        """See ``VectorIndex``; what is not written yet is written at the next start."""
        self._closed = True
        self.wait()
        with self._mutex:
            try:
                if self._collection is not None and self._failure is None:
                    self._check()
            except StoreError as error:
                log.info("%s", error)
            self._let_go()

    def _take_up(self) -> None:
        """Write what the collection lacks: at once, or by a thread of its own when that is much."""
        if self._filling is not None or self._closed or not self._is_open():
            return
        revision = self._catalog.revision()  # before the changes: what comes in between is taken up the next time
        found = self._changes()
        if found.units(self._catalog) > FEW:  # another process may have written it
            self._trust_seal()
            found = self._changes()
            if found.units(self._catalog) > FEW:
                self._start(all_rows=False)
                return
        self._write(found)
        if self._closed:  # it may be cut short
            return
        self._revision = revision
        self._recover()
        if time.monotonic() >= self._check_at and not self._check():
            self._start(all_rows=True)

    def _is_open(self) -> bool:
        """Open the collection if it is not open, or is of another model; False: the catalog holds nothing yet."""
        dimensions = self._catalog.dimensions()
        if self._collection is not None and dimensions not in (None, self._collection.dimensions):
            self._let_go()  # by a reindex with another model
        if self._collection is None and dimensions is not None:
            self._collection = opened(self._server, self._catalog, dimensions)
            self._trust_seal()
        return self._collection is not None

    def _in_use(self) -> ServerCollection:
        if self._collection is None:  # a search in another thread saw it fail
            raise StoreError(self._failure or f"DIXIT_VECTORS_URL={self._server.url}: it was let go of.")
        return self._collection

    def _let_go(self) -> None:
        if self._collection is not None:
            self._collection.close()
        self._collection, self._stored, self._revision, self._check_at = None, {}, -1, 0.0

    def _trust_seal(self) -> None:
        """Take for stored what a process has found in the collection: of a catalog that is as it was, or grew."""
        sealed = self._in_use().sealed()
        if sealed <= self._catalog.revision():  # else the catalog is an older one, put back
            known = {article: at for article, at in self._catalog.revisions().items() if at <= sealed}
            self._stored = {**self._stored, **known}

    def _changes(self) -> Changes:
        return changes(self._stored, self._catalog.revisions())

    def _write(self, found: Changes, done: Callable[[], None] = lambda: None) -> None:
        articles = list(dict.fromkeys([*found.stale, *found.new]))
        random.shuffle(articles)  # of several processes that begin at once each finds much written by the others
        for some in batches(articles, ARTICLES):
            if self._closed:
                return
            self._write_some(some)
            done()

    def _write_some(self, articles: Sequence[str]) -> None:
        """Make the rows of some articles those that the catalog wants."""
        collection, catalog = self._in_use(), self._catalog
        rows = collection.rows(articles)
        wanted = catalog.revisions(articles)  # later than the rows, so that what another process writes is wanted
        lacking = lacking_of(rows, wanted, catalog.unit_counts(articles))
        # while a reindex by another model is half way, the others' vectors have no place here
        units = [unit for unit in catalog.units_of(lacking) if unit.vector.size == collection.dimensions]
        for some in batches(units, BATCH):
            collection.upsert(some, wanted)
        collection.delete(strays_of(rows, wanted))
        for article in articles:
            self._stored.pop(article, None)
        self._stored.update(wanted)

    def _check(self) -> bool:
        """Compare how many units there are, and seal what is whole; True, too, where that cannot be told now."""
        collection = self._in_use()
        self._check_at = time.monotonic() + self._check_seconds
        revision, expected = self._catalog.revision(), sum(self._catalog.unit_counts().values())
        if revision != self._revision or len(self._catalog.models()) > 1:  # it is being written, or read anew
            return True
        counted = collection.count()
        if self._catalog.revision() != revision:
            return True
        if counted == expected:
            collection.seal(revision)
        return counted == expected

    def _start(self, all_rows: bool) -> None:
        self._filling = threading.Thread(target=self._fill, args=(all_rows,), name="dixit-vectors", daemon=True)
        self._filling.start()

    def _fill(self, all_rows: bool) -> None:
        """Write what is much; ``all_rows``: after a look at all that the collection holds."""
        try:
            if all_rows:
                self._clear()
            revision = self._catalog.revision()
            self._write(self._changes(), self._tell)
            if not self._closed:
                self._revision = revision
                if not self._check():  # all rows are looked at next, if they were not yet
                    self._check_at = time.monotonic() + CHECK_AGAIN if all_rows else 0.0
                self._recover()
                self._report(f"the vector index is whole: {self._in_use().count():,} passages and quotations")
        except StoreError as error:
            self._leave(error)
        finally:
            self._filling = None

    def _tell(self) -> None:
        total = sum(self._catalog.unit_counts().values())
        self._report(f"taking up the vectors: {self._in_use().count():,} of {total:,}")

    def _clear(self) -> None:
        """Delete what the catalog does not want; know of nothing else whether it is whole."""
        rows = self._in_use().rows()
        wanted = self._catalog.revisions()
        self._in_use().delete(strays_of(rows, wanted))
        lacking = set(lacking_of(rows, wanted, self._catalog.unit_counts()))
        self._stored = {article: at for article, at in wanted.items() if article not in lacking}

    def _leave(self, error: StoreError, failed: ServerCollection | None = None) -> None:
        """Search the catalog for a while, and begin again then; of searches that saw one collection fail, the first."""
        held = self._mutex.acquire(timeout=PATIENCE)
        try:
            if failed is not None and failed is not self._collection:
                return
            if self._failure is None:
                log.warning("%s Searching the catalog instead, more slowly, until it can be used.", error)
            self._failure = str(error)
            self._retry_at = time.monotonic() + min(self._retry_seconds * 2**self._failures, LONGEST_RETRY)
            if held:  # who holds it longer sees the server fail, too
                self._failures += 1
                self._let_go()
        finally:
            if held:
                self._mutex.release()

    def _recover(self) -> None:
        if self._failure is not None:
            log.warning("DIXIT_VECTORS_URL=%s: it can be used again.", self._server.url)
            self._failure, self._failures = None, 0

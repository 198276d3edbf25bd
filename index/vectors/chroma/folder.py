"""One Chroma folder, which one process at a time may have open."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenacity import retry, retry_if_exception, stop_after_delay, wait_fixed

from index.catalog import Unit, Vectors
from index.errors import StoreError
from index.models import Hit, UnitKind
from index.vectors.chroma.collection import (
    COLLECTION,
    HNSW,
    PAGE,
    Row,
    UnitCollection,
    require_cosine,
    rows_of,
    unit_id,
)

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

SYNC_THRESHOLD = 1_000_000
"""Chroma rewrites its index files unsafely every so many rows: never by itself, so, but in ``save``."""
LOCKED_SECONDS = 60
"""How long Chroma's own clearing of its log, of as many changes as are saved at once, is waited for at most."""
SAVING = "saving"
"""The file that is there while the index files are written: a kill in that moment can spoil them."""
DATABASE = "chroma.sqlite3"


class ChromaFolder:
    """The collection in one folder.

    Attributes:
        dimensions: fixed when the folder is made; None: it is for no vectors.
        deleted: how many vectors were deleted and still take place.
        logged: how many changes are in Chroma's log alone: each opening goes through all of them again, and so
            does, more quickly, each change.
    """

    def __init__(self, path: Path, dimensions: int | None = None, saved_every: int = SYNC_THRESHOLD) -> None:
        """Open the folder, or make it for vectors of so many dimensions.

        After ``saved_every`` changes Chroma writes its index files; a process that is killed in that moment leaves
        a folder that cannot be opened.

        Raises:
            StoreError: it is damaged, or cannot be written.
        """
        self.path = path
        if (path / SAVING).exists():
            raise StoreError(f"{path}: a process was stopped while it saved the index. It is made anew.")
        with _chroma_errors(path):
            self._client, self._collection = open_collection(path, dimensions)
            if saved_every != SYNC_THRESHOLD:  # heeded only until the collection is used
                save_every(self._collection, saved_every)
            self._units = UnitCollection(self._collection)
        self._saved_every = saved_every
        self._filled = False  # whether it surely holds something
        self.changing = threading.Lock()  # held while Chroma writes
        self.dimensions: int | None = (self._collection.metadata or {}).get("dimensions")
        self.deleted = _number(path / "deleted")
        self.logged = _number(path / "logged")

    def upsert(self, units: Sequence[Unit], revisions: Mapping[str, int]) -> None:
        """Write units, all at once, as they are at the revisions of their articles."""
        if units:
            with self._changing(len(units)):
                self._units.upsert([unit_id(unit) for unit in units], units, revisions)

    def delete(self, article_ids: Sequence[str]) -> None:
        """Delete the units of some articles (a few hundred at most); Chroma keeps their vectors on disk."""
        theirs: Any = {"document_id": {"$in": list(article_ids)}}
        self._filled = False
        while ids := self._ids(theirs):
            with self._changing(len(ids)):
                self._collection.delete(ids=ids)
            self.deleted += len(ids)
            (self.path / "deleted").write_text(str(self.deleted))

    def count(self) -> int:
        """How many units can be found."""
        with _chroma_errors(self.path):
            return self._collection.count()

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """The nearest units of that kind, best first."""
        self._filled = self._filled or self.count() > 0  # counting costs as much as half a search
        if not self._filled:
            return []
        with _chroma_errors(self.path):
            return self._units.search(vector, kind, limit)

    def rows(self, page: int = PAGE) -> list[Row]:
        """All that the folder holds, without the vectors; read in pages of so many rows."""
        with _chroma_errors(self.path):
            return rows_of(self._collection, page)

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

    def _ids(self, theirs: Any) -> list[str]:
        with _chroma_errors(self.path):
            return self._collection.get(where=theirs, limit=PAGE, include=[])["ids"]

    @contextmanager
    def _changing(self, changes: int) -> Iterator[None]:
        """Count changes; leave a sign for as long as Chroma may write its index files."""
        saves = self.logged + changes >= self._saved_every
        with self.changing, _chroma_errors(self.path):
            if saves:
                (self.path / SAVING).touch()
            yield
            (self.path / SAVING).unlink(missing_ok=True)
            self.logged = 0 if saves else self.logged + changes
            (self.path / "logged").write_text(str(self.logged))


def save(path: Path) -> None:
    """Let Chroma write the index files of a folder that nobody has open, so that its log is empty.

    Raises:
        StoreError: it is damaged, or cannot be written.
    """
    with closing(ChromaFolder(path, saved_every=2)) as store, _chroma_errors(path):
        some: Any = store._collection.get(limit=2, include=["embeddings", "metadatas", "documents"])
        if some["ids"]:
            with store._changing(SYNC_THRESHOLD):
                store._collection.upsert(some["ids"], some["embeddings"], some["metadatas"], some["documents"])
        save_every(store._collection, SYNC_THRESHOLD)


def _is_locked(error: BaseException) -> bool:
    return "database is locked" in str(error)


# Chroma clears its log in a thread of its own once a change is in, and does not wait for that when it is closed; a
# change of its settings reads before it writes, and fails at once while another connection writes.
@retry(retry=retry_if_exception(_is_locked), wait=wait_fixed(0.1), stop=stop_after_delay(LOCKED_SECONDS), reraise=True)
def save_every(collection: Collection, changes: int) -> None:
    """Let Chroma write its index files every so many changes."""
    collection.modify(configuration={"hnsw": {"sync_threshold": changes}})


def logged(path: Path) -> int:
    """Return how many changes are in the log of a folder alone."""
    return _number(path / "logged")


@contextmanager
def _chroma_errors(path: Path) -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, OSError, ValueError, AttributeError, KeyError) as error:  # all seen of damaged folders
        raise StoreError(
            f"{path}: {' '.join(str(error).split())}. The vector index needs a writable disk with space; "
            "it is made anew from the catalog at the next start."
        ) from error


def open_collection(path: Path, dimensions: int | None = None) -> tuple[Any, Collection]:
    """Return a folder's client and its collection, made when it is not there; errors are Chroma's own."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))
    configuration: Any = {"hnsw": HNSW | {"sync_threshold": SYNC_THRESHOLD}}
    metadata = None if dimensions is None else {"dimensions": dimensions}
    collection = client.get_or_create_collection(
        COLLECTION, configuration=configuration, metadata=metadata, embedding_function=None
    )
    require_cosine(collection)
    return client, collection


def _number(path: Path) -> int:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return 0

"""One Chroma folder, through LlamaIndex's vector store; Chroma's and LlamaIndex's types end here."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from tenacity import retry, retry_if_exception, stop_after_delay, wait_fixed

from index.catalog import Unit, Vectors
from index.errors import StoreError
from index.models import Hit, UnitKind

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

PAGE = 1000
"""Rows that are read or deleted at once: Chroma asks SQLite for each by a variable, of which there are 32,766."""
SYNC_THRESHOLD = 1_000_000
"""Chroma rewrites its index files unsafely every so many rows: never by itself, so, but in ``save``."""
LOCKED_SECONDS = 60
"""How long Chroma's own clearing of its log, of as many changes as are saved at once, is waited for at most."""
SAVING = "saving"
"""The file that is there while the index files are written: a kill in that moment can spoil them."""
COLLECTION = "units"
DATABASE = "chroma.sqlite3"
HNSW = {
    "space": "cosine",
    "ef_construction": 200,
    "max_neighbors": 32,
    "ef_search": 200,
    "sync_threshold": SYNC_THRESHOLD,
}


class Row(NamedTuple):
    """What Chroma holds of a unit: its id, its article's, and the article's revision when it was written."""

    id: str
    article_id: str
    revision: int


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
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self.path = path
        if (path / SAVING).exists():
            raise StoreError(f"{path}: a process was stopped while it saved the index. It is made anew.")
        with _chroma_errors(path):
            self._client, self._collection = open_collection(path, dimensions)
            if saved_every != SYNC_THRESHOLD:  # heeded only until the collection is used
                save_every(self._collection, saved_every)
            self._store = ChromaVectorStore(chroma_collection=self._collection)
        self._saved_every = saved_every
        self._filled = False  # whether it surely holds something
        self.changing = threading.Lock()  # held while Chroma writes
        self.dimensions: int | None = (self._collection.metadata or {}).get("dimensions")
        self.deleted = _number(path / "deleted")
        self.logged = _number(path / "logged")

    def upsert(self, units: Sequence[Unit], revisions: Mapping[str, int]) -> None:
        """Write units, all at once, as they are at the revisions of their articles."""
        from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
        from llama_index.core.vector_stores.utils import node_to_metadata_dict

        if not units:
            return
        nodes = [
            TextNode(
                id_=unit_id(unit),
                metadata={
                    "kind": unit.kind, "start": unit.start, "end": unit.end, "revision": revisions[unit.article_id]
                },
                relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=unit.article_id)},
            )
            for unit in units
        ]  # fmt: skip
        with self._changing(len(nodes)):
            self._collection.upsert(  # ChromaVectorStore.add ignores ids that are there
                ids=[node.node_id for node in nodes],
                embeddings=np.stack([unit.vector for unit in units]),
                metadatas=[node_to_metadata_dict(node, remove_text=True, flat_metadata=True) for node in nodes],
                documents=["" for _ in nodes],
            )

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
        from llama_index.core.vector_stores.types import MetadataFilter, MetadataFilters, VectorStoreQuery

        self._filled = self._filled or self.count() > 0  # counting costs as much as half a search
        if not self._filled:
            return []
        wanted = VectorStoreQuery(
            query_embedding=[float(x) for x in vector],
            similarity_top_k=limit,
            filters=MetadataFilters(filters=[MetadataFilter(key="kind", value=kind)]),
        )
        with _chroma_errors(self.path):
            found = self._store.query(wanted)
        hits = []
        for node, similarity in zip(found.nodes or [], found.similarities or [], strict=True):
            place = node.metadata
            cosine = 1.0 + math.log(similarity)  # the store gives exp(-distance), distance = 1 - cosine
            hits.append(Hit(kind, node.ref_doc_id or "", place["start"], place["end"], cosine))
        return hits

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


def unit_id(unit: Unit) -> str:
    """Return the id of a unit in Chroma."""
    return f"{unit.kind}:{unit.article_id}:{unit.start}-{unit.end}"


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
    configuration: Any = {"hnsw": HNSW}
    metadata = None if dimensions is None else {"dimensions": dimensions}
    collection = client.get_or_create_collection(
        COLLECTION, configuration=configuration, metadata=metadata, embedding_function=None
    )
    space = collection.configuration["hnsw"]["space"]  # type: ignore[index]
    if space != "cosine":  # an existing collection silently keeps the space that it was made with
        raise ValueError(f"vectors are compared by {space}, must be cosine")
    return client, collection


def rows_of(collection: Collection, page: int = PAGE) -> list[Row]:
    """Return all that a collection holds, without the vectors; read in pages of so many rows."""
    rows: list[Row] = []
    while (found := collection.get(limit=page, offset=len(rows), include=["metadatas"]))["ids"]:
        metadatas: list[Any] = list(found["metadatas"] or [])
        rows += [
            Row(unit, str(of["document_id"]), int(of["revision"]))
            for unit, of in zip(found["ids"], metadatas, strict=True)
        ]
    return rows


def _number(path: Path) -> int:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return 0

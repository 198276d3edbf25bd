"""The vector index: passages and quotations by the nearness of their vectors.

Chroma holds the vectors for one process at a time (see ``ChromaVectors``); it is derived from the catalog and
rebuilt from it. Any other process searches the catalog's own vectors (``CatalogVectors``) with the same results.
"""

from __future__ import annotations

import logging
import math
import shutil
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np
from filelock import FileLock, Timeout

from index.catalog import Catalog, Unit, Vectors
from index.models import Hit, UnitKind

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

Item = TypeVar("Item")

BATCH = 64
"""Units an upsert: a larger one holds the interpreter's lock long enough to be felt by every other thread."""
SYNC_THRESHOLD = 1_000_000
"""Chroma rewrites its index files unsafely every so many rows; a kill in that moment can lose them (never, so)."""
COLLECTION = "units"
HNSW = {
    "space": "cosine",
    "ef_construction": 200,
    "max_neighbors": 32,
    "ef_search": 200,
    "sync_threshold": SYNC_THRESHOLD,
}

log = logging.getLogger(__name__)


class VectorIndex(Protocol):
    """Finds the stored units whose vectors are nearest to a query's."""

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """The nearest units of that kind, best first; scores are cosines (-1 to 1)."""

    def sync(self) -> None:
        """Take up what has changed in the catalog since the last time."""

    def rebuild(self) -> None:
        """Make the index anew from the catalog."""

    def close(self) -> None:
        """Let go of files and locks."""


def open_vectors(data: Path, catalog: Catalog) -> VectorIndex:
    """Open the vector index of a data directory: Chroma's, or the catalog's own when another process has Chroma."""
    folder = data / "vectors"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return CatalogVectors(catalog)
    return ChromaVectors(folder, catalog, lock)


class CatalogVectors:
    """Exact search over the vectors that the catalog holds; read anew whenever the catalog has changed."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._revision = -1
        self._units: dict[UnitKind, list[Unit]] = {}
        self._matrix: dict[UnitKind, Vectors] = {}
        self._lock = threading.Lock()

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """See ``VectorIndex``."""
        with self._lock:
            self.sync()
            units, matrix = self._units[kind], self._matrix[kind]
        if not units:
            return []
        cosines = matrix @ vector
        best = np.argsort(-cosines, kind="stable")[:limit]
        return [_hit(units[i], float(cosines[i])) for i in best]

    def sync(self) -> None:
        """See ``VectorIndex``."""
        revision = self._catalog.revision()
        if revision == self._revision:
            return
        units = self._catalog.units()
        for kind in ("passage", "quotation"):
            self._units[kind] = [unit for unit in units if unit.kind == kind]
            self._matrix[kind] = _normalised([unit.vector for unit in self._units[kind]])
        self._revision = revision

    def rebuild(self) -> None:
        """Nothing to do: the process that has Chroma sees the catalog's change."""

    def close(self) -> None:
        """Nothing to let go of."""


class ChromaVectors:
    """Approximate search in an embedded Chroma collection, which only this process may open (it holds the lock).

    The folder ``current`` names holds the collection. It is trusted when it was closed properly or passes a check
    in a process of its own (a damaged one can end the process that opens it); else it is rebuilt from the catalog.
    """

    def __init__(self, folder: Path, catalog: Catalog, lock: FileLock) -> None:
        self._folder = folder
        self._catalog = catalog
        self._lock = lock
        self._mutex = threading.RLock()
        self._stored: dict[str, int] = {}
        self._revision = -1
        self._current = folder / "current"
        self._closed_well = folder / "closed"
        self._open()

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """See ``VectorIndex``."""
        self.sync()
        return self._store.search(vector, kind, limit)

    def sync(self) -> None:
        """See ``VectorIndex``; costs one small read of the catalog when nothing has changed."""
        with self._mutex:
            revision = self._catalog.revision()
            if revision == self._revision:
                return
            wanted = self._catalog.revisions()
            gone = [article for article, at in self._stored.items() if wanted.get(article) != at]
            for article in gone:
                self._store.delete(article)
                del self._stored[article]
            for article in [article for article in wanted if article not in self._stored]:
                self._store.upsert(self._catalog.units(article), wanted[article])
                self._stored[article] = wanted[article]
            self._revision = revision

    def rebuild(self) -> None:
        """See ``VectorIndex``; the old folder serves until the new one is whole."""
        with self._mutex:
            self._store, self._stored = self._build()

    def close(self) -> None:
        """See ``VectorIndex``."""
        with self._mutex:
            self._store.close()
            self._closed_well.touch()
            self._lock.release()

    def _open(self) -> None:
        trusted = self._closed_well.exists()
        self._closed_well.unlink(missing_ok=True)
        path = self._folder / self._current.read_text() if self._current.exists() else None
        if path is not None and (trusted or _is_sound(path)):
            self._store = _ChromaStore(path)
            self._stored = self._store.revisions()
        else:
            self._store, self._stored = self._build()
        self.sync()

    def _build(self) -> tuple[_ChromaStore, dict[str, int]]:
        name = uuid.uuid4().hex[:8]
        store = _ChromaStore(self._folder / name)
        revisions = self._catalog.revisions()
        for article, revision in revisions.items():
            store.upsert(self._catalog.units(article), revision)
        draft = self._folder / "current.new"
        draft.write_text(name)
        draft.replace(self._current)
        for old in self._folder.iterdir():
            if old.is_dir() and old.name != name:
                shutil.rmtree(old, ignore_errors=True)
        return store, revisions


class _ChromaStore:
    """One Chroma folder, through LlamaIndex's vector store; Chroma's and LlamaIndex's types end here."""

    def __init__(self, path: Path) -> None:
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self._client, self._collection = _open_collection(path)
        self._store = ChromaVectorStore(chroma_collection=self._collection)

    def upsert(self, units: Iterable[Unit], revision: int) -> None:
        from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
        from llama_index.core.vector_stores.utils import node_to_metadata_dict

        # ChromaVectorStore.add ignores ids that are there and sends all nodes at once (see BATCH).
        for batch in _batches(units, BATCH):
            nodes = [
                TextNode(
                    id_=f"{unit.kind}:{unit.article_id}:{unit.start}-{unit.end}",
                    metadata={"kind": unit.kind, "start": unit.start, "end": unit.end, "revision": revision},
                    relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=unit.article_id)},
                )
                for unit in batch
            ]
            self._collection.upsert(
                ids=[node.node_id for node in nodes],
                embeddings=np.stack([unit.vector for unit in batch]),
                metadatas=[node_to_metadata_dict(node, remove_text=True, flat_metadata=True) for node in nodes],
                documents=["" for _ in nodes],
            )

    def delete(self, article_id: str) -> None:
        self._store.delete(article_id)

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        from llama_index.core.vector_stores.types import MetadataFilter, MetadataFilters, VectorStoreQuery

        if not self._collection.count():
            return []
        found = self._store.query(
            VectorStoreQuery(
                query_embedding=[float(x) for x in vector],
                similarity_top_k=limit,
                filters=MetadataFilters(filters=[MetadataFilter(key="kind", value=kind)]),
            )
        )
        hits = []
        for node, similarity in zip(found.nodes or [], found.similarities or [], strict=True):
            place = node.metadata
            cosine = 1.0 + math.log(similarity)  # the store gives exp(-distance), distance = 1 - cosine
            hits.append(Hit(kind, node.ref_doc_id or "", place["start"], place["end"], cosine))
        return hits

    def revisions(self) -> dict[str, int]:
        rows = self._collection.get(include=["metadatas"])["metadatas"] or []
        return {str(row["document_id"]): int(row["revision"]) for row in rows}  # type: ignore[arg-type]

    def close(self) -> None:
        self._client.close()


def _open_collection(path: Path) -> tuple[Any, Collection]:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))
    configuration: Any = {"hnsw": HNSW}
    collection = client.get_or_create_collection(COLLECTION, configuration=configuration, embedding_function=None)
    space = collection.configuration["hnsw"]["space"]  # type: ignore[index]
    if space != "cosine":  # an existing collection silently keeps the space that it was made with
        raise ValueError(f"{path}: vectors are compared by {space}, must be cosine")
    return client, collection


def _is_sound(path: Path) -> bool:
    """Open, count, read and query a Chroma folder in a process of its own; True when it lives to say so."""
    command = [sys.executable, "-m", "index.vectors", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if result.returncode:
        reason = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
        log.warning("vector index %s does not pass its check (%s): rebuilding it", path, reason)
    return result.returncode == 0


def _check(path: Path) -> None:
    _, collection = _open_collection(path)
    count = collection.count()
    if count:
        row = collection.get(limit=1, include=["embeddings"])
        collection.query(query_embeddings=row["embeddings"], n_results=min(count, 100))


def _hit(unit: Unit, score: float) -> Hit:
    return Hit(unit.kind, unit.article_id, unit.start, unit.end, score)


def _normalised(vectors: Sequence[Vectors]) -> Vectors:
    if not vectors:
        return np.zeros((0, 0), dtype=np.float32)
    matrix = np.stack(vectors)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-12), dtype=np.float32)


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


if __name__ == "__main__":
    _check(Path(sys.argv[1]))

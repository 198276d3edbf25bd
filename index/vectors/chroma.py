"""One Chroma folder, through LlamaIndex's vector store; Chroma's and LlamaIndex's types end here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from index.catalog import Unit, Vectors
from index.errors import StoreError
from index.models import Hit, UnitKind

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

Item = TypeVar("Item")

BATCH = 64
"""Units an upsert: a larger one holds the interpreter's lock long enough to be felt by every other thread."""
SYNC_THRESHOLD = 1_000_000
"""Chroma rewrites its index files unsafely every so many rows; a kill in that moment can lose them (never, so)."""
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
    """

    def __init__(self, path: Path, dimensions: int | None = None) -> None:
        """Open the folder, or make it for vectors of so many dimensions.

        Raises:
            StoreError: it is damaged, or cannot be written.
        """
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self.path = path
        with _chroma_errors(path):
            self._client, self._collection = open_collection(path, dimensions)
            self._store = ChromaVectorStore(chroma_collection=self._collection)
        self.dimensions: int | None = (self._collection.metadata or {}).get("dimensions")
        self.deleted = _number(path / "deleted")

    def upsert(self, units: Iterable[Unit], revision: int) -> None:
        """Write the units of an article, as it is at that revision."""
        from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
        from llama_index.core.vector_stores.utils import node_to_metadata_dict

        # ChromaVectorStore.add ignores ids that are there and sends all nodes at once (see BATCH).
        for batch in _batches(units, BATCH):
            nodes = [
                TextNode(
                    id_=unit_id(unit),
                    metadata={"kind": unit.kind, "start": unit.start, "end": unit.end, "revision": revision},
                    relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=unit.article_id)},
                )
                for unit in batch
            ]
            with _chroma_errors(self.path):
                self._collection.upsert(
                    ids=[node.node_id for node in nodes],
                    embeddings=np.stack([unit.vector for unit in batch]),
                    metadatas=[node_to_metadata_dict(node, remove_text=True, flat_metadata=True) for node in nodes],
                    documents=["" for _ in nodes],
                )

    def delete(self, article_id: str) -> None:
        """Let the units of an article be found no more; Chroma keeps their vectors all the same."""
        with _chroma_errors(self.path):
            before = self._collection.count()
            self._store.delete(article_id)
            self.deleted += before - self._collection.count()
            (self.path / "deleted").write_text(str(self.deleted))

    def count(self) -> int:
        """How many units can be found."""
        with _chroma_errors(self.path):
            return self._collection.count()

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """The nearest units of that kind, best first."""
        from llama_index.core.vector_stores.types import MetadataFilter, MetadataFilters, VectorStoreQuery

        if not self.count():
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

    def rows(self) -> list[Row]:
        """All that the folder holds, without the vectors."""
        with _chroma_errors(self.path):
            return rows_of(self._collection)

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


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


def rows_of(collection: Collection) -> list[Row]:
    """Return all that a collection holds, without the vectors."""
    found = collection.get(include=["metadatas"])
    metadatas: list[Any] = list(found["metadatas"] or [])
    return [
        Row(unit, str(of["document_id"]), int(of["revision"])) for unit, of in zip(found["ids"], metadatas, strict=True)
    ]


def _number(path: Path) -> int:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return 0


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch

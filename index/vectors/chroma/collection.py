"""A Chroma collection of units, wherever it is, through LlamaIndex's vector store; LlamaIndex's types end here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.catalog import Unit, Vectors
from index.models import Hit, UnitKind

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

COLLECTION = "units"
PAGE = 1000
"""Rows that are read or deleted at once: Chroma asks SQLite for each by a variable, of which there are 32,766."""
AMONG, FACTOR = 100, 4
"""Among so many of all kinds, and so many times those wanted, the nearest of one kind are looked for first."""
HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 200}


class Row(NamedTuple):
    """What Chroma holds of a unit: its id, its article's, and the article's revision when it was written."""

    id: str
    article_id: str
    revision: int


class UnitCollection:
    """Writes and finds units in a collection; errors are Chroma's own.

    Args:
        collection: Chroma's.
        of_one_kind: it holds units of one kind alone.
    """

    def __init__(self, collection: Collection, of_one_kind: bool = False) -> None:
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self._collection = collection
        self._of_one_kind = of_one_kind
        self._store = ChromaVectorStore(chroma_collection=collection)

    def upsert(self, ids: Sequence[str], units: Sequence[Unit], revisions: Mapping[str, int]) -> None:
        """Write units, all at once, as they are at the revisions of their articles."""
        from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
        from llama_index.core.vector_stores.utils import node_to_metadata_dict

        nodes = [
            TextNode(
                id_=id_,
                metadata={
                    "kind": unit.kind, "start": unit.start, "end": unit.end, "revision": revisions[unit.article_id]
                },
                relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=unit.article_id)},
            )
            for id_, unit in zip(ids, units, strict=True)
        ]  # fmt: skip
        self._collection.upsert(  # ChromaVectorStore.add ignores ids that are there
            ids=[node.node_id for node in nodes],
            embeddings=np.stack([unit.vector for unit in units]),
            metadatas=[node_to_metadata_dict(node, remove_text=True, flat_metadata=True) for node in nodes],
            documents=["" for _ in nodes],
        )

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """The nearest units of that kind, best first."""
        if self._of_one_kind:
            return self._nearest(vector, limit)
        # with a filter Chroma looks at the kind of every unit first
        among = self._nearest(vector, max(AMONG, FACTOR * limit))
        near = [hit for hit in among if hit.kind == kind][:limit]
        return near if len(near) == limit else self._nearest(vector, limit, kind)

    def _nearest(self, vector: Vectors, limit: int, kind: UnitKind | None = None) -> list[Hit]:
        from llama_index.core.vector_stores.types import MetadataFilter, MetadataFilters, VectorStoreQuery

        filters = None if kind is None else MetadataFilters(filters=[MetadataFilter(key="kind", value=kind)])
        wanted = VectorStoreQuery(query_embedding=[float(x) for x in vector], similarity_top_k=limit, filters=filters)
        found = self._store.query(wanted)
        hits = []
        for node, similarity in zip(found.nodes or [], found.similarities or [], strict=True):
            place = node.metadata
            cosine = 1.0 + math.log(similarity)  # the store gives exp(-distance), distance = 1 - cosine
            hits.append(Hit(place["kind"], node.ref_doc_id or "", place["start"], place["end"], cosine))
        return hits


def rows_of(collection: Collection, page: int = PAGE, where: Any = None) -> list[Row]:
    """Return what a collection holds, without the vectors; read in pages of so many rows."""
    rows: list[Row] = []
    while (found := collection.get(where=where, limit=page, offset=len(rows), include=["metadatas"]))["ids"]:
        metadatas: list[Any] = list(found["metadatas"] or [])
        rows += [
            Row(unit, str(of["document_id"]), int(of["revision"]))
            for unit, of in zip(found["ids"], metadatas, strict=True)
        ]
    return rows


def require_cosine(collection: Collection) -> None:
    """Refuse a collection that was made with another space: it silently keeps that."""
    space = collection.configuration["hnsw"]["space"]  # type: ignore[index]
    if space != "cosine":
        raise ValueError(f"vectors are compared by {space}, must be cosine")


def unit_id(unit: Unit) -> str:
    """Return the id of a unit in Chroma."""
    return f"{unit.kind}:{unit.article_id}:{unit.start}-{unit.end}"

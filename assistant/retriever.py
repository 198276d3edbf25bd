"""Question -> evidence: dense and full-text lists, fused by reciprocal rank.

Reciprocal rank fusion: Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
Rank Learning Methods", SIGIR 2009; LlamaIndex's ``QueryFusionRetriever`` does it here, with k = 60.
"""

from __future__ import annotations

from collections.abc import Callable

from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import BaseRetriever, QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.models import Evidence
from index.catalog import Catalog
from index.embeddings import Embedder
from index.models import Hit, UnitKind
from index.terms import query_terms
from index.vectors import VectorIndex


class Retriever:
    """Finds the passages (or quotations) that may answer a question."""

    def __init__(self, catalog: Catalog, vectors: VectorIndex, embedder: Embedder, depth: int = 30) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._embedder = embedder
        self._depth = depth

    def retrieve(self, question: str, kind: UnitKind = "passage", limit: int = 8) -> list[Evidence]:
        """The best places for a question, best first, at most ``limit``."""
        dense = self._dense(question, kind)
        fused = QueryFusionRetriever(
            [_HitRetriever(lambda _: dense), _HitRetriever(lambda words: self._full_text(words, kind))],
            llm=MockLLM(),
            mode=FUSION_MODES.RECIPROCAL_RANK,
            similarity_top_k=limit,
            num_queries=1,
            use_async=False,
        )
        cosines = {(hit.article_id, hit.start, hit.end): hit.score for hit in dense}
        return [_evidence(found, cosines) for found in fused.retrieve(question)]

    def _dense(self, question: str, kind: UnitKind) -> list[Hit]:
        return self._vectors.search(self._embedder.embed_query(question), kind, self._depth)

    def _full_text(self, question: str, kind: UnitKind) -> list[Hit]:
        return self._catalog.search(query_terms(question), kind, self._depth)


class _HitRetriever(BaseRetriever):
    """Our own searches in LlamaIndex's terms."""

    def __init__(self, search: Callable[[str], list[Hit]]) -> None:
        self._search = search
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [_to_node(hit) for hit in self._search(query_bundle.query_str)]


def _to_node(hit: Hit) -> NodeWithScore:
    # Nodes are merged by the hash of their text and metadata: the place makes them differ, and nothing else may.
    place = {"article_id": hit.article_id, "start": hit.start, "end": hit.end}
    return NodeWithScore(node=TextNode(text="", metadata=place), score=hit.score)


def _evidence(found: NodeWithScore, cosines: dict[tuple[str, int, int], float]) -> Evidence:
    place = found.node.metadata
    key = (place["article_id"], place["start"], place["end"])
    return Evidence(*key, score=found.score or 0.0, cosine=cosines.get(key))

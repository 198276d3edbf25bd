"""Many articles in an index, in less time than it takes to embed them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.settings import Settings
from index.catalog import open_catalog
from index.embedding.embedder import Embedder
from index.ingestion import Ingestion
from index.models import Article
from index.vectors import open_vectors

Vectors = NDArray[np.float32]


class DrawnVectors:
    """A stand-in for an embedding model: its vectors are drawn at random, and take as long to be searched as any."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self.name = model.name  # or the index would not be mixed with the model's own vectors
        self.dimensions = model.dimensions
        self.max_tokens = model.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._model.count_tokens(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.embed_query(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)

    def embed_query(self, text: str) -> Vectors:
        drawn = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(self.dimensions, dtype=np.float32)
        vector: Vectors = drawn / np.float32(np.linalg.norm(drawn))
        return vector


def fill(settings: Settings, articles: Iterable[Article], model: Embedder) -> None:
    """Add articles to an index that nobody has open, read as any are but for their vectors."""
    catalog = open_catalog(settings.index.data)
    vectors = open_vectors(settings.index.data, catalog)
    ingestion = Ingestion(catalog, vectors, DrawnVectors(model), settings.index)
    try:
        for article in articles:
            ingestion.add_article(article)
        vectors.rebuild()  # or what is taken up beside the first questions would be measured with them
    finally:
        vectors.close()
        catalog.close()

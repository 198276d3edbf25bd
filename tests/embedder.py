"""A deterministic stand-in for the embedding model: like words, near vectors; runs repeat."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class HashingEmbedder:
    """Bags of lower-cased words, hashed into 64 numbers; a token is a word or a mark."""

    split = None

    def __init__(self) -> None:
        self.name = "hashing-64"
        self.dimensions = 64
        self.max_tokens = 508

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(re.findall(r"\w+|[^\w\s]", text)) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self.embed_query(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[zlib.crc32(word.encode("utf-8", "replace")) % self.dimensions] += 1
        if not vector.any():  # no words: still of length 1, as a real model's
            vector[0] = 1
        return vector / np.float32(np.linalg.norm(vector))

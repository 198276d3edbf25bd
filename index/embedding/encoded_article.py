"""The passages of an article as the bundled model sees them, taken through it once for states and vectors."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from index.embedding.split_model import DIMENSIONS, Floats, HalfRead, SplitModel
from index.embedding.token_states import TokenWindow, half_read, window
from index.models import Article, Passage
from index.workers import cores


class EncodedArticle:
    """Gives the states of an article's tokens (see ``TokenStates``) and the vectors of its passages."""

    def __init__(self, model: SplitModel, article: Article, passages: Sequence[Passage]) -> None:
        self._model, self._article, self._passages = model, article, passages
        self._vectors: dict[Passage, Floats] = {}

    def window(self, article: Article, start: int, end: int) -> TokenWindow:
        """See ``TokenStates``; of this article alone."""
        within = [p for p in self._passages if p.start < end and start < p.end]
        return window(article, within, self._read(within))

    def vectors(self) -> Floats:
        """Return the passages' vectors, in their order, shape (passages, size)."""
        missing = [p for p in self._passages if p not in self._vectors]
        with ThreadPoolExecutor(cores()) as pool:  # one by one: what is half way is large
            self._vectors |= zip(missing, pool.map(lambda p: self._model.vector(self._half(p)), missing), strict=True)
        found = [self._vectors[p] for p in self._passages]
        return np.array(found, dtype=np.float32).reshape(-1, DIMENSIONS)

    def _read(self, passages: Sequence[Passage]) -> list[HalfRead]:
        """Take passages through the model; keep their vectors, which are small, and return what is half way."""
        with ThreadPoolExecutor(cores()) as pool:
            read = list(pool.map(self._half, passages))
            new = {p: half for p, half in zip(passages, read, strict=True) if p not in self._vectors}
            self._vectors |= zip(new, pool.map(self._model.vector, new.values()), strict=True)
        return read

    def _half(self, passage: Passage) -> HalfRead:
        return half_read(self._model, self._article, passage)

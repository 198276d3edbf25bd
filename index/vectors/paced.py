"""A vector index that is kept up now and then, by whoever adds one article after the other and searches nothing."""

from __future__ import annotations

import time

from index.catalog import Vectors
from index.models import Hit, UnitKind
from index.vectors.exact import VectorIndex

SECONDS = 1.0
"""Between two times that what is new is taken up: some articles at once cost little more than one."""


class PacedVectors:
    """Another index, which takes up what has changed at most once in a while; a search there takes it up, too."""

    def __init__(self, vectors: VectorIndex, seconds: float = SECONDS) -> None:
        """``vectors``: the other one; ``seconds``: between two times."""
        self._vectors = vectors
        self._seconds = seconds
        self._next = 0.0  # by the monotonic clock

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """See ``VectorIndex``."""
        return self._vectors.search(vector, kind, limit)

    def sync(self) -> None:
        """See ``VectorIndex``; nothing is done when it was done lately."""
        if time.monotonic() >= self._next:
            self.take_up()

    def take_up(self) -> None:
        """Take up what has changed now."""
        self._vectors.sync()
        self._next = time.monotonic() + self._seconds

    def rebuild(self) -> None:
        """See ``VectorIndex``."""
        self._vectors.rebuild()

    def close(self) -> None:
        """See ``VectorIndex``."""
        self._vectors.close()

    def trouble(self) -> str | None:
        """See ``VectorIndex``."""
        return self._vectors.trouble()

"""A query's vector -> the nearest units, by looking at every vector that the catalog holds."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from index.catalog import Catalog, Unit, Vectors
from index.models import Hit, UnitKind


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
            self._take_up()
            units, matrix = self._units[kind], self._matrix[kind]
        if not units:
            return []
        cosines = matrix @ vector
        best = np.argsort(-cosines, kind="stable")[:limit]
        return [Hit(kind, units[i].article_id, units[i].start, units[i].end, float(cosines[i])) for i in best]

    def sync(self) -> None:
        """See ``VectorIndex``."""
        with self._lock:
            self._take_up()

    def rebuild(self) -> None:
        """Nothing to do: the process that has Chroma sees the catalog's change."""

    def close(self) -> None:
        """Nothing to let go of."""

    def _take_up(self) -> None:
        revision = self._catalog.revision()
        if revision == self._revision:
            return
        dimensions = self._catalog.dimensions()  # a reindex by another model may be half way
        units = [unit for unit in self._catalog.units() if unit.vector.size == dimensions]
        for kind in ("passage", "quotation"):
            self._units[kind] = [unit for unit in units if unit.kind == kind]
            self._matrix[kind] = _normalised([unit.vector for unit in self._units[kind]])
        self._revision = revision


def _normalised(vectors: Sequence[Vectors]) -> Vectors:
    if not vectors:
        return np.zeros((0, 0), dtype=np.float32)
    matrix = np.stack(vectors)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-12), dtype=np.float32)

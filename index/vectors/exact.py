"""A query's vector -> the nearest units, by looking at every vector that the catalog holds."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from index.catalog import Catalog, UnitTable, Vectors, joined
from index.models import Hit, UnitKind


class VectorIndex(Protocol):
    """Finds the stored units whose vectors are nearest to a query's."""

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """The nearest units of that kind, best first; scores are cosines (-1 to 1)."""

    def sync(self) -> None:
        """Take up what has changed in the catalog since the last time."""

    def rebuild(self) -> None:
        """Rebuild the index from the catalog."""

    def close(self) -> None:
        """Let go of files and locks."""

    def trouble(self) -> str | None:
        """Why the catalog is searched instead, more slowly; None: nothing is wrong."""


class CatalogVectors:
    """Exact search over the vectors that the catalog holds; what has changed in it is read at the next search."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._revision = -1
        self._dimensions: int | None = None
        self._held: dict[str, int] = {}  # the revision of each article that is in the tables
        self._tables: dict[UnitKind, UnitTable] = {}
        self._lock = threading.Lock()

    def search(self, vector: Vectors, kind: UnitKind, limit: int) -> list[Hit]:
        """See ``VectorIndex``."""
        with self._lock:
            self._take_up()
            table = self._tables.get(kind)
        if table is None or not len(table.spans):
            return []
        cosines = table.vectors @ vector
        best = _best(cosines, limit)
        return [
            Hit(kind, str(table.article_ids[i]), int(start), int(end), float(cosines[i]))
            for i, (start, end) in zip(best, table.spans[best], strict=True)
        ]

    def sync(self) -> None:
        """Nothing to do: a search takes up what has changed."""

    def rebuild(self) -> None:
        """Nothing to do: the process that has Chroma sees the catalog's change."""

    def close(self) -> None:
        """Nothing to let go of."""

    def trouble(self) -> str | None:
        """Nothing can be."""
        return None

    def _take_up(self) -> None:
        revision = self._catalog.revision()
        if revision == self._revision:
            return
        wanted, dimensions = self._catalog.revisions(), self._catalog.dimensions()
        if dimensions is not None:
            if dimensions != self._dimensions:  # by a reindex with another model, which may be half way
                self._held = {}
            for kind in get_args(UnitKind):
                self._tables[kind] = self._renewed(kind, wanted, dimensions)
        else:
            self._tables = {}
        self._revision, self._dimensions, self._held = revision, dimensions, wanted

    def _renewed(self, kind: UnitKind, wanted: Mapping[str, int], dimensions: int) -> UnitTable:
        """Return the table without the articles that have changed or gone, and with those that are new or changed."""
        if not self._held:
            return _normalised(self._catalog.unit_table(kind, dimensions))
        old = self._tables[kind]
        new = [article for article, at in wanted.items() if self._held.get(article) != at]
        kept = np.isin(old.article_ids, [article for article, at in wanted.items() if self._held.get(article) == at])
        rest = UnitTable(old.article_ids[kept], old.spans[kept], old.vectors[kept])
        return joined([rest, _normalised(self._catalog.unit_table(kind, dimensions, new))])


def _best(cosines: NDArray[np.float32], limit: int) -> NDArray[np.intp]:
    """Return where the greatest are, the greatest first; of equal ones, those that stand first."""
    if limit < len(cosines):
        least = np.partition(cosines, len(cosines) - limit)[len(cosines) - limit]
        among = np.flatnonzero(cosines >= least)
    else:
        among = np.arange(len(cosines))
    return among[np.argsort(-cosines[among], kind="stable")][:limit]


def _normalised(table: UnitTable) -> UnitTable:
    lengths = np.linalg.norm(table.vectors, axis=1, keepdims=True)
    return replace(table, vectors=table.vectors / np.maximum(lengths, 1e-12))

"""Evidence -> how probable something is: a forest of small decision trees, fitted on labelled articles.

The trees are gradient-boosted (Friedman 2001, as scikit-learn's ``HistGradientBoostingClassifier`` fits them) and are
kept as plain numbers in files that ``python -m tests.evaluation --fit`` writes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

_LEAF = -1


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as arrays of shape (trees, nodes); a tree with fewer nodes is filled up.

    Attributes:
        names: of the evidence, in the order of the columns that trees ask for.
        base: log-odds before any tree has spoken.
        feature: which evidence a node asks for, -1 at a leaf.
        threshold: what goes left is not above it.
        left: the node to go to; ``right`` likewise.
        missing_left: whether what cannot be told (nan) goes left.
        value: log-odds that a leaf adds.
    """

    names: tuple[str, ...]
    base: float
    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    missing_left: NDArray[np.bool_]
    value: NDArray[np.float64]

    def probabilities(self, evidence: Sequence[Mapping[str, float]]) -> list[float]:
        """Return for each piece of evidence how probable it makes what the trees were fitted to tell, 0 to 1.

        Raises:
            KeyError: some evidence lacks a name that the trees were fitted with.
        """
        if not evidence:
            return []
        rows = np.array([[row[name] for name in self.names] for row in evidence], dtype=np.float64)
        return [float(p) for p in 1 / (1 + np.exp(-self._log_odds(rows)))]

    def _log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        trees = np.arange(len(self.feature))[None, :]
        at = np.zeros((len(rows), len(self.feature)), dtype=np.int32)
        line = np.arange(len(rows))[:, None]
        while True:
            asked = self.feature[trees, at]
            inner = asked != _LEAF
            if not inner.any():
                return np.asarray(self.base + self.value[trees, at].sum(axis=1))
            known = rows[line, asked]
            goes_left = np.where(np.isnan(known), self.missing_left[trees, at], known <= self.threshold[trees, at])
            at = np.where(inner, np.where(goes_left, self.left[trees, at], self.right[trees, at]), at)


def forest(data: Mapping[str, Any]) -> Forest:
    """Return the trees of a weights file: lists of nodes ``[feature, threshold, left, right, missing_left, value]``."""
    most = max(len(tree) for tree in data["trees"])
    leaf = [_LEAF, 0.0, 0, 0, 0, 0.0]
    nodes = np.array([[*tree, *[leaf] * (most - len(tree))] for tree in data["trees"]], dtype=np.float64)
    feature, threshold, left, right, missing_left, value = (nodes[:, :, column] for column in range(len(leaf)))
    return Forest(
        names=tuple(data["evidence"]),
        base=float(data["base"]),
        feature=feature.astype(np.int32),
        threshold=threshold,
        left=left.astype(np.int32),
        right=right.astype(np.int32),
        missing_left=missing_left.astype(np.bool_),
        value=value,
    )


@lru_cache(maxsize=4)
def weights(file: Path) -> Mapping[str, Any]:
    """Return what a weights file holds: trees, the bars fitted with them, and what they were fitted on."""
    return cast(Mapping[str, Any], json.loads(file.read_text(encoding="utf-8")))


@lru_cache(maxsize=4)
def fitted_forest(file: Path) -> Forest:
    """Return the trees of a weights file."""
    return forest(weights(file))

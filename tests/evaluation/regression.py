"""Rows of features, each right or wrong -> the weights of a logistic model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

BIAS = "bias"
"""The weight of a feature that is always 1."""

_DIGITS = 3


def fit_weights(
    rows: Sequence[Mapping[str, float]], right: Sequence[bool], features: Sequence[str]
) -> dict[str, float] | None:
    """Return the bias and a weight for each of the features, to three decimals; None when all rows are alike.

    The rows count alike; the squares of all weights but the bias are held down (L2, C = 1).
    """
    if len(set(right)) < 2:
        return None
    model = LogisticRegression(C=1.0, solver="lbfgs", tol=1e-8, max_iter=10_000)
    model.fit(table(rows, features), np.array(right))
    fitted = zip((BIAS, *features), (*model.intercept_, *model.coef_[0]), strict=True)
    return {name: round(float(weight), _DIGITS) for name, weight in fitted}


def probabilities(rows: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Return what a model says of each row, 0 to 1; it has no weight for a feature that it does not look at."""
    features = [name for name in weights if name != BIAS]
    scores = table(rows, features) @ np.array([weights[name] for name in features]) + weights.get(BIAS, 0.0)
    return 1.0 / (1.0 + np.exp(-scores))


def table(rows: Sequence[Mapping[str, float]], features: Sequence[str]) -> NDArray[np.float64]:
    """Return one line a row, one column a feature."""
    return np.array([[row[name] for name in features] for row in rows], dtype=float).reshape(-1, len(features))

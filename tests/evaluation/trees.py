"""Evidence and what is right -> boosted trees as plain numbers, and what such trees say of articles they never saw."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from index.quotations.forest import Forest, forest

FOLDS = 5
Evidence = Sequence[Mapping[str, float]]


def cross_validated(
    evidence: Sequence[Evidence], right: Sequence[Sequence[bool]], articles: Sequence[str]
) -> list[list[float]]:
    """Return how probable each row is by trees that never saw its article.

    Args:
        evidence: rows by case (the candidates of a quotation, say).
        right: whether each row is right.
        articles: the article of each case; all cases of an article are in one fold.
    """
    fold = [fold_of(article) for article in articles]
    found: list[list[float]] = [[] for _ in evidence]
    for n in range(FOLDS):
        learnt = [at for at, f in enumerate(fold) if f != n]
        trees = fit([evidence[at] for at in learnt], [right[at] for at in learnt])
        for at, f in enumerate(fold):
            if f == n:
                found[at] = trees.probabilities(evidence[at])
    return found


def fold_of(article: str) -> int:
    """Return the fold that an article is in."""
    return zlib.crc32(article.encode()) % FOLDS


def fit(evidence: Sequence[Evidence], right: Sequence[Sequence[bool]]) -> Forest:
    """Return the trees that some cases teach."""
    return forest(fitted(evidence, right))


def fitted(evidence: Sequence[Evidence], right: Sequence[Sequence[bool]]) -> dict[str, Any]:
    """Return what is kept of the trees that some cases teach (see ``forest.forest``)."""
    names = sorted(next(row for case in evidence for row in case))
    rows = np.array([[row[name] for name in names] for case in evidence for row in case], dtype=np.float64)
    model = _model().fit(rows, np.array([value for case in right for value in case]))
    trees = [_nodes(step[0].nodes) for step in model._predictors]
    return {"base": round(float(model._baseline_prediction[0, 0]), 5), "evidence": names, "trees": trees}


def _model() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.06,
        max_leaf_nodes=12,
        min_samples_leaf=20,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    )


def _nodes(nodes: NDArray[Any]) -> list[list[float]]:
    return [
        [-1, 0, 0, 0, 0, round(float(n["value"]), 5)]
        if n["is_leaf"]
        else [
            int(n["feature_idx"]),
            round(float(n["num_threshold"]), 5),
            int(n["left"]),
            int(n["right"]),
            int(n["missing_go_to_left"]),
            0,
        ]
        for n in nodes
    ]


def by_set(names: Sequence[str], told: Callable[[Sequence[int]], Any]) -> dict[str, dict[str, float]]:
    """Return the figures of each set, and of all.

    Args:
        names: the set of each case.
        told: returns the figures, a dataclass of numbers, of some cases by their places.
    """
    cases = {name: [at for at, other in enumerate(names) if other == name] for name in dict.fromkeys(names)}
    cases["all"] = list(range(len(names)))
    return {name: {key: round(value, 3) for key, value in asdict(told(of)).items()} for name, of in cases.items()}


def weights_text(
    command: str,
    scores: Mapping[str, Mapping[str, float]],
    bars: Mapping[str, float],
    trees: Mapping[str, Any],
    further: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """Return the text of a weights file, JSON with a line for each entry and one for each tree.

    Args:
        command: writes the file again.
        scores: of trees that saw no word of the article that they were asked about, by set.
        bars: fitted on those scores.
        trees: what ``fitted`` returns.
        further: trees for something else, by a name of their own.
    """
    head = {"command": command, "cross_validated": scores, "bars": bars, **trees}
    entries = [_entry(key, value) for key, value in head.items()]
    for name, others in (further or {}).items():
        inner = ",\n".join(_entry(key, value) for key, value in others.items())
        entries.append(f"{json.dumps(name)}: {{\n{inner}\n}}")
    return "{\n" + ",\n".join(entries) + "\n}\n"


def _entry(key: str, value: Any) -> str:
    if key != "trees":
        return f"{json.dumps(key)}: {json.dumps(value)}"
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in value)
    return f'"trees": [\n{lines}\n]'

"""How probable it is that the name of the most probable candidate is somebody else's, and whether it is sure.

The probability of ``scorer`` is that a name is exactly right, so that a name which is not full, or a noun beside the
right one, is doubted as much as a wrong one. What is shown as sure must not be somebody else's: further trees tell it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import nan
from pathlib import Path

from index.quotations.attribution.features.named import SHORTEST
from index.quotations.attribution.scorer import WEIGHTS, bars
from index.quotations.forest import Forest, forest, weights
from index.typography import words

_OF_SECOND = ("vote_pick", "votes_share", "pointed")


def is_sure(
    names: Sequence[str], found: Sequence[float], evidence: Sequence[Mapping[str, float]], file: Path = WEIGHTS
) -> bool:
    """Tell whether the most probable of some candidates is hardly somebody else (see ``doubt_evidence``)."""
    (doubt,) = fitted_doubt(file).probabilities([doubt_evidence(names, found, evidence)])
    return doubt <= bars(file).doubt


def doubt_evidence(
    names: Sequence[str], found: Sequence[float], evidence: Sequence[Mapping[str, float]]
) -> dict[str, float]:
    """Return the evidence on the most probable candidate, and how it stands to that on the others.

    Args:
        names: of the candidates, one at least.
        found: how probable each is.
        evidence: on each, that they were weighed by.
    """
    best, *others = sorted(range(len(found)), key=lambda n: -found[n])
    alike = [n for n in others if _words(names[n]) & _words(names[best])]
    second = evidence[others[0]] if others else dict.fromkeys(_OF_SECOND, nan)
    return {
        **evidence[best],
        "probability": found[best],
        "probability_second": max((found[n] for n in others), default=0.0),
        "probability_unlike": max((found[n] for n in others if n not in alike), default=0.0),
        "probability_alike": found[best] + sum(found[n] for n in alike),
        "probability_all": sum(found),
        **{f"second_{name}": second[name] for name in _OF_SECOND},
    }


def _words(name: str) -> set[str]:
    return {word for word in words(name).split() if len(word) >= SHORTEST}


@lru_cache(maxsize=2)
def fitted_doubt(file: Path = WEIGHTS) -> Forest:
    """Return the trees that were fitted for it, with those of ``scorer`` and after them."""
    return forest(weights(file)["doubt"])

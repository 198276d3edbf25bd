"""How probable it is that somebody spoke: the trees fitted for it, and the bars to be named and to be sure.

``python -m tests.evaluation --fit attribution`` writes them, and ``--fit attribution_states`` those that see the states
of the embedding model too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.quotations.forest import fitted_forest, weights

WEIGHTS = Path(__file__).with_name("attribution.json")
WITH_STATES = Path(__file__).with_name("attribution_states.json")


@dataclass(frozen=True, slots=True)
class Bars:
    """How probable a speaker must be.

    Attributes:
        named: to be named at all.
        sure: to be named without "probably", where nothing else tells (see ``Quotation.sure``).
        doubt: how probably a name may be somebody else's and still be named so.
    """

    named: float
    sure: float
    doubt: float


def probabilities(evidence: Sequence[Mapping[str, float]], file: Path = WEIGHTS) -> list[float]:
    """Return for the evidence on each candidate how probable it is that he or she spoke, 0 to 1."""
    return fitted_forest(file).probabilities(evidence)


def bars(file: Path = WEIGHTS) -> Bars:
    """Return the bars that were fitted with the trees of a file."""
    return Bars(**weights(file)["bars"])

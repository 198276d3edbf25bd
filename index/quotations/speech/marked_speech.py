"""Whether words in quotation marks are somebody's: weighed by trees over the evidence (see ``marked_evidence``).

``python -m tests.evaluation --fit marked_speech`` writes the trees and their bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.quotations.forest import fitted_forest, weights
from index.quotations.speech.marked_evidence import MarkedWords, evidence_of_speech

WEIGHTS = Path(__file__).with_name("marked_speech.json")


def are_speech(marked: Sequence[MarkedWords]) -> list[bool]:
    """Tell of each marked stretch whether it is more probably said by somebody than not, by the fitted bar."""
    found = fitted_forest(WEIGHTS).probabilities([evidence_of_speech(words) for words in marked])
    bar = weights(WEIGHTS)["bars"]["speech"]
    return [probability >= bar for probability in found]

"""Fitting who spoke: the trees that are kept answer as they were fitted, and the figures count what they say."""

from __future__ import annotations

import random

import pytest

from index.quotations.attribution.scorer import Bars
from index.quotations.forest import Forest
from tests.evaluation.attribution import (
    Choice,
    calibration_error,
    figures,
    fitted_bars,
    is_somebody_else,
    weighed,
)
from tests.evaluation.labels import Said
from tests.evaluation.trees import fit


def said(speaker: str | None, mention: str | None = None) -> Said:
    return Said("a", 0, 9, "words here", "direct", speaker, mention)


def drawn(count: int, seed: int) -> list[Choice]:
    """Choices between two people; whoever is the subject spoke, nine times in ten."""
    chance = random.Random(seed)
    choices = []
    for n in range(count):
        subject = chance.random() < 0.5
        ada = subject == (chance.random() < 0.9)
        rows = tuple({"subject": float(subject == first), "noise": chance.random()} for first in (True, False))
        spoke = said("Ada Pike" if ada else "Tom Reed")
        choices.append(Choice("drawn", "en", f"a{n}", spoke, "Ada Pike", ("Ada Pike", "Tom Reed"), rows))
    return choices


def taught(choices: list[Choice]) -> Forest:
    return fit([choice.evidence for choice in choices], [choice.right for choice in choices])


def test_the_trees_learn_who_speaks() -> None:
    sure, unsure = taught(drawn(2_000, seed=1)).probabilities(
        [{"subject": 1.0, "noise": 0.5}, {"subject": 0.0, "noise": 0.5}]
    )
    assert sure == pytest.approx(0.9, abs=0.1)
    assert unsure == pytest.approx(0.1, abs=0.1)


def test_the_same_words_teach_the_same_trees() -> None:
    asked = [{"subject": 1.0, "noise": n / 10} for n in range(10)]
    one, other = (taught(drawn(300, seed=2)).probabilities(asked) for _ in range(2))
    assert one == other


def test_no_article_is_judged_by_trees_that_saw_it() -> None:
    choices = drawn(200, seed=3)
    found = weighed(choices)
    swapped = [*choices[1:], choices[0]]
    assert weighed(swapped)[-1] != taught(choices).probabilities(choices[0].evidence)
    assert len(found) == len(choices)


@pytest.mark.parametrize(
    ("name", "speaker", "mention", "other"),
    [
        ("Ada Pike", "Ada Pike", "she", False),
        ("A. Pike", "Ada Pike", None, False),
        ("the ferry company", "Pike & Sons", "the ferry company", False),
        ("Tom Reed", "Ada Pike", "she", True),
        ("Tom Reed", None, None, True),
        (None, "Ada Pike", "she", False),
    ],
)
def test_somebody_else_shares_no_word_with_who_spoke(
    name: str | None, speaker: str | None, mention: str | None, other: bool
) -> None:
    assert is_somebody_else(name, said(speaker, mention)) is other


@pytest.mark.parametrize(
    ("probabilities", "right", "error"),
    [
        ([0.75] * 4, [True, True, True, False], 0.0),
        ([0.95, 0.95], [False, False], 0.95),
        ([0.05, 0.95], [True, True], 0.5),
    ],
)
def test_the_calibration_error_is_the_gap_between_said_and_seen(
    probabilities: list[float], right: list[bool], error: float
) -> None:
    assert calibration_error(probabilities, right) == pytest.approx(error)


def test_bars_keep_who_is_shown_as_sure_right() -> None:
    choices = drawn(600, seed=4)
    found = weighed(choices)
    bars = fitted_bars(choices, found)
    assert figures(choices, found, bars).right >= figures(choices, found, Bars(0.99, 1.0)).right
    shown = figures(choices, found, Bars(bars.named, bars.sure))
    assert shown.sure_other <= 0.02

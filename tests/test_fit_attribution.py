"""Fitting who spoke: the trees that are kept answer as they were fitted, and the figures count what they say."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from index.quotations.attribution.scorer import Bars
from index.quotations.forest import Forest
from tests.evaluation.attribution import (
    Choice,
    calibration_error,
    doubted,
    doubts,
    figures,
    fitted_bars,
    is_somebody_else,
    weighed,
)
from tests.evaluation.labels import Said
from tests.evaluation.trees import fit


def said(speaker: str | None, mention: str | None = None) -> Said:
    return Said("a", 0, 9, "words here", "direct", speaker, mention)


def evidence(**told: float) -> dict[str, float]:
    """Evidence on a candidate whom no rule names and nothing points at."""
    return {"vote_pick": 0.0, "votes_share": 0.0, "pointed": 0.0, **told}


def drawn(count: int, seed: int) -> list[Choice]:
    """Choices between two people; whoever is the subject spoke, nine times in ten."""
    chance = random.Random(seed)
    choices = []
    for n in range(count):
        subject = chance.random() < 0.5
        ada = subject == (chance.random() < 0.9)
        rows = tuple(evidence(subject=float(subject == first), noise=chance.random()) for first in (True, False))
        spoke = said("Ada Pike" if ada else "Tom Reed")
        choices.append(Choice("drawn", "en", f"a{n}", spoke, "Ada Pike", ("Ada Pike", "Tom Reed"), rows))
    return choices


def taught(choices: list[Choice]) -> Forest:
    return fit([choice.evidence for choice in choices], [choice.right for choice in choices])


def test_the_trees_learn_who_speaks() -> None:
    sure, unsure = taught(drawn(2_000, seed=1)).probabilities(
        [evidence(subject=1.0, noise=0.5), evidence(subject=0.0, noise=0.5)]
    )
    assert sure == pytest.approx(0.9, abs=0.1)
    assert unsure == pytest.approx(0.1, abs=0.1)


def test_the_same_words_teach_the_same_trees() -> None:
    asked = [evidence(subject=1.0, noise=n / 10) for n in range(10)]
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
    doubt = doubted(choices, doubts(choices, found))
    bars = fitted_bars(choices, found, doubt)
    told = figures(choices, found, doubt, bars)
    assert told.right >= figures(choices, found, doubt, Bars(0.99, 1.0, 0.0)).right
    assert told.sure_other <= 0.02


def described(count: int, seed: int) -> list[Choice]:
    """Choices of who is the subject, where pronouns are somebody else, and half of the others are named in part."""
    chance = random.Random(seed)
    choices = []
    for n in range(count):
        pronoun, part = chance.random() < 0.3, chance.random() < 0.5
        name = "Tom Reed" if pronoun else "Ada Pike" if part else "Pike of the ferry union"
        rows = (evidence(pronoun=float(pronoun), noise=chance.random()), evidence(pronoun=0.0, noise=0.5))
        choices.append(Choice("drawn", "en", f"a{n}", said(name), "Ada Pike", ("Ada Pike", "Luc Mas"), rows))
    return choices


def test_a_name_that_is_right_in_part_is_less_doubted_than_one_of_somebody_else() -> None:
    choices = described(400, seed=5)
    found = [[0.5, 0.2] for _ in choices]
    doubt = doubted(choices, doubts(choices, found))
    by_pronoun = [[d for d, c in zip(doubt, choices, strict=True) if c.evidence[0]["pronoun"] == of] for of in (0, 1)]
    assert max(by_pronoun[0]) < 0.2 < min(by_pronoun[1])
    bars = fitted_bars(choices, found, doubt)
    told = figures(choices, found, doubt, bars)
    assert told.sure == pytest.approx(0.7, abs=0.05)
    assert told.sure_other == 0


def test_doubt_is_told_by_trees_that_never_saw_the_article() -> None:
    choices = drawn(150, seed=6)
    known = doubts(choices, weighed(choices))
    learnt = fit(known.evidence, known.other)
    seen = [learnt.probabilities(rows)[0] for rows in known.evidence]
    other = [value for (value,) in known.other]
    unseen = doubted(choices, known)
    errors = [sum(abs(d - o) for d, o in zip(told, other, strict=True)) for told in (seen, unseen)]
    assert errors[0] < errors[1]


def test_words_without_a_candidate_are_never_sure() -> None:
    nobody = replace(drawn(1, seed=7)[0], names=(), evidence=())
    choices = [*drawn(200, seed=7), nobody]
    found = weighed(choices)
    doubt = doubted(choices, doubts(choices, found))
    assert doubt[-1] == 1.0
    assert figures(choices[-1:], found[-1:], doubt[-1:], Bars(0.1, 0.1, 1.0)).sure == 0

"""What a question after others is taken for: the rules' reading, unless it finds nothing and another is likelier."""

from __future__ import annotations

import pytest

from assistant.answers.deciding import WEIGHTS, chosen, may_be_misread
from assistant.answers.findings import Findings, Verdict
from index.quotations.forest import weights


@pytest.mark.parametrize(
    ("likely", "bar", "place"),
    [([0.5, 0.4], 0.1, 0), ([0.2, 0.4], 0.1, 1), ([0.2, 0.25], 0.1, 0), ([0.2, 0.5, 0.5], 0.1, 1), ([0.2], 0.0, 0)],
    ids=["the rules' is the likeliest", "another is", "hardly", "of equals the first", "there is no other"],
)
def test_another_is_taken_when_it_is_clearly_likelier(likely: list[float], bar: float, place: int) -> None:
    assert chosen(likely, bar) == place


@pytest.mark.parametrize("verdict", ["absent", "silent", "not_about", "nobody", "not_quoted", "no_reply", "untold"])
def test_what_is_not_found_may_be_misread(verdict: Verdict) -> None:
    assert may_be_misread(Findings(verdict))


@pytest.mark.parametrize("verdict", ["greeting", "empty", "all_shown", "nothing_later", "no_such", "out_of_scope"])
def test_a_refusal_that_answers_stands(verdict: Verdict) -> None:
    assert not may_be_misread(Findings(verdict))


def test_the_weights_tell_what_they_were_fitted_on() -> None:
    kept = weights(WEIGHTS)
    assert kept["command"].startswith("python -m tests.evaluation --fit turns")
    assert kept["cross_validated"]["all"]["trees"] >= kept["cross_validated"]["all"]["rules"]

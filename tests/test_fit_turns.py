"""Fitting what a question after others means: the figures count what is chosen, and what the rules find is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.evaluation.labels import load_set
from tests.evaluation.turns import Case, Figures, conversations, figures, fitted_bar

EVAL = Path(__file__).parent / "data" / "eval"


def case(*right: bool, talk: str = "a/1", evidence: tuple[dict[str, float], ...] | None = None) -> Case:
    rows = evidence or tuple({"found": float(told)} for told in right)
    return Case("a", talk, rows, right)


def test_figures_count_what_is_chosen() -> None:
    cases = [case(True, False), case(False, True), case(False, False), case(False, True)]
    likely = [[0.9, 0.1], [0.2, 0.8], [0.5, 0.5], [0.5, 0.5]]
    assert figures(cases, likely, bar=0.1) == Figures(turns=4, rules=0.25, trees=0.5, best=0.75)


def test_the_bar_gives_up_no_right_answer_for_one_that_it_wins() -> None:
    lost, won = case(True, False), case(False, True)
    assert fitted_bar([lost, won], [[0.2, 0.5], [0.1, 0.9]]) >= 0.3
    assert fitted_bar([won, won], [[0.2, 0.5], [0.1, 0.9]]) < 0.3


def test_what_the_rules_find_is_left() -> None:
    found = replace(case(True, False), open=False)
    assert figures([found], [[0.1, 0.9]], bar=0.0) == Figures(turns=1, rules=1.0, trees=1.0, best=1.0)


@pytest.mark.parametrize(("name", "kept_back"), [("fr-check", "talk.jsonl"), ("en-check", None)])
def test_what_is_kept_back_teaches_nothing(name: str, kept_back: str | None) -> None:
    folder = EVAL / name
    asked = {question.id for question in conversations(folder)}
    files = [path.name for path in folder.glob("talk*.jsonl") if path.name != kept_back]
    after_others = {q.id for file in files for q in load_set(folder, file).questions if q.history}
    assert asked == after_others

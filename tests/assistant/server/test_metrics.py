"""What is counted of questions and their answers."""

from __future__ import annotations

import pytest

from assistant.models import Answer, Refusal
from assistant.server.metrics import Metrics


def figures(metrics: Metrics) -> dict[str, float]:
    lines = [line.rsplit(" ", 1) for line in metrics.text().decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines if "_created" not in name}


@pytest.mark.parametrize("refusal", ["absent", "unquoted", "elsewhere", "premise", "empty"])
def test_refusals_are_counted_by_their_kind(refusal: Refusal) -> None:
    metrics = Metrics()
    states = [Answer("q", "en", True, (), refusal=refusal)] * 3
    assert list(metrics.measured(iter(states))) == states
    told = figures(metrics)
    assert told["dixit_questions_total"] == 1
    assert {name: value for name, value in told.items() if name.startswith("dixit_refusals") and value} == {
        f'dixit_refusals_total{{kind="{refusal}"}}': 1
    }


def test_an_answer_that_was_withheld_is_counted() -> None:
    metrics = Metrics()
    metrics.answered(Answer("q", "en", True, (), withheld=True), 0.15)
    told = figures(metrics)
    assert told["dixit_answers_withheld_total"] == 1
    assert told['dixit_question_seconds_bucket{le="0.1"}'] == 0
    assert told['dixit_question_seconds_bucket{le="0.2"}'] == 1

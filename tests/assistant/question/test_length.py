"""How long a question may be, for everybody who asks."""

from __future__ import annotations

import pytest

from assistant.models import Turn
from assistant.question.length import LONGEST, MOST_EARLIER, QuestionTooLong, require_askable
from assistant.workspace import Workspace


@pytest.mark.parametrize(
    ("question", "earlier", "told"),
    [
        ("x" * LONGEST, ["x" * LONGEST] * MOST_EARLIER, None),
        ("x" * (LONGEST + 1), [], "A question of 2,001 characters is longer than 2,000."),
        ("Qui ?", ["x" * 5_000_000], "A question of 5,000,000 characters is longer than 2,000."),
        ("Qui ?", ["Quand ?"] * (MOST_EARLIER + 1), "101 earlier questions are more than 100."),
    ],
)
def test_only_what_a_person_asks_is_read(question: str, earlier: list[str], told: str | None) -> None:
    if told is None:
        require_askable(question, earlier)
        return
    with pytest.raises(QuestionTooLong, match=told):
        require_askable(question, earlier)


def test_a_workspace_reads_no_more_either(workspace: Workspace) -> None:
    with pytest.raises(QuestionTooLong):
        workspace.answer("x" * 2_001)
    with pytest.raises(QuestionTooLong):
        list(workspace.reply("Qui ?", [Turn("x" * 2_001)]))

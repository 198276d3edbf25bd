"""How long a question may be: what reads it takes time with its length."""

from __future__ import annotations

from collections.abc import Sequence

from index.errors import IndexingError

LONGEST = 2_000
"""Characters of a question, on the page, for programs and in commands."""
MOST_EARLIER = 100
"""How many questions of the conversation may be given with one."""


class QuestionTooLong(IndexingError):
    """A question, or the conversation before it, is longer than any that a person asks."""


def require_askable(question: str, earlier: Sequence[str] = ()) -> None:
    """Refuse a question that is too long, or one after too long a conversation.

    Raises:
        QuestionTooLong: it tells the length, and what is allowed.
    """
    if len(earlier) > MOST_EARLIER:
        raise QuestionTooLong(
            f"{len(earlier):,} earlier questions are more than {MOST_EARLIER}. Give the last ones alone."
        )
    for asked in (question, *earlier):
        if len(asked) > LONGEST:
            raise QuestionTooLong(
                f"A question of {len(asked):,} characters is longer than {LONGEST:,}. Ask for one thing at a time."
            )

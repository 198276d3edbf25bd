"""When the words asked for were said: "en mars 2018", "since Tuesday" -> the times that a question names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.question.models import QuestionKind
from index.languages.times import NamedTime, named_times

_CLAIMING = ("check", "speaker")
"""Kinds of question that give a claim: a time within it is part of what is claimed."""


def times_of(kind: QuestionKind, plain: str, start: int, rest: int, today: date | None = None) -> Iterator[NamedTime]:
    """Yield the times in a question that tell when the words were said, not when what they tell of happened.

    Args:
        kind: of the question; a time in a question of fact is part of it.
        plain: the question in plain text.
        start: where the question begins.
        rest: where its topic or claim begins.
        today: the day from which "last week" is counted; None: today.
    """
    if kind == "fact":
        return
    reached = rest
    for time in named_times(plain, today or date.today()):
        if time.start < start:
            continue
        leads = not plain[reached : time.start].strip() if time.start >= reached else True
        if time.attached:
            leads = not plain[rest : time.start].strip()
        if leads or (kind not in _CLAIMING and not time.attached):
            reached = max(reached, time.end)
            yield time


def starts_with_time(plain: str) -> bool:
    """Tell whether a plain text begins with a time, or with what introduces one."""
    return any(time.start == 0 for time in named_times(plain, date.today()))

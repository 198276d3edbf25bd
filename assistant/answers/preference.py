"""The outlet and the time that a question names: which finds are of them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import Question
from assistant.search.relevance import Find


def preferred(question: Question, finds: Sequence[Find]) -> list[Find]:
    """The finds of the outlet and the time that a question names, when there are any; else all."""
    kept = list(finds)
    for fits in (_of_outlet, _of_time):
        kept = [find for find in kept if fits(question, find)] or kept
    return kept


def _of_outlet(question: Question, find: Find) -> bool:
    return question.outlet is None or find.cached.article.source == question.outlet


def _of_time(question: Question, find: Find) -> bool:
    published = find.cached.article.published
    if published is None:  # not known to be of another time
        return True
    after, before = question.after or published, question.before or published
    return after <= published <= before and question.month in (None, published.month)

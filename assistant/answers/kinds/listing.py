"""Everybody who is quoted, those most often first, with how often."""

from __future__ import annotations

from assistant.answers.findings import Findings
from assistant.answers.order import newest
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.retriever import Search

MOST_SPEAKERS = 10
EACH = 2
"""Quotations of each speaker that are shown."""


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find who is quoted, and the newest words of those who are quoted most."""
    tally = sources.tally(search)
    if not tally:
        return Findings("silent")
    most = question.most or MOST_SPEAKERS
    shown = sources.of_speakers(search, [each.name for each in tally[:most]])
    finds = [find for said in shown.values() for find in sources.once(newest(said), EACH)[:EACH]]
    named = None if question.everything else most
    return Findings("most_quoted", tuple(finds), total=len(tally), tally=tuple(tally), named=named)

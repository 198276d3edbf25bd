"""What each of several people said, by date."""

from __future__ import annotations

from assistant.answers.findings import Findings, refused
from assistant.answers.order import newest, oldest
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.models import Tally

EACH = 3
"""Quotations of each person."""


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find what each person of a question said, on its topic where it has one, the oldest first."""
    kept: list[Find] = []
    tally: list[Tally] = []
    for person in question.people:
        said = sources.said_by(person, search, whole=True)
        best = sources.on_topic(search, said) if question.topic.strip() else newest(said)
        tally.append(Tally(person.name, len(best)))
        kept += sources.once(best, EACH)
    if not kept:
        quoted = next((person for person in question.people if sources.said_by(person, search)), None)
        return Findings("not_about", (), quoted) if quoted else refused(question.people[0])
    total = sum(each.quotations for each in tally)
    return Findings("compared", tuple(oldest(kept)), total=total, tally=tuple(tally))

"""How many times somebody is quoted, exactly."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.findings import Findings, refused
from assistant.answers.kinds import aggregate
from assistant.answers.order import newest
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.retriever import Search

MOST = 4


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Count what the person of a question said, on its topic where it has one; the newest are shown."""
    if not question.people:
        return aggregate.find(question, search, sources)
    person = replace(question.people[0], others=())  # those who may be meant too are not named beside the count
    said = sources.said_by(person, search, whole=True)
    if not said:
        return refused(person)
    best = newest(sources.best("statement", search, said, "own") if search.asked.words and question.topic else said)
    if not best:
        return Findings("not_about", (), person)
    articles = len({find.cached.article.id for find in best})
    return Findings("count", sources.once(best, MOST), person, total=len(best), articles=articles)

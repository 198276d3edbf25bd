"""Whether somebody changed position: what they said on a topic, by date, for the reader to compare."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.findings import Findings, refused
from assistant.answers.kinds import speaker
from assistant.answers.order import oldest
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.answer_types import marked
from assistant.search.relevance import Find
from assistant.search.retriever import Search

MOST = 12


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find what the first person of a question said on its topic, the oldest first, with the figures marked."""
    if not question.people:
        return speaker.find(question, search, sources)
    person = question.people[0]
    said = sources.said_by(person, search, whole=True)
    if not said:
        return refused(person)
    best = sources.best("statement", search, said, "own") if search.asked.words else said
    if not best:
        return Findings("not_about", (), person)
    shown = oldest(sources.once(best, MOST))
    return Findings("positions", tuple(_with_figure(find, question) for find in shown), person, total=len(best))


def _with_figure(find: Find, question: Question) -> Find:
    return replace(find, strong=marked(find.cached.article, find.start, find.end, "quantity", question.text))

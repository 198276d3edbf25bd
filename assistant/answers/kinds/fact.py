"""A fact: the sentences that tell a time, a number, a place, a reason."""

from __future__ import annotations

from assistant.answers.findings import Findings
from assistant.answers.kinds import speaker, statement
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.answer_types import answer_spans
from assistant.search.retriever import Search

MOST = 3


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find the sentences that tell it, with the answer marked within the first one."""
    best = sources.best("fact", search, sources.sentences(search), "sentence")
    if not best:
        return _said(question, search, sources)
    first = best[0]
    words = first.cached.article.text[first.start : first.end]
    spans = answer_spans(words, question.wants, first.cached.article.lang, question.text)
    strong = (first.start + spans[0][0], first.start + spans[0][1]) if spans else None
    return Findings("fact", sources.once(best, MOST), strong=strong)


def _said(question: Question, search: Search, sources: Sources) -> Findings:
    """What the person who is named says of it, or who says it, where no sentence tells it."""
    if question.people:
        found = statement.find(question, search, sources)
        return found if found.finds else Findings("silent")
    found = speaker.find(question, search, sources) if question.wants == "person" else Findings("silent")
    return found if found.finds else Findings("silent")

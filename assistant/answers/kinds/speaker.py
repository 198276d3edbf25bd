"""Who said something: some words given as quoted, or something like it."""

from __future__ import annotations

from assistant.answers.findings import Findings
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.retriever import Search

MOST = 4


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find the words that a question quotes, else what is most relevant to it."""
    for words in question.quoted:
        if same := sources.same_words(search, words):
            return Findings("said", sources.once(same, MOST))
        if sources.turned(search, words):  # but for a negation, a number, a day
            return Findings("nobody")
    best = sources.best("speaker", search, sources.statements(search))
    return Findings("said", sources.once(best, MOST)) if best else Findings("nobody")

"""Who said something: some words given as quoted, or something like it."""

from __future__ import annotations

from assistant.answers.findings import Findings
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.languages.speech_acts import speech_act

MOST = 4
OWNED = frozenset({"admit"})
"""Acts that are told by their verb, or by the very words: nobody admits a thing who is merely quoted near it."""
OWN_WORDS = 0.75
"""The share of the asked words, by rarity, that the sentence of such words holds."""


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find the words that a question quotes, else what is most relevant to it."""
    for words in question.quoted:
        if same := sources.same_words(search, words):
            return Findings("said", sources.once(same, MOST))
        if sources.turned(search, words):  # but for a negation, a number, a day
            return Findings("nobody")
    best = sources.best("speaker", search, sources.statements(search))
    if question.act in OWNED:
        best = [find for find in best if _owns(find, question, search)]
    return Findings("said", sources.once(best, MOST)) if best else Findings("nobody")


def _owns(find: Find, question: Question, search: Search) -> bool:
    """Tell whether words are told as an act, or hold most of what is asked; in another language nobody can tell."""
    cue = find.quotation.cue if find.quotation else None
    if find.cached.article.lang != question.lang or speech_act(cue or "") == question.act:
        return True
    first, last = find.cached.sentence_at(find.start), find.cached.sentence_at(max(find.end - 1, find.start))
    held = frozenset().union(*map(find.cached.sentence_terms, range(first, last + 1)))
    return search.asked.coverage(held) >= OWN_WORDS

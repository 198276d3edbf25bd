"""Who said something: some words given as quoted, or something like it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.findings import Findings
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.languages.lemmas import lemma
from index.languages.speech_acts import speech_act
from index.languages.terms import query_terms

MOST = 4
OWNED = frozenset({"admit", "apologise"})
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
    if wanting := _wanting(question, search, sources, best):
        return Findings("fact", sources.once(wanting, MOST))
    if question.act in OWNED:
        best = [find for find in best if _owns(find, question, search)]
    return Findings("said", sources.once(best, MOST)) if best else Findings("nobody")


def _wanting(question: Question, search: Search, sources: Sources, best: Sequence[Find]) -> list[Find]:
    """The sentences that tell all that is asked, verb and all, where nobody is quoted on it ("who wants a vote")."""
    if not question.verb or question.quoted or question.act:
        return []
    verb = frozenset(query_terms(lemma(question.verb, question.lang)))
    if _telling_all(best, verb, search):
        return []
    spoken = set(map(_sentence, best))
    own = [find for find in sources.sentences(search) if find.cached.article.lang == question.lang]
    return [find for find in _telling_all(own, verb, search) if _sentence(find) not in spoken]


def _telling_all(finds: Sequence[Find], verb: frozenset[str], search: Search) -> list[Find]:
    return [find for find in finds if _tells_all(find, verb, search)]


def _tells_all(find: Find, verb: frozenset[str], search: Search) -> bool:
    """Tell whether words have all that is asked for, and the verb in some form."""
    held = search.asked.coverage(find.cached.terms_of(find.start, find.end)) == 1.0
    return held and search.asked.names_are_in(find.cached) and not verb.isdisjoint(_lemmas(find))


def _sentence(find: Find) -> tuple[str, int]:
    return find.cached.article.id, find.cached.sentence_at(find.start)


def _lemmas(find: Find) -> frozenset[str]:
    """The terms of the dictionary forms of the words of a place."""
    lang = find.cached.article.lang
    return frozenset(term for word in find.folded_words for term in query_terms(lemma(word, lang)))


def _owns(find: Find, question: Question, search: Search) -> bool:
    """Tell whether words are told as an act, or hold most of what is asked; in another language nobody can tell."""
    cue = find.quotation.cue if find.quotation else None
    if find.cached.article.lang != question.lang or speech_act(cue or "") == question.act:
        return True
    first, last = find.cached.sentence_at(find.start), find.cached.sentence_at(max(find.end - 1, find.start))
    held = frozenset().union(*map(find.cached.sentence_terms, range(first, last + 1)))
    return search.asked.coverage(held) >= OWN_WORDS

"""Facts in the articles that an answer has shown: around what it cited, or about the people in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.answers.findings import Findings
from assistant.answers.kinds import fact
from assistant.answers.order import ranked
from assistant.answers.sources import Sources
from assistant.question import Conversation, Question, Wants
from assistant.search.answer_types import answer_spans, marked
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.languages.terms import query_terms
from index.typography import fold

MOST = 2
COVERED = 0.6
"""The share of a question's own words, by rarity, that a place must have to answer it."""
WHOLE = 0.99
WITH_NAME = 0.3
"""The same for a place that names the one who is asked about."""
BONUS = 0.3
"""What a name, or a thing of the kind asked for, adds to the share of words."""
FEW = 2
"""Words of a question that is answered by who somebody is, when nothing else answers it."""
AKIN = 5
"""Letters of a stem that begins another of one family."""
NEAR = 2
"""Sentences before and after a citation in which a reason, a time or a place is looked for."""


def told_around(wants: Wants, conversation: Conversation, sources: Sources) -> Findings | None:
    """Return the sentence nearest to what was cited that tells a reason, a time or a place; None: there is none."""
    for cited in conversation.cited:
        place = sources.find_of(cited)
        for find in _surroundings(place) if place else ():
            article = find.cached.article
            if strong := marked(article, find.start, find.end, wants, ""):
                return Findings("fact", (replace(find, strong=strong),))
    return None


def dated(conversation: Conversation, sources: Sources) -> Findings:
    """Return what was cited last with the day of its article."""
    places = [place for cited in conversation.cited if (place := sources.find_of(cited))]
    with_day = [place for place in places if place.cached.article.published]
    return Findings("dated", tuple(with_day[:1])) if with_day else Findings("no_time")


def told_of(
    question: Question, conversation: Conversation, sources: Sources, all_of_it: bool = False
) -> Findings | None:
    """Return the places in the articles shown that have the words of a question; None: none has enough of them.

    ``all_of_it``: they must have all of its words.
    """
    search = sources.search(question)
    wanted = _Wanted(question, search, WHOLE if all_of_it else COVERED)
    said = sources.said_in(search, conversation.articles)
    sentences = sources.sentences_in(search, conversation.articles)
    statements = wanted.among(said) if question.wants in (None, "person") else []
    told = wanted.among(sentences)
    if statements and (question.kind != "fact" or not told or not wanted.tells_more(told[0], statements[0])):
        return _stated(question, sources.once(statements, MOST), search, sources)
    told = told or wanted.introductions(sentences)
    return _fact(question, sources.once(told, MOST), search, sources) if told else None


def _stated(question: Question, finds: Sequence[Find], search: Search, sources: Sources) -> Findings:
    """Somebody's words that tell it."""
    if question.kind == "fact":
        return fact.told(finds, search, sources)
    return Findings("near" if question.kind == "check" else "said", tuple(finds))


def _fact(question: Question, finds: tuple[Find, ...], search: Search, sources: Sources) -> Findings:
    first, *others = finds
    strong = marked(first.cached.article, first.start, first.end, question.wants, question.text)
    telling = fact.voiced((replace(first, strong=strong), *others), question, search, sources)
    return fact.told(telling, search, sources)


class _Wanted:
    """The words that a question asks for itself, without the names in it, and the people whom it names."""

    def __init__(self, question: Question, search: Search, bar: float) -> None:
        people = (*question.people, *question.about)
        named = {term for person in people for term in query_terms(person.name)}
        self._words = [word for word in search.asked.words if not word.forms & named]
        self._names = [fold(person.name).split()[-1] for person in people]
        self._question = question
        self._bar = bar

    def among(self, finds: Iterable[Find]) -> list[Find]:
        """The places that have enough of the words, those with most first."""
        return ranked((score, find) for find in finds if (score := self.score(find)))

    def score(self, find: Find) -> float:
        """How well a place has the words: 0 when not enough; more when it names the people or holds the kind asked."""
        words, wants = find.cached.article.text[find.start : find.end], self._question.wants
        covered = self._covered(find.cached.terms_of(find.start, find.end))
        named = self._names_them(words) or self._names_them(find.speaker or "")
        if covered < (WITH_NAME if named else self._bar):
            return 0.0
        typed = wants and answer_spans(words, wants, find.cached.article.lang, self._question.text)
        if wants in fact.VALUES and not typed and not find.quotation:
            return 0.0
        return covered + BONUS * named + BONUS * bool(typed)

    def tells_more(self, one: Find, other: Find) -> bool:
        """Tell whether a place has clearly more of the words than another."""
        return self.score(one) > self.score(other) + BONUS

    def introductions(self, finds: Iterable[Find]) -> list[Find]:
        """The first place that names the one whom a question about somebody names, but asks nothing else of."""
        if self._question.kind == "check" and self._words:  # "did she resign"
            return []
        if self._question.wants not in (None, "person", "manner") or not self._names or len(self._words) > FEW:
            return []
        return [find for find in finds if self._names_them(find.cached.article.text[find.start : find.end])][:1]

    def _names_them(self, words: str) -> bool:
        return any(name in fold(words) for name in self._names)

    def _covered(self, held: frozenset[str]) -> float:
        total = sum(word.weight for word in self._words)
        found = sum(word.weight for word in self._words if word.is_in(held) or _holds(held, word.forms))
        return found / total if total else 0.0


def _holds(held: frozenset[str], forms: frozenset[str]) -> bool:
    return any(_akin(form, term) for form in forms for term in held)


def _akin(one: str, other: str) -> bool:
    """Tell whether two stems are one, or one begins the other: "presid", "president"."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= AKIN and long.startswith(short))


def _surroundings(place: Find) -> Iterator[Find]:
    """The sentence of a place, then those around it, the nearest first."""
    cached = place.cached
    number = cached.sentence_at(place.start)
    for off in sorted(range(-NEAR, NEAR + 1), key=abs):
        if 0 <= number + off < len(cached.sentences):
            start, end = cached.sentences[number + off]
            words = cached.article.text[start:end]
            first, last = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
            if first < last:
                yield Find(cached, first, last, None, 0.0, 0.0, None)

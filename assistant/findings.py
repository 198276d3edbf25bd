"""Question -> findings: the places that answer it, or why there are none; no word of the answer is written here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from rapidfuzz import fuzz

from assistant.question import Person, Question
from assistant.relevance import Find, alike_enough, passes, relevance
from assistant.retriever import Retriever, Search
from assistant.voices import Voices, bears
from assistant.wanted import wanted
from index import typography
from index.models import Quotation

Verdict = Literal[
    "said", "yes", "no", "denied", "spoke", "fact", "not_quoted", "not_about", "absent", "silent", "nobody"
]
"""What was found: words said; for a check whether they are that person's; or one of the refusals."""

_DENIAL = re.compile(r"\b(?:dement|nie|niait|nient|refut|contest|recus|den(?:y|ie)|reject|rejett|disput)")
MOST = 4
MOST_SPEAKERS = 10


@dataclass(frozen=True, slots=True)
class Findings:
    """What answers a question.

    Attributes:
        verdict: see ``Verdict``.
        finds: best first; none for a refusal.
        asked: the person whose words were asked for, if any.
        searched: how many articles there were to search.
        strong: the answer within the first find, as offsets into its article; None: not told apart.
    """

    verdict: Verdict
    finds: tuple[Find, ...] = ()
    asked: Person | None = None
    strong: tuple[int, int] | None = None
    searched: int = 0


Scored = list[tuple[float, Find]]


class Finder:
    """Looks for what answers a question, by its kind."""

    def __init__(self, retriever: Retriever, voices: Voices) -> None:
        self._retriever = retriever
        self._voices = voices

    def find(self, question: Question) -> Findings:
        """The places that answer, or the reason why there are none."""
        search = self._retriever.search(question)
        by_kind: dict[str, Callable[[Question, Search], Findings]] = {
            "statement": self._statement,
            "speaker": self._speaker,
            "check": self._check,
            "aggregate": self._aggregate,
            "fact": self._fact,
        }
        return by_kind[question.kind](question, search)

    def _preferred(self, question: Question, finds: Sequence[Find]) -> list[Find]:
        """The finds of the outlet and the time that a question names, when there are any; else all."""
        kept = list(finds)
        for fits in (_of_outlet, _of_time):
            kept = [find for find in kept if fits(question, find)] or kept
        return kept

    def _statement(self, question: Question, search: Search) -> Findings:
        person = question.people[0] if question.people else None
        if person is None:
            return self._speaker(question, search)
        said = self._preferred(question, self._said_by(person, search))
        if not said:
            return _refusal(person)
        if not search.asked.words:
            return Findings("said", tuple(_newest(said)[:MOST]), person)
        best = _best("statement", search, said, "own")
        return Findings("said", _top(best), person) if best else Findings("not_about", (), person)

    def _speaker(self, question: Question, search: Search) -> Findings:
        for words in question.quoted:
            same = self._same_words(search, words)
            if same:
                return Findings("said", tuple(same[:MOST]))
        best = _best("speaker", search, self._retriever.statements(search))
        return Findings("said", _top(best)) if best else Findings("nobody")

    def _check(self, question: Question, search: Search) -> Findings:
        person = question.people[0] if question.people else None
        finds = [find for words in question.quoted for find in self._same_words(search, words)]
        own = self._said_by(person, search) if person else []
        if not finds:
            everything = {(f.opened.article.id, f.start, f.end): f for f in self._retriever.statements(search) + own}
            finds = list(_top(_best("check", search, everything.values())))
        if not finds:
            return Findings("nobody", (), person)
        if denies(finds[0].quotation):
            return Findings("denied", tuple(finds[:MOST]), person)
        mine = person is None or any(finds[0].quotation == find.quotation for find in own)
        return Findings("yes" if mine else "no", tuple(finds[:MOST]), person)

    def _aggregate(self, question: Question, search: Search) -> Findings:
        best = _best("aggregate", search, self._retriever.statements(search))
        speakers = list(dict.fromkeys(find.speaker for _, find in best if find.speaker))[:MOST_SPEAKERS]
        kept = [find for speaker in speakers for find in islice(_of(speaker, best), 2)]
        return Findings("spoke", tuple(kept)) if kept else Findings("silent")

    def _fact(self, question: Question, search: Search) -> Findings:
        best = _best("fact", search, self._retriever.sentences(search), "sentence")
        if not best:
            return Findings("silent")
        first = best[0][1]
        words = first.opened.article.text[first.start : first.end]
        spans = wanted(words, question.wants, first.opened.article.lang, question.text)
        strong = (first.start + spans[0][0], first.start + spans[0][1]) if spans else None
        return Findings("fact", tuple(find for _, find in best[:3]), strong=strong)

    def _said_by(self, person: Person, search: Search) -> list[Find]:
        names = self._voices.of(person)
        if names:
            return self._retriever.statements(search, names)
        role = person.role
        if role is None:
            return []
        return [
            find
            for find in self._retriever.statements(search)
            if find.speaker and bears(find.opened, find.speaker, role)
        ]

    def _same_words(self, search: Search, words: str) -> list[Find]:
        """The quotations that hold some words, typography and small slips apart, the likest first."""
        asked = typography.words(words)
        scored = [(_likeness(asked, find), find) for find in self._retriever.alike(search, words)]
        return [find for score, find in sorted(scored, key=lambda pair: -pair[0]) if alike_enough(score)]


def denies(quotation: Quotation | None) -> bool:
    """Tell whether the reporting verb denies the words that it reports."""
    return bool(quotation and quotation.cue and _DENIAL.search(typography.fold(quotation.cue)))


def _likeness(asked: str, find: Find) -> float:
    """0 to 100: how far the shorter of the two runs of words stands in the other."""
    held = typography.words(find.opened.article.text[find.start : find.end])
    if len(held) * 2 < len(asked):  # a word or two of the asked ones is no match
        return 0.0
    return fuzz.partial_ratio(asked, held)


def _best(kind: str, search: Search, finds: Iterable[Find], model: str = "quotation") -> Scored:
    """The finds that are relevant enough, the most relevant first."""
    scored = [(relevance(search.asked, find, model), find) for find in finds]
    passed = [(score, find) for score, find in scored if passes(kind, score, search.asked, find)]
    return sorted(passed, key=lambda pair: -pair[0])


def _top(scored: Scored) -> tuple[Find, ...]:
    return tuple(find for _, find in scored[:MOST])


def _of_outlet(question: Question, find: Find) -> bool:
    return question.outlet is None or find.opened.article.source == question.outlet


def _of_time(question: Question, find: Find) -> bool:
    published = find.opened.article.published
    if published is None:  # not known to be of another time
        return True
    after, before = question.after or published, question.before or published
    return after <= published <= before and question.month in (None, published.month)


def _of(speaker: str, scored: Scored) -> Iterator[Find]:
    return (find for _, find in scored if find.speaker == speaker)


def _newest(finds: Sequence[Find]) -> list[Find]:
    dated = sorted(finds, key=lambda find: find.start)
    return sorted(dated, key=lambda find: str(find.opened.article.published or ""), reverse=True)


def _refusal(person: Person) -> Findings:
    return Findings("not_quoted" if person.known == "mentioned" else "absent", (), person)

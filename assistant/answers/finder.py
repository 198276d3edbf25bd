"""Question -> findings: the places that answer it, or why there are none; no word of the answer is written here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from rapidfuzz import fuzz

from assistant.models import Elsewhere
from assistant.question import Person, Question, QuestionKind
from assistant.search.answer_types import answer_spans
from assistant.search.near_duplicates import elsewhere, once
from assistant.search.relevance import Asked, Find, alike_enough, passes, relevance
from assistant.search.retriever import Retriever, Search
from assistant.search.speakers import SpeakerIndex, has_role
from index import typography
from index.languages.speech_acts import speech_act
from index.models import Quotation

Verdict = Literal[
    "said", "yes", "near", "no", "denied", "spoke", "most_quoted", "fact",
    "not_quoted", "not_about", "absent", "silent", "nobody", "greeting",
]  # fmt: skip
"""What was found: words said; for a check whether they are that person's; or one of the refusals."""

_NEGATION = re.compile(r"\b(?:ne|n'|pas|jamais|aucun\w*|rien|not|never|no|none|nothing|nobody)(?!\w)|n't\b")
CLAIMED = 0.75
"""The share of a claim's words, by rarity, that somebody's words must have to be called that claim."""
MOST = 4
MOST_SPEAKERS = 10
MOST_REPETITIONS = 20
"""Near-duplicates of an article that are looked through for the same words."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What answers a question.

    Attributes:
        verdict: see ``Verdict``.
        finds: best first; none for a refusal.
        asked: the person whose words were asked for, if any.
        searched: how many articles there were to search.
        strong: the answer within the first find, as offsets into its article; None: not found.
    """

    verdict: Verdict
    finds: tuple[Find, ...] = ()
    asked: Person | None = None
    strong: tuple[int, int] | None = None
    searched: int = 0


class Finder:
    """Looks for what answers a question, by its kind.

    What near-duplicates of an article say in the same words is found once, with where else it stands.
    """

    def __init__(self, retriever: Retriever, speaker_index: SpeakerIndex, stories: Mapping[str, str]) -> None:
        self._retriever = retriever
        self._speaker_index = speaker_index
        self._stories = stories

    def find(self, question: Question) -> Findings:
        """The places that answer, or the reason why there are none."""
        findings = self._find(question)
        return replace(findings, finds=tuple(replace(find, also=self._elsewhere(find)) for find in findings.finds))

    def best(self, kind: str, search: Search, finds: Iterable[Find], model: str = "quotation") -> list[Find]:
        """The finds that are relevant enough for a kind of question, by one of the models, the most relevant first."""
        scored = [(relevance(search.asked, find, model), find) for find in finds]
        passed = [(score, find) for score, find in scored if passes(kind, score, search.asked, find)]
        return ranked(passed)

    def _find(self, question: Question) -> Findings:
        if question.kind == "greeting":
            return Findings("greeting")
        return _BY_KIND[question.kind](self, question, self._retriever.search(question))

    def _preferred(self, question: Question, finds: Sequence[Find]) -> list[Find]:
        """The finds of the outlet and the time that a question names, when there are any; else all."""
        kept = list(finds)
        for fits in (_of_outlet, _of_time):
            kept = [find for find in kept if fits(question, find)] or kept
        return kept

    def _statement(self, question: Question, search: Search) -> Findings:
        person = _first(question.people)
        if person is None:
            return self._speaker(question, search)
        said = self._preferred(question, self._said_by(person, search) or self._of_holder(person, search))
        if not said:
            return _refusal(person)
        anything = not question.topic.strip() or not search.asked.words
        # a follow-up without a topic has the question before it to go by
        best = [] if anything and not question.rewritten else self.best("statement", search, said, "own")
        if anything:
            best = best or _of_act(question.act, newest(said))
        return Findings("said", self._top(best), person) if best else Findings("not_about", (), person)

    def _speaker(self, question: Question, search: Search) -> Findings:
        for words in question.quoted:
            same = self._same_words(search, words)
            if same:
                return Findings("said", self._top(same))
        best = self.best("speaker", search, self._retriever.statements(search))
        return Findings("said", self._top(best)) if best else Findings("nobody")

    def _check(self, question: Question, search: Search) -> Findings:
        person, own = self._asked_of(question, search)
        verbatim = self._verbatim(question, search)
        if not (finds := verbatim or self._claimed(search, own)):
            return Findings("nobody", (), person)
        mine = _in_both(finds, own)
        is_claim = bool(verbatim) or claims(search.asked, finds[0])
        shown = self._top(mine if is_claim and finds[0] in mine else finds)
        if denies(shown[0].quotation) and (verbatim or covers(search.asked, shown[0])):
            return Findings("denied", shown, person)
        is_others = person is not None and finds[0] not in mine
        return Findings(_verdict(is_others, is_claim), shown, person)

    def _verbatim(self, question: Question, search: Search) -> list[Find]:
        return [find for words in question.quoted for find in self._same_words(search, words)]

    def _asked_of(self, question: Question, search: Search) -> tuple[Person | None, list[Find]]:
        """Who is asked about, and what they said."""
        person = _first(question.people)
        return person, self._said_by(person, search) if person else []

    def _claimed(self, search: Search, own: Sequence[Find]) -> list[Find]:
        """What was said on a claim, by anybody; first the very claim, whoever made it."""
        everything = {
            (find.cached.article.id, find.start, find.end): find for find in self._retriever.statements(search)
        }
        everything |= {(find.cached.article.id, find.start, find.end): find for find in own}
        best = self.best("check", search, everything.values())
        return sorted(best, key=lambda find: not claims(search.asked, find))

    def _aggregate(self, question: Question, search: Search) -> Findings:
        if not question.topic.strip() and not question.people:
            return self._most_quoted(search)
        if len(question.people) > 1 and (said := self._each(question, search)):
            return Findings("said", said)
        best = once(self.best("aggregate", search, self._retriever.statements(search)), self._stories)
        speakers = list(dict.fromkeys(find.speaker for find in best if find.speaker))[:MOST_SPEAKERS]
        kept = [find for speaker in speakers for find in islice(_of(speaker, best), 2)]
        return Findings("spoke", tuple(kept)) if kept else Findings("silent")

    def _each(self, question: Question, search: Search) -> tuple[Find, ...]:
        """What each of several people said, two places of each."""
        kept: list[Find] = []
        for person in question.people:
            said = self._preferred(question, self._said_by(person, search))
            best = self.best("statement", search, said, "own") if question.topic.strip() else newest(said)
            kept += once(best, self._stories)[:2]
        return tuple(kept)

    def _most_quoted(self, search: Search) -> Findings:
        by_speaker = self._retriever.most_quoted(search, MOST_SPEAKERS)
        kept = [find for finds in by_speaker.values() for find in once(newest(finds), self._stories)[:2]]
        return Findings("most_quoted", tuple(kept)) if kept else Findings("silent")

    def _fact(self, question: Question, search: Search) -> Findings:
        best = self.best("fact", search, self._retriever.sentences(search), "sentence")
        if not best:
            return Findings("silent")
        first = best[0]
        words = first.cached.article.text[first.start : first.end]
        spans = answer_spans(words, question.wants, first.cached.article.lang, question.text)
        strong = (first.start + spans[0][0], first.start + spans[0][1]) if spans else None
        return Findings("fact", self._top(best, 3), strong=strong)

    def _top(self, finds: Sequence[Find], most: int = MOST) -> tuple[Find, ...]:
        return tuple(once(finds, self._stories)[:most])

    def _elsewhere(self, find: Find) -> tuple[Elsewhere, ...]:
        """Where the words of a find stand too, in near-duplicates of its article and in copies of it."""
        own = find.cached.article.id
        story = self._stories.get(own)
        others = [other for other, told in self._stories.items() if story and told == story and other != own]
        repetitions = self._retriever.repetitions(find, others[:MOST_REPETITIONS])
        return elsewhere(find, repetitions, self._retriever.copies(find))

    def _said_by(self, person: Person, search: Search) -> list[Find]:
        names = self._speaker_index.of(person)
        if names:
            return self._retriever.statements(search, names)
        role = person.role
        if role is None:
            return []
        return [
            find
            for find in self._retriever.statements(search)
            if find.speaker and has_role(find.cached, find.speaker, role)
        ]

    def _of_holder(self, person: Person, search: Search) -> list[Find]:
        """What the one holder of a role said, anywhere, when a role alone is asked for."""
        alone = person.role is not None and person.role == person.name and person.known == "unknown"
        return self._retriever.of_holder(search, person.name) if alone else []

    def _same_words(self, search: Search, words: str) -> list[Find]:
        """The quotations that hold some words, typography and small slips apart, the likest first."""
        asked = typography.words(words)
        scored = [(_likeness(asked, find), find) for find in self._retriever.alike(search, words)]
        return ranked((score, find) for score, find in scored if alike_enough(score))


_BY_KIND: Mapping[QuestionKind, Callable[[Finder, Question, Search], Findings]] = {
    "statement": Finder._statement,
    "speaker": Finder._speaker,
    "check": Finder._check,
    "aggregate": Finder._aggregate,
    "fact": Finder._fact,
}
"""How each kind of question is answered; a new kind is a new row."""


def _verdict(is_others: bool, is_claim: bool) -> Verdict:
    return "no" if is_others else "yes" if is_claim else "near"


def _first(people: Sequence[Person]) -> Person | None:
    return people[0] if people else None


def _in_both(finds: Sequence[Find], others: Sequence[Find]) -> list[Find]:
    return [find for find in finds if any(find.quotation == other.quotation for other in others)]


def claims(asked: Asked, find: Find) -> bool:
    """Tell whether words claim what a question says they do: they have nearly all of its words, and deny as it does."""
    words = find.cached.article.text[find.start : find.end]
    alike = bool(_NEGATION.search(typography.fold(words))) == bool(_NEGATION.search(typography.fold(asked.text)))
    return alike and covers(asked, find)


def covers(asked: Asked, find: Find) -> bool:
    """Tell whether words have nearly all of the words of a claim, which has more than one."""
    return len(asked.words) > 1 and asked.coverage(find.cached.terms_of(find.start, find.end)) >= CLAIMED


def denies(quotation: Quotation | None) -> bool:
    """Tell whether the reporting verb denies the words that it reports."""
    return bool(quotation and quotation.cue and speech_act(quotation.cue) == "deny")


def _likeness(asked: str, find: Find) -> float:
    """0 to 100: how far the shorter of the two runs of words stands in the other."""
    held = typography.words(find.cached.article.text[find.start : find.end])
    if len(held) * 2 < len(asked):  # a word or two of the asked ones is no match
        return 0.0
    return fuzz.partial_ratio(asked, held)


def _of_outlet(question: Question, find: Find) -> bool:
    return question.outlet is None or find.cached.article.source == question.outlet


def _of_time(question: Question, find: Find) -> bool:
    published = find.cached.article.published
    if published is None:  # not known to be of another time
        return True
    after, before = question.after or published, question.before or published
    return after <= published <= before and question.month in (None, published.month)


def _of(speaker: str, finds: Sequence[Find]) -> Iterator[Find]:
    return (find for find in finds if find.speaker == speaker)


def ranked(scored: Iterable[tuple[float, Find]]) -> list[Find]:
    """Return finds, the highest score first; of equal ones, those whose speaker is sure."""
    return [find for _, find in sorted(scored, key=lambda pair: (-pair[0], pair[1].doubtful))]


def newest(finds: Sequence[Find]) -> list[Find]:
    """Return finds, the newest first; of one day, those whose speaker is sure, then as the text has them."""
    dated = sorted(finds, key=lambda find: (find.doubtful, find.start))
    return sorted(dated, key=lambda find: str(find.cached.article.published or ""), reverse=True)


def _of_act(act: str | None, finds: Sequence[Find]) -> list[Find]:
    """The finds whose reporting verb tells an act ("promise"), when there are any; else all."""
    told = [find for find in finds if act and find.quotation and speech_act(find.quotation.cue or "") == act]
    return told or list(finds)


def _refusal(person: Person) -> Findings:
    return Findings("not_quoted" if person.known == "mentioned" else "absent", (), person)

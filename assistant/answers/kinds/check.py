"""Whether somebody said something: yes only when the words are theirs and claim it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.claims import Claim, Likeness, Said, likeness
from assistant.answers.findings import Findings, Verdict
from assistant.answers.replies import denies, is_denial, reply, tells_of
from assistant.answers.sources import Sources
from assistant.question import Person, Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.languages.speech_acts import speech_act

MOST = 4
COMPARED = 24
"""Places that are compared with a claim, the most relevant ones."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """A place beside the claim."""

    find: Find
    likeness: Likeness
    own: bool

    @property
    def denied(self) -> bool:
        """Whether the words are reported as denied."""
        return denies(self.find.quotation)


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find the words that a question claims, and whether they are the person's of whom it claims them."""
    person = question.people[0] if question.people else None
    own = sources.said_by(person, search) if person else []
    places = _places(question, search, sources, own)
    if not places:
        return Findings("nobody", (), person)
    return _answered(question, person, places, own, sources)


def _answered(
    question: Question, person: Person | None, places: Sequence[_Compared], own: Sequence[Find], sources: Sources
) -> Findings:
    same = [place for place in places if _claims(place, question)]
    said = [place.find for place in same if (place.own or person is None) and not place.denied]
    if said:
        return Findings("yes", sources.once(said, MOST), person)
    denied = [place.find for place in places if place.own and place.denied and place.likeness.covers]
    others = [place.find for place in same if not place.own and not place.denied and not place.find.headline]
    if others and person:
        everything = [place.find for place in places]
        return _of_others(person, others, [*denied, *own], everything, sources)
    if denied:
        return Findings("denied", sources.once(denied, MOST), person)
    nearest = _nearest(places)
    verdict: Verdict = "near_own" if nearest[0].own and nearest[0].likeness.covers else "near"
    return Findings(verdict, sources.once([place.find for place in nearest], MOST), person)


def _of_others(
    person: Person, others: Sequence[Find], own: Sequence[Find], everything: Sequence[Find], sources: Sources
) -> Findings:
    """What others claim: of the person who is asked about, who may deny it, or in their own name."""
    called = sources.called(person)
    telling = [find for find in others if tells_of(find, everything, called)]
    claim = (telling or others)[0]
    rest = [find for find in others if find is not claim]
    if answer := reply(claim, own, bool(telling)):
        verdict: Verdict = "disputed" if is_denial(answer) else "answered"
        return Findings(verdict, sources.once([claim, answer, *rest], MOST), person)
    return Findings("reported" if telling else "no", sources.once([claim, *rest], MOST), person)


def _places(question: Question, search: Search, sources: Sources, own: Sequence[Find]) -> list[_Compared]:
    """The words that a question quotes, else what was said on its claim, by anybody, each beside the claim."""
    person = question.people[0].name if question.people else ""
    quoted = {words: sources.same_words(search, words) for words in question.quoted}
    found = [
        _compared(sources.claim(words, question.lang, person, exact=True), find, own)
        for words, finds in quoted.items()
        for find in finds
    ]
    if found:
        return found
    everything = {(find.cached.article.id, find.start, find.end): find for find in (*sources.statements(search), *own)}
    claim = sources.claim(question.topic, question.lang, person)
    best = sources.best("check", search, everything.values())[:COMPARED]
    return [_compared(claim, find, own) for find in best]


def _compared(claim: Claim, find: Find, own: Sequence[Find]) -> _Compared:
    return _Compared(find, likeness(claim, said(find)), any(find.quotation == other.quotation for other in own))


def said(find: Find) -> Said:
    """Return the words of a place with what they need not say again."""
    cached = find.cached
    first, last = cached.sentence_at(find.start), cached.sentence_at(max(find.end - 1, find.start))
    sentence = cached.article.text[cached.sentences[first][0] : cached.sentences[last][1]]
    words = cached.article.text[find.start : find.end]
    return Said(words, cached.article.lang, f"{sentence}\n{cached.article.title}", cached.words)


def _claims(place: _Compared, question: Question) -> bool:
    """Tell whether words claim what is asked; what was promised or threatened may hang on a condition."""
    cue = place.find.quotation.cue if place.find.quotation else None
    acted = question.act is not None and speech_act(cue or "") is not None
    return place.likeness.same or (acted and place.likeness.alike(but={"condition"}))


def _nearest(places: Sequence[_Compared]) -> list[_Compared]:
    """Places in the order in which they are shown: first what comes nearest to the claim, the person's own first."""
    return sorted(places, key=lambda place: (not place.likeness.covers, place.likeness.covers and not place.own))

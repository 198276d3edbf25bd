"""Whether somebody said something: yes only when the words are theirs and claim it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answers.claims import Claim, Likeness, Said, likeness
from assistant.answers.findings import Findings, Verdict, refused
from assistant.answers.order import newest
from assistant.answers.refusals import declined
from assistant.answers.replies import denies, is_denial, next_words, reply, tells_of
from assistant.answers.sources import Sources
from assistant.question import Person, Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.languages.speech_acts import speech_act
from index.languages.terms import query_terms

MOST = 4
ANY_WORDS = frozenset({None, "answer"})
"""Acts of verbs that ask for no more than words: "Did the company comment?"."""
BESIDE = 2
"""Words of the person that are shown when none of them is near what is claimed, and others' are."""
COMPARED = 24
"""Places that are compared with a claim, the most relevant ones."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """A place beside the claim; ``own``: the words are those of who is asked about, or of anybody if nobody is."""

    find: Find
    likeness: Likeness
    own: bool

    @property
    def affirmed(self) -> bool:
        """Whether the words are reported as said, not as denied."""
        return not denies(self.find.quotation) and not self.disclaimed

    @property
    def denial(self) -> bool:
        """Whether the person who is asked about denies what is claimed."""
        return self.own and denies(self.find.quotation) and self.likeness.covers

    @property
    def others(self) -> bool:
        """Whether another is reported to have said them; a headline does not tell whose its words are."""
        return self.affirmed and not self.own and not self.find.headline and self.likeness.several

    @property
    def disclaimed(self) -> Find | None:
        """The sentence that tells that somebody did not say the words, if there is one."""
        said = self.find.quotation
        if said is None or said.disclaimed is None or said.denial_start is None or said.denial_end is None:
            return None
        return replace(self.find, start=said.denial_start, end=said.denial_end, quotation=None)


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find the words that a question claims, and whether they are the person's of whom it claims them."""
    person = question.people[0] if question.people else None
    own = sources.said_by(person, search) if person else []
    if person and not question.topic.strip() and not question.quoted:
        return _acted(question, person, search, own, sources) or _spoken(person, search, own, sources)
    places = _places(question, search, sources, own)
    if not places:
        return Findings("nobody", (), person)
    return _answered(question, person, places, own, search, sources)


def _acted(
    question: Question, person: Person, search: Search, own: Sequence[Find], sources: Sources
) -> Findings | None:
    """Whether somebody did what a verb alone tells ("Did he confess?"): words so reported, else who tells of it.

    None: the verb asks for any words.
    """
    if question.act in ANY_WORDS:
        return None
    if acted := [find for find in own if _acts(find, question.act)]:
        return Findings("said", sources.once(newest(acted), MOST), person, total=len(acted))
    verb = set(query_terms(question.verb))
    told = [find for find in sources.naming(person, search) if verb & find.cached.terms_of(find.start, find.end)]
    return Findings("fact", sources.nearest(search, told, MOST), person) if told else None


def _acts(find: Find, act: str | None) -> bool:
    return bool(find.quotation and speech_act(find.quotation.cue or "") == act)


def _spoken(person: Person, search: Search, own: Sequence[Find], sources: Sources) -> Findings:
    """Whether somebody spoke at all: "Did the company comment?"."""
    if (person.known == "unknown" or not own) and (silent := declined(person, search, sources)):
        return Findings("declined", silent, person)
    shown = sources.once(newest(own), MOST)
    return Findings("said", shown, person, total=len(own), order="newest") if own else refused(person)


def _answered(
    question: Question,
    person: Person | None,
    places: Sequence[_Compared],
    own: Sequence[Find],
    search: Search,
    sources: Sources,
) -> Findings:
    same = list(filter(partial(_claims, question), places))
    denied = _those(places, lambda place: place.denial)
    others = _those(same, lambda place: place.others)
    if said := _those(same, lambda place: place.own and place.affirmed):
        return _reported(person, said, own, sources) if person else Findings("yes", sources.once(said, MOST))
    disclaimed = list(filter(None, (place.disclaimed for place in same)))
    if others and person:
        found = _of_others(person, others, [*denied, *own], places, sources)
        if not disclaimed or found.verdict in ("disputed", "answered"):
            return found
    if disclaimed:
        return Findings("disclaimed", sources.once(disclaimed, MOST), person)
    if person and (asked := _asked(person, places, own, sources)):
        return asked
    if denied:
        return Findings("denied", sources.once(denied, MOST), person)
    return _near(person, places, own, search, sources)


def _asked(person: Person, places: Sequence[_Compared], own: Sequence[Find], sources: Sources) -> Findings | None:
    """What somebody answers who was asked just that: "Did you measure the crack?"; None: nobody asks it."""
    for question in (place.find for place in places if place.likeness.covers and place.likeness.asks):
        if answer := next_words(question, own):
            return Findings("asked", sources.once([question, answer], MOST), person)
    return None


def _reported(person: Person, said: Sequence[Find], own: Sequence[Find], sources: Sources) -> Findings:
    """Yes, unless the words are somebody's by the word of another alone, whom they may deny."""
    plain = [find for find in said if find.quotation and not find.quotation.via]
    if plain:
        return Findings("yes", sources.once(list(dict.fromkeys([*plain, *said])), MOST), person)
    answer = reply(said[0], own, told_of=True)
    if answer and is_denial(answer):
        return Findings("disputed", sources.once([said[0], answer], MOST), person)
    return Findings("reported", sources.once(said, MOST), person)


def _those(places: Iterable[_Compared], which: Callable[[_Compared], bool]) -> list[Find]:
    return [place.find for place in places if which(place)]


def _near(
    person: Person | None, places: Sequence[_Compared], own: Sequence[Find], search: Search, sources: Sources
) -> Findings:
    """What comes nearest to the claim: the person's own words first, at least those in the articles that come near."""
    nearest = [place for place in _nearest(places) if not place.disclaimed] or list(places)
    if not person or nearest[0].own:
        verdict: Verdict = "near_own" if person else "near"
        return Findings(verdict, sources.once([place.find for place in nearest], MOST), person)
    others = [place.find for place in nearest]
    articles = {find.cached.article.id for find in others}
    mine = sources.nearest(search, [find for find in own if find.cached.article.id in articles], BESIDE)
    return Findings("near_own" if mine else "near", sources.once([*mine, *others], MOST), person)


def _of_others(
    person: Person, others: Sequence[Find], own: Sequence[Find], places: Sequence[_Compared], sources: Sources
) -> Findings:
    """What others claim: of the person who is asked about, who may deny it, or in their own name."""
    called = sources.called(person)
    telling = [find for find in others if tells_of(find, [place.find for place in places], called)]
    claim = (telling or others)[0]
    rest = [find for find in others if find is not claim]
    if answer := reply(claim, own, bool(telling)):
        verdict: Verdict = "disputed" if is_denial(answer) else "answered"
        return Findings(verdict, sources.once([claim, answer, *rest], MOST), person)
    beside = _those(places, lambda place: place.own and place.likeness.coverage > 0)[:1]
    return Findings("reported" if telling else "no", sources.once([claim, *rest[: MOST - 2], *beside], MOST), person)


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
    mine = not claim.person or any(find.quotation == other.quotation for other in own)
    return _Compared(find, likeness(claim, said(find)), mine)


def said(find: Find) -> Said:
    """Return the words of a place with what they need not say again."""
    cached = find.cached
    first, last = cached.sentence_at(find.start), cached.sentence_at(max(find.end - 1, find.start))
    sentence = cached.article.text[cached.sentences[first][0] : cached.sentences[last][1]]
    words = cached.article.text[find.start : find.end]
    return Said(words, cached.article.lang, f"{sentence}\n{cached.article.title}", cached.words)


def _claims(question: Question, place: _Compared) -> bool:
    """Tell whether words claim what is asked; what was promised or threatened may hang on a condition."""
    cue = place.find.quotation.cue if place.find.quotation else None
    acted = question.act is not None and speech_act(cue or "") is not None
    return place.likeness.same or (acted and place.likeness.alike(but={"condition"}))


def _nearest(places: Sequence[_Compared]) -> list[_Compared]:
    """Places in the order in which they are shown: the person's own, then others', those nearest to the claim first."""
    return sorted(places, key=lambda place: (not place.own, not place.likeness.covers))

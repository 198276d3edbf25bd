"""Whether somebody said something: yes only when the words are theirs and claim it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answers.claims import Claim, Likeness, Said, likeness
from assistant.answers.findings import Findings, Verdict, refused
from assistant.answers.kinds.speaker import OWNED
from assistant.answers.order import newest
from assistant.answers.refusals import declined
from assistant.answers.replies import denies, is_denial, next_words, reply, tells_of
from assistant.answers.sources import Sources
from assistant.question import AskedPerson, Question
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
    return _Check(question, person, own, _places(question, search, sources, own), search, sources).answered()


def _silent(person: AskedPerson | None, own: Sequence[Find], search: Search, sources: Sources) -> tuple[Find, ...]:
    """The sentence that tells that somebody who is never quoted did not speak, if any."""
    return declined(person, search, sources) if person and not own else ()


def _acted(
    question: Question, person: AskedPerson, search: Search, own: Sequence[Find], sources: Sources
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
    if not told and _is_disowned(question, own):
        return Findings("nobody", (), person)
    return Findings("fact", sources.nearest(search, told, MOST), person) if told else None


def _is_disowned(question: Question, own: Sequence[Find]) -> bool:
    """Tell whether an act is asked about that somebody's words are not; of another language's nobody can tell."""
    told = (find for find in own if _acts(find, question.act) or find.cached.article.lang != question.lang)
    return question.act in OWNED and next(told, None) is None


def _acts(find: Find, act: str | None) -> bool:
    return bool(find.quotation and speech_act(find.quotation.cue or "") == act)


def _spoken(person: AskedPerson, search: Search, own: Sequence[Find], sources: Sources) -> Findings:
    """Whether somebody spoke at all: "Did the company comment?"; with where they did not, when both are told."""
    silent = declined(person, search, sources)
    if silent and (person.known == "unknown" or not own):
        return Findings("declined", silent, person)
    shown = (*sources.once(newest(own), MOST), *silent)
    return Findings("said", shown, person, total=len(own), order="newest") if own else refused(person)


@dataclass(frozen=True, slots=True)
class _Check:
    """A claim beside the places that come near it.

    Attributes:
        person: of whom it is claimed; None: of nobody in particular.
        own: what that person said.
    """

    question: Question
    person: AskedPerson | None
    own: Sequence[Find]
    places: Sequence[_Compared]
    search: Search
    sources: Sources

    def answered(self) -> Findings:
        """Return what the claim is: said, by another, by nobody; disclaimed, asked, denied; not said in these words."""
        told = self._said() or self._of_others() or self._unsaid()
        return told or (self._compared() if self.places else Findings("nobody", (), self.person))

    def _compared(self) -> Findings:
        told = self._disclaimed() or self._asked() or self._denied()
        return told or self._not_owned() or self._near()

    def _unsaid(self) -> Findings | None:
        """That the person, who is never quoted, did not speak."""
        silent = _silent(self.person, self.own, self.search, self.sources)
        return Findings("declined", silent, self.person) if silent else None

    @property
    def _same(self) -> list[_Compared]:
        """The places that claim the same."""
        return [place for place in self.places if _claims(self.question, place)]

    def _found(self, verdict: Verdict, finds: Iterable[Find]) -> Findings:
        return Findings(verdict, self.sources.once(list(dict.fromkeys(finds)), MOST), self.person)

    def _said(self) -> Findings | None:
        """Yes, unless the words are somebody's by the word of another alone, whom they may deny."""
        said = _those(self._same, lambda place: place.own and place.affirmed)
        plain = [find for find in said if find.quotation and not find.quotation.via]
        if plain or (said and not self.person):
            return self._found("yes", [*plain, *said])
        return self._said_by_report(said) if said else None

    def _said_by_report(self, said: Sequence[Find]) -> Findings:
        """Words that another reports of the person."""
        answer = reply(said[0], self.own, told_of=True)
        if answer and is_denial(answer):
            return self._found("disputed", [said[0], answer])
        return self._found("reported", said)

    def _of_others(self) -> Findings | None:
        """What others claim: of the person who is asked about, who may deny it, or in their own name."""
        others = _those(self._same, lambda place: place.others)
        if not self.person or not others:
            return None
        telling = self._telling(others, self.person)
        claim, *rest = dict.fromkeys([*telling, *others])
        if answer := reply(claim, [*self._denials, *self.own], bool(telling)):
            return self._found("disputed" if is_denial(answer) else "answered", [claim, answer, *rest])
        if any(place.disclaimed for place in self._same):
            return None
        return self._found("reported" if telling else "no", [claim, *rest[: MOST - 2], *self._beside()])

    def _telling(self, others: Sequence[Find], person: AskedPerson) -> list[Find]:
        """The words of others that tell of the person."""
        called, everything = self.sources.called(person), [place.find for place in self.places]
        return [find for find in others if tells_of(find, everything, called)]

    def _beside(self) -> list[Find]:
        """The words of the person that come nearest to what another said."""
        return _those(self.places, lambda place: place.own and place.likeness.coverage > 0)[:1]

    def _disclaimed(self) -> Findings | None:
        """The sentence that tells that somebody did not say the words, with the words of another and the answer."""
        disclaimed = [place for place in self._same if place.disclaimed]
        told = _those(disclaimed, lambda place: not place.own and not place.find.headline)[:1]
        answers = [answer for find in told if (answer := reply(find, self.own, told_of=True))]
        sentences = [place.disclaimed for place in disclaimed if place.disclaimed]
        return self._found("disclaimed", [*sentences, *told, *answers]) if disclaimed else None

    def _asked(self) -> Findings | None:
        """What somebody answers who was asked just that: "Did you measure the crack?"; None: nobody asks it."""
        questions = _those(self.places, lambda place: place.likeness.covers and place.likeness.asks)
        pairs = ((asked, answer) for asked in questions if (answer := next_words(asked, self.own)))
        return next((self._found("asked", pair) for pair in pairs if self.person), None)

    @property
    def _denials(self) -> list[Find]:
        return _those(self.places, lambda place: place.denial)

    def _denied(self) -> Findings | None:
        """What the person denies, with what those say who are named in the claim."""
        denials = self._denials
        return self._found("denied", [*denials, *self._of_those_named(denials)]) if denials else None

    def _of_those_named(self, denials: Sequence[Find]) -> list[Find]:
        """The nearest words, in the articles of some denials, of each of those whom the claim names."""
        articles = list(dict.fromkeys(find.cached.article.id for find in denials))
        said = self.sources.said_in(self.search, articles) if self.question.about else []
        each = [[find for find in said if find.speaker in self.sources.speakers(one)] for one in self.question.about]
        return [find for theirs in each for find in self.sources.nearest(self.search, theirs, 1)]

    def _not_owned(self) -> Findings | None:
        """Refuse what somebody would own up to who is merely quoted near it; None: it is no such claim.

        Of words in another language than the question's nobody can tell.
        """
        near = _those(self.places, lambda place: place.own and place.likeness.covers)
        if not self.person or near or not _is_disowned(self.question, self.own):
            return None
        return Findings("nobody", (), self.person)

    def _near(self) -> Findings:
        """What comes nearest to the claim: the person's words first, at least those in the articles that come near.

        What is said where nobody names the person is beside the point.
        """
        nearest = [place for place in _nearest(self.places) if not place.disclaimed] or list(self.places)
        finds = [place.find for place in nearest if self._names_them(place)]
        if not finds:
            return Findings("nobody", (), self.person)
        if self.person and nearest[0].own:
            return self._found("near_own", finds)
        mine = self._own_there(finds)
        return self._found("near_own" if mine else "near", [*mine, *finds])

    def _names_them(self, place: _Compared) -> bool:
        """Tell whether the article of a place names the person who is asked about."""
        return not self.person or place.own or self.sources.is_named(self.person, place.find, self.search)

    def _own_there(self, finds: Sequence[Find]) -> Sequence[Find]:
        """What the person says in the articles of some finds, the nearest of it."""
        articles = {find.cached.article.id for find in finds}
        there = [find for find in self.own if find.cached.article.id in articles]
        return self.sources.nearest(self.search, there, BESIDE)


def _those(places: Iterable[_Compared], which: Callable[[_Compared], bool]) -> list[Find]:
    return [place.find for place in places if which(place)]


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

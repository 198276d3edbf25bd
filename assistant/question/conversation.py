"""What a conversation has come to: the turns before a question -> whom and what it may take up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.models import Answer, Citation
from assistant.question.figures import Figure, figure_of
from assistant.question.models import AskedPerson, Lean, Question
from index.typography import fold

MOST_EARLIER = 12
"""People of earlier turns who are remembered."""


class KnownPeople(Protocol):
    """What the articles tell of people."""

    def figure(self, name: str) -> Figure | None:
        """Return somebody by the full name, None when no article names them."""
        ...

    def present(self, articles: Sequence[str]) -> tuple[Figure, ...]:
        """Return whom some articles name, in the order of the articles and of their text."""
        ...

    def called(self, phrase: str) -> tuple[Figure, ...]:
        """Return those who are quoted and called by a role in some article, the most quoted first."""
        ...


class NobodyKnown:
    """Nothing is known of anybody."""

    def figure(self, name: str) -> Figure | None:
        """Return nobody."""
        return None

    def present(self, articles: Sequence[str]) -> tuple[Figure, ...]:
        """Return nobody."""
        return ()

    def called(self, phrase: str) -> tuple[Figure, ...]:
        """Return nobody."""
        return ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of a conversation before a question.

    Attributes:
        asked: the last question, as understood.
        answered: the last one that was answered.
        refused: the last question was not answered.
        speakers: whose words the last answer shows, then whom these words name, in order.
        named: the people whom the last question names and the articles know.
        earlier: the people of the turns before, the latest first.
        present: whom the articles of the last answer name.
        cited: what the last answer shows.
        told: all that was shown since a question that leaned on nothing.
    """

    asked: Question | None = None
    answered: Question | None = None
    refused: bool = False
    speakers: tuple[Figure, ...] = ()
    named: tuple[Figure, ...] = ()
    earlier: tuple[Figure, ...] = ()
    present: tuple[Figure, ...] = ()
    cited: tuple[Citation, ...] = ()
    told: tuple[Citation, ...] = ()

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that the last answer shows, in order."""
        return tuple(dict.fromkeys(cited.article.id for cited in self.cited))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All whom a pronoun may mean, the likeliest first.

        From the answer first; when there was none, or when yes or no was asked, those whom the question named.
        """
        of_the_question = self.refused or (self.asked is not None and self.asked.is_yes_or_no)
        last = (self.named, self.speakers) if of_the_question else (self.speakers, self.named)
        return _each_once((*last[0], *last[1], *self.earlier))

    def after(self, question: Question, answer: Answer | None, people_known: KnownPeople) -> Conversation:
        """Return the state after one more question, answered or not; None: it is not known how."""
        named = tuple(_known(question.people + question.about, people_known))
        earlier = _each_once((*self.speakers, *self.named, *self.earlier))[:MOST_EARLIER]
        if answer is not None and answer.abstained:
            return self._refused(question, named, earlier)
        cited = answer.citations if answer else ()
        articles = list(dict.fromkeys(citation.article.id for citation in cited))
        present = people_known.present(articles)
        shown = self._shown(question, cited, present, people_known) if answer else map(figure_of, question.people)
        speakers = _each_once(shown)
        told = (*self.told, *cited) if question.lean else cited
        kept = self._taken_up(question, articles)
        return Conversation(question, kept, False, speakers, named, earlier, present, cited, told)

    def _shown(
        self, question: Question, cited: Sequence[Citation], present: Sequence[Figure], people_known: KnownPeople
    ) -> Iterator[Figure]:
        """Whose words are shown; of a detail ("When was that?") who spoke before; then who is named in the articles."""
        yield from _quoted(cited, people_known)
        if question.lean is not None and question.kind == "fact":
            yield from self.speakers
        yield from _named(cited, present)

    def _taken_up(self, question: Question, articles: Sequence[str]) -> Question:
        """The question as further ones take it up: a detail of what was asked about ("Who pays?") is no new topic."""
        before, lean = self.answered, question.lean
        detail = lean is not None and (lean.move == "here" or lean.topic) and question.kind in ("fact", "speaker")
        if before is None or not before.topic or not detail:
            return question
        if len(question.topic.split()) > 1 and not set(articles) & set(self.articles):
            return question
        return replace(question, topic=before.topic, phrase=before.phrase)

    def _refused(self, question: Question, named: tuple[Figure, ...], earlier: tuple[Figure, ...]) -> Conversation:
        """Nothing was found: what stood alone and named nobody unknown may be taken up; of others nothing is."""
        lean = question.lean
        whole = lean is None or lean.move == "here" or (lean == Lean() and question.people and question.topic)
        if not whole or any(person.known == "unknown" for person in question.people):
            return replace(self, asked=question, refused=True, named=named, earlier=earlier)
        return Conversation(question, question, True, named=named, earlier=earlier)


def _known(people: Iterable[AskedPerson], people_known: KnownPeople) -> Iterator[Figure]:
    """Those of a question's people whom the articles know; of others nothing can be taken up."""
    for person in people:
        if person.known != "unknown":
            yield people_known.figure(person.name) or figure_of(person)


def _quoted(cited: Iterable[Citation], people_known: KnownPeople) -> Iterator[Figure]:
    """Whose words are shown."""
    for citation in cited:
        if citation.speaker:
            said = citation.quotation
            yield people_known.figure(citation.speaker) or Figure(citation.speaker, said.speaker_kind if said else None)


def _named(cited: Iterable[Citation], present: Sequence[Figure]) -> Iterator[Figure]:
    """Whom the articles' own words name that are shown."""
    for citation in cited:
        if not citation.quotation:
            words = fold(citation.quote)
            yield from (one for one in present if re.search(rf"(?<!\w){re.escape(one.surname)}(?!\w)", words))


def _each_once(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    kept: dict[str, Figure] = {}
    for figure in figures:
        kept.setdefault(figure.name, figure)
    return tuple(kept.values())

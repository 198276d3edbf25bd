"""What a question after others may mean, among which its answers decide; what the rules take it for comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.question.fragments import Fragment
from assistant.question.models import AskedPerson, Lean, Question
from assistant.question.plain_text import TAIL
from assistant.question.references import References, Resolved
from assistant.question.typed import Typed

MOST_PEOPLE = 2
"""People who are tried as those whom a question asks about."""
_OF_OTHERS = ("said", "said_before")
"""What those may be asked who are less likely to be meant."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One thing that a question may mean.

    Attributes:
        form: how it was made of the words and the conversation.
        question: what is asked, then.
        source: where its person comes from; "": it has none, or the form tells.
    """

    form: str
    question: Question
    source: str = ""


class Interpretations:
    """Enumerates what one question may mean after others."""

    def __init__(self, typed: Typed, by_rules: Question) -> None:
        self._typed = typed
        self._by_rules = by_rules
        self._grammar = typed.grammar
        self._own = typed.own_topic(typed.frame) or typed.content
        self._resolved = References(typed.reading, typed.antecedents).resolved()

    def all(self) -> tuple[Interpretation, ...]:
        """Return them, each question once; the rules' first."""
        kept: dict[Question, Interpretation] = {}
        for found in self._found():
            kept.setdefault(found.question, found)
        return tuple(kept.values())

    def _found(self) -> Iterator[Interpretation]:
        yield Interpretation("rules", self._by_rules)
        yield from self._as_it_stands()
        for number, (source, person) in enumerate(self._people()):
            meant = self._of(person, source)
            yield from meant if number == 0 else (one for one in meant if one.form in _OF_OTHERS)
        yield from self._of_both()

    def _as_it_stands(self) -> Iterator[Interpretation]:
        """The question alone; in the articles shown, what comes closest to it; who says it."""
        typed = replace(self._typed.frame, typed=self._typed.text)
        yield Interpretation("alone", self._typed.frame)
        yield Interpretation("closest", replace(typed, kind="fact", lean=Lean("closest")))
        yield Interpretation("speaker", replace(typed, kind="speaker", people=(), topic=self._own, lean=Lean()))

    def _of(self, person: AskedPerson, source: str) -> Iterator[Interpretation]:
        """What somebody may be asked: their words on this, on what was asked before, or at all."""
        own, compose, before = self._own_beside(person), self._grammar.compose, self._typed.before
        asked = replace(self._typed.frame, kind="statement", people=(person,), phrase="", typed=self._typed.text)
        asked = replace(asked, rewritten=True, lean=Lean())
        on_it = compose["statement"].format(person=person.name, about=compose["about"].format(topic=own))
        yield Interpretation("said", replace(asked, text=on_it, topic=own), source)
        if before:
            on_that = Fragment(self._typed, self._typed.content, before).said_by(person)
            yield Interpretation("said_before", replace(on_that, typed=self._typed.text), source)
        bare = replace(asked, text=compose["alone"].format(person=person.name), topic="", verb="", act=None)
        yield Interpretation("said_anything", bare, source)

    def _own_beside(self, person: AskedPerson) -> str:
        """The topic that the words tell themselves, without the name of the one who is asked about it."""
        rest = " ".join(self._own.replace(person.as_typed, " ").split())
        return rest.strip(TAIL) or self._own

    def _of_both(self) -> Iterator[Interpretation]:
        """A detail of what was asked about before."""
        before = self._typed.before
        if before and before.topic:
            text = self._grammar.compose["context"].format(question=self._typed.text.strip(), topic=before.topic)
            asked = replace(self._typed.frame, kind="fact", people=(), lean=Lean(), typed=self._typed.text)
            yield Interpretation("both", replace(asked, text=text, rewritten=True, topic=f"{self._own} {before.topic}"))

    def _people(self) -> list[tuple[str, AskedPerson]]:
        """Those who may be meant, the likeliest first, each with where they come from."""
        found: dict[str, tuple[str, AskedPerson]] = {}
        for source, person in self._sources():
            found.setdefault(person.name, (source, person))
        return list(found.values())[:MOST_PEOPLE]

    def _sources(self) -> Iterator[tuple[str, AskedPerson]]:
        typed, conversation = self._typed, self._typed.conversation
        yield from _each("own", typed.frame.people)
        yield from _each("resolved", _people_of(self._resolved))
        if typed.content and (person := Fragment(typed, typed.content, typed.before).person()):
            yield "named", person
        yield from _each("named", typed.frame.about)
        yield from _each("shown", [figure.person() for figure in conversation.speakers])
        yield from _each("before", typed.before.people if typed.before else ())
        yield from _each("earlier", [figure.person() for figure in (*conversation.named, *conversation.earlier)])


def _each(
    source: str, people: Iterator[AskedPerson] | tuple[AskedPerson, ...] | list[AskedPerson]
) -> Iterator[tuple[str, AskedPerson]]:
    return ((source, person) for person in people)


def _people_of(resolved: Resolved | None) -> tuple[AskedPerson, ...]:
    """Whom the pronouns of a sentence mean."""
    if resolved is None:
        return ()
    return (*((resolved.speaker,) if resolved.speaker else ()), *resolved.others)

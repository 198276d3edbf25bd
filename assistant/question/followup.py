"""A question that leans on an earlier one -> the same question made whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.question.antecedent import antecedent, is_full_name, relative, shown
from assistant.question.dates import first_time
from assistant.question.models import Person
from assistant.question.reading import ParsedQuestion
from index.typography import fold

_TAIL = " \t?!.,;:…"
_FRAGMENT = 9
"""Words of the longest question that may be but a new topic or a new name."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole question's text, and what it asks. Places in the reading are places in the text."""

    text: str
    reading: ParsedQuestion
    rewritten: bool = False


class FollowUp:
    """Makes one question whole from the one before it, which is whole."""

    def __init__(self, reading: ParsedQuestion, before: Whole, read: Callable[[str], ParsedQuestion]) -> None:
        self._reading = reading
        self._text = reading.surface.text
        self._plain = reading.surface.plain
        self._grammar = reading.grammar
        self._before = before
        self._read = read

    def whole(self) -> Whole:
        """Return the whole question; the question itself when it leans on nothing."""
        if self._reading.pronoun:
            return self._of_whom() or self._in_context()
        if not self._reading.by_rule and len(self._text.split()) <= _FRAGMENT:
            return self._of_few_words()
        return self._of_a_relative() or self._of_what_went_before() or self._alone()

    def _alone(self) -> Whole:
        return Whole(self._text, self._preferring_named(self._reading))

    def _of_what_went_before(self) -> Whole | None:
        """A question that says too little by itself; None when it says enough."""
        if self._has_no_topic():
            return self._in_context()
        if self._reading.people and not self._reading.topic and self._before.reading.topic:
            return self._on_the_same()
        return self._in_context() if self._leans() or self._only_opens() else None

    def _of_few_words(self) -> Whole:
        """A few words that are no question: a relative, or a new part of the question before."""
        kin = relative(self._text[self._reading.opened :].strip(_TAIL), self._before.reading)
        if kin:
            return self._of_another(Person(kin, kin, role=kin))
        return self._in_context() if self._leans() else self._fragment()

    def _has_no_topic(self) -> bool:
        """Tell whether a question leaves what it is about to the one before: "Qui le dit ?", "Quand ?"."""
        reading = self._reading
        asks_fact = reading.kind == "fact" and not reading.people
        missing = not reading.topic and (asks_fact or reading.kind == "speaker")
        return missing or self._grammar.is_("topic_pronoun", self._plain_topic())

    def _only_opens(self) -> bool:
        """Tell whether a question begins as a follow-up does and names nobody."""
        reading = self._reading
        return bool(reading.opened) and not reading.people and not reading.about

    def _of_whom(self) -> Whole | None:
        """A pronoun speaks: the person is one of the question before."""
        person = antecedent(self._reading, self._before.reading)
        if not person:
            return None
        question = self._naming(shown(person))
        reading = self._reading
        if self._grammar.is_("topic_pronoun", self._plain_topic()):
            return FollowUp(self._read(question), self._before, self._read)._in_context()
        about = None if reading.topic else self._taken_up(person)
        if about:
            question = f"{question.rstrip(_TAIL)} {about}{self._grammar.compose['end']}"
        whole = self._rewritten(question)
        if whole.reading.people and not person.role:
            return whole
        topic = self._before.reading.topic if about else reading.topic
        asked = replace(whole.reading, people=(person,), about=reading.about, topic=topic, kind=reading.kind)
        return replace(whole, reading=asked)

    def _naming(self, name: str) -> str:
        """The question with a name for its pronoun: before it all where French turns verb and pronoun round."""
        start, end = self._reading.pronoun or (0, 0)
        opened = self._grammar.skip("emphatic", self._plain, self._reading.opened)
        if self._is_inverted(start):
            return f"{name}, {_lowered(self._text[opened:])}"
        before = re.sub(r"\b([Qq]u)['’]$", r"\1e ", self._text[self._reading.opened : start])
        return before + name + self._text[end:]

    def _is_inverted(self, start: int) -> bool:
        """Tell whether a French pronoun stands behind its verb, hyphens typed or not: "dit-elle", "a t il dit"."""
        before = self._plain[:start]
        verb = re.sub(r"([-\s]t)?[-\s]$", "", before)
        return before.endswith(("-", "-t ", " t ")) or (
            self._grammar.lang == "fr" and verb.endswith(self._reading.verb)
        )

    def _of_a_relative(self) -> Whole | None:
        """A relative of the person of the question before speaks."""
        if not self._reading.subject:
            return None
        start, end = self._reading.subject
        kin = relative(self._text[start:end].strip(), self._before.reading)
        if not kin or self._reading.people[0].known != "unknown":
            return None
        return self._rewritten(self._text[self._reading.opened : start] + kin + self._text[end:])

    def _fragment(self) -> Whole:
        """Words without a question: a new topic, a new time or place, or a new name in the question before."""
        content = self._text[self._reading.opened :].strip(_TAIL)
        plain = self._plain[self._reading.opened :]
        if not content:
            return self._in_context()
        if self._grammar.skip("circumstance", plain, 0):
            return self._in_other_circumstances(content, plain)
        if not self._grammar.skip("about", plain, 0) and (person := self._person(content)):
            return self._of_another(person)
        return self._on_another(content)

    def _person(self, content: str) -> Person | None:
        """The person that a fragment names, None when it rather names a topic."""
        reading = self._read(self._grammar.compose["statement"].format(person=content, about="").replace("  ", " "))
        person = reading.people[0] if reading.people else None
        if not person or reading.topic:
            return None
        by_function = person.role and self._grammar.phrases["function"].search(fold(person.role))
        named = person.known == "speaker" or is_full_name(person.name)
        return person if named or by_function else None

    def _of_another(self, person: Person) -> Whole:
        before = self._before.reading
        if before.subject and before.kind in ("statement", "check"):
            start, end = before.subject
            return self._rewritten(self._before.text[:start] + person.as_typed + self._before.text[end:])
        about = self._taken_up(person) or self._grammar.compose["about"].format(topic=before.topic)
        return self._rewritten(self._grammar.compose["statement"].format(person=person.as_typed, about=about))

    def _on_another(self, content: str) -> Whole:
        before, compose = self._before.reading, self._grammar.compose
        plain = self._plain[self._reading.opened :]
        about = content if self._grammar.skip("about", plain, 0) else compose["about"].format(topic=content)
        same_language = before.grammar is self._grammar
        if before.kind in ("statement", "aggregate") and before.rest and same_language:
            return self._rewritten(f"{self._before.text[: before.rest].rstrip(_TAIL)} {about}{compose['end']}")
        if before.people:
            return self._rewritten(compose["statement"].format(person=shown(before.people[0]), about=about))
        if before.kind in ("speaker", "aggregate"):
            return self._rewritten(compose["aggregate"].format(about=about))
        return self._in_context()

    def _in_other_circumstances(self, content: str, plain: str) -> Whole:
        before = self._before
        time = first_time(before.reading.surface.plain)
        same = re.search(rf"\s{re.escape(plain.split()[0])}\s", before.reading.surface.plain[before.reading.rest :])
        cut = time.start if time else before.reading.rest + same.start() if same else len(before.text)
        return self._rewritten(f"{before.text[:cut].rstrip(_TAIL)} {content}{self._grammar.compose['end']}")

    def _on_the_same(self) -> Whole:
        """A new person and no topic: the topic stays."""
        text, speaker = self._with_whole_function()
        about = self._taken_up(replace(self._reading.people[0], as_typed=speaker))
        if about:
            question = text[self._reading.opened :].rstrip(_TAIL)
            return self._rewritten(f"{question} {about}{self._grammar.compose['end']}")
        return self._in_context()

    def _with_whole_function(self) -> tuple[str, str]:
        """The question and who speaks in it, "le maire" written as before: "le maire de Morvillac"."""
        person, subject = self._reading.people[0], self._reading.subject
        if not (person.role and person.known == "unknown" and subject):
            return self._text, person.as_typed
        head = fold(person.role).rpartition(" ")[2]
        fuller = re.search(
            rf"\b{re.escape(head)}( (?:de la |de l'|du |des |de |d'|of (?:the )?)[\w'-]+)",
            self._before.reading.surface.plain,
        )
        if not fuller:
            return self._text, person.as_typed
        whole = self._text[slice(*subject)].strip() + self._before.text[slice(*fuller.span(1))]
        return self._text[: subject[0]] + whole + self._text[subject[1] :], whole

    def _in_context(self) -> Whole:
        """The question before and this one, side by side."""
        before, reading = self._before, self._reading
        text = f"{before.text} {_raised(self._text[reading.opened :])}".strip()
        shift = len(text) - len(self._text)
        topic = reading.topic if not self._grammar.is_("topic_pronoun", self._plain_topic()) else ""
        people = reading.people or (() if reading.kind in ("speaker", "aggregate") else before.reading.people)
        earlier = (
            before.reading.about if people == before.reading.people else before.reading.people + before.reading.about
        )
        asked = replace(
            reading,
            surface=self._read(text).surface,
            kind="statement" if not reading.by_rule and people else reading.kind,
            content=0,
            opened=0,
            subject=_shifted(reading.subject, shift),
            pronoun=None,
            rest=max(0, reading.rest + shift),
            people=people,
            about=reading.about + tuple(person for person in earlier if person not in reading.about + people),
            topic=f"{before.reading.topic} {topic}".strip(),
        )
        return Whole(text, asked, rewritten=True)

    def _taken_up(self, speaker: Person) -> str | None:
        """The earlier topic as a phrase to put behind a question ("sur les loups"); None when it is no such phrase.

        When the speaker was the topic, it is now what was said of them: "à X", "to X".
        """
        about, before = self._earlier_topic(), self._before.reading
        name = fold(speaker.as_typed).partition(" ")[2] if speaker.role else fold(speaker.name)
        if about and before.people and before.people[0].name != speaker.name and name and name in fold(about):
            return self._grammar.compose["to"].format(person=shown(before.people[0]))
        return about

    def _earlier_topic(self) -> str | None:
        before = self._before.reading
        raw = self._before.text[before.rest :].strip(_TAIL)
        if before.kind not in ("statement", "aggregate") or before.grammar is not self._grammar or not before.topic:
            return None
        plain = before.surface.plain[before.rest :].lstrip()
        if not self._grammar.skip("about", plain, 0):
            return None
        for old, new in self._grammar.taken_up.items():
            if plain.startswith(old):
                return new + raw[len(old) :]
        return None if self._grammar.skip("that", plain, 0) and not plain.startswith(("about", "on ")) else raw

    def _leans(self) -> bool:
        """Tell whether a pronoun has nothing in the question itself that it could stand for."""
        plain = self._grammar.phrases["impersonal"].sub(" ", self._plain[self._reading.content :]).lstrip()
        if not self._reading.people and self._grammar.phrases["alone"].match(plain):
            return True
        if self._reading.people or self._reading.about:
            return False
        plain = self._grammar.phrases["standing"].sub(" ", plain)
        return bool(self._grammar.phrases["leaning"].search(plain))

    def _plain_topic(self) -> str:
        return fold(self._reading.topic)

    def _rewritten(self, text: str) -> Whole:
        text = _raised(text)
        return Whole(text, self._preferring_named(self._read(text)), rewritten=True)

    def _preferring_named(self, reading: ParsedQuestion) -> ParsedQuestion:
        """Of people of one surname, the one that the question before names in full is meant."""
        known = {
            person.name for person in self._before.reading.people + self._before.reading.about if not person.others
        }

        def preferred(person: Person) -> Person:
            named = next((other for other in person.others if other in known), None)
            if not named or person.name in known or person.known == "unknown":
                return person
            others = tuple(other for other in (person.name, *person.others) if other != named)
            return replace(person, name=named, others=others)

        return replace(
            reading,
            people=tuple(preferred(person) for person in reading.people),
            about=tuple(preferred(person) for person in reading.about),
        )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _raised(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]


def _shifted(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return (span[0] + by, span[1] + by) if span and span[0] + by >= 0 else None

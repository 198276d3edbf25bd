"""The words of a sentence that stand for people of the conversation, and the sentence with their names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question.antecedent import Antecedents
from assistant.question.figures import first_name_gender
from assistant.question.frame import lowered
from assistant.question.models import AskedPerson
from assistant.question.plain_text import TAIL
from assistant.question.reading import ParsedQuestion
from index.typography import fold

Span = tuple[int, int]
_SUBJECTS = (("Fem", "subject_fem"), ("Masc", "subject_masc"))
_OBJECTS = (("Fem", "object_fem"), ("Masc", "object_masc"), ("", "object_any"))


@dataclass(frozen=True, slots=True)
class Resolved:
    """A sentence with names for what stood for people.

    Attributes:
        speaker: who speaks or acts, as the conversation tells; None: the sentence names them itself.
        others: further people of the conversation that it means.
    """

    text: str
    topic: str
    speaker: AskedPerson | None = None
    others: tuple[AskedPerson, ...] = ()


class References:
    """Resolves what one sentence leaves to the conversation."""

    def __init__(self, reading: ParsedQuestion, antecedents: Antecedents) -> None:
        self._reading = reading
        self._antecedents = antecedents
        self._grammar = reading.grammar
        self._text = reading.surface.text
        self._plain = reading.surface.plain

    def resolved(self) -> Resolved | None:
        """Return the sentence resolved; None when nothing in it stands for anybody of the conversation."""
        subject = self._subject()
        speaker = subject[1] if subject else None
        objects = self._objects(speaker)
        if not subject and not objects:
            return None
        text, topic = self._text, self._reading.topic
        for (start, end), typed, _ in reversed(objects):
            text = text[:start] + typed + text[end:]
            pronoun = rf"(?<!\w){re.escape(self._text[start:end])}(?!\w)"
            topic = re.sub(pronoun, typed.replace("\\", r"\\"), topic, count=1)
        if subject and subject[0]:
            text = self._naming(text, subject[0], speaker.name if speaker else "")
        text = text[self._reading.opened :]
        return Resolved(text, topic, speaker, tuple(person for *_, person in objects))

    # Who speaks or acts

    def _subject(self) -> tuple[Span | None, AskedPerson] | None:
        """The place of the words that stand for who speaks, and whom they mean."""
        reading = self._reading
        if span := reading.pronoun or self._stray_pronoun():
            return self._of_pronoun(span)
        if reading.people:
            return self._of_words(reading.people[0]) if reading.people[0].known == "unknown" else None
        if reading.by_rule or any(person.known != "unknown" for person in reading.about):
            return None
        return self._of_role_at_the_start()

    def _stray_pronoun(self) -> Span | None:
        """A pronoun that acts in a sentence that no rule reads: "elle tient quoi", "was she married to him"."""
        if self._reading.by_rule and (self._reading.people or self._reading.kind in ("aggregate", "speaker")):
            return None
        plain = self._grammar.phrases["impersonal"].sub(lambda match: "\0" * len(match[0]), self._plain)
        names = "|".join(self._grammar.phrases[name].pattern for _, name in self._pronouns())
        for match in re.finditer(rf"(?<![\w'])(?:{names})(?![\w'])", plain):
            if match.start() >= self._reading.opened and not self._is_bound(self._gender(match[0])):
                return match.span()
        return None

    def _pronouns(self) -> list[tuple[str, str]]:
        return [pair for pair in (*_SUBJECTS, ("", "subject_any")) if pair[1] in self._grammar.phrases]

    def _gender(self, pronoun: str) -> str:
        return next((gender for gender, name in self._pronouns() if self._grammar.is_(name, pronoun)), "")

    def _is_bound(self, gender: str) -> bool:
        """Tell whether somebody whom the sentence names may be meant by a pronoun in it."""
        named = (*self._reading.people, *self._reading.about)
        return any(first_name_gender(person.name) in ("", gender) for person in named if person.known != "unknown")

    def _of_pronoun(self, span: Span) -> tuple[Span, AskedPerson] | None:
        plain = self._plain[slice(*span)]
        if self._grammar.is_("several", plain):  # things are meant as often, but they say nothing
            figure = self._antecedents.of_several() if self._reading.verb else None
        elif self._grammar.is_("latter", plain):
            figure = self._antecedents.latter(self._gender(plain))
        else:
            figure = self._antecedents.of_pronoun(self._gender(plain), self._turns(plain))
        return (span, figure.person(plain)) if figure else None

    def _turns(self, pronoun: str) -> bool:
        """Tell whether a question turns to the other one: a reply, "Et elle, …", "ce dernier"."""
        grammar, plain = self._grammar, self._plain
        emphatic = grammar.skip("emphatic", plain, self._reading.opened) > self._reading.opened
        return emphatic or grammar.is_("reply", self._reading.verb) or grammar.is_("latter", pronoun)

    def _of_words(self, named: AskedPerson) -> tuple[Span | None, AskedPerson] | None:
        """Somebody who is called by a function, or by what they are to somebody."""
        typed = named.as_typed
        if self._grammar.skip("possessive", fold(typed), 0):
            person = self._antecedents.somebodys(typed)
        else:
            figure = self._antecedents.of_kin_alone(typed) or self._antecedents.of_role(typed)
            person = figure.person(typed) if figure else None
        return (self._reading.subject, person) if person else None

    def _of_role_at_the_start(self) -> tuple[Span | None, AskedPerson] | None:
        core = self._text[self._reading.opened :]
        person = self._antecedents.somebodys(core) if self._grammar.skip("possessive", fold(core), 0) else None
        figure = self._antecedents.of_role(core)
        person = person or (figure.person(core) if figure else None)
        return (None, person) if person else None

    # Who else is meant

    def _objects(self, speaker: AskedPerson | None) -> list[tuple[Span, str, AskedPerson]]:
        """The places of further pronouns, what stands there when they are named, and whom they mean."""
        found: dict[Span, tuple[Span, str, AskedPerson]] = {}
        taken = [speaker.name] if speaker else [person.name for person in self._reading.people]
        for gender, name in _OBJECTS:
            for match in self._grammar.phrases[name].finditer(self._plain, self._reading.opened):
                span = match.span("it")
                if span in found or self._is_own(gender, span, speaker):
                    continue
                figure = self._antecedents.of_pronoun(gender, but=taken)
                if figure:
                    found[span] = (span, self._as_object(figure.name, span), figure.person())
        return [found[span] for span in sorted(found)]

    def _is_own(self, gender: str, span: Span, speaker: AskedPerson | None) -> bool:
        """Tell whether a pronoun stands for somebody in the sentence: "What did Ida Marsh say of her boat?"."""
        if any(start <= span[0] < end for start, end in filter(None, (self._reading.pronoun, self._reading.subject))):
            return True
        owned = self._grammar.is_("possessive", self._plain[slice(*span)] + " ")
        named = [
            *self._reading.about,
            *(self._reading.people if owned else ()),
            *([speaker] if speaker and owned else []),
        ]
        return any(
            first_name_gender(person.name) in ("", gender) for person in named if person.known != "unknown" or speaker
        )

    def _as_object(self, name: str, span: Span) -> str:
        """A name in the place of a pronoun; in French one before the verb stays, as no name can stand there."""
        plain = self._plain[slice(*span)]
        followed = self._plain[span[1] : span[1] + 2].strip(TAIL)
        if self._grammar.is_("possessive", plain + " ") and followed:
            return self._grammar.compose["owner"].format(person=name)
        return self._text[slice(*span)] if self._grammar.is_("dative", plain) and followed else name

    # The sentence with names

    def _naming(self, text: str, span: Span, name: str) -> str:
        """The sentence with a name for its subject; before it all where French turns verb and pronoun round."""
        start, end = span
        opened = self._grammar.skip("emphatic", self._plain, self._reading.opened)
        if self._is_inverted(start):
            return text[: self._reading.opened] + f"{name}, {lowered(text[opened:])}"
        before = re.sub(r"\b([Qq]u)['’]$", r"\1e ", text[:start])
        return before + name + text[end:]

    def _is_inverted(self, start: int) -> bool:
        """Tell whether a French pronoun stands behind its verb, hyphens typed or not: "dit-elle", "a t il dit"."""
        before = self._plain[:start]
        verb = re.sub(r"([-\s]t)?[-\s]$", "", before)
        verbal = self._reading.verb and verb.endswith(self._reading.verb)
        return before.endswith(("-", "-t ", " t ")) or bool(self._grammar.lang == "fr" and verbal)

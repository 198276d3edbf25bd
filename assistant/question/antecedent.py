"""Whom a follow-up means: a pronoun, or "sa sœur", and the question before -> a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.question.models import Person
from assistant.question.reading import ParsedQuestion
from index.typography import fold

_ARTICLES = {"sa": "la ", "son": "le ", "ses": "les "}


def antecedent(reading: ParsedQuestion, before: ParsedQuestion) -> Person | None:
    """Return whom a pronoun means: who spoke in the question before, or in a reply the one who was spoken of."""
    others = [person for person in before.about if is_full_name(person.name)]
    if before.wants == "person" and before.topic and not _is_named(before.topic, others[:1]):
        return Person(before.topic, before.topic, role=before.topic)
    if before.people and _turns(reading):
        return next(iter(others), None) or _described(before) or before.people[0]
    return next(iter((*before.people, *others)), None)


def relative(typed: str, before: ParsedQuestion) -> str | None:
    """Return what "sa sœur" is of the person of the question before: "la sœur de Lionel Prévost-Marty"."""
    grammar, folded = before.grammar, fold(typed)
    start = grammar.skip("possessive", folded, 0)
    if not start or not before.people or not grammar.phrases["kin"].search(folded):
        return None
    relation = _ARTICLES.get(folded.split()[0], "") + typed[start:]
    return grammar.compose["kin"].format(relation=relation, person=shown(before.people[0]))


def shown(person: Person) -> str:
    """Return a person's name as a question shows it: in full when it is known."""
    same = fold(person.name) == fold(person.as_typed)
    return person.as_typed if same or person.known == "unknown" else person.name


def is_full_name(name: str) -> bool:
    """Tell whether a name looks like a first name and a surname."""
    words = name.split()
    return len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper()


def _is_named(topic: str, people: Iterable[Person]) -> bool:
    return any(fold(topic) == fold(person.as_typed) for person in people)


def _turns(reading: ParsedQuestion) -> bool:
    """Tell whether a question turns to the other one: a reply, "Et elle, …", "ce dernier"."""
    grammar, plain = reading.grammar, reading.surface.plain
    pronoun = plain[slice(*reading.pronoun)] if reading.pronoun else ""
    emphatic = grammar.skip("emphatic", plain, reading.opened) > reading.opened
    return emphatic or grammar.is_("reply", reading.verb) or grammar.is_("latter", pronoun)


def _described(before: ParsedQuestion) -> Person | None:
    """The last one whom a question speaks of by a function ("le PDG de Cristallane")."""
    holder = before.grammar.phrases["relational"].pattern
    function = re.compile(rf"(?:\bl[ea] |\bl'|\bthe ){holder}(?: (?:de |du |of |d')[\w-]+)?")
    found = list(function.finditer(before.surface.plain, before.rest))
    typed = before.surface.text[slice(*found[-1].span())] if found else ""
    return Person(typed, typed, role=typed) if typed else None

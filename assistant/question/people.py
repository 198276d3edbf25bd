"""Who words name: "le ministre Bekir Bozdag", "M. Delatour", "la préfecture" -> a person."""

from __future__ import annotations

import re

from assistant.question.grammar import Grammar
from assistant.question.models import Person
from assistant.question.namebook import Key, NameBook, key_of
from index.names import is_particle, is_title, name_spans
from index.typography import fold

_WORD = re.compile(r"\w+")
_COMPLEMENT = re.compile(r"(?:de la|de l'|du|des|de|d'|of)\s*$")
_AND = re.compile(r"\s*(?:,|\bet\b|\band\b|&)\s*(?:et |and )?")
_POSSESSOR = re.compile(r"\w['’]s?\s+[a-zà-ÿ]")
_SHORTEST_ROLE = 4
"""Letters that a function has; a shorter word before a name is a title ("M.", "Mme")."""


class People:
    """Knows who words stand for, in questions of one language."""

    def __init__(self, grammar: Grammar, book: NameBook) -> None:
        self._grammar = grammar
        self._book = book

    def named(self, typed: str) -> list[Person]:
        """The people of words that name nothing else: one, or several joined by "et" or "and"."""
        known = self._book.exact(key_of(typed))
        parts = [] if known and known.whole else [self.person(part) for part in _AND.split(typed) if part]
        return parts if len(parts) > 1 and parts[0].known != "unknown" else [self.person(typed)]

    def person(self, typed: str) -> Person:
        """The person that words stand for."""
        key = key_of(typed)
        described = self._is_description(typed)
        found = self._book.exact(key)
        if found and (found.whole or not described or (len(found.names) == 1 and found.best.known == "speaker")):
            return found.person(typed)
        return (
            self._named_group(typed)
            or self._titled(typed)
            or (None if described else self._misspelt(typed, key))
            or Person(
                name=typed,
                as_typed=typed,
                others=found.others if found else self._kin(typed) if described else self._namesakes(key),
                role=typed if described else None,
            )
        )

    def is_speaker(self, person: Person) -> bool:
        """Tell whether somebody may have said something: a name, or a function that people hold."""
        if person.role and person.known == "unknown":
            return bool(self._grammar.phrases["function"].search(fold(person.role)))
        return self.is_somebody(person)

    def is_somebody(self, person: Person) -> bool:
        """Tell whether words that are taken for a person are more than a lower-case word."""
        return person.known != "unknown" or person.role is not None or any(c.isupper() for c in person.as_typed)

    def _is_description(self, typed: str) -> bool:
        """Tell whether words tell a function, not a name: an article and a noun, or somebody's something."""
        plain = fold(typed) + " "
        start = self._grammar.skip("determiner", plain, 0)
        rest = typed[start:]
        last = _last_word(rest)
        lower = bool(rest) and (rest[0].islower() or self._grammar.is_("function", last))
        return (
            (start > 0 and lower)
            or bool(_POSSESSOR.search(typed))
            or self._grammar.is_("function", plain.split(" ")[0])
        )

    def _titled(self, typed: str) -> Person | None:
        """A name behind a title or a function: "le ministre Bekir Bozdag", "Mayor Corwell"."""
        words = [match.span() for match in _WORD.finditer(typed)]
        for at in range(1, len(words)):
            before, rest = typed[: words[at][0]], typed[words[at][0] :]
            if is_particle(fold(rest.split()[0])) and rest[0].islower():
                continue
            if _COMPLEMENT.search(fold(before)) or before.rstrip()[-1] in "'’" and not fold(before).endswith("l'"):
                return None
            found = self._book.exact(key_of(rest))
            found = None if found and found.first and rest[0].islower() else found
            last = _last_word(before).rstrip(".")
            introduced = is_title(last) or self._is_description(typed) or (before[0].islower() and rest[0].isupper())
            if found and (introduced or (found.whole and len(found.best.key) > 1)):
                return found.person(typed, role=_role(before))
            if introduced and rest[0].isupper() and rest.split()[-1][0].isupper():
                guess = self.person(rest)
                role = _role(before)
                return Person(guess.name, typed, guess.known, guess.sure, guess.others, role)
        return None

    def _named_group(self, typed: str) -> Person | None:
        """A group's name before what it is, as in English: "the Uni-École union"."""
        words = typed[self._grammar.skip("determiner", fold(typed), 0) :].rsplit(" ", 1)
        if len(words) < 2 or not self._grammar.is_("group", fold(words[1])):
            return None
        found = self._book.exact(key_of(words[0]))
        named = found and (found.whole or (words[0][:1].isupper() and not found.first))
        return found.person(typed, role=words[1]) if found and named else None

    def _kin(self, typed: str) -> tuple[str, ...]:
        """The known people who may be somebody's relative: those of the same surname."""
        plain = fold(typed)
        if not self._grammar.phrases["kin"].search(plain):
            return ()
        named = [typed[start:end] for start, end in name_spans(typed)]
        found = self._book.exact(key_of(named[-1])) if named else None
        return tuple(n for n in self._namesakes(found.best.key) if n != found.best.text) if found else ()

    def _misspelt(self, typed: str, key: Key) -> Person | None:
        found = self._book.near(key)
        return found.person(typed) if found else None

    def _namesakes(self, key: Key) -> tuple[str, ...]:
        return tuple(name.text for name in self._book.surname_of(key)) if len(key) > 1 else ()


def _last_word(text: str) -> str:
    return next(reversed(fold(text).split()), "")


def _role(before: str) -> str | None:
    role = before.strip(" .")
    return before.strip() if len(role) >= _SHORTEST_ROLE else None

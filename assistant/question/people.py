"""Who words name: "le ministre Bekir Bozdag", "M. Delatour", "la préfecture" -> a person."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from assistant.question.grammar import Grammar
from assistant.question.models import AskedPerson
from assistant.question.name_index import Key, Match, NameBook, key_of
from index.text.names import is_particle, is_title, name_spans
from index.typography import fold

_WORD = re.compile(r"\w+")
_COMPLEMENT = re.compile(r"(?:de la|de l'|du|des|de|d'|of)\s*$")
_AND = re.compile(r"\s*(?:,|\bet\b|\band\b|\bvs\b\.?|\bversus\b|&)\s*(?:et |and )?", re.IGNORECASE)
_POSSESSOR = re.compile(r"\w['’]s?\s+[a-zà-ÿ]")
_SHORTEST_ROLE = 4
"""Letters that a function has; a shorter word before a name is a title ("M.", "Mme")."""


class People:
    """Knows who words stand for, in questions of one language."""

    def __init__(self, grammar: Grammar, book: NameBook) -> None:
        self._grammar = grammar
        self._book = book

    def named(self, typed: str) -> list[AskedPerson]:
        """The people of words that name nothing else: one, or several joined by "et" or "and"."""
        known = self._book.exact(key_of(typed))
        parts = [] if known and known.whole else [self.person(part) for part in _AND.split(typed) if part]
        return parts if len(parts) > 1 and parts[0].known != "unknown" else [self.person(typed)]

    def person(self, typed: str) -> AskedPerson:
        """The person that words stand for."""
        key = key_of(typed)
        described = self._is_description(typed)
        found = self._book.exact(key)
        if found and (found.whole or not described or (len(found.names) == 1 and found.best.known == "speaker")):
            return found.person(typed)
        return (
            self._named_group(typed)
            or self._titled(typed)
            or (self._function(typed, found) if described else self._misspelt(typed, key))
            or self._unknown(typed, found)
        )

    def _unknown(self, typed: str, found: Match | None) -> AskedPerson:
        return AskedPerson(typed, typed, others=found.others if found else self._namesakes(key_of(typed)))

    def _function(self, typed: str, found: Match | None) -> AskedPerson:
        """Somebody who is called by a function alone: "le maire de Morvillac"."""
        return AskedPerson(typed, typed, others=found.others if found else self._kin(typed), role=typed)

    def is_speaker(self, person: AskedPerson) -> bool:
        """Tell whether somebody may have said something: a name, or a function that people hold."""
        if person.role and person.known == "unknown":
            return bool(self._grammar.phrases["function"].search(fold(person.role)))
        return self.is_somebody(person)

    def is_somebody(self, person: AskedPerson) -> bool:
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

    def _titled(self, typed: str) -> AskedPerson | None:
        """A name behind a title or a function: "le ministre Bekir Bozdag", "Mayor Corwell"."""
        for match in islice(_WORD.finditer(typed), 1, None):
            before, rest = typed[: match.start()], typed[match.start() :]
            if is_particle(fold(rest.split()[0])) and rest[0].islower():
                continue
            placed = rest[0].islower() and self._grammar.skip("circumstance", fold(rest), 0)
            if placed or _is_complement(before):
                return None
            if person := self._behind(before, rest):
                return person
        return None

    def _behind(self, before: str, rest: str) -> AskedPerson | None:
        """The person of a name, known or not, behind words that may introduce one."""
        typed = before + rest
        found = self._named_by(rest)
        is_introduced = self._introduces(before, rest)
        if found and (is_introduced or (found.whole and len(found.best.key) > 1)):
            return found.person(typed, role=_role(before))
        if is_introduced and _is_capitalised(rest):
            return replace(self.person(rest), as_typed=typed, role=_role(before))
        return None

    def _named_by(self, rest: str) -> Match | None:
        """What a name means; a first name alone counts only with its capital."""
        found = self._book.exact(key_of(rest))
        return None if found and found.first and rest[0].islower() else found

    def _introduces(self, before: str, rest: str) -> bool:
        """Tell whether words before a name are a title or a function."""
        last = _last_word(before).rstrip(".")
        return is_title(last) or self._is_description(before + rest) or (before[0].islower() and rest[0].isupper())

    def _named_group(self, typed: str) -> AskedPerson | None:
        """A group's name before what it is, as in English: "the Uni-École union"."""
        name, _, group = typed[self._grammar.skip("determiner", fold(typed), 0) :].rpartition(" ")
        if not name or not self._grammar.is_("group", fold(group)):
            return None
        found = self._book.exact(key_of(name))
        named = found and (found.whole or (name[:1].isupper() and not found.first))
        return found.person(typed, role=group) if found and named else None

    def _kin(self, typed: str) -> tuple[str, ...]:
        """The known people who may be somebody's relative: those of the same surname."""
        plain = fold(typed)
        if not self._grammar.phrases["kin"].search(plain):
            return ()
        named = [typed[start:end] for start, end in name_spans(typed)]
        found = self._book.exact(key_of(named[-1])) if named else None
        return tuple(n for n in self._namesakes(found.best.key) if n != found.best.text) if found else ()

    def _misspelt(self, typed: str, key: Key) -> AskedPerson | None:
        found = self._book.near(key)
        return found.person(typed) if found else None

    def _namesakes(self, key: Key) -> tuple[str, ...]:
        return tuple(name.text for name in self._book.surname_of(key)) if len(key) > 1 else ()


def _is_complement(before: str) -> bool:
    """Tell whether what follows words hangs on them: "de …", "of …", "d'…", but not "l'…"."""
    plain = fold(before)
    return bool(_COMPLEMENT.search(plain)) or (before.rstrip()[-1] in "'’" and not plain.endswith("l'"))


def _is_capitalised(name: str) -> bool:
    return all(word[0].isupper() for word in (name, name.split()[-1]))


def _last_word(text: str) -> str:
    return next(reversed(fold(text).split()), "")


def _role(before: str) -> str | None:
    role = before.strip(" .")
    return before.strip() if len(role) >= _SHORTEST_ROLE else None

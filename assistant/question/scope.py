"""Where and when the words asked for were said: sources, outlets, languages and times of one question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.question.dates import times_of
from assistant.question.figures import is_role
from assistant.question.grammar import Grammar
from assistant.question.mentions import PersonMentions
from assistant.question.models import ANYWHERE, AskedPerson, QuestionKind, Scope
from assistant.question.name_index import NameBook
from assistant.question.people import People
from assistant.question.plain_text import Surface
from index.languages.times import NamedTime

Span = tuple[int, int]

_NAME_WORD = re.compile(r"[\w'’-]+")
_OUTLET_WORDS = 6
"""Words of the longest outlet's name that is looked up."""


@dataclass(slots=True)
class Scoped:
    """What a question says of where and when, and the places in it where it says so.

    Attributes:
        people: whose words are asked for, named as a source ("selon X").
        removed: what is no part of the topic.
    """

    scope: Scope = ANYWHERE
    people: list[AskedPerson] = field(default_factory=list)
    removed: list[Span] = field(default_factory=list)


class Scopes:
    """Finds where and when the words that one question asks for were said."""

    def __init__(self, surface: Surface, grammar: Grammar, book: NameBook, places: PersonMentions) -> None:
        self._text = surface.text
        self._plain = surface.plain
        self._grammar = grammar
        self._book = book
        self._people = People(grammar, book)
        self._places = places

    def of(self, kind: QuestionKind, start: int, rest: int) -> Scoped:
        """Return it for a question of that kind that begins at ``start``, its topic or claim at ``rest``."""
        sources, people, outlet = self._sources(start)
        told: list[Span] = []
        if not outlet and (place := self._outlet_in(start)):
            outlet = self._outlet(place[1], place[2])
            told.append((place[0], place[2]))
        lang, written = self._written_in(start) if kind != "fact" else (None, [])
        times = list(times_of(kind, self._plain, start, rest, self._book.today))
        told += [*written, *((time.start, time.end) for time in times)]
        scope = Scope(
            periods=tuple(time.period for time in times),
            outlet=outlet,
            lang=lang,
            told=tuple(self._text[a:b] for a, b in [*(sources if outlet else []), *told]),
            times=tuple(self._plain[time.bare : time.end] for time in times),
            behind_topic=self._behind_topic(rest, times),
        )
        return Scoped(scope, people, [*sources, *told])

    def _behind_topic(self, rest: int, times: Sequence[NamedTime]) -> bool:
        """Tell whether a time stands behind something that is asked about."""
        return any(time.start > rest and self._plain[rest : time.start].strip() for time in times)

    def _sources(self, start: int) -> tuple[list[Span], list[AskedPerson], str | None]:
        """Where a source is named ("selon X"), who it is, and the outlet that it may be."""
        people: list[AskedPerson] = []
        removed: list[Span] = []
        outlet = None
        for match in re.compile(rf"(?<!\w){self._grammar.phrases['according'].pattern}").finditer(self._plain, start):
            end = self._places.speaker_end(match.end())
            typed = self._text[match.end() : end].strip()
            named = self._outlet(match.end(), end)
            outlet = outlet or named
            if person := self._source(typed, named):
                removed.append((match.start(), end))
                people += [person] if person.known == "speaker" or not named else []
        return removed, people, outlet

    def _source(self, typed: str, outlet: str | None) -> AskedPerson | None:
        person = self._people.person(typed) if typed else None
        named = person and (person.known != "unknown" or outlet or typed[0].isupper() or is_role(typed))
        return person if named else None

    def _outlet_in(self, start: int) -> tuple[int, int, int] | None:
        """The first "in Le Monde": where it begins, where the outlet's name begins, and where that ends."""
        pattern = re.compile(rf"(?<!\w){self._grammar.phrases['in_outlet'].pattern}")
        for match in pattern.finditer(self._plain, start):
            words = [word.end() for word in _NAME_WORD.finditer(self._plain, match.end())][:_OUTLET_WORDS]
            named = [end for end in words if self._outlet(match.end(), end)]
            if named:
                return match.start(), match.end(), named[-1]
        return None

    def _outlet(self, start: int, end: int) -> str | None:
        """The outlet that a stretch names: in full, or in short with its article ("le Courrier", "the Herald")."""
        typed = self._text[start:end].strip()
        name = self._grammar.skip("determiner", self._plain, start)
        in_short = start < name < end and self._text[name].isupper()
        return self._book.outlet(typed) or (self._book.outlet_in_short(typed) if in_short else None)

    def _written_in(self, start: int) -> tuple[str | None, list[Span]]:
        """The language of the articles that a question asks, and where it says so."""
        for lang, pattern in self._grammar.written.items():
            if match := pattern.search(self._plain, start):
                return lang, [match.span()]
        return None, []

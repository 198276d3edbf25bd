"""The people and bodies that an article names, what it calls them, and where it names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from index.typography import fold

EntityKind = Literal["person", "body", "place"]


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that can speak.

    Attributes:
        name: the longest form of its name in the article.
        gender: "Masc", "Fem" or "" when nothing tells.
        titled: whether a title told the gender.
        roles: nouns that the article gives it ("ministre", "coach"), in lower case.
        offices: what stands beside its name with a role: "banque" of "le président de la Banque, Luc Arnaud".
    """

    name: str
    kind: EntityKind
    gender: str = ""
    titled: bool = False
    roles: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)

    @property
    def parts(self) -> list[str]:
        """The name's words, folded."""
        return _folded(self.name)


@lru_cache(maxsize=4096)
def _folded(name: str) -> list[str]:
    return fold(name).replace("-", " ").split()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an entity is named: offset in the text, paragraph and sentence, whether as a subject, in full."""

    entity: Entity
    offset: int
    paragraph: int
    sentence: int
    subject: bool
    full: bool


@dataclass(slots=True)
class EntityTable:
    """All entities of an article, and their mentions in the order of the text."""

    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    acronyms: dict[str, str] = field(default_factory=dict)

    def named(self, words: Sequence[str]) -> list[Entity]:
        """Return the entities that a name may stand for: by the same words, a surname, or a first name."""
        want = _folded(" ".join(words))
        if not want:
            return []
        exact = [e for e in self.entities if e.parts == want]
        return exact or [e for e in self.entities if e.parts[-len(want) :] == want] or self._holding(want)

    def _holding(self, words: Sequence[str]) -> list[Entity]:
        """Return the persons whose names hold some words: "Nora" of "Nora Pike"."""
        return [e for e in self.entities if e.kind == "person" and set(words) <= set(e.parts)]

    def latest(self, known: Sequence[Entity]) -> Entity:
        """Return the one of several that was named last."""
        return next((m.entity for m in reversed(self.mentions) if m.entity in known), known[0])

"""Who was mentioned, and where: the nouns that the resolver of speakers works with."""

from __future__ import annotations

from dataclasses import dataclass

from index.models import SpeakerKind
from index.quotations.people.entities import Entity


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks.

    Attributes:
        name: as it is shown.
        entity: the person or body of that name; None when the article gives no name.
        gender: "Masc", "Fem" or "" as the phrase shows it.
        kind: what speaks; "crowd" is of several people without names ("officials"), "place" may stand for those who
            govern it.
    """

    name: str
    entity: Entity | None = None
    gender: str = ""
    plural: bool = False
    kind: SpeakerKind = "person"

    @property
    def person(self) -> bool:
        """Whether it is somebody, or several, whom "he", "she" or "they" may mean."""
        return self.kind in ("person", "crowd")

    def is_same(self, other: Speaker) -> bool:
        """Tell whether two speakers are one."""
        return (
            self.entity is other.entity
            if self.entity is not None and other.entity is not None
            else self.name == other.name
        )


@dataclass(frozen=True, slots=True)
class Position:
    """Where in the article a mention stands."""

    offset: int
    paragraph: int
    sentence: int  # counted over the article


@dataclass(frozen=True, slots=True)
class SalientMention:
    """Somebody whom a pronoun may mean: named, or subject of a sentence, or speaking."""

    speaker: Speaker
    position: Position
    weight: float
    spoke: bool = False


def as_speaker(entity: Entity) -> Speaker:
    """Return an entity as one who speaks."""
    return Speaker(entity.name, entity, entity.gender, kind=entity.kind)

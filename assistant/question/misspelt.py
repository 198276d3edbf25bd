"""Names that a question spells wrongly, as the articles write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.question.models import AskedPerson
from assistant.question.name_index import key_of
from assistant.question.spellings import is_slip


def as_written(person: AskedPerson) -> AskedPerson:
    """Return somebody whose name was typed wrongly as if it were not."""
    return replace(person, as_typed=person.name) if _is_misspelt(person) else person


def topic_as_written(topic: str, about: Iterable[AskedPerson]) -> str:
    """Return a topic with the names in it as the articles write them, where they were typed wrongly."""
    for person in filter(_is_misspelt, about):
        topic = topic.replace(person.as_typed, person.name)
    return topic


def _is_misspelt(person: AskedPerson) -> bool:
    known = person.known != "unknown" and person.sure and not person.role
    typed, name = key_of(person.as_typed), key_of(person.name)
    return known and len(typed) == len(name) and typed != name and is_slip(typed, name)

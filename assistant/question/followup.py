"""A question that leans on an earlier one -> the same question made whole."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.question.namebook import NameBook
from assistant.question.reading import Reading


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole question's text, and what it asks."""

    text: str
    reading: Reading
    rewritten: bool = False


def completed(reading: Reading, before: Whole, book: NameBook) -> Whole:
    return Whole(reading.surface.text, reading)

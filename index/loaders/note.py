"""Something that a reader of the result should know about a source that was read."""

from __future__ import annotations

from dataclasses import dataclass

from index.reason import Reason


@dataclass(frozen=True, slots=True)
class Note:
    """What is told beside the articles of a source; nothing of it was refused.

    Attributes:
        source: the path, or the part of it that it is about.
        reason: what is to be known, and the next step.
    """

    source: str
    reason: Reason

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"

"""A source that gave no article, and why."""

from __future__ import annotations

from dataclasses import dataclass

from index.reason import Reason


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source, or a part of one, that was refused; what else was asked for is not affected.

    Attributes:
        source: the path, with the line where only a line is refused ("news.jsonl:12").
        reason: the rule it breaks and the next step.
    """

    source: str
    reason: Reason

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"

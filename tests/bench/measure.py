"""What the bench yields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, and how it compares.

    Attributes:
        figure: with its unit.
        ratio: the time it takes in times of the reference's, less is better; None for a reference.
        reference: what that is.
    """

    name: str
    figure: str
    ratio: float | None = None
    reference: str = ""

"""A printed page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.loaders.pdf.reading_order import Box, PrintedLine


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on a page.

    Attributes:
        height: in points.
        boxes: of its text, in reading order.
        pictures: it shows some.
        notes: the boxes of its footnotes, from top to bottom.
    """

    height: float
    boxes: tuple[Box, ...]
    pictures: bool = False
    notes: tuple[Box, ...] = ()

    @property
    def lines(self) -> Iterator[PrintedLine]:
        """Return the lines of its text, in reading order."""
        return (line for box in self.boxes for line in box.lines)

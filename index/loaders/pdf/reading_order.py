"""Boxes of print on a page -> the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

GUTTER = 5.0
"""In points: two columns are at least so far apart."""

_OVERLAP = -2.0  # in points: what hangs below a line may reach into the next


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of print.

    Attributes:
        left: its edges, in points from the page's left and upper edges; small raised numbers do not count.
        raised: the small raised numbers in it, which may point to footnotes.
        unmarked: its text without them.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    raised: frozenset[str] = frozenset()
    unmarked: str = ""

    @property
    def height(self) -> float:
        """Return how high its letters may be, in points."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Box:
    """Lines that stand together, at least one, from top to bottom."""

    lines: tuple[PrintedLine, ...]

    @property
    def across(self) -> tuple[float, float]:
        """Return its left and right edges."""
        return min(line.left for line in self.lines), max(line.right for line in self.lines)

    @property
    def down(self) -> tuple[float, float]:
        """Return its upper and lower edges."""
        return min(line.top for line in self.lines), max(line.bottom for line in self.lines)


def in_reading_order(boxes: Sequence[Box]) -> list[Box]:
    """Return boxes as they are read: what spans the columns first or between, then each column down to its end.

    The page is cut along white space, into columns when it can be, else into bands, again and again (the
    XY-cut of Nagy and Seth, 1984); bands that share their columns stay together.
    """
    if len(boxes) <= 1:
        return list(boxes)
    columns = _parted(boxes, lambda box: box.across, GUTTER)
    if len(columns) > 1:
        return [box for column in columns for box in in_reading_order(column)]
    sections = _sections(boxes)
    if len(sections) == 1:  # they overlap
        return sorted(boxes, key=lambda box: (box.down[0], box.across[0]))
    return [box for section in sections for box in in_reading_order(section)]


def _sections(boxes: Sequence[Box]) -> list[list[Box]]:
    """Part boxes into bands, one below the other; those that share their columns are one section."""
    sections: list[list[Box]] = []
    for band in _parted(boxes, lambda box: box.down, _OVERLAP):
        if sections and len(_parted([*sections[-1], *band], lambda box: box.across, GUTTER)) > 1:
            sections[-1] += band
        else:
            sections.append(band)
    return sections


def _parted(boxes: Sequence[Box], extent: Callable[[Box], tuple[float, float]], apart: float) -> list[list[Box]]:
    """Part boxes where a straight stretch of white, at least so wide, runs between them."""
    groups: list[list[Box]] = []
    reached = float("-inf")
    for (start, end), box in sorted(((extent(box), box) for box in boxes), key=lambda pair: pair[0]):
        if groups and start < reached + apart:
            groups[-1].append(box)
        else:
            groups.append([box])
        reached = max(reached, end)
    return groups

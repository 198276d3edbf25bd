"""Printed pages -> the same with their footnotes apart, and without the numbers in the lines that point to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile

from index.loaders.pdf.page import Page
from index.loaders.pdf.reading_order import Box, PrintedLine

_BEGINS = re.compile(r"(\d{1,3}|\*{1,3}|[†‡])[.)]?\s*(?=[^\W\d]|[«“\"'‘(])")
_SMALL = 0.92
"""The height of a footnote's lines is a smaller share of that of the text's."""


def with_footnotes_apart(pages: Sequence[Page]) -> list[Page]:
    """Return pages whose footnotes are told apart: small print that begins with a number, below all else."""
    height = text_height(pages)
    return [_parted(page, height) for page in pages]


def text_height(pages: Sequence[Page]) -> float:
    """Return how high most letters of a document are."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[round(line.height, 1)] += len(line.text)
    return max(letters, key=lambda height: (letters[height], height), default=0.0)


def notes_of(page: Page) -> Iterator[list[PrintedLine]]:
    """Yield the lines of each footnote."""
    note: list[PrintedLine] = []
    for box in page.notes:
        for line in box.lines:
            if note and _BEGINS.match(line.text):
                yield note
                note = []
            note.append(line)
    if note:
        yield note


def is_small(box: Box, height: float) -> bool:
    """Tell whether a box is printed smaller than the text."""
    return all(line.height < _SMALL * height for line in box.lines)


def _parted(page: Page, height: float) -> Page:
    notes = _note_boxes(page, height)
    if not notes:
        return page
    numbers = {found[1] for box in notes for line in box.lines if (found := _BEGINS.match(line.text))}
    kept = [box for box in page.boxes if box not in set(notes)]
    return replace(page, boxes=tuple(_without_numbers(box, numbers) for box in kept), notes=tuple(notes))


def _note_boxes(page: Page, height: float) -> list[Box]:
    """Return the boxes of small print at the foot of a page from the first that begins with a number."""
    text = [box for box in page.boxes if not is_small(box, height)]
    small = sorted((box for box in page.boxes if is_small(box, height)), key=lambda box: box.down)
    feet = [box for box in small if not any(_is_below(other, box) for other in text)]
    return list(dropwhile(lambda box: not _BEGINS.match(box.lines[0].text), feet))


def _is_below(other: Box, box: Box) -> bool:
    """Tell whether another box stands below a box, or beside its end, in its column."""
    (left, right), (other_left, other_right) = box.across, other.across
    return other.down[1] > box.down[1] and other_left < right and left < other_right


def _without_numbers(box: Box, numbers: set[str]) -> Box:
    lines = (
        replace(line, text=line.unmarked) if line.raised and line.raised <= numbers else line for line in box.lines
    )
    return Box(tuple(line for line in lines if line.text))

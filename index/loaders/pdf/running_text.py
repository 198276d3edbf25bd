"""Printed pages -> the paragraphs of their running text, each with the pages it stands on."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.loaders.exports.paragraph import DocumentParagraph
from index.loaders.pdf.footnotes import is_small, notes_of, text_height
from index.loaders.pdf.hyphens import Known, joined, joined_lines, words
from index.loaders.pdf.page import Page
from index.loaders.pdf.reading_order import Box, PrintedLine

_EDGE = 0.1  # of a page's height, where running heads and page numbers stand
_NUMBER = re.compile(r"\W*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|of|sur|de)\s*\d{1,4})?\W*", re.I)
_DIGITS = re.compile(r"\d+")
SENTENCE_END = re.compile(r"[.!?…:][\s\"'»”’)\]]*$|[»”]$")
_FEW = 2


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """Return pages without their numbers and without heads and feet that come again on half of them, two at least.

    They stand at the edge of a page, or are printed smaller than the text, above or below all of it.
    """
    height = text_height(pages)
    at_edge = [_at_edge(page, height) for page in pages]
    seen = Counter(words for boxes in at_edge for words in set(map(_alike, boxes)))
    often = max(_FEW, len(pages) / 2)
    repeated = {words for words, count in seen.items() if count >= often}
    return [_without_running(page, boxes, repeated) for page, boxes in zip(pages, at_edge, strict=True)]


def _without_running(page: Page, edge: set[Box], repeated: set[str]) -> Page:
    running = {box for box in edge if _is_running(box, repeated)}
    return replace(page, boxes=tuple(box for box in page.boxes if box not in running))


def paragraphs_on(pages: Sequence[Page], marks: frozenset[str]) -> Iterator[DocumentParagraph]:
    """Yield the paragraphs of pages: one goes on over columns and pages, footnotes stand before what goes on so.

    Args:
        pages: of a document, their boxes in reading order.
        marks: lines that are paragraphs of their own whatever stands around them; short lines behind them are, too.
    """
    known = words(line.text for page in pages for line in page.lines).__contains__
    notes = deque(note for number, page in enumerate(pages, start=1) for note in _notes(page, number, known))
    for paragraph in _running(pages, marks, known):
        while notes and notes[0].page < paragraph.page + len(paragraph.turns):
            yield notes.popleft()
        yield paragraph
    yield from notes


def _notes(page: Page, number: int, known: Known) -> Iterator[DocumentParagraph]:
    for lines in notes_of(page):
        yield DocumentParagraph(joined_lines((line.text for line in lines), known), page=number, paged=True)


def _running(pages: Sequence[Page], marks: frozenset[str], known: Known) -> Iterator[DocumentParagraph]:
    current, first, turns = "", 1, list[int]()
    for number, line, new in _lines(pages, marks):
        if new and current:
            yield DocumentParagraph(current, page=first, turns=tuple(turns), paged=True)
            current, turns = "", []
        before, current = current, joined(current, line.text, known)
        if not before:
            first = number
        turns += [len(current) - len(line.text)] * (number - first - len(turns))
    if current:
        yield DocumentParagraph(current, page=first, turns=tuple(turns), paged=True)


def _lines(pages: Sequence[Page], marks: frozenset[str]) -> Iterator[tuple[int, PrintedLine, bool]]:
    """Yield each line with the number of its page (from 1), and whether it begins a paragraph."""
    before: tuple[PrintedLine, Box] | None = None
    in_head, before_is_mark = bool(marks), False
    for number, line, box in _lines_of(pages):
        mark = line.text in marks
        short = before is None or _is_short(*before, box)
        alone = mark or before_is_mark
        heading = in_head and short and line.text[0].isupper()
        yield number, line, alone or heading or _begins(line, box, before)
        in_head &= alone or short
        in_head |= mark
        before, before_is_mark = (line, box), mark


def _lines_of(pages: Sequence[Page]) -> Iterator[tuple[int, PrintedLine, Box]]:
    for number, page in enumerate(pages, start=1):
        for box in page.boxes:
            yield from ((number, line, box) for line in box.lines)


def _begins(line: PrintedLine, box: Box, before: tuple[PrintedLine, Box] | None) -> bool:
    return before is None or _begins_paragraph(line, box, *before)


def _begins_paragraph(line: PrintedLine, box: Box, before: PrintedLine, box_before: Box) -> bool:
    if abs(line.height - before.height) > 0.1 * before.height:
        return True
    ended = bool(SENTENCE_END.search(before.text))
    if line.top < before.bottom - before.height or box is not box_before and not _is_beneath(line, before):
        return ended or line.text[0].isupper() and _is_short(before, box_before, box)
    if line.top - before.bottom > 0.6 * before.height:
        return True
    indent = line.left - min(box.across[0], before.left)
    return ended and (indent > 0.7 * line.height or _is_short(before, box_before, box))


def _is_beneath(line: PrintedLine, before: PrintedLine) -> bool:
    return line.top >= before.top and line.left < before.right and before.left < line.right


def _is_short(line: PrintedLine, *boxes: Box) -> bool:
    left, right = min(box.across[0] for box in boxes), max(box.across[1] for box in boxes)
    return line.right < right - 0.15 * (right - left)


def _at_edge(page: Page, height: float) -> set[Box]:
    """Return the boxes that stand where heads and feet do; ``height`` is that of most letters."""
    first = min((box.down[0] for box in page.boxes), default=0.0)
    last = max((box.down[1] for box in page.boxes), default=0.0)
    edges = {box for box in page.boxes if box.down[1] < _EDGE * page.height or box.down[0] > (1 - _EDGE) * page.height}
    return edges | {
        box for box in page.boxes if is_small(box, height) and (box.down[0] == first or box.down[1] == last)
    }


def _alike(box: Box) -> str:
    return _DIGITS.sub("0", " ".join(line.text for line in box.lines)).lower()


def _is_running(box: Box, repeated: set[str]) -> bool:
    """Tell whether a box at an edge is a number, or comes again."""
    alone = len(box.lines) == 1 and _NUMBER.fullmatch(box.lines[0].text) is not None
    return alone or _alike(box) in repeated

"""A text -> the paragraphs of a transcript: a line each, wrapped lines put together, with their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.quotations.transcripts.labels import Label, LabelReader

_LINE = re.compile(r"[^\n]+")
_ENDED = re.compile(r"[.!?…:;»”\"')\]*_–—-]\Z")
_WRAPPED = 45
"""Characters of the shortest line that a program breaks; shorter ones end where their writer ended them."""
_OPENERS = '«“„"'
_CLOSERS = '»”“"'
_TAIL = ' *_\u00a0\u202f»”")'
"""What may stand behind the last sign of a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, blanks trimmed; offsets count code points of the text.

    Attributes:
        label: what stands before its words, None without one.
        words_at: where its words begin: ``start`` without a label, ``end`` when it is a label alone.
    """

    text: str
    start: int
    end: int
    label: Label | None = None

    @property
    def words_at(self) -> int:
        """Where the words begin."""
        return self.label.words_at if self.label else self.start

    @property
    def words(self) -> str:
        """What is said, the label left out."""
        return self.text[self.words_at - self.start :]

    @property
    def is_question(self) -> bool:
        """Whether its words end with a question."""
        return ends_in_question(self.words)

    @property
    def is_sentence(self) -> bool:
        """Whether its words end as a sentence does."""
        return self.words.rstrip(_TAIL + "]")[-1:] in tuple(".!?…—–")

    @property
    def is_marked(self) -> bool:
        """Whether its words stand in quotation marks, which the ordinary rules read."""
        words = self.words.strip()
        return words[:1] in tuple(_OPENERS) and words.rstrip(" .,\u00a0")[-1:] in tuple(_CLOSERS)


def ends_in_question(words: str) -> bool:
    """Tell whether words end with a question."""
    return words.rstrip(_TAIL).endswith("?")


def read_lines(text: str, labels: LabelReader) -> list[Line]:
    """Return the paragraphs of a text, each with the label that it may have."""
    lines: list[Line] = []
    for start, end, follows in _spans(text):
        label = labels.read(text, start, end)
        last = lines[-1] if lines else None
        if last is not None and follows and label is None and _goes_on(last):
            lines[-1] = Line(text[last.start : end], last.start, end, last.label)
        else:
            lines.append(Line(text[start:end], start, end, label))
    return lines


def _goes_on(line: Line) -> bool:
    """Tell whether a line was broken where the next one begins."""
    last_row = line.text.rpartition("\n")[2]
    return len(last_row) >= _WRAPPED and not _ENDED.search(line.text)


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the lines that are not blank, trimmed, and whether each stands right under another."""
    last = -2
    for found in _LINE.finditer(text):
        row = found[0]
        if row.strip():
            start = found.start() + len(row) - len(row.lstrip())
            yield start, found.start() + len(row.rstrip()), last + 1 == found.start()
            last = found.end()

"""The lines of subtitles or captions -> a text of turns, and when each line is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.loaders.paragraphs import BREAK

LABEL = re.compile(r"[A-ZÀ-Þ][^:.!?]{0,60}?\s?:(?=\s|$)")
"""Who speaks, before what is said: "Ana Ruiz:"."""
TURN = re.compile(r"(?:[-–—]|>>+)\s*(?=\S)")
BRACKETED = re.compile(r"\[[^\W\d_a-zà-ÿ][^\[\]a-zà-ÿ]{1,40}\](?=\s)")
_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*\Z")
_PAUSE = 3_000
"""Milliseconds without words, behind a sentence, that begin a paragraph."""
_LONG = 700
"""Characters behind which the end of a sentence ends a paragraph."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a cue: what is said, when it begins and ends (milliseconds), and the voice that its tag names."""

    start: int
    end: int
    words: str
    voice: str = ""


def joined(rows: Sequence[Row]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text that lines of cues make, and the second at which what stands from a place on is said."""
    text = ""
    times: list[tuple[int, int]] = []
    last: Row | None = None
    paragraph = 0
    for row in rows:
        turn = TURN.match(row.words)
        begins = last is None or turn is not None or _begins(row, last, text, len(text) - paragraph)
        if begins:
            text += BREAK if text else ""
            paragraph = len(text)
        else:
            text += " "
        times.append((len(text) if times else 0, row.start // 1_000))
        text += _prefix(row, last, turn) + row.words[turn.end() if turn else 0 :]
        last = row
    return text, tuple(times)


def _begins(row: Row, last: Row, text: str, length: int) -> bool:
    """Tell whether a line begins a paragraph: another speaks, or a sentence has ended and time or words have passed."""
    if row.voice != last.voice or LABEL.match(row.words):
        return True
    paused = row.start - last.end >= _PAUSE or length >= _LONG or BRACKETED.match(row.words)
    return bool(_SENTENCE_END.search(text[-8:]) and paused)


def _prefix(row: Row, last: Row | None, turn: re.Match[str] | None) -> str:
    """Return what stands before a turn: the voice that its tag names, or a dash where nothing names who speaks."""
    if row.voice and (last is None or last.voice != row.voice or turn):
        return f"{row.voice}: "
    return "– " if turn and not LABEL.match(row.words[turn.end() :]) else ""

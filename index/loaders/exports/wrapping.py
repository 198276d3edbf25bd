"""Lines of a text that was wrapped at a width -> its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WIDEST = 100  # longer lines are paragraphs, not lines of a wrapped text
_FEWEST = 40
_STICKING_OUT = 50  # one line of so many
_SLACK = 12  # what may be free at the end of a line: the next word did not fit
_ENDED = re.compile(r"[.!?…:»”\"')\]]\Z")
_LINE_ENDS = re.compile(r"\r\n?|[\v\x85\u2028\u2029]")


def unwrapped(text: str) -> Iterator[str]:
    """Yield the blocks of a text that blank lines part, in each the paragraphs as lines.

    A line goes on in the next when that line's first word would not have fitted on it any more.
    """
    lines = [line.strip(" \t") for line in _LINE_ENDS.sub("\n", text).split("\n")]
    width = _width(lines)
    wrapped = _FEWEST <= width <= _WIDEST
    block: list[str] = []
    last = ""
    for line in lines:
        if not line.strip():  # of whatever space there is
            yield "\n".join(block)
            block = []
        elif wrapped and block and len(last) + 1 + len(line.split(maxsplit=1)[0]) > width:
            block[-1] += f" {line}"
        else:
            block.append(line)
        last = line
    yield "\n".join(block)


def _width(lines: Sequence[str]) -> int:
    """Return the width at which lines were wrapped, if they were: a few may stick out of it.

    Most of those that fill it then break off within a sentence; else they are paragraphs, titles, labels.
    """
    longest = sorted(map(len, lines), reverse=True)
    full = sum(length >= _FEWEST for length in longest)
    width = longest[full // _STICKING_OUT] if longest and longest[0] <= _WIDEST else 0
    filled = [line for line in lines if len(line) > width - _SLACK]
    return width if 2 * sum(not _ENDED.search(line) for line in filled) >= len(filled) else 0

"""Lines of a text that was wrapped at a width -> its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WIDEST = 100  # longer lines are paragraphs, not lines of a wrapped text
_FEWEST = 40
_LINE_ENDS = re.compile(r"\r\n?|[\v\x85\u2028\u2029]")


def unwrapped(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text; each ends where a line does.

    A line goes on in the next when that line's first word would not have fitted on it any more.
    """
    lines = [line.strip(" \t") for line in _LINE_ENDS.sub("\n", text).split("\n")]
    width = max(map(len, lines), default=0)
    if not _FEWEST <= width <= _WIDEST:
        yield from lines
        return
    whole = last = ""
    for line in lines:
        goes_on = whole and line and len(last) + 1 + len(line.split(maxsplit=1)[0]) > width
        if goes_on:
            whole = f"{whole} {line}"
        else:
            yield whole
            whole = line
        last = line
    yield whole

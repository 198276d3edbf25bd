"""A text -> stretches of it to read one by one.

The rules look from many places of a text to many others: what they take grows faster than the text does.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.text.marks import paragraph_spans

LONGEST = 100_000
"""Characters; an article of the press is shorter, and read whole."""


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans that tile the text: whole paragraphs, as many as are read within ``LONGEST`` characters, or one."""
    if len(text) <= LONGEST:
        yield 0, len(text)
        return
    first, last = 0, 0
    for start, end in paragraph_spans(text):
        if last > first and end - first > LONGEST:
            yield first, start
            first = start
        last = end
    yield first, len(text)

"""A text, pasted or in a file -> an Article: captions copied from the page of a video as what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from index.loaders.cues import Row, joined
from index.loaders.text import load_text
from index.models import Article

Cue: TypeAlias = tuple[int, list[str]]
"""When some lines are shown, in seconds, and the lines."""
FORM = "captions"
_TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)")
_FEWEST = 4
"""Times that make captions; fewer may stand in any text."""
_BEGINS_WITHIN, _LONGEST = 60, 120
"""Seconds before the first words, and between two times: a programme of a day begins later, or goes on slower."""


def load_plain_text(
    text: str,
    *,
    key: str,
    title: str | None = None,
    url: str | None = None,
    origin: str | None = None,
    form: str | None = None,
    limit: int | None = None,
) -> Article:
    """Return the article that a text is; see ``load_text``.

    Of captions, whose times stand on lines of their own ("0:04"), the words alone: times are kept as their places.

    Raises:
        SourceRefused: see ``load_text``.
    """
    cues = _cues(text)
    if not _are_captions(cues):
        return load_text(text, key=key, title=title, url=url, origin=origin, form=form, limit=limit)
    rows = [Row(start * 1_000, end * 1_000, line) for (start, lines), (end, _) in _with_next(cues) for line in lines]
    spoken, times = joined(rows)
    return load_text(spoken, key=key, title=title, url=url, origin=origin, form=FORM, times=times, limit=limit)


def _cues(text: str) -> list[Cue]:
    """Return each time that stands alone on a line with the lines behind it; none when the text begins otherwise."""
    cues: list[Cue] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        time = _TIME.fullmatch(line)
        if time is not None:
            cues.append((int(time[1] or 0) * 3_600 + int(time[2]) * 60 + int(time[3]), []))
        elif cues:
            cues[-1][1].append(line)
        else:
            return []
    return cues


def _with_next(cues: Sequence[Cue]) -> Iterator[tuple[Cue, Cue]]:
    return zip(cues, [*cues[1:], cues[-1]], strict=True)


def _are_captions(cues: Sequence[Cue]) -> bool:
    """Tell whether times go up from about nought, in steps in which somebody may speak some lines."""
    if len(cues) < _FEWEST or cues[0][0] > _BEGINS_WITHIN or not any(lines for _, lines in cues):
        return False
    return all(0 <= after - start <= _LONGEST for (start, _), (after, _) in pairwise(cues))

"""Where the words of a correction stand, in the text that it was made in or in another version of it."""

from __future__ import annotations

import os
import re
from dataclasses import replace

from index.corrections.models import Correction

BEFORE = 40
"""Characters before the words that are kept with them."""


def words_before(text: str, start: int) -> str:
    """Return what stands before a place, as it is kept with a correction."""
    return text[max(start - BEFORE, 0) : start]


def anchored(correction: Correction, text: str) -> Correction | None:
    """Return a correction with its words' place in a text; None: they do not stand there.

    Of several places it is the one that most of the same stands before, and of those the nearest.
    """
    if correction.start is None or correction.end is None or not correction.words:
        return correction
    if text[correction.start : correction.end] == correction.words:
        return correction
    places = [found.start() for found in re.finditer(re.escape(correction.words), text)]
    if not places:
        return None
    start = max(places, key=lambda at: _likeness(correction, text, at))
    return replace(correction, start=start, end=start + len(correction.words))


def _likeness(correction: Correction, text: str, at: int) -> tuple[int, int]:
    behind, held = text[max(at - BEFORE, 0) : at][::-1], (correction.before or "")[::-1]
    return len(os.path.commonprefix([behind, held])), -abs(at - (correction.start or 0))

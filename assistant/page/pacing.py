"""A growing answer in, fewer states of it out, so that a browser keeps up."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from assistant.models import Answer

PACE = 0.05
"""Seconds between two shown states: a browser needs about 10 ms for each."""


def paced(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Yield the answers that come at least ``PACE`` after the last one shown, and the last of all."""
    waiting, shown = None, 0.0
    for waiting in answers:
        if time.monotonic() - shown >= PACE:
            yield waiting
            waiting, shown = None, time.monotonic()
    if waiting:
        yield waiting

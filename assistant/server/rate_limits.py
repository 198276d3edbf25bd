"""How often each person may ask, read, add and upload."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable

from limits import RateLimitItem, parse

from index.errors import IndexingError, SettingsError

_TIDIED_EVERY = 60.0
"""Seconds after which those who have done nothing of late are forgotten."""


class TooOften(IndexingError):
    """Somebody does something more often than is allowed.

    Attributes:
        seconds: after which it is allowed again.
    """

    def __init__(self, rate: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"Too many requests: {rate} is allowed. Try again in {seconds} seconds.")


class Rates:
    """Counts what each person does, of each kind, in memory; safe to share between threads.

    The storage of ``limits`` goes by the time of day: a clock that is set back would lock people out.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, /, **rates: str) -> None:
        """Take a rate ("60/minute", "1000/hour") for each kind of action; ``clock`` tells seconds and never goes back.

        Raises:
            SettingsError: one is no rate.
        """
        self._rates = {kind: _rate(kind, written) for kind, written in rates.items()}
        self._clock = clock
        self._done: dict[tuple[str, str], deque[float]] = {}
        self._tidied = clock()
        self._lock = threading.Lock()

    def count(self, kind: str, person: str) -> None:
        """Count one action.

        Raises:
            TooOften: it is one too many; it is not counted.
        """
        with self._lock:
            self._tidy()
            self._allowed(kind, person).append(self._clock())

    def check(self, kind: str, person: str) -> None:
        """Count nothing, but raise as ``count`` would.

        Raises:
            TooOften: one more would exceed the rate.
        """
        with self._lock:
            self._allowed(kind, person)

    def forget(self, kind: str, person: str) -> None:
        """Count from nothing again."""
        with self._lock:
            self._done.pop((kind, person), None)

    def _allowed(self, kind: str, person: str) -> deque[float]:
        """Return when the person did what still counts, if there is room for one more."""
        rate, now = self._rates[kind], self._clock()
        done = self._done.setdefault((kind, person), deque())
        while done and done[0] <= now - rate.get_expiry():
            done.popleft()
        if len(done) >= rate.amount:
            again = (done[0] if done else now) + rate.get_expiry() - now
            raise TooOften(str(rate), max(1, math.ceil(again)))
        return done

    def _tidy(self) -> None:
        now = self._clock()
        if now - self._tidied < _TIDIED_EVERY:
            return
        self._tidied = now
        for (kind, person), done in list(self._done.items()):
            if not done or done[-1] <= now - self._rates[kind].get_expiry():
                del self._done[kind, person]


def _rate(kind: str, written: str) -> RateLimitItem:
    try:
        return parse(written)
    except ValueError:
        raise SettingsError(f"{kind}: {written!r} is no rate. Write it as 60/minute.") from None

"""How often each person may ask, add and upload."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from index.errors import IndexingError, SettingsError


class TooOften(IndexingError):
    """Somebody asks, adds or uploads more often than is allowed.

    Attributes:
        seconds: after which it is allowed again.
    """

    def __init__(self, rate: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"That was too often: {rate} is allowed. Try again in {seconds} seconds.")


class Rates:
    """Counts what each person does, of each kind, in memory; safe to share between threads."""

    def __init__(self, **rates: str) -> None:
        """Take a rate ("60/minute", "1000/hour") for each kind of deed.

        Raises:
            SettingsError: one is no rate.
        """
        self._rates = {kind: _rate(kind, written) for kind, written in rates.items()}
        self._counted = MovingWindowRateLimiter(MemoryStorage())

    def count(self, kind: str, person: str) -> None:
        """Count one deed.

        Raises:
            TooOften: it is one too many; it is not counted.
        """
        rate = self._rates[kind]
        if not self._counted.hit(rate, kind, person):
            raise self._refusal(rate, kind, person)

    def check(self, kind: str, person: str) -> None:
        """Count nothing, but raise as ``count`` would.

        Raises:
            TooOften: one deed more would be one too many.
        """
        rate = self._rates[kind]
        if not self._counted.test(rate, kind, person):
            raise self._refusal(rate, kind, person)

    def forget(self, kind: str, person: str) -> None:
        """Count anew from nothing."""
        self._counted.clear(self._rates[kind], kind, person)

    def _refusal(self, rate: RateLimitItem, kind: str, person: str) -> TooOften:
        again = self._counted.get_window_stats(rate, kind, person).reset_time - time.time()
        return TooOften(str(rate), max(1, math.ceil(again)))


def _rate(kind: str, written: str) -> RateLimitItem:
    try:
        return parse(written)
    except ValueError:
        raise SettingsError(f"{kind}: {written!r} is no rate. Write it as 60/minute.") from None

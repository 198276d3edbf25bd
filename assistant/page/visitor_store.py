"""What the page keeps for each of its visitors while the program runs."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

MOST = 500
"""How many visitors something is kept for; the one left alone for longest goes first."""
T = TypeVar("T")


class VisitorStore(Generic[T]):
    """A list for each visitor; safe to share between threads."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[T, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, visitor: str) -> tuple[T, ...]:
        """Return what is kept for a visitor, nothing at first."""
        with self._lock:
            return self._held.get(visitor, ())

    def keep(self, visitor: str, things: Sequence[T]) -> None:
        """Keep this instead of what was kept for the visitor; nothing forgets."""
        with self._lock:
            self._keep(visitor, things)

    def add(self, visitor: str, thing: T, most: int) -> None:
        """Keep one thing more for the visitor, of all at most the latest ``most``."""
        with self._lock:
            self._keep(visitor, [*self._held.get(visitor, ()), thing][-most:])

    def change(self, visitor: str, change: Callable[[tuple[T, ...]], Sequence[T] | None]) -> bool:
        """Keep what ``change`` makes of what is kept; None keeps it as it is. Tell whether it changed."""
        with self._lock:
            things = change(self._held.get(visitor, ()))
            if things is not None:
                self._keep(visitor, things)
            return things is not None

    def _keep(self, visitor: str, things: Sequence[T]) -> None:
        self._held.pop(visitor, None)
        if things:
            self._held[visitor] = tuple(things)
        while len(self._held) > MOST:
            self._held.popitem(last=False)

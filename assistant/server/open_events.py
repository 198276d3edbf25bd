"""Events that are open: waiting, being worked on, or done with an answer that nobody has collected yet.

Gradio keeps them without bound and for ever; a program that ends between its call and its collecting would leave its
answer in memory.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.server.refusals import Refused

UNCOLLECTED = 300.0
"""Seconds after which an answer that nobody collects is dropped."""
MOST_OF_ONE = 20
"""How many events one visitor may have open."""
MOST_FROM_ONE = 100
"""How many those on one machine, or behind one address, may, where nobody logs in: a browser's name can be made up."""
MOST_AT_ONCE = 1_000
"""How many all may."""
BYTES = 500_000
"""What an open event's request may take, on average: so many of five megabytes would fill the memory."""

_TIDIED_EVERY = 10.0


class Queue(Protocol):
    """What is used of Gradio's queue; ``session`` is a window, or the event itself where none was named."""

    pending_event_ids_session: dict[str, set[str]]
    pending_messages_per_session: MutableMapping[str, Any]

    async def clean_events(self, *, session_hash: str) -> None:
        """Let go of what waits or is worked on."""


@dataclass(frozen=True, slots=True)
class _Open:
    names: tuple[str, ...]  # whom it counts for
    size: int
    session: str


class Events:
    """Counts open events and drops those that nobody collects; used by one event loop."""

    def __init__(self, queue: Queue, clock: Callable[[], float] = time.monotonic) -> None:
        self._queue = queue
        self._clock = clock
        self._tidied = clock()
        self._open: dict[object, _Open] = {}
        self._readers: Counter[str] = Counter()
        self._unread: dict[str, float] = {}

    @contextmanager
    def room(self, bounds: dict[str, int], size: int) -> Iterator[Callable[[str, str], None]]:
        """Have a request of ``size`` bytes counted until the end of the block.

        Yields a function to call with an event that begins, and its session: the event counts until it is collected.

        Args:
            bounds: whom it counts for, each with how many events may be open.
            size: bytes of the request.

        Raises:
            Refused: too many are open.
        """
        names = dict(bounds) | {"all": MOST_AT_ONCE}
        self._require_room(names, size)
        entering = object()
        self._open[entering] = _Open(tuple(names), size, "")

        def begun(event: str, session: str) -> None:
            self._open[event] = _Open(tuple(names), size, session)
            self._unread[session] = self._clock()

        try:
            yield begun
        finally:
            del self._open[entering]

    @contextmanager
    def reading(self, session: str) -> Iterator[None]:
        """Know that somebody reads a session's answers until the end of the block."""
        self._readers[session] += 1
        self._unread.pop(session, None)
        try:
            yield
        finally:
            self._readers[session] -= 1
            if not self._readers[session]:
                # Not forgotten yet: a browser may open one stream more, which breaks when Gradio knows no such session.
                del self._readers[session]
                self._unread[session] = self._clock()

    def session(self, event: str) -> str:
        """The session to which an event's answer is sent."""
        known = self._open.get(event)
        return known.session if known else event

    async def tidy(self) -> None:
        """Drop what nobody has collected for too long, now and then."""
        now = self._clock()
        if now - self._tidied < _TIDIED_EVERY:
            return
        self._tidied = now
        sessions = {*self._queue.pending_event_ids_session, *self._queue.pending_messages_per_session}
        self._unread = {each: self._unread.get(each, now) for each in sessions if not self._readers[each]}
        for session, since in list(self._unread.items()):
            if now - since >= UNCOLLECTED and not self._readers[session]:
                await self._queue.clean_events(session_hash=session)
                self._forget(session)

    def _forget(self, session: str) -> None:
        self._unread.pop(session, None)
        self._queue.pending_event_ids_session.pop(session, None)
        self._queue.pending_messages_per_session.pop(session, None)

    def _require_room(self, names: dict[str, int], size: int) -> None:
        self._open = {event: each for event, each in self._open.items() if self._is_open(event, each)}
        for name, most in names.items():
            own = [each for each in self._open.values() if name in each.names]
            if len(own) >= most or sum(each.size for each in own) + size > most * BYTES:
                raise Refused(
                    429,
                    f"{len(own)} calls are open. Collect their answers, or try again in 5 seconds.",
                    **{"Retry-After": "5"},
                )

    def _is_open(self, event: object, each: _Open) -> bool:
        if not isinstance(event, str):
            return True
        queue = self._queue
        waiting = event in queue.pending_event_ids_session.get(each.session, ())
        return waiting and each.session in queue.pending_messages_per_session

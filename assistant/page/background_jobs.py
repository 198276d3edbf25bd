"""Work for visitors that goes on when nobody watches: a page that is closed, or loaded again, ends nothing.

Work is done in steps, a few at once and never two of one visitor's. Whose turn was longest ago is next, so that one
visitor's many sources keep another's few waiting for a step, not for all of them.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from assistant.server import request_ids
from assistant.server.failures import attempt
from assistant.server.visitor import Visitor

AT_ONCE = 2
"""How many steps are done at once: a document that takes long leaves room for another visitor's."""
PATIENCE = 1.0
"""Seconds that work waits for its turn before the page says so."""
PAUSE = 0.1
"""Seconds between two looks at the state of work."""
CLOSING = 8.0
"""Seconds that closing waits for the steps that are being done."""


@dataclass(slots=True, eq=False)
class Job:
    """Work that is being done.

    Attributes:
        waiting: is shown before the latest state while others are served first.
        latest: the state to show.
        since: when it was begun, or its last step was done (seconds of ``time.monotonic``).
        request: the id of the request that began it, to which belongs what is logged.
    """

    visitor: Visitor
    work: Generator[str]
    waiting: str = ""
    latest: str = ""
    at_work: bool = False
    over: bool = False
    since: float = field(default_factory=time.monotonic)
    request: str = field(default_factory=request_ids.current)


class Watch:
    """The states of jobs as they come, each job's to its end: to iterate over, with ``for`` or ``async for``."""

    def __init__(self, looks: Sequence[Callable[[], tuple[str, bool]]]) -> None:
        """``looks``: each returns a job's state to show, and whether it is over."""
        self._looks = looks

    def __iter__(self) -> Iterator[str]:
        for state in self._states():
            if state is None:
                time.sleep(PAUSE)
            else:
                yield state

    async def __aiter__(self) -> AsyncIterator[str]:
        for state in self._states():
            if state is None:
                await asyncio.sleep(PAUSE)
            else:
                yield state

    def _states(self) -> Iterator[str | None]:
        """Yield each new state; None: there is none yet."""
        for look in self._looks:
            shown, over = "", False
            while not over:
                state, over = look()
                if state != shown:
                    shown = state
                    yield state
                elif not over:
                    yield None


def told(state: str) -> Watch:
    """Return the one state of what needs no work."""
    return Watch([lambda: (state, True)])


class BackgroundJobs:
    """Does the work of all visitors in threads of its own; safe to share between threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._closing = False
        self._threads: list[threading.Thread] = []
        self._running: list[Job] = []
        self._served: dict[str, float] = {}  # when each person who has work here had a turn, or came

    def begin(self, visitor: Visitor, work: Generator[str], waiting: str = "") -> Watch:
        """Have work done after what the same visitor has begun; it goes on when its states are not asked for.

        Its first state is made at once: by it the work says what it will do, and does nothing yet.
        """
        job = Job(visitor, work, waiting)
        with attempt("beginning a job"):
            job.latest = "" if self._closing else next(work, "")
        with self._changed:
            if self._closing or not job.latest:
                work.close()
                job.over = True
            else:
                self._served.setdefault(visitor.person, time.monotonic())
                self._running.append(job)
                self._start()
                self._changed.notify_all()
        return Watch([partial(self._look, job)])

    def watch(self, visitor: Visitor) -> Watch:
        """Return the states of what is being done for a visitor; none when nothing is."""
        with self._changed:
            return Watch([partial(self._look, job) for job in self._running if job.visitor.id == visitor.id])

    def count(self, person: str) -> int:
        """How many jobs of a person's are not over."""
        with self._changed:
            return sum(job.visitor.person == person for job in self._running)

    def is_busy(self) -> bool:
        """Tell whether a job is not over."""
        with self._changed:
            return bool(self._running)

    def close(self, interrupt: Callable[[], None] = lambda: None) -> None:
        """End what is being done at its next state, within ``CLOSING`` seconds; nothing more is begun.

        ``interrupt``: is called to end what steps wait for.
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        interrupt()
        latest = time.monotonic() + CLOSING
        for thread in self._threads:
            thread.join(max(0.0, latest - time.monotonic()))
        with self._changed:
            for job in self._running:
                if not job.at_work:
                    job.work.close()
                job.over = True
            self._running.clear()

    def _start(self) -> None:
        while len(self._threads) < AT_ONCE:
            self._threads.append(threading.Thread(target=self._do, name="dixit-jobs", daemon=True))
            self._threads[-1].start()

    def _do(self) -> None:
        while job := self._next():
            state = None
            with request_ids.within(job.request), attempt("a job"):
                state = next(job.work, None)
            with self._changed:
                self._settle(job, state)
                self._changed.notify_all()

    def _next(self) -> Job | None:
        """Wait for the job whose turn it is; None when these jobs are closed."""
        with self._changed:
            while not self._closing:
                if waiting := [job for job in self._first().values() if not job.at_work]:
                    job = min(waiting, key=lambda job: (self._served[job.visitor.person], job.since))
                    job.at_work = True
                    self._served[job.visitor.person] = time.monotonic()
                    return job
                self._changed.wait()
        return None

    def _settle(self, job: Job, state: str | None) -> None:
        job.at_work = False
        if self._closing:
            return
        now, person = time.monotonic(), job.visitor.person
        self._served[person] = now
        for other in self._running:
            if other.visitor.id == job.visitor.id:
                other.since = now
        if state is None:
            job.over = True
            self._running.remove(job)
            if not any(other.visitor.person == person for other in self._running):
                del self._served[person]
        else:
            job.latest = state

    def _first(self) -> dict[str, Job]:
        """Return each visitor's job that was begun first: a visitor's sources go in in the order they came."""
        first: dict[str, Job] = {}
        for job in self._running:
            first.setdefault(job.visitor.id, job)
        return first

    def _look(self, job: Job) -> tuple[str, bool]:
        """Return what to show of a job, and whether it is over."""
        with self._changed:
            own = not job.over and self._first().get(job.visitor.id) is job
            late = own and not job.at_work and time.monotonic() - job.since > PATIENCE
            return (job.waiting if late else "") + job.latest, job.over

"""One piece of work on many things, on several cores: each process loads its own models."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from types import TracebackType
from typing import Generic, TypeAlias, TypeVar

from threadpoolctl import threadpool_limits

FEW = 12
"""So many things, if they are all, are done here: the processes would take longer to start than they save."""
MOST_HELD = 2 * FEW
"""Things held back at most, done with or not, before it is known whether they are few."""
AHEAD = 4
"""Things handed over ahead, a process: enough to keep each busy, few enough to hold in memory."""
MOST = 8
"""Processes, or threads, at most: each holds a parser, or a text on its way through the model."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Given = TypeVar("Given")
Made = TypeVar("Made")
_Waiting: TypeAlias = tuple[Given, Future[Made] | None]
"""What was handed over, and what will be made of it; None: it is not wanted."""


class Workers(Generic[Given, Made]):
    """Does one thing after another; close it when done, or use it in a ``with`` statement."""

    def __init__(self, work: Callable[[Given], Made], processes: int | None = None, *, is_ready: bool = False) -> None:
        """Take on some work.

        Args:
            work: what is done; it, what is given and what is made of that go from process to process.
            processes: how many at most; None: one a core. None of them starts before it is needed.
            is_ready: this process has its models already: it does the first few things while others load theirs.
        """
        self._work = work
        self._is_ready = is_ready
        self._processes = processes or cores()
        self._executor: ProcessPoolExecutor | None = None

    def map(
        self, given: Iterable[Given], wanted: Callable[[Given], bool] = lambda _: True
    ) -> Iterator[tuple[Given, Made | None]]:
        """Yield each thing with what is made of it, in the order given; None: it is not ``wanted``, or ends a process.

        What ends the process that works on it (for want of memory, say) is tried once more, by itself.
        """
        remaining, held, count = iter(given), deque[Given](), 0
        most_held = MOST_HELD if self._processes > 1 else 0
        for one in remaining:
            held.append(one)
            count += wanted(one)
            if count > FEW and self._processes > 1:
                yield from self._shared(held, remaining, wanted)
                return
            while held and (len(held) > most_held or not wanted(held[0])):
                yield self._done(held.popleft(), wanted)
        for one in held:
            yield self._done(one, wanted)

    def _done(self, one: Given, wanted: Callable[[Given], bool]) -> tuple[Given, Made | None]:
        return one, self._work(one) if wanted(one) else None

    def _shared(
        self, few: Iterable[Given], others: Iterator[Given], wanted: Callable[[Given], bool]
    ) -> Iterator[tuple[Given, Made | None]]:
        """Have all done by the processes, but for the few if this one is ready: it does them while those start."""
        if not self._is_ready:
            yield from self._spread(chain(few, others), wanted, deque())
            return
        waiting = deque(self._handed_over(one, wanted) for one in islice(others, AHEAD * self._processes))
        for one in few:
            yield self._done(one, wanted)
        yield from self._spread(others, wanted, waiting)

    def _spread(
        self, given: Iterable[Given], wanted: Callable[[Given], bool], waiting: deque[_Waiting[Given, Made]]
    ) -> Iterator[tuple[Given, Made | None]]:
        for one in given:
            waiting.append(self._handed_over(one, wanted))
            while waiting and (len(waiting) > AHEAD * self._processes or _is_done(waiting[0][1])):
                yield self._made(*waiting.popleft())
        for one, future in waiting:
            yield self._made(one, future)

    def _handed_over(self, one: Given, wanted: Callable[[Given], bool]) -> _Waiting[Given, Made]:
        return one, self._submitted(one) if wanted(one) else None

    def _made(self, one: Given, future: Future[Made] | None) -> tuple[Given, Made | None]:
        if future is None:
            return one, None
        try:
            return one, future.result()
        except BrokenProcessPool:
            self.close()
        try:
            return one, self._submitted(one).result()
        except BrokenProcessPool:
            self.close()
            return one, None

    def _submitted(self, one: Given) -> Future[Made]:
        if self._executor is None:
            # Spawned, not forked: a fork of a process with threads may stop for good.
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self._processes, context, _begin)
        try:
            return self._executor.submit(self._work, one)
        except BrokenProcessPool as error:  # it is found out when its turn comes
            failed: Future[Made] = Future()
            failed.set_exception(error)
            return failed

    def close(self) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def __enter__(self) -> Workers[Given, Made]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def cores() -> int:
    """Return how many cores this process may keep busy: one, if it is one of several that share the work."""
    if multiprocessing.parent_process() is not None:
        return 1
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(found, MOST)


def _is_done(future: Future[Made] | None) -> bool:
    return future is None or future.done()


def _begin() -> None:
    """Take one core, as there are as many processes as cores; end when whoever started this one is gone, if killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one hears it too, and ends it
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))  # for libraries that are loaded later
    threadpool_limits(1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)

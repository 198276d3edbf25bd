"""One piece of work on many things, on several cores: each process loads its own models."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from types import TracebackType
from typing import Generic, TypeVar

from threadpoolctl import threadpool_limits

FEW = 12
"""So many things are done here, one by one: the processes would take longer to start than they save."""
AHEAD = 4
"""Things handed over ahead, a process: enough to keep each busy, few enough to hold in memory."""

Given = TypeVar("Given")
Made = TypeVar("Made")


class Workers(Generic[Given, Made]):
    """Does one thing after another; close it when done, or use it in a ``with`` statement."""

    def __init__(self, work: Callable[[Given], Made], processes: int | None = None) -> None:
        """Take on some work.

        Args:
            work: what is done; it, what is given and what is made of that go from process to process.
            processes: how many at most; None: one a core. None of them starts before it is needed.
        """
        self._work = work
        self._processes = processes or os.cpu_count() or 1
        self._executor: ProcessPoolExecutor | None = None

    def map(self, given: Iterable[Given]) -> Iterator[tuple[Given, Made]]:
        """Yield each thing with what is made of it, in the order given."""
        remaining = iter(given)
        alone = self._processes == 1
        yield from ((one, self._work(one)) for one in (remaining if alone else islice(remaining, FEW)))
        yield from self._spread(remaining)

    def _spread(self, given: Iterable[Given]) -> Iterator[tuple[Given, Made]]:
        waiting: deque[tuple[Given, Future[Made]]] = deque()
        for one in given:
            waiting.append((one, self._started().submit(self._work, one)))
            if len(waiting) > AHEAD * self._processes:
                done, future = waiting.popleft()
                yield done, future.result()
        for one, future in waiting:
            yield one, future.result()

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # Spawned, not forked: a fork of a process with threads may stop for good.
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self._processes, context, _begin)
        return self._executor

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
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """Take one core, as there are as many processes as cores; end when whoever started this one is gone, if killed."""
    threadpool_limits(1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)

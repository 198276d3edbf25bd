"""A worker: claims one job after the other, does it, and tells what became of it."""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import timedelta
from typing import Final, Literal, Protocol, TypeVar

from index.catalog import Job
from index.catalog.jobs import MOST_ATTEMPTS
from index.errors import IndexingError, ReadingStopped, SourceRefused, StoreError
from index.ingestion import AddResult
from index.jobs.queue import JobQueue
from index.jobs.results import written
from index.reason import Reason

LEASE: Final = timedelta(seconds=60)
"""So long a job is its worker's after it last said so; then another takes it."""
RENEWING: Final = 15.0
"""Seconds between two times that a worker says so."""
IDLE: Final = 1.0
"""Seconds between two looks at a queue that was empty."""
AWAY: Final = (1.0, 30.0)
"""Seconds between two tries to reach a database that is away: at first, and at most."""
FIRST_WAIT: Final = timedelta(seconds=15)
"""How long a job that failed is put off the first time; each further time, ``LONGER`` times as long."""
LONGER: Final = 4
CLEARING: Final = 3600
"""How many looks at an empty queue lie between two times that what is old is cleared."""

log = logging.getLogger("dixit.worker")

Made = TypeVar("Made")
Settled = Literal["done", "refused", "failed"]


class Doer(Protocol):
    """Does the jobs; see ``index.jobs.taking_in.TakingIn``."""

    def results(self, job: Job) -> Generator[AddResult]:
        """Take in what a job holds; one result an article."""


class Worker:
    """Does jobs until it is stopped; one thread works, any other may stop it."""

    def __init__(
        self,
        queue: JobQueue,
        doer: Doer,
        within: Callable[[str], AbstractContextManager[None]] = lambda _: nullcontext(),
        told: Callable[[Job, str], None] = lambda job, outcome: None,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the parts.

        Args:
            queue: where jobs come from.
            doer: does them.
            within: has what is logged inside belong to a request, by its id.
            told: is told of each job what became of it: a state, "again" (it failed) or "given back".
            rest: is called while there is no job.
        """
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:6]}"
        self._queue = queue
        self._table = queue.table
        self._doer = doer
        self._within = within
        self._told = told
        self._rest = rest
        self._stopped = threading.Event()
        self._leaving = threading.Event()  # the job that is at work is this worker's no more
        self._at: Job | None = None

    def work(self, once: bool = False) -> None:
        """Do jobs until this worker is stopped; ``once``: or until there is none to begin.

        While the database is away it is tried again, less and less often.
        """
        looks = 0
        with self._renewing():
            while not self._stopped.is_set():
                job = self._kept_trying(lambda: self._table.claim(self.name, LEASE))
                if job is not None:
                    self._do(job)
                    continue
                self._idle(looks)
                if once:
                    return
                looks += 1
                self._stopped.wait(IDLE)

    def stop(self) -> None:
        """Begin no further job; the one that is at work is done first."""
        self._stopped.set()

    def abandon(self) -> None:
        """Give the job that is at work back now, as this process ends; what it has stored of it stays."""
        self.stop()
        self._leaving.set()
        if (job := self._at) is not None:
            with _logged("giving a job back"):
                self._table.give_back(job)

    def _idle(self, looks: int) -> None:
        with _logged("resting"):
            self._rest()
        if looks % CLEARING == 0:
            with _logged("clearing what is old"):
                self._queue.clear()

    def _do(self, job: Job) -> None:
        self._leaving.clear()
        self._at = job
        try:
            with self._within(job.request):
                outcome = self._done(job)
        finally:
            self._at = None
        self._told(job, outcome)

    def _done(self, job: Job) -> str:
        """Do a job; return what became of it."""
        results: list[AddResult] = []
        try:
            with closing(self._doer.results(job)) as growing:
                for result in growing:
                    results.append(result)
                    if self._leaving.is_set():
                        return self._given_back(job)
        except SourceRefused as error:
            return self._settled(job, "refused", error.reason, results)
        except ReadingStopped:
            return self._given_back(job)
        except Exception as error:  # noqa: BLE001 - what one job does must not end what does the others
            return self._failed(job, error, results)
        refusal = _refusal(results)
        return self._settled(job, "done" if refusal is None else "refused", refusal, results)

    def _settled(self, job: Job, state: Settled, why: Reason | str | None, results: list[AddResult]) -> str:
        told = written(results) if results else None
        if not self._kept_trying(lambda: self._table.settle(job, state, why, told)):
            return "lost"
        if state == "done":
            with _logged("deleting what was taken in"):
                self._queue.storage.delete(job.place)
        return state

    def _failed(self, job: Job, error: Exception, results: list[AddResult]) -> str:
        """Have a job done again later, or give it up."""
        if self._stopped.is_set():
            return self._given_back(job)
        log.warning("job %s, attempt %s: %s", job.id, job.attempts, error, exc_info=not _is_expected(error))
        told = str(error) if _is_expected(error) else f"{type(error).__name__}: {error}"
        if job.attempts >= MOST_ATTEMPTS:
            why = Reason("tried_often", {"times": job.attempts, "error": told})
            return self._settled(job, "failed", why, results)
        due = self._table.now() + FIRST_WAIT * LONGER ** (job.attempts - 1)
        return "again" if self._kept_trying(lambda: self._table.put_off(job, due, told)) else "lost"

    def _given_back(self, job: Job) -> str:
        with _logged("giving a job back"):  # else its lease runs out
            return "given back" if self._table.give_back(job) else "lost"
        return "lost"

    def _kept_trying(self, deed: Callable[[], Made]) -> Made | None:
        """Return what a deed on the table returns, once the database is there; None: this was stopped before."""
        pause, longest = AWAY
        while True:
            try:
                return deed()
            except StoreError as error:
                log.warning("the queue is away: %s", error)
            if self._stopped.wait(pause):
                return None
            pause = min(pause * 2, longest)

    @contextmanager
    def _renewing(self) -> Iterator[None]:
        ended = threading.Event()

        def renew() -> None:
            while not ended.wait(RENEWING):
                if (job := self._at) is not None:
                    with _logged("renewing a lease"):
                        if not self._table.renew(job, LEASE) and self._at is job:  # else it was settled meanwhile
                            self._leaving.set()

        thread = threading.Thread(target=renew, name="dixit-lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


@contextmanager
def _logged(what: str) -> Iterator[None]:
    """Log what fails inside and go on: a later try, or a lease that runs out, makes up for it."""
    try:
        yield
    except IndexingError as error:
        log.warning("%s: %s", what, error)


def _refusal(results: list[AddResult]) -> Reason | str | None:
    """Return why nothing of a source is in; None: something is."""
    told = [result for result in results if result.outcome != "noted"]
    return told[0].reason if told and all(result.outcome == "refused" for result in told) else None


def _is_expected(error: Exception) -> bool:
    return isinstance(error, IndexingError | OSError)

"""PostgreSQL is killed while a worker is at a job, and comes back: the worker goes on by itself, and loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from index.catalog import Job, open_catalog
from index.errors import StoreError
from index.ingestion import AddResult
from index.jobs.queue import Asker, JobQueue
from index.jobs.storage import Storage
from index.jobs.worker import Worker
from tests.postgresql import Server


def test_a_worker_outlives_its_database(postgresql: Server, tmp_path: Path) -> None:
    class Outage:
        """Does jobs; during the first, the database is killed and started again."""

        def results(self, job: Job) -> Generator[AddResult]:
            if job.name == "first" and job.attempts == 1:
                postgresql.stop()
                with pytest.raises(StoreError, match="when PostgreSQL runs|PostgreSQL must run"):
                    catalog.revision()
                postgresql.start()
            yield AddResult(job.name, "added", None, "0f")

    with closing(open_catalog(tmp_path, postgresql.create("away"))) as catalog:
        queue = JobQueue(catalog.jobs(), Storage(tmp_path), 1_000)
        for name in ("first", "second"):
            queue.add_text("Hello.", name, Asker())
        Worker(queue, Outage()).work(once=True)
        assert [(job.name, job.state) for job in queue.table.jobs()] == [("first", "done"), ("second", "done")]


def test_a_worker_that_cannot_tell_what_it_did_tells_it_when_the_database_is_back(
    postgresql: Server, tmp_path: Path
) -> None:
    class Away:
        """Does jobs; the database is away when the worker wants to tell so."""

        def results(self, job: Job) -> Generator[AddResult]:
            yield AddResult(job.name, "added", None, "0f")
            postgresql.stop()

    class Comes(logging.Handler):
        """Has the database come back once the worker complains."""

        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())
            postgresql.start()

    told, handler = list[str](), Comes()
    logging.getLogger("dixit.worker").addHandler(handler)
    try:
        with closing(open_catalog(tmp_path, postgresql.create("away_later"))) as catalog:
            queue = JobQueue(catalog.jobs(), Storage(tmp_path), 1_000)
            queue.add_text("Hello.", "only", Asker())
            Worker(queue, Away()).work(once=True)
            assert [job.state for job in queue.table.jobs()] == ["done"]
    finally:
        logging.getLogger("dixit.worker").removeHandler(handler)
    assert len(told) == 1
    assert told[0].startswith("the queue is away: ")

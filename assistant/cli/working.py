"""``dixit work`` and ``dixit jobs``: sources that are queued, taken in by workers; the queue looked at and mended."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from assistant.cli.command import as_json, catalog_of, dixit, workspace_of
from assistant.rendering.terminal import bounded, tell, write_json, write_line, write_rows
from assistant.settings import Settings
from index.errors import shortened

if TYPE_CHECKING:
    from index.catalog import Job
    from index.jobs.queue import JobQueue
    from index.jobs.worker import Worker

GRACE = 5.0
"""Seconds that a worker that is told to stop has to be done with what it is at; then it gives the job back."""


@dixit.command()
@click.option("--once", is_flag=True, help="Stop when nothing is left to begin.")
@as_json
@click.pass_obj
def work(settings: Settings, once: bool, as_json: bool) -> None:
    """Take in what is queued (DIXIT_WORKERS), one source after the other, until stopped; several may work at once."""
    from assistant.server import request_ids
    from assistant.server.logs import log_requests
    from index.jobs.worker import Worker

    log_requests(settings.assistant.debug, settings.assistant.log_json)
    # a folder of vectors belongs to the page: it writes there what is new
    with workspace_of(settings, briefly=settings.index.vector_server is None) as workspace:
        doer = workspace.taking_in()
        told = partial(_told, as_json=as_json)
        worker = Worker(workspace.queue, doer, request_ids.within, told, doer.rest)
        tell(f"{worker.name} is at work")
        with _stopped_by_signals(worker):
            worker.work(once)


@contextmanager
def _stopped_by_signals(worker: Worker) -> Iterator[None]:
    """Have a worker stop when the process is told to; after some seconds the process ends, whatever it is at."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def leave() -> None:
        worker.abandon()
        os._exit(0)

    late = threading.Timer(GRACE, leave)
    late.daemon = True

    def stop(*_: object) -> None:
        if not late.is_alive():
            late.start()
        threading.Thread(target=worker.stop).start()  # here it might wait for the very thread that is interrupted

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        late.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def _told(job: Job, state: str, as_json: bool) -> None:
    if as_json:
        write_json({"job": job.id, "state": state, "name": job.name})
    else:
        write_line(f"{state:10}  {job.id}  {shortened(job.name)}")
    sys.stdout.flush()


@dixit.group(invoke_without_command=True)
@as_json
@click.pass_context
def jobs(context: click.Context, as_json: bool) -> None:
    """Show the sources that are queued, and those that were refused or failed, with why; a line each."""
    if context.invoked_subcommand is None:
        with _queue_of(context.obj) as queue:
            _list(queue, as_json)


@jobs.command()
@click.argument("number", type=int, required=False)
@click.option("--all", "every", is_flag=True, help="All that were refused or failed.")
@click.pass_obj
def retry(settings: Settings, number: int | None, every: bool) -> None:
    """Have the job of that NUMBER done again, which was refused or failed."""
    if (number is None) != every:
        raise click.UsageError("Give the number of a job, or --all.")
    settings.require_ours()
    with _queue_of(settings) as queue:
        write_line(f"{queue.retry(number)} to be done again")


@jobs.command()
@click.argument("number", type=int)
@click.pass_obj
def drop(settings: Settings, number: int) -> None:
    """Remove the job of that NUMBER, unless it is at work, with the bytes that it holds."""
    settings.require_ours()
    with _queue_of(settings) as queue:
        queue.drop(number)
        write_line(f"{number} dropped")


@contextmanager
def _queue_of(settings: Settings) -> Iterator[JobQueue]:
    from index.jobs.queue import JobQueue
    from index.jobs.storage import Storage

    with catalog_of(settings) as catalog:
        storage = Storage(settings.index.data, settings.index.uploads_url)
        yield JobQueue(catalog.jobs(), storage, settings.assistant.upload_space)


def _list(queue: JobQueue, as_json: bool) -> None:
    from assistant.rendering.as_json import job_json
    from index.catalog.jobs import DEAD, OPEN

    counts = queue.table.counts()
    found = queue.table.jobs((*OPEN, *DEAD))
    if as_json:
        for job in found:
            write_json(job_json(job))
    else:
        rows = [(str(job.id), job.state, job.kind, shortened(job.name), bounded(str(job.why or ""))) for job in found]
        write_rows(["job", "state", "kind", "which", "why"], rows, lambda row: "  ".join(filter(None, row)))
        tell(", ".join(f"{count} {state.replace('_', ' ')}" for state, count in counts.items()))

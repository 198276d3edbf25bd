"""What a worker makes of jobs: done, refused at once, tried again with growing waits, given up, given back."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.catalog import Catalog, Job, JobTable, NewJob
from index.catalog.jobs import MOST_ATTEMPTS
from index.errors import JobNotFound, SourceRefused, StoreError
from index.ingestion import AddResult
from index.jobs.queue import KEPT, Asker, JobQueue
from index.jobs.results import results_of
from index.jobs.storage import Storage
from index.jobs.worker import Worker
from index.reason import Reason

ANA = Asker("window", "ana")
Doing = Callable[[Job], Generator[AddResult]]


class Clock:
    """A time that passes when a test says so."""

    def __init__(self) -> None:
        self.time = datetime(2026, 5, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


class Does:
    """Does jobs by a function."""

    def __init__(self, doing: Doing) -> None:
        self.results = doing


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "data")


@pytest.fixture
def queue(catalog: Catalog, clock: Clock, storage: Storage) -> JobQueue:
    return JobQueue(catalog.jobs(clock), storage, 1_000)


def held(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "data" / "jobs").rglob("*.txt"))


def worked(queue: JobQueue, doing: Doing) -> list[str]:
    """Have all that can be begun done; return what became of each."""
    outcomes: list[str] = []
    Worker(queue, Does(doing), told=lambda job, outcome: outcomes.append(outcome)).work(once=True)
    return outcomes


def reads(job: Job) -> Generator[AddResult]:
    yield AddResult(job.name, "added", None, "0f", "Title")


def refuses(job: Job) -> Generator[AddResult]:
    yield AddResult(job.name, "refused", Reason("no_upload", {"name": job.name}))


def has_nothing(job: Job) -> Generator[AddResult]:
    yield from ()
    raise SourceRefused("no_upload", name=job.name)


def breaks(job: Job) -> Generator[AddResult]:
    yield from ()
    raise StoreError("the disk is away.")


def test_what_is_done_tells_what_became_of_it_and_its_bytes_go(queue: JobQueue, tmp_path: Path) -> None:
    queue.add_text("Hello.", "A title", ANA)
    assert held(tmp_path) == ["text.txt"]
    assert worked(queue, reads) == ["done"]
    (job,) = queue.table.jobs()
    assert (job.state, results_of(job)) == ("done", [AddResult("A title", "added", None, "0f", "Title")])
    assert held(tmp_path) == []


@pytest.mark.parametrize("doing", [refuses, has_nothing])
def test_a_refusal_is_final_at_once_and_its_bytes_stay_until_it_is_dropped(
    queue: JobQueue, tmp_path: Path, doing: Doing
) -> None:
    number = queue.add_text("Hello.", "a", ANA)
    assert worked(queue, doing) == ["refused"]
    (job,) = queue.table.jobs()
    assert (job.state, job.attempts, job.why) == ("refused", 1, Reason("no_upload", {"name": "a"}))
    assert [str(result.reason) for result in results_of(job)] == [str(job.why)]
    assert held(tmp_path) == ["text.txt"]
    queue.drop(number)
    assert (held(tmp_path), queue.table.jobs()) == ([], [])


def test_a_source_of_which_something_was_read_is_done(queue: JobQueue) -> None:
    def some(job: Job) -> Generator[AddResult]:
        yield from refuses(job)
        yield from reads(job)

    queue.add_text("Hello.", "a", ANA)
    assert worked(queue, some) == ["done"]
    assert [result.outcome for result in results_of(queue.table.jobs()[0])] == ["refused", "added"]


def test_what_fails_is_tried_again_with_growing_waits_and_then_given_up(
    queue: JobQueue, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    number, waits = queue.add_text("Hello.", "a", ANA), list[float]()
    for _ in range(MOST_ATTEMPTS - 1):
        assert worked(queue, breaks) == ["again"]
        (job,) = queue.table.jobs()
        assert (job.state, job.why) == ("waiting", "the disk is away.")
        waits.append((job.due - clock.time).total_seconds())
        clock.time = job.due - timedelta(seconds=1)
        assert worked(queue, breaks) == []
        clock.time = job.due
    assert waits == [15, 60, 240, 960, 3840]
    assert worked(queue, breaks) == ["failed"]
    (job,) = queue.table.jobs()
    assert job.why == Reason("tried_often", {"times": MOST_ATTEMPTS, "error": "the disk is away."})
    assert queue.retry(number) == 1
    assert worked(queue, reads) == ["done"]


def test_an_error_that_nobody_foresaw_ends_no_worker(queue: JobQueue, caplog: pytest.LogCaptureFixture) -> None:
    def stumbles(job: Job) -> Generator[AddResult]:
        yield from ()
        raise ZeroDivisionError("by zero")

    queue.add_text("Hello.", "a", ANA)
    assert worked(queue, stumbles) == ["again"]
    assert queue.table.jobs()[0].why == "ZeroDivisionError: by zero"


def test_a_worker_that_is_told_to_leave_gives_its_job_back(queue: JobQueue) -> None:
    queue.add_text("Hello.", "a", ANA)
    outcomes = list[str]()

    def leaves(job: Job) -> Generator[AddResult]:
        yield from reads(job)
        worker.abandon()
        yield from reads(job)
        raise AssertionError("it went on")

    worker = Worker(queue, Does(leaves), told=lambda job, outcome: outcomes.append(outcome))
    worker.work()
    assert [(job.state, job.attempts, job.owner) for job in queue.table.jobs()] == [("waiting", 0, None)]
    assert worked(queue, reads) == ["done"]


def test_a_worker_that_is_told_to_stop_is_done_with_its_job_first(queue: JobQueue) -> None:
    for name in "ab":
        queue.add_text("Hello.", name, ANA)

    def stops(job: Job) -> Generator[AddResult]:
        worker.stop()
        yield from reads(job)

    worker = Worker(queue, Does(stops))
    worker.work()
    assert [job.state for job in queue.table.jobs()] == ["done", "waiting"]


def test_a_worker_rests_once_nothing_is_left_and_an_error_then_ends_it_not(
    queue: JobQueue, caplog: pytest.LogCaptureFixture
) -> None:
    for name in "ab":
        queue.add_text("Hello.", name, ANA)
    seen = list[int]()

    def rests() -> None:
        seen.append(queue.table.counts()["done"])
        raise StoreError("the catalog is away.")

    Worker(queue, Does(reads), rest=rests).work(once=True)
    assert seen == [2]
    assert "resting: the catalog is away." in caplog.text


def test_what_waits_may_take_so_much_room_and_one_persons_a_fifth(queue: JobQueue) -> None:
    queue.add_text("x" * 200, "", ANA)
    with pytest.raises(SourceRefused, match="take all the room"):
        queue.add_text("x", "", ANA)
    for person in "bcde":
        queue.add_text("x" * 200, "", Asker("", person))
    with pytest.raises(SourceRefused, match="take all the room"):
        queue.add_text("x", "", Asker("", "f"))
    worked(queue, reads)
    queue.add_text("x", "", ANA)


def test_a_job_that_is_not_there_is_named(queue: JobQueue) -> None:
    with pytest.raises(JobNotFound, match="7: there is no such job, or it is at work"):
        queue.drop(7)
    with pytest.raises(JobNotFound, match="7: no job of that id was refused or failed"):
        queue.retry(7)


def test_what_is_old_is_cleared_with_its_bytes(queue: JobQueue, clock: Clock, tmp_path: Path) -> None:
    queue.add_text("Hello.", "a", ANA)
    worked(queue, refuses)
    queue.clear()
    assert held(tmp_path) == ["text.txt"]
    clock.time += KEPT + timedelta(seconds=1)
    queue.clear()
    assert (held(tmp_path), queue.table.jobs()) == ([], [])


def test_bytes_that_a_killed_process_left_behind_are_cleared(
    queue: JobQueue, clock: Clock, storage: Storage, tmp_path: Path
) -> None:
    clock.time = datetime.now(UTC)
    storage.keep("no_job.txt", io.BytesIO(b"x"))
    queue.add_text("Hello.", "open", ANA)
    assert queue.table.settle(claimed_at(queue), "done", None, None)  # and then the worker is killed
    queue.add_text("Hello.", "open", ANA)
    queue.table.forget(ANA.by)
    clock.time += KEPT + timedelta(hours=1)
    assert held(tmp_path) == ["no_job.txt", "text.txt", "text.txt"]
    queue.clear()
    assert held(tmp_path) == ["text.txt"]
    assert worked(queue, reads) == ["done"]


def claimed_at(queue: JobQueue) -> Job:
    job = queue.table.claim("w1", timedelta(seconds=60))
    assert job is not None
    return job


@pytest.mark.parametrize("came", [True, False])
def test_a_job_of_which_the_reply_was_lost_keeps_its_bytes_and_another_none(
    catalog: Catalog, clock: Clock, storage: Storage, tmp_path: Path, came: bool
) -> None:
    class Lost(JobTable):
        """A table of which the database goes away as it tells that a job is kept, or before."""

        def add(self, job: NewJob) -> int:
            if came:
                super().add(job)
            raise StoreError("the database is away.")

    queue = JobQueue(Lost(catalog._engine, clock), storage, 1_000)
    with pytest.raises(StoreError):
        queue.add_text("Hello.", "a", ANA)
    assert held(tmp_path) == (["text.txt"] if came else [])
    assert worked(queue, reads) == (["done"] if came else [])

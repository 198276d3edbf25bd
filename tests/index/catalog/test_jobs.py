"""Jobs are claimed once, leased, tried again, given up and told, in each kind of database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from index.catalog import Catalog, Job, JobTable, NewJob
from index.catalog.jobs import MOST_ATTEMPTS
from index.reason import Reason

LEASE = timedelta(seconds=60)


class Clock:
    """A time that passes when a test says so."""

    def __init__(self) -> None:
        self.time = datetime(2026, 5, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def table(catalog: Catalog, clock: Clock) -> JobTable:
    return catalog.jobs(clock)


def added(table: JobTable, *names: str, person: str = "ana") -> list[int]:
    return [table.add(NewJob("upload", name, f"p/{name}", 7, by="window", person=person)) for name in names]


def claimed(table: JobTable, owner: str = "w1") -> Job:
    job = table.claim(owner, LEASE)
    assert job is not None
    return job


def test_a_job_is_claimed_in_its_turn_and_by_one_worker(table: JobTable, clock: Clock) -> None:
    ids = added(table, "a", "b")
    first, second = claimed(table), claimed(table, "w2")
    assert [first.id, second.id] == ids
    assert table.claim("w3", LEASE) is None
    assert (first.name, first.state, first.attempts, first.owner) == ("a", "at_work", 1, "w1")
    assert (first.place, first.bytes, first.by, first.asked) == ("p/a", 7, "window", clock.time)
    assert table.counts() == {"waiting": 0, "at_work": 2, "done": 0, "refused": 0, "failed": 0}


def test_persons_take_turns(table: JobTable) -> None:
    added(table, *"abcd", person="ana")
    assert claimed(table).name == "a"
    added(table, "x", "y", person="ben")
    assert [claimed(table).name for _ in range(5)] == ["b", "x", "c", "y", "d"]


def test_many_workers_at_once_claim_each_job_once(table: JobTable) -> None:
    ids, taken = added(table, *map(str, range(24))), list[int]()

    def work(owner: str) -> None:
        while job := table.claim(owner, LEASE):
            taken.append(job.id)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == ids


def test_a_lease_that_is_renewed_keeps_the_job_and_one_that_ran_out_is_anybodys(table: JobTable, clock: Clock) -> None:
    added(table, "a")
    first = claimed(table)
    for _ in range(3):
        clock.pass_(50)
        assert table.claim("w2", LEASE) is None
        assert table.renew(first, LEASE)
    clock.pass_(61)
    again = claimed(table, "w2")
    assert (again.id, again.attempts, again.owner) == (first.id, 2, "w2")
    assert not table.renew(first, LEASE)


def test_a_worker_that_lost_its_lease_can_settle_nothing(table: JobTable, clock: Clock) -> None:
    added(table, "a")
    late = claimed(table)
    clock.pass_(61)
    now_mine = claimed(table, "w1")  # by the same worker, even
    assert not table.settle(late, "done", None, None)
    assert not table.put_off(late, clock.time, "late")
    assert not table.give_back(late)
    assert table.settle(now_mine, "done", None, "[]")
    assert [job.state for job in table.jobs()] == ["done"]


def test_a_job_that_is_put_off_waits_and_tells_why(table: JobTable, clock: Clock) -> None:
    added(table, "a")
    assert table.put_off(claimed(table), clock.time + timedelta(seconds=15), "the disk is away")
    assert table.claim("w1", LEASE) is None
    assert [(job.state, job.why, job.owner) for job in table.jobs()] == [("waiting", "the disk is away", None)]
    clock.pass_(15)
    assert claimed(table).attempts == 2


def test_a_job_that_is_given_back_is_begun_at_once_and_was_no_attempt(table: JobTable) -> None:
    added(table, "a")
    assert table.give_back(claimed(table))
    assert claimed(table, "w2").attempts == 1


def test_a_job_whose_workers_end_time_and_again_is_given_up_and_tells_so(table: JobTable, clock: Clock) -> None:
    added(table, "a", "b")
    for attempt in range(MOST_ATTEMPTS):
        job = claimed(table)
        assert (job.name, job.attempts) == ("a", attempt + 1)
        clock.pass_(61)
    assert claimed(table).name == "b"
    dead, _ = table.jobs()
    assert (dead.state, dead.why) == ("failed", Reason("worker_ended", {"times": MOST_ATTEMPTS}))


@pytest.mark.parametrize("why", [Reason("no_upload", {"name": "a"}), "the disk is full"])
def test_what_is_refused_tells_why_and_is_done_again_when_somebody_says_so(table: JobTable, why: Reason | str) -> None:
    first, other = added(table, "a", "b")
    assert table.settle(claimed(table), "refused", why, None)
    assert table.settle(claimed(table), "done", None, None)
    assert [(job.id, job.why) for job in table.jobs(("refused", "failed"))] == [(first, why)]
    assert table.retry(other) == 0
    assert table.retry(first) == 1
    again = claimed(table)
    assert (again.id, again.attempts, again.why) == (first, 1, None)
    table.settle(again, "failed", why, None)
    assert table.retry() == 1


def test_what_is_at_work_is_not_dropped(table: JobTable) -> None:
    first, second = added(table, "a", "b")
    claimed(table)
    assert table.drop(first) is None
    dropped = table.drop(second)
    assert dropped is not None
    assert dropped.place == "p/b"
    assert [job.id for job in table.jobs()] == [first]
    assert table.job(second) is None
    assert added(table, "c") > [second]  # an id that was a job's is never another's


def test_what_a_visitor_forgets_is_gone_when_done_and_stays_listed_when_dead(table: JobTable) -> None:
    added(table, "done", "dead", "open")
    table.settle(claimed(table), "done", None, None)
    table.settle(claimed(table), "failed", "why", None)
    table.forget("another window")
    assert len(table.jobs(by="window")) == 3
    table.forget("window")
    assert [job.name for job in table.jobs(by="window")] == ["open"]
    assert [job.name for job in table.jobs()] == ["dead", "open"]


def test_what_was_done_long_ago_is_cleared(table: JobTable, clock: Clock) -> None:
    added(table, "done", "dead", "open")
    table.settle(claimed(table), "done", None, None)
    table.settle(claimed(table), "failed", "why", None)
    clock.pass_(10)
    assert table.clear(clock.time - timedelta(seconds=20)) == []
    assert {job.place for job in table.clear(clock.time)} == {"p/done", "p/dead"}
    assert [job.name for job in table.jobs()] == ["open"]


def test_bytes_are_counted_until_a_job_is_done(table: JobTable) -> None:
    added(table, "a", "b")
    added(table, "c", person="ben")
    assert (table.bytes_held(), table.bytes_held("ana")) == (21, 14)
    table.settle(claimed(table), "done", None, None)
    assert (table.bytes_held(), table.bytes_held("ana")) == (14, 7)


def test_claims_do_not_wait_for_an_article_that_is_being_stored(
    open_store: Callable[[str], Catalog], request: pytest.FixtureRequest
) -> None:
    if "sqlite" in request.node.callspec.id:
        pytest.skip("SQLite knows one writer")
    catalog = open_store("data")
    added(catalog.jobs(), "a")
    with catalog._write():
        assert catalog.jobs().claim("w1", LEASE) is not None

"""Work goes on when nobody watches it any more, in turns between those for whom it is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator

import pytest

from assistant.page.background_jobs import AT_ONCE, BackgroundJobs, told
from assistant.server.visitor import Visitor
from tests.event_loop import run

WAIT = 20.0
A, B, C = (Visitor(name, "en", f"{name}'s machine") for name in "abc")


@pytest.fixture
def jobs() -> Generator[BackgroundJobs]:
    jobs = BackgroundJobs()
    yield jobs
    jobs.close()


class Steps:
    """Work in three states, the last two of which wait to be let go."""

    def __init__(self) -> None:
        self.go, self.begun, self.ended, self.whole = threading.Event(), threading.Event(), threading.Event(), False

    def states(self) -> Generator[str]:
        try:
            yield "first"
            self.begun.set()
            self.go.wait(WAIT)
            yield "second"
            self.whole = True
            yield "last"
        finally:
            self.ended.set()


def counted(name: str, steps: int, done: list[str], gate: threading.Event | None = None) -> Generator[str]:
    """Work in some steps, each of which is noted; the first one waits for a gate."""
    yield f"{name} begins"
    for step in range(steps):
        if gate:
            gate.wait(WAIT)
        done.append(name)
        yield f"{name} {step}"


def test_work_is_watched_to_its_end(jobs: BackgroundJobs) -> None:
    assert list(jobs.begin(A, (state for state in ["only"]))) == ["only"]
    assert list(jobs.watch(A)) == []
    assert list(told("no work")) == ["no work"]


def test_work_is_watched_without_holding_a_thread(jobs: BackgroundJobs) -> None:
    async def both() -> list[str]:
        work, other = Steps(), Steps()
        watched, seen = jobs.begin(A, work.states()), []
        async for state in watched:
            seen.append(state)
            work.go.set()
            other.go.set()
            seen += [state async for state in jobs.begin(B, other.states())] if len(seen) == 1 else []
        return seen

    seen = run(both())
    assert seen[0] == "first" and "last" in seen[1:-1] and seen[-1] == "last"


def test_work_goes_on_when_its_watcher_leaves_and_another_sees_the_rest(jobs: BackgroundJobs) -> None:
    work = Steps()
    left = iter(jobs.begin(A, work.states()))
    assert next(left) == "first"
    again = iter(jobs.watch(A))
    assert next(again) == "first"
    assert list(jobs.watch(B)) == []
    work.go.set()
    assert [*again][-1:] == ["last"]
    assert work.ended.wait(WAIT)


def test_a_visitors_work_is_done_in_the_order_it_came(jobs: BackgroundJobs) -> None:
    first, second = Steps(), Steps()
    second.go.set()
    watched = iter(jobs.begin(A, first.states()))
    waiting = jobs.begin(A, second.states())
    assert next(watched) == "first"
    assert first.begun.wait(WAIT) and not second.begun.is_set()
    first.go.set()
    assert [*waiting][-1:] == ["last"]
    assert first.whole


def test_work_that_takes_long_leaves_room_for_anothers(jobs: BackgroundJobs) -> None:
    long, short = Steps(), Steps()
    short.go.set()
    jobs.begin(A, long.states())
    assert long.begun.wait(WAIT)
    assert [*jobs.begin(B, short.states())][-1:] == ["last"]
    assert not long.whole
    long.go.set()


def test_many_steps_keep_few_of_anothers_waiting_for_one_round(jobs: BackgroundJobs) -> None:
    gate, done = threading.Event(), list[str]()
    many = [jobs.begin(who, counted(name, 30, done, gate)) for who, name in ((A, "a"), (B, "b"))]
    few = jobs.begin(C, counted("c", 2, done))
    gate.set()
    assert [*few][-1:] == ["c 1"]
    for watched in many:
        list(watched)
    assert max(at for at, name in enumerate(done) if name == "c") < 10
    assert len(done) == 62


def test_one_person_in_many_windows_has_no_more_turns_than_another(jobs: BackgroundJobs) -> None:
    gate, done = threading.Event(), list[str]()
    windows = [Visitor(f"a{number}", "en", "a's machine") for number in range(20)]
    many = [jobs.begin(who, counted("a", 3, done, gate)) for who in windows]
    few = jobs.begin(B, counted("b", 3, done))
    gate.set()
    list(few)
    for watched in many:
        list(watched)
    assert max(at for at, name in enumerate(done) if name == "b") < 15


def test_who_waits_for_others_is_told_so(jobs: BackgroundJobs) -> None:
    long = [Steps() for _ in range(AT_ONCE)]
    for number, work in enumerate(long):
        jobs.begin(Visitor(f"long {number}", "en"), work.states())
    assert all(work.begun.wait(WAIT) for work in long)
    waiting = iter(jobs.begin(C, counted("c", 1, []), "Others first: "))
    assert [next(waiting), next(waiting)] == ["c begins", "Others first: c begins"]
    for work in long:
        work.go.set()
    assert [*waiting][-1:] == ["c 0"]


def closing(jobs: BackgroundJobs, interrupt: Callable[[], None] = lambda: None) -> threading.Thread:
    thread = threading.Thread(target=jobs.close, args=(interrupt,))
    thread.start()
    return thread


def test_closing_ends_what_is_being_done_at_its_next_state_and_begins_nothing_more() -> None:
    jobs, first, second = BackgroundJobs(), Steps(), Steps()
    jobs.begin(A, first.states())
    waiting = jobs.begin(A, second.states())
    assert first.begun.wait(WAIT)
    thread = closing(jobs, first.go.set)
    thread.join(WAIT)
    assert first.ended.is_set() and second.ended.is_set()
    assert not first.whole and not second.begun.is_set()
    assert [*waiting] in ([], ["first"])
    assert list(jobs.begin(A, Steps().states())) == []


def test_work_that_fails_keeps_nobody_waiting(jobs: BackgroundJobs, caplog: pytest.LogCaptureFixture) -> None:
    def failing() -> Generator[str]:
        yield "first"
        raise RuntimeError("boom")

    assert [*jobs.begin(A, failing())][-1:] in ([], ["first"])
    assert any("boom" in str(record.exc_info) for record in caplog.records)
    assert [*jobs.begin(A, (state for state in ["next"]))] == ["next"]

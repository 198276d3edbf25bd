"""Work goes on when nobody watches it any more."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from assistant.errands import Errands

WAIT = 20.0


@pytest.fixture
def errands() -> Generator[Errands]:
    errands = Errands()
    yield errands
    errands.close()


class Steps:
    """Work in three states, the last two of which wait to be let go."""

    def __init__(self) -> None:
        self.go, self.ended, self.whole = threading.Event(), threading.Event(), False

    def states(self) -> Generator[str]:
        try:
            yield "first"
            self.go.wait(WAIT)
            yield "second"
            self.whole = True
            yield "last"
        finally:
            self.ended.set()


def test_work_is_watched_to_its_end(errands: Errands) -> None:
    assert list(errands.begin("a", (state for state in ["only"]))) == ["only"]
    assert list(errands.watch("a")) == []


def test_work_goes_on_when_its_watcher_leaves_and_another_sees_the_rest(errands: Errands) -> None:
    work = Steps()
    left = errands.begin("a", work.states())
    assert next(left) == "first"
    left.close()
    again = errands.watch("a")
    assert next(again) == "first"
    assert list(errands.watch("somebody else")) == []
    work.go.set()
    assert [*again][-1:] == ["last"]
    assert work.ended.wait(WAIT)


def test_one_work_is_done_after_the_other(errands: Errands) -> None:
    first, second = Steps(), Steps()
    second.go.set()
    watched = errands.begin("a", first.states())
    waiting = errands.begin("b", second.states())
    assert next(watched) == "first"
    assert not second.ended.is_set()
    first.go.set()
    assert [*waiting][-1:] == ["last"]
    assert first.whole


def test_closing_ends_what_is_being_done_at_its_next_state_and_begins_nothing_more() -> None:
    errands, first, second = Errands(), Steps(), Steps()
    assert next(errands.begin("a", first.states())) == "first"
    waiting = errands.begin("a", second.states())
    closing = threading.Thread(target=errands.close)
    closing.start()
    first.go.set()
    closing.join(WAIT)
    assert first.ended.is_set()
    assert not second.whole
    assert list(waiting) == []
    assert list(errands.begin("a", Steps().states())) == []


def test_work_that_fails_keeps_nobody_waiting(errands: Errands, caplog: pytest.LogCaptureFixture) -> None:
    def failing() -> Generator[str]:
        yield "first"
        raise RuntimeError("boom")

    assert [*errands.begin("a", failing())][-1:] in ([], ["first"])
    assert "boom" in caplog.text

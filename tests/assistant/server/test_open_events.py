"""Open events over Gradio's own queue: bounded for each visitor, dropped when nobody collects them."""

from __future__ import annotations

from asyncio import Queue as Messages
from typing import Any

import gradio as gr
import pytest

from assistant.server.open_events import UNCOLLECTED, Events
from assistant.server.refusals import Refused
from tests.event_loop import run


@pytest.fixture
def queue() -> Any:
    async def made() -> Any:  # where there is no loop, Gradio makes one and leaves it open
        with gr.Blocks() as demo:
            pass
        return demo.queue()._queue

    return run(made())


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def events(queue: Any, now: list[float]) -> Events:
    return Events(queue, lambda: now[0])


def begin(events: Events, queue: Any, event: str, session: str, who: str = "ana", size: int = 100) -> None:
    """Open an event as Gradio does when a call comes."""
    with events.room({who: 2}, size) as begun:
        queue.pending_messages_per_session.setdefault(session, Messages())
        queue.pending_event_ids_session.setdefault(session, set()).add(event)
        begun(event, session)


def test_one_visitor_has_so_many_open_and_others_have_theirs(events: Events, queue: Any) -> None:
    begin(events, queue, "a", "a")
    begin(events, queue, "b", "b")
    with pytest.raises(Refused, match="2 calls are open. Collect their answers") as refused:
        begin(events, queue, "c", "c")
    assert (refused.value.status, refused.value.headers) == (429, {"Retry-After": "5"})
    begin(events, queue, "d", "d", who="ben")


def test_what_was_collected_makes_room(events: Events, queue: Any) -> None:
    begin(events, queue, "a", "s")
    begin(events, queue, "b", "s")
    with events.reading("s"):
        queue.pending_event_ids_session["s"].remove("a")
        begin(events, queue, "c", "s")
        queue.pending_event_ids_session["s"].clear()
    begin(events, queue, "d", "s")


def test_a_session_is_known_for_a_while_after_all_was_told(events: Events, queue: Any, now: list[float]) -> None:
    begin(events, queue, "a", "s")
    with events.reading("s"):
        queue.pending_event_ids_session["s"].clear()
    assert "s" in queue.pending_messages_per_session
    now[0] += UNCOLLECTED + 1
    run(events.tidy())
    run(events.tidy())
    assert "s" not in queue.pending_messages_per_session


def test_large_requests_fill_the_room_sooner(events: Events, queue: Any) -> None:
    begin(events, queue, "a", "a", size=900_000)
    with pytest.raises(Refused):
        begin(events, queue, "b", "b", size=900_000)


def test_what_is_at_work_counts_before_it_has_a_name(events: Events, queue: Any) -> None:
    with events.room({"ana": 1}, 1), pytest.raises(Refused), events.room({"ana": 1}, 1):
        pass
    with events.room({"ana": 1}, 1):
        pass


def test_what_nobody_collects_is_dropped_and_what_somebody_reads_is_not(
    events: Events, queue: Any, now: list[float]
) -> None:
    begin(events, queue, "a", "left")
    with events.reading("read"):
        begin(events, queue, "b", "read")
        now[0] += UNCOLLECTED - 1
        run(events.tidy())
        assert {"left", "read"} == set(queue.pending_messages_per_session)
        now[0] += 20
        run(events.tidy())
        assert {"read"} == set(queue.pending_messages_per_session) == set(queue.pending_event_ids_session)
        begin(events, queue, "c", "left")
    now[0] += UNCOLLECTED + 1
    run(events.tidy())
    assert not queue.pending_messages_per_session

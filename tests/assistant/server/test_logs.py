"""The log: one short line a record, without what somebody sent."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from assistant.rendering.terminal import LONGEST_BRIEF, LogLine
from assistant.server.logs import JsonLine


def record(name: str, message: str, error: BaseException | None = None) -> logging.LogRecord:
    raised = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, "", 1, message, (), raised)


@pytest.mark.parametrize(
    ("name", "message", "line"),
    [
        ("dixit.page", "answering failed", "dixit: answering failed"),
        ("uvicorn.error", "Exception in ASGI application\n", "dixit: Exception in ASGI application"),
        ("asyncio", "Task exception\nReceived inputs:\n  secret", "dixit: Task exception"),
        ("py.warnings", "/site/blocks.py:1: UserWarning: few values\nsecret", "dixit: UserWarning: few values"),
        ("dixit", "", "dixit: "),
    ],
)
def test_a_record_is_one_line(name: str, message: str, line: str) -> None:
    assert LogLine(brief=True).format(record(name, message)) == line


def test_a_line_is_short_whatever_is_logged() -> None:
    assert len(LogLine(brief=True).format(record("dixit", "x" * 5_000_000))) == LONGEST_BRIEF


def test_a_line_of_json_holds_nothing_that_ends_or_turns_it() -> None:
    written = record("dixit", "answered")
    written.told = {"place": "a\u2028b\x85c\u202ed"}
    line = JsonLine().format(written)
    assert line.isprintable()
    assert json.loads(line)["place"] == "a\u2028b\x85c\u202ed"


def test_what_was_raised_is_told_by_its_place_not_by_its_message() -> None:
    try:
        int("a secret")
    except ValueError:
        line = LogLine(brief=True).format(record("dixit", "a request failed", sys.exc_info()[1]))
    assert "a request failed: ValueError at test_logs.py:" in line
    assert "secret" not in line

"""The log of the page: one short line a record, whoever writes it, and no values that somebody sent."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

from assistant.rendering.escaping import for_line

LONGEST = 300
"""Characters of a line."""

_FOREIGN = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")

log = logging.getLogger("dixit.server")


class OneLine(logging.Formatter):
    """Formats a record as its first line and what raised it where."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        first = next(iter(record.getMessage().strip().splitlines()), "")
        if record.name == "py.warnings":  # a warning of Gradio's lists the values after its first line
            first = first.split(": ", 1)[-1]
        raised = record.exc_info[1] if record.exc_info else None
        line = f"dixit: {for_line(first)}{f': {_raised(raised)}' if raised else ''}"
        return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def log_briefly(debug: bool) -> None:
    """Have each record, warning and trace logged in one line; ``debug``: leave the traces."""
    if debug:
        return
    if not logging.root.handlers:
        logging.basicConfig(level=logging.WARNING)
    for handler in logging.root.handlers:
        handler.setFormatter(OneLine())
    for name in _FOREIGN:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"
    logging.captureWarnings(True)
    traceback.print_exc = _print_exc  # Gradio prints with it what its handlers raise, and offers no other way


def _print_exc(*_: Any, **__: Any) -> None:
    if error := sys.exc_info()[1]:
        log.error("a call failed: %s", _raised(error))


def _raised(error: BaseException) -> str:
    """Return what was raised and where; not its message, which may quote what somebody sent."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"

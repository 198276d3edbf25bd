"""The log of the page: one short line a record, whoever writes it, and no values that somebody sent."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from assistant.rendering.escaping import for_json_line
from assistant.rendering.terminal import LogLine, raised
from assistant.server import request_ids

_FOREIGN = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")
_PREFIX = "dixit: "

log = logging.getLogger("dixit.server")


class RequestLine(LogLine):
    """A record as a short line, with the id of the request that it belongs to."""

    def __init__(self) -> None:
        super().__init__(brief=True)

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        request_id = request_ids.current()
        return super().format(record) + (f" [{request_id}]" if request_id else "")


class JsonLine(logging.Formatter):
    """A record as a line of JSON: time (UTC), level, logger, message, the request's id, what else is told of it.

    Args:
        traces: with the trace of what was raised.
    """

    def __init__(self, traces: bool = False) -> None:
        super().__init__()
        self._line = LogLine(brief=True)
        self._traces = traces

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._line.format(record).removeprefix(_PREFIX),
        }
        if request_id := request_ids.current():
            told["request"] = request_id
        told |= getattr(record, "told", {})
        if self._traces and record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return for_json_line(json.dumps(told, ensure_ascii=False))


def log_requests(debug: bool, as_json: bool) -> None:
    """Have each record, warning and trace logged in one line, with its request's id.

    ``as_json``: as JSON, and a line for each request; ``debug``: with the traces.
    """
    if debug and not as_json:
        return
    if not logging.root.handlers:
        logging.basicConfig(level=logging.WARNING)
    for handler in logging.root.handlers:
        handler.setFormatter(JsonLine(debug) if as_json else RequestLine())
    if as_json:
        request_ids.log.setLevel(logging.INFO)
    for name in _FOREIGN:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"
    logging.captureWarnings(True)
    traceback.print_exc = _print_exc  # Gradio prints with it what its handlers raise, and offers no other way


def _print_exc(*_: Any, **__: Any) -> None:
    if error := sys.exc_info()[1]:
        log.error("a call failed: %s", raised(error))

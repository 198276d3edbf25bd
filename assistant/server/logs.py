"""The log of the page: one short line a record, whoever writes it, and no values that somebody sent."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

from assistant.rendering.terminal import LogLine, raised

_FOREIGN = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")

log = logging.getLogger("dixit.server")


def log_briefly(debug: bool) -> None:
    """Have each record, warning and trace logged in one line; ``debug``: leave the traces."""
    if debug:
        return
    if not logging.root.handlers:
        logging.basicConfig(level=logging.WARNING)
    for handler in logging.root.handlers:
        handler.setFormatter(LogLine(brief=True))
    for name in _FOREIGN:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"
    logging.captureWarnings(True)
    traceback.print_exc = _print_exc  # Gradio prints with it what its handlers raise, and offers no other way


def _print_exc(*_: Any, **__: Any) -> None:
    if error := sys.exc_info()[1]:
        log.error("a call failed: %s", raised(error))

"""Going on after something failed: what it was is logged and kept, and the page stays usable."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from index.errors import IndexingError

log = logging.getLogger("dixit.page")


@dataclass(slots=True)
class Outcome:
    """How an attempt went: ``error`` is what stopped it, None when nothing did."""

    error: Exception | None = None


@contextmanager
def attempt(what: str) -> Iterator[Outcome]:
    """Log what fails inside and go on after it, with the error in the outcome."""
    outcome = Outcome()
    try:
        yield outcome
    except IndexingError as error:
        log.warning("%s: %s", what, error)
        outcome.error = error
    except Exception as error:  # noqa: BLE001 - the page must stay usable whatever happens below it
        log.exception("%s failed", what)
        outcome.error = error

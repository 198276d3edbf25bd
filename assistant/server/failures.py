"""Going on after something failed: what it was is logged and kept, and the page stays usable."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from index.errors import IndexingError

log = logging.getLogger("dixit.page")

P = ParamSpec("P")
T = TypeVar("T")


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


def shown_on_failure(what: str, instead: Callable[..., T]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Have a function return what ``instead`` makes of its arguments when it fails, which is logged."""

    def decorated(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def attempted(*args: P.args, **kwargs: P.kwargs) -> T:
            with attempt(what):
                return function(*args, **kwargs)
            return instead(*args, **kwargs)

        return attempted

    return decorated

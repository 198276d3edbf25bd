"""PyTorch takes a second and 190 MB to import: only some embedding models, and the making of ours, need it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import RLock
from typing import Any, cast

_IMPORTING = RLock()
"""Held by whoever imports PyTorch, and while it is kept from being imported."""


def import_torch() -> None:
    """Import PyTorch, for whoever imports it or what needs it next; waits while others are kept from it."""
    with _IMPORTING:
        import_module("torch")


@contextmanager
def without_torch() -> Iterator[None]:
    """Keep what is imported meanwhile from importing PyTorch too, unless it has been imported already.

    thinc, below spaCy, imports it wherever it is installed, for layers that none of our parsers has.
    """
    with _IMPORTING:
        if "torch" in sys.modules:
            yield
            return
        modules = cast("dict[str, Any]", sys.modules)
        modules["torch"] = None
        try:
            yield
        finally:
            del modules["torch"]

"""JSON of a flat object -> its fields; JSON that is made to take memory is not parsed."""

from __future__ import annotations

import json
import re
from typing import Any

MOST_VALUES = 100_000
"""How many values an object may have; a list of nothing takes thirty times its own size in memory."""

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.S)
_BEFORE_VALUES = (b",", b"[", b"{")


def parse_flat(data: bytes) -> Any:
    """Return what JSON in UTF-8 stands for.

    Raises:
        ValueError: it is not JSON in UTF-8, or has more than ``MOST_VALUES`` values.
        RecursionError: it is nested too deep.
    """
    text = data.decode("utf-8")
    if _marks(data) > MOST_VALUES and _marks(_STRING.sub(b"", data)) > MOST_VALUES:
        raise ValueError(f"more than {MOST_VALUES:,} values")
    return json.loads(text.rstrip())


def _marks(data: bytes) -> int:
    return sum(map(data.count, _BEFORE_VALUES))

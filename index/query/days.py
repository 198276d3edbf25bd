"""A written year, month, day, or two of them -> the days that are meant."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from index.errors import QueryRefused, shortened
from index.query.models import Dated

_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", re.ASCII)
_RANGE: Final = ".."
_DECEMBER: Final = 12
_DAY_MORE: Final = timedelta(days=1)


def period(field: str, value: str) -> Dated:
    """Return the days of a value: "2026", "2026-03", "2026-03-31" or "2026-01..2026-03", one end of which may lack.

    ``field``: "date"; "since", from the first of these days on; "until", to the last of them; "after" or "before" all.

    Raises:
        QueryRefused: that is no day.
    """
    found = _dated(field, value)
    ended = found.since is not None and found.until is not None and found.until < found.since
    if ended or (found.since is None and found.until is None):
        raise _no_day(value)
    return found


def _dated(field: str, value: str) -> Dated:
    first, last = _days(value)
    try:
        since = first if field in ("date", "since") else last + _DAY_MORE if last and field == "after" else None
        until = last if field in ("date", "until") else first - _DAY_MORE if first and field == "before" else None
    except OverflowError:
        raise _no_day(value) from None
    return Dated(since, until)


def _days(value: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of a value; None: that end is open."""
    first, parted, last = value.strip().partition(_RANGE)
    since = _ends(first, value)[0] if first else None
    until = _ends(last if parted else first, value)[1] if last or not parted else None
    return since, until


def _ends(written: str, value: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    found = _DAY.fullmatch(written)
    if not found:
        raise _no_day(value)
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or _DECEMBER
        return first, date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])
    except ValueError:
        raise _no_day(value) from None


def _no_day(value: str) -> QueryRefused:
    return QueryRefused("query_no_day", value=shortened(value))

"""A date as a source writes it -> a day, or None when it does not tell one."""

from __future__ import annotations

import itertools
import re
from datetime import date, datetime

from dateutil import parser

_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_LONGEST = 64


def parse_day(written: str) -> date | None:
    """Return the day a date stands for ("2025-03-19T10:00:00Z", "Wed, 19 Mar 2025", "19/03/2025").

    Nothing is invented: a date without its day ("March 2025"), or one that two countries read
    differently ("03/04/2025"), is None. A time zone does not move the day.
    """
    written = written.strip()[:_LONGEST]
    try:
        if iso := _ISO.match(written):
            return date(*map(int, iso.groups()))
        readings = {
            parser.parse(written, default=default, dayfirst=dayfirst, ignoretz=True).date()
            for default, dayfirst in itertools.product((datetime(2000, 1, 1), datetime(2001, 2, 2)), (True, False))
        }
    except (ValueError, OverflowError):
        return None
    return readings.pop() if len(readings) == 1 else None

"""A date as a source writes it -> a day, or None when it does not tell one."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, get_args

from dateutil import parser

from index.languages.calendar import month_names, month_numbers, weekday_names
from index.typography import fold

Order = Literal["day first", "month first"]
"""How a country writes "03/04/2025"."""

_ISO = re.compile(r"(?P<year>\d{4})(?P<between>[-/.]?)(?P<month>\d{2})(?P=between)(?P<day>\d{2})(?!\d)")
_NUMBERS = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_LONGEST = 64
_MONTHS = 12


def parse_day(written: str, order: Order | None = None) -> date | None:
    """Return the day a date stands for ("2025-03-19T10:00:00Z", "Wed, 19 Mar 2025", "19/03/2025", "4 mars 2025").

    Nothing is invented: a date without its day ("March 2025"), or one that two countries read
    differently ("03/04/2025"), is None. A time zone does not move the day.

    Args:
        written: the date.
        order: how "03/04/2025" is read, where that is known; None: it is not.
    """
    written = written.strip()[:_LONGEST]
    try:
        if iso := _ISO.match(written):
            return date(int(iso["year"]), int(iso["month"]), int(iso["day"]))
        if named := named_day(written):
            return named
        readings = {
            parser.parse(written, default=default, dayfirst=dayfirst, ignoretz=True).date()
            for default, dayfirst in itertools.product((datetime(2000, 1, 1), datetime(2001, 2, 2)), _days_first(order))
        }
    except (ValueError, OverflowError):
        return None
    return readings.pop() if len(readings) == 1 else None


def date_in(written: str) -> str:
    """Return the first date with its year that stands in a line ("Le Quai, 03/04/2025, p. 4"), else the line."""
    found = re.search(date_pattern(), written, re.I)
    return found[0] if found else written


def named_day(written: str) -> date | None:
    """Return the first day that a text names with its month, in any language ("lundi 4 mars 2024", "March 4, 2024")."""
    if not (found := _named().search(written)):
        return None
    number, month, year = (found["day"] or found["day_after"], found["month"] or found["month_before"], found["year"])
    try:
        return date(int(year), month_numbers()[fold(month).rstrip(".")], int(number))
    except ValueError:  # "31 February"
        return None


def order_of(dates: Iterable[str]) -> Order | None:
    """Return how the dates of one source are written, as those tell that can be read in one way only, else None.

    Where some tell the one and some the other, nothing is known.
    """
    orders: set[Order] = set()
    for written in dates:
        if numbers := _NUMBERS.match(written):
            first, second = int(numbers[1]), int(numbers[2])
            if first > _MONTHS >= second:
                orders.add("day first")
            elif second > _MONTHS >= first:
                orders.add("month first")
    return orders.pop() if len(orders) == 1 else None


def is_ambiguous(written: str) -> bool:
    """Tell whether two countries read a date as two days ("03/04/2025")."""
    days = {parse_day(written, order) for order in get_args(Order)} if _NUMBERS.match(written) else set()
    return len(days) > 1 and None not in days


@functools.cache
def date_pattern() -> str:
    """Return a pattern for a day that is written with its year: with its month's name, or in numbers."""
    month = _month()
    return (
        rf"(?:\d{{1,2}}(?:er|st|nd|rd|th|\.|º|°)?\s+(?:de\s+)?(?:{month})\.?,?\s+(?:de\s+)?\d{{4}}"
        rf"|(?:{month})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
        r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?!\d)"
    )


def weekday_pattern() -> str:
    """Return a pattern for a day of the week, whole or short, in any language."""
    return "|".join(sorted(map(re.escape, weekday_names()), key=len, reverse=True))


def _days_first(order: Order | None) -> tuple[bool, ...]:
    return (True, False) if order is None else (order == "day first",)


@functools.cache
def _month() -> str:
    return "|".join(sorted(map(re.escape, month_names()), key=len, reverse=True))


@functools.cache
def _named() -> re.Pattern[str]:
    month = _month()
    return re.compile(
        rf"(?<!\d)(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<month>{month})\b\.?,?\s+(?:de\s+)?"
        rf"|\b(?P<month_before>{month})\b\.?\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)(?P<year>\d{{4}})(?!\d)",
        re.I,
    )

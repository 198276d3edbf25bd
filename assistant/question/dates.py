"""When the words asked for were said: "en mars 2018", "since 2017" -> days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from index.languages.calendar import month_numbers

_YEAR = r"(?:19|20)\d\d"
_OPEN_AFTER = ("depuis", "apres", "since", "after")
_OPEN_BEFORE = ("avant", "before", "until", "jusqu'en", "jusqu'au")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``after`` to ``before``, both included; None: open. ``month``: named without its year."""

    after: date | None = None
    before: date | None = None
    month: int | None = None
    span: tuple[int, int] | None = None


def period(plain: str) -> Period:
    """Find the first time that plain text names; an empty period when it names none, or no day that exists."""
    match = _when().search(plain)
    if not match:
        return Period()
    month, day, year = (_part(match, name) for name in ("month", "day", "year"))
    if not year:
        return Period(month=month_numbers().get(month), span=match.span())
    try:
        first, last = _days(int(year), month_numbers().get(month), int(day) if day else None)
    except ValueError:  # 31 February
        return Period()
    if match["how"] in _OPEN_AFTER:
        return Period(after=first, span=match.span())
    if match["how"] in _OPEN_BEFORE:
        return Period(before=last, span=match.span())
    return Period(first, last, span=match.span())


def _part(match: re.Match[str], name: str) -> str:
    """Return a part of a time in whichever order it was written, "" when it is not named."""
    return next((found for group, found in match.groupdict().items() if group.startswith(name) and found), "")


@cache
def _when() -> re.Pattern[str]:
    month = "|".join(sorted(month_numbers(), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<how>depuis|avant|apres|since|before|after|until|jusqu'en|jusqu'au|en|in|on|le|au|du|of|debut|fin|early|late|de|from)\s+"
        rf"(?:le\s+|the\s+|mois\s+de\s+|month\s+of\s+|debut\s+|fin\s+)?"
        rf"(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{month})(?:,?\s+(?P<year>{_YEAR}))?"
        rf"|(?P<month2>{month})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year2>{_YEAR}))?"
        rf"|(?P<month3>{month})(?:,?\s+(?P<year3>{_YEAR}))?"
        rf"|(?P<year4>{_YEAR}))\b"
    )


def _days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)

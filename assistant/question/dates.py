"""When the words asked for were said: "en mars 2018", "since 2017" -> days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january jan", "fevrier february feb", "mars march", "avril april apr", "mai may", "juin june",
            "juillet july", "aout august aug", "septembre september sept", "octobre october oct",
            "novembre november nov", "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_WHEN = re.compile(
    rf"\b(?P<how>depuis|avant|apres|since|before|after|until|jusqu'en|jusqu'au|en|in|on|le|au|du|of|debut|fin|early|late|de|from)\s+"
    rf"(?:le\s+|the\s+|mois\s+de\s+|month\s+of\s+|debut\s+|fin\s+)?"
    rf"(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year2>{_YEAR}))?"
    rf"|(?P<month3>{_MONTH})(?:,?\s+(?P<year3>{_YEAR}))?"
    rf"|(?P<year4>{_YEAR}))\b"
)
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
    match = _WHEN.search(plain)
    if not match:
        return Period()
    month, day, year = (_part(match, name) for name in ("month", "day", "year"))
    if not year:
        return Period(month=_MONTHS.get(month), span=match.span())
    try:
        first, last = _days(int(year), _MONTHS.get(month), int(day) if day else None)
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


def _days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)

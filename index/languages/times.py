"""Times that a plain text names, in any language: "depuis mars 2017", "last week", "le 28 janvier" -> days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from index.languages.calendar import month_numbers, weekday_numbers
from index.languages.data_files import every

_YEAR = r"(?:19|20)\d\d"
_INTRODUCED = ("since", "after", "before", "until", "within")
_DAY = timedelta(days=1)
_WEEK = 7
PLANNED = 5
"""Words between what tells that a thing is planned and the time of it."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``after`` to ``before``, both included; None: open. ``month`` and ``day``: named without a year."""

    after: date | None = None
    before: date | None = None
    month: int | None = None
    day: int | None = None

    def __bool__(self) -> bool:
        return self != Period()

    def holds(self, day: date) -> bool:
        """Tell whether a day is in it."""
        within = (self.after or day) <= day <= (self.before or day)
        return within and self.month in (None, day.month) and self.day in (None, day.day)


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time that a text names.

    Attributes:
        start: where it begins, its introduction ("since") included.
        end: one past its last character.
        bare: where the time itself begins.
        period: the days that it tells.
        attached: it belongs to a noun before it ("la loi de 2017", "le refuge prévu en mars"), and begins with what
            attaches it.
    """

    start: int
    end: int
    bare: int
    period: Period
    attached: bool = False


def named_times(plain: str, today: date | None) -> Iterator[NamedTime]:
    """Yield the times of a text without accents and capitals, in order.

    What is relative is counted from ``today``, and left out when that is None.
    """
    reached = 0
    while (match := _times().search(plain, reached)) is not None:
        reached = match.end()
        try:
            period = _period(match, today)
        except ValueError:  # 31 February
            continue
        if period:
            bare = next(start for start in (match.start("single"), match.start("first")) if start >= 0)
            noun = _planned().search(plain, 0, match.start()) or _attached().search(plain, 0, match.start())
            yield NamedTime(noun.start() if noun else match.start(), match.end(), bare, period, noun is not None)


def _period(match: re.Match[str], today: date | None) -> Period:
    """The days of one time, or from one to another."""
    if match["single"] is None:
        return _stretch(match, today)
    named = _days(match, "", today)
    how = next((name for name in _INTRODUCED if match[name]), None)
    if how in (None, "within"):
        return named if how or _stands_alone(match) else Period()
    return _open(how or "", _dated(named, today))


def _stretch(match: re.Match[str], today: date | None) -> Period:
    last = _dated(_days(match, "_b", today), today)
    first = _dated(_days(match, "_a", last.before or today), last.before or today)
    return Period(first.after, last.before)


def _open(how: str, named: Period) -> Period:
    """The days since, after, before or until a time."""
    if not named.after or not named.before:
        return Period()
    return {
        "since": Period(after=named.after),
        "after": Period(after=named.before + _DAY),
        "before": Period(before=named.after - _DAY),
        "until": Period(before=named.before),
    }[how]


def _stands_alone(match: re.Match[str]) -> bool:
    """Tell whether a time that nothing introduces is surely one: "may" and "2017" are not."""
    whole = match["year_1"] or match["year_2"] or match["year_3"] or match["day_1"]
    return bool(whole or match["iso"] or match["numbers"] or match["weekday"] or match["ago"])


def _dated(period: Period, today: date | None) -> Period:
    """A time named without its year, in the last year in which it was past."""
    if not period.month:
        return period
    if not today:
        return Period()
    found = _of_year(today.year, period.month, period.day)
    return found if found.after and found.after <= today else _of_year(today.year - 1, period.month, period.day)


def _days(match: re.Match[str], suffix: str, today: date | None) -> Period:
    """The days that one time names; a month without its year stays one."""

    def part(*names: str) -> str:
        return next((found for name in names if (found := match[name + suffix])), "")

    if part("ago", "weekday"):
        return _counted(part("ago"), part("weekday"), today, past=bool(part("past_1", "past_2")))
    if part("iso"):
        return Period(date.fromisoformat(part("iso")), date.fromisoformat(part("iso")))
    if part("numbers"):
        of_day, of_month, year = map(int, part("numbers").split("/"))
        return _of_year(year, of_month, of_day)
    month = month_numbers().get(part("month_1", "month_2", "month_3"))
    number = part("day_1", "day_2")
    year_told = part("year_1", "year_2", "year_3", "year_4")
    in_month = int(number) if number else None
    return _of_year(int(year_told), month, in_month) if year_told else Period(month=month, day=in_month)


def _of_year(year: int, month: int | None, day: int | None) -> Period:
    if not month:
        return Period(date(year, 1, 1), date(year, 12, 31))
    if not day:
        return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return Period(date(year, month, day), date(year, month, day))


def _counted(ago: str, weekday: str, today: date | None, past: bool) -> Period:
    """The days of a time that is counted from another; none when that is not known."""
    if not today:
        return Period()
    return _ago(ago, today) if ago else _weekday(weekday, today, strictly=past)


def _weekday(name: str, today: date, strictly: bool) -> Period:
    """The last day of that name: today's, unless it must be past."""
    back = (today.weekday() - weekday_numbers()[name]) % _WEEK
    day = today - timedelta(days=back or (_WEEK if strictly else 0))
    return Period(day, day)


def _ago(words: str, today: date) -> Period:
    unit, back = _counted_back()[_spelt(words)]
    if unit == "day":
        return Period(today - back * _DAY, today - back * _DAY)
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + _WEEK * back)
        return Period(monday, monday + timedelta(days=_WEEK - 1))
    if unit == "month":
        months = today.year * 12 + today.month - 1 - back
        return _of_year(months // 12, months % 12 + 1, None)
    return _of_year(today.year - back, None, None)


def _spelt(words: str) -> str:
    return re.sub(r"[-\s]+", " ", words).replace("' ", "'")


@cache
def _counted_back() -> Mapping[str, tuple[str, int]]:
    return {
        phrase.replace("~", " "): (unit, back)
        for data in every("times")
        for unit, phrases in data["ago"].items()
        for phrase, back in phrases.items()
    }


@cache
def _times() -> re.Pattern[str]:
    """A time alone (``single``), with what introduces it, or a ``first`` and a second one, as from one to the other."""
    introduced = "|".join(f"(?P<{how}>{_any('introduced', how)})" for how in _INTRODUCED)
    stretch = (
        rf"(?:{_any('introduced', 'between')})\s+{_between()}(?P<first>{_time('_a')})"
        rf"\s+(?:{_any('introduced', 'and')})\s+{_between()}{_time('_b')}"
    )
    single = rf"(?:(?:{introduced})\s+{_between()})?(?P<single>{_time('')})"
    return re.compile(rf"(?<![\w'-])(?:{stretch}|{single})(?![\w-])")


@cache
def _attached() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('words', 'attached')})\s*$")


@cache
def _planned() -> re.Pattern[str]:
    """What is planned, of which the time behind it tells when it will be: "le refuge prévu à Lornec en mars"."""
    return re.compile(rf"(?<!\w)(?:{_any('words', 'planned')})(?: [\w'-]+){{0,{PLANNED}}}\s*$")


def _between() -> str:
    return rf"(?:(?:{_any('words', 'between')})[-\s]+)*"


def _time(suffix: str) -> str:
    """A pattern of one time, whose groups end in a suffix."""
    month = "|".join(sorted(month_numbers(), key=len, reverse=True))
    weekday = "|".join(sorted(weekday_numbers(), key=len, reverse=True))
    last = _any("words", "last")
    ago = "|".join(sorted(map(_written, _counted_back()), key=len, reverse=True))
    pattern = (
        rf"(?P<iso>{_YEAR}-\d\d-\d\d)|(?P<numbers>\d{{1,2}}/\d{{1,2}}/{_YEAR})"
        rf"|(?:(?:{weekday}),?\s+)?(?P<day_1>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<month_1>{month})\b\.?"
        rf"(?:,?\s+(?P<year_1>{_YEAR}))?"
        rf"|(?:(?:{weekday}),?\s+)?(?P<month_2>{month})\b\.?\s+(?P<day_2>\d{{1,2}})(?:st|nd|rd|th)?\b"
        rf"(?:,?\s+(?P<year_2>{_YEAR}))?"
        rf"|(?P<month_3>{month})\b\.?(?:,?\s+(?P<year_3>{_YEAR}))?|(?P<year_4>{_YEAR})"
        rf"|(?P<past_1>(?:{last})\s+)?(?P<weekday>{weekday})(?P<past_2>\s+(?:{last}))?|(?P<ago>{ago})"
    )
    return "(?:" + re.sub(r"\?P<(\w+)>", rf"?P<\1{suffix}>", pattern) + ")"


def _any(section: str, name: str) -> str:
    words = {word for data in every("times") for word in data[section][name]}
    return "|".join(_written(word) for word in sorted(words, key=len, reverse=True))


def _written(words: str) -> str:
    """A pattern of words: a space is any space, or in "avant~hier" a hyphen too."""
    return re.escape(words).replace(r"\ ", r"[-\s]+").replace(r"\~", r"[-\s]+").replace("'", r"'\s?")

"""Months, days and other words of time, of one language or of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.languages.data_files import every, table
from index.typography import fold

_DATED = ("months", "weekdays", "times")


def months(lang: str) -> list[str]:
    """Return a language's months as printed within a sentence, January first; none when its folder has none."""
    return _words(table(lang, "calendar"), "months")


def month_pattern(lang: str) -> str:
    """Return a pattern for a month of a language, whole or short with its full stop."""
    data = table(lang, "calendar")
    return "|".join([*_words(data, "months"), *(rf"{re.escape(short)}\." for short in _words(data, "short_months"))])


def weekday_pattern(lang: str) -> str:
    """Return a pattern for a day of the week."""
    return "|".join(_words(table(lang, "calendar"), "weekdays"))


@cache
def month_numbers() -> Mapping[str, int]:
    """Return the number of each month, from its name and its short name in any language, folded."""
    numbers: dict[str, int] = {}
    for data in every("calendar"):
        full = [fold(month) for month in _words(data, "months")]
        numbers |= {month: number for number, month in enumerate(full, start=1)}
        short = [fold(month) for month in _words(data, "short_months")]
        numbers |= {begin: full.index(month) + 1 for begin in short for month in full if month.startswith(begin)}
    return numbers


@cache
def weekday_numbers() -> Mapping[str, int]:
    """Return the number of each day of the week, Monday 0, from its name in any language, folded."""
    return {fold(day): number for data in every("calendar") for number, day in enumerate(_words(data, "weekdays"))}


@cache
def time_words() -> frozenset[str]:
    """Return the words of time of all languages, in lower case: months, days, "hier", "week"."""
    return frozenset(word.lower() for data in every("calendar") for key in _DATED for word in _words(data, key))


@cache
def calendar_names() -> frozenset[str]:
    """Return what is printed with a capital in a calendar and is nobody's name, folded: months, days, feasts."""
    keys = ("months", "weekdays", "feasts")
    return frozenset(fold(word) for data in every("calendar") for key in keys for word in _words(data, key))


def writes_day_first(lang: str) -> bool:
    """Tell whether a language writes a date in numbers with the day first, wherever it is written."""
    return bool(table(lang, "columns").get("dates", {}).get("day_first"))


@cache
def month_names() -> frozenset[str]:
    """Return the months of all languages, whole and short, as printed and folded, without their full stop."""
    printed = {word for data in every("calendar") for key in ("months", "short_months") for word in _words(data, key)}
    return frozenset(printed | set(map(fold, printed)))


@cache
def weekday_names() -> frozenset[str]:
    """Return the days of the week of all languages, whole and short, as printed, without their full stop."""
    keys = ("weekdays", "short_weekdays")
    return frozenset(word for data in every("calendar") for key in keys for word in _words(data, key))


@cache
def short_dates() -> frozenset[str]:
    """Return the short months and days of all languages as printed, without their full stop."""
    keys = ("short_months", "short_weekdays")
    return frozenset(word for data in every("calendar") for key in keys for word in _words(data, key))


def _words(data: Mapping[str, Mapping[str, str]], key: str) -> list[str]:
    return data.get("calendar", {}).get(key, "").split()

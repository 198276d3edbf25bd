"""What a filter's fields hold in, what to list out; a value that no field could hold counts as none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from index.catalog import ArticleFilter, Order, PeopleOrder, PersonFilter, StatementFilter
from index.models import Kind, SpeakerKind


def article_filter(fields: Mapping[str, Any]) -> ArticleFilter:
    """Return which articles to list."""
    return ArticleFilter(
        search=_text(fields, "search"),
        source=_text(fields, "source") or None,
        lang=_text(fields, "lang") or None,
        order=_one_of(get_args(Order), _text(fields, "order")) or "newest",
    )


def statement_filter(fields: Mapping[str, Any]) -> StatementFilter:
    """Return which quotations to list."""
    return StatementFilter(
        search=_text(fields, "search"),
        speaker=_text(fields, "speaker") or None,
        source=_text(fields, "source") or None,
        lang=_text(fields, "lang") or None,
        kind=_one_of(get_args(Kind), _text(fields, "kind")),
        since=_day(fields, "since"),
        until=_day(fields, "until"),
        person=number_in(fields, "person"),
    )


def person_filter(fields: Mapping[str, Any]) -> PersonFilter:
    """Return whom to list."""
    return PersonFilter(
        search=_text(fields, "search"),
        kind=_one_of(get_args(SpeakerKind), _text(fields, "kind")),
        order=_one_of(get_args(PeopleOrder), _text(fields, "order")) or "quoted",
    )


_DIGITS = 9
"""Of the longest number that a field is taken to hold."""


def number_in(fields: Mapping[str, Any], name: str) -> int | None:
    """Return a number that a field holds, None when it holds none."""
    given = _text(fields, name)
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= _DIGITS else None


def numbers_in(fields: Mapping[str, Any], name: str) -> list[int]:
    """Return the numbers that a field holds, with spaces between them."""
    given = (number_in({name: each}, name) for each in _text(fields, name).split())
    return [number for number in given if number is not None]


def _text(fields: Mapping[str, Any], name: str) -> str:
    return str(fields.get(name) or "").strip()


def _one_of(allowed: tuple[Any, ...], given: str) -> Any:
    return given if given in allowed else None


def _day(fields: Mapping[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat(_text(fields, name))
    except ValueError:
        return None

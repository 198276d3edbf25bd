"""A row of a table, or an object of JSON -> Article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from index.errors import SourceRefused
from index.languages.calendar import writes_day_first
from index.loaders.columns import fields_of, lifted, named, tell_day_first
from index.loaders.dates import Order, is_ambiguous, parse_day
from index.loaders.document import Document
from index.loaders.note import Note
from index.loaders.text import load_text, printable
from index.models import Article
from index.reason import Reason

_LATEST = 10**9  # seconds


class Days:
    """Reads the dates of one file, and keeps which of them two countries read differently ("03/04/2025").

    The file's other dates settle them; else what else it tells of its country, which is then noted; else they are
    left out, which is noted, too.
    """

    def __init__(self, order: Order | None = None, day_first: bool = False) -> None:
        """Take the order that the file's dates tell, and whether how it is written tells that days come first."""
        self._order = order
        self._day_first = day_first
        self._left_out: list[str] = []
        self._read: list[str] = []

    def day(self, written: str, lang: str, headings: Iterable[str] = ()) -> date | None:
        """Return the day of an article in a language, whose fields stand under some headings."""
        if self._order or not is_ambiguous(written):
            return parse_day(written, self._order)
        if self._day_first or writes_day_first(lang) or tell_day_first(headings):
            self._read.append(written)
            return parse_day(written, "day first")
        self._left_out.append(written)
        return None

    def notes(self, source: str) -> Iterator[Note]:
        """Yield what is to be known of the dates; nothing when all are sure."""
        if self._left_out:
            count = len(self._left_out)
            yield Note(source, Reason("dates_left_out", {"count": count, "example": self._left_out[0]}))
        if self._read:
            day = parse_day(self._read[0], "day first")
            yield Note(source, Reason("dates_day_first", {"example": self._read[0], "day": str(day)}))


def load_row(
    row: Mapping[str, Any],
    number: int | str,
    document: Document,
    limit: int,
    days: Days,
    names: Mapping[str, str] | None = None,
) -> Article:
    """Return the article that the fields of a row make.

    Args:
        row: its values under their names.
        number: tells it apart when it has no ``id`` (12, or "Feuil1:12").
        document: what holds it.
        limit: the most characters that an article may have.
        days: reads the dates of the document.
        names: which names stand for which fields, None: those of the row are looked up.

    Raises:
        SourceRefused: it has no ``text``, or one that is none.
    """
    row = lifted(row) if names is None else row
    fields = fields_of(row, named(row) if names is None else names)
    if not isinstance(fields.get("text"), str):
        raise SourceRefused("no_text_field")
    name = _told(fields, "id")
    article = load_text(
        fields["text"],
        key=name or document.key,
        title=_told(fields, "title"),
        lang=_told(fields, "lang"),
        source=_told(fields, "source"),
        author=_told(fields, "author"),
        url=_told(fields, "url"),
        origin=f"{document.origin}#{name or number}",
        form=_told(fields, "form"),
        pages=_pages(fields),
        times=_times(fields),
        limit=limit,
    )
    return replace(article, published=days.day(_told(fields, "published") or "", article.lang, row))


def _pages(row: Mapping[str, Any]) -> tuple[int, ...]:
    """Return where pages begin, as `dixit export` writes it; nothing when it cannot be so."""
    pages = row.get("pages")
    if not isinstance(pages, list) or not all(type(begin) is int for begin in pages):
        return ()
    fits = pages == sorted(pages) and pages[:1] == [0] and pages[-1] <= len(row["text"])
    return tuple(pages) if fits else ()


def _times(row: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """Return when what is said from a place on was said, as `dixit export` writes it; nothing when it cannot be so."""
    times = row.get("times")
    if not isinstance(times, list) or not all(_is_time(time) for time in times):
        return ()
    begins = [begin for begin, _ in times]
    fits = begins == sorted(begins) and begins[:1] == [0] and begins[-1] <= len(row["text"])
    return tuple((begin, second) for begin, second in times) if fits else ()


def _is_time(time: object) -> bool:
    if not isinstance(time, list) or [type(number) for number in time] != [int, int]:
        return False
    return 0 <= int(time[1]) <= _LATEST


def _told(row: Mapping[str, Any], field: str) -> str | None:
    value = row.get(field)
    if field == "id" and type(value) is int:
        return str(value)
    if not isinstance(value, str):
        return None
    return " ".join(printable(value.replace("\0", " ")).split()) or None

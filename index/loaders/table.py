"""The rows of a table (.csv, .tsv, or a workbook's sheet) with a column of texts -> an Article for each."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence

from index.errors import SourceRefused
from index.loaders.columns import named
from index.loaders.dates import order_of
from index.loaders.document import MOST_BYTES, Document
from index.loaders.encoding import decode
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.loaders.row import Days, load_row
from index.models import Article

_SEPARATORS = ",;\t|"
_OF_DECIMAL_COMMA = ";"  # what a spreadsheet writes where a comma is in numbers: all those countries write days first
_DECLARED = "sep="
_ABOVE = 20  # rows that may stand above the one that names the columns

Rows = Sequence[tuple[str, Sequence[str]]]
"""Each row with its place ("news.csv:12", "news.xlsx:Feuil1:12")."""


def read_table(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the article of each row, or its refusal ("news.csv:12", where it ends), and what is to be known of dates.

    A row at the top names the columns: those of JSON lines, or other names for them; a text alone is required. Blank
    rows are passed over. What separates cells is the one of comma, semicolon, tab and bar that finds most of those
    names.

    Raises:
        SourceRefused: it is not text, empty, or has no column of texts.
    """
    text = decode(document.read(), document.charset).text
    if not text.strip():
        raise SourceRefused("empty")
    csv.field_size_limit(MOST_BYTES)  # a text too long is refused in the words of all forms
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = [(f"{document.name}:{reader.line_num}", row) for row in reader]
    yield from read_rows(rows, document, limit, day_first=separator == _OF_DECIMAL_COMMA)


def read_rows(
    rows: Rows, document: Document, limit: int, day_first: bool = False
) -> Iterator[Article | Refusal | Note]:
    """Yield the article of each row, or its refusal, and what is to be known of the dates.

    Args:
        rows: of a table, that which names the columns among the first.
        document: what holds them.
        limit: the most characters that an article may have.
        day_first: how it is written tells that its dates have the day first.

    Raises:
        SourceRefused: no column holds texts.
    """
    head = _head(rows)
    if head is None:
        raise SourceRefused("no_text_column")
    headings = [heading.strip() for heading in rows[head][1]]
    names, cells = named(headings), list(_cells(rows[head + 1 :], headings))
    dates = (row[name] for _, row in cells for name in row if names.get(name) == "published")
    days = Days(order_of(dates), day_first)
    for place, row in cells:
        try:
            yield load_row(row, place.removeprefix(f"{document.name}:"), document, limit, days, names)
        except SourceRefused as error:
            yield Refusal(place, error.reason)
    yield from days.notes(document.name)


def _cells(rows: Rows, headings: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for place, row in rows:
        if any(map(str.strip, row)):
            yield place, dict(zip(headings, row, strict=False))


def has_texts(rows: Rows) -> bool:
    """Tell whether a row at the top of a table names a column of texts."""
    return _head(rows) is not None


def _head(rows: Rows) -> int | None:
    """Return which row names the columns: the first that names a text."""
    return next((at for at, (_, row) in enumerate(rows[:_ABOVE]) if "text" in named(row).values()), None)


def _separator(text: str) -> str:
    if text[: len(_DECLARED)].lower() == _DECLARED:
        return text[len(_DECLARED)]
    top = list(itertools.islice(io.StringIO(text, newline=""), _ABOVE))
    return max(_SEPARATORS, key=lambda mark: _known(top, mark))


def _known(lines: Sequence[str], separator: str) -> tuple[int, int]:
    """Return how many names of columns a separator finds in a line, and how often it stands in the first."""
    found = (len(named(next(csv.reader([line], delimiter=separator), []))) for line in lines)
    return max(found, default=0), lines[0].count(separator) if lines else 0

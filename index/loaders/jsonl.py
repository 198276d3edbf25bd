"""A file of JSON lines, one article each -> Articles, and a refusal for each line that is none."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from index.errors import SourceRefused
from index.loaders.dates import Order, order_of
from index.loaders.document import Document
from index.loaders.flat import parse_flat
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.loaders.row import Days, load_row
from index.models import Article

_HEAD = 1_024
_PIECE = 1_000_000
_DATE = re.compile(rb'"(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})[ "T]')
_ESCAPED = 12  # bytes that one character takes at most, written as two \uXXXX
_OTHER_FIELDS = 65_536
_NOT_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_jsonl(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the article of each line, or its refusal ("news.jsonl:12"); blank lines are passed over.

    Only ``text`` is required in a line, under that name or another that ``columns.toml`` of a language knows. ``id``
    (without it the file's key is the article's), ``title``, ``lang``, ``published``, ``source``, ``author``, ``url``,
    ``form``, ``pages`` and ``times`` are not told when empty or of another type.

    Raises:
        SourceRefused: the file is empty or is not UTF-8 text as a whole.
    """
    empty = True
    days = Days(_order(document.file))
    lines = _lines(document.file, limit * _ESCAPED + _OTHER_FIELDS)
    for number, line in enumerate(lines, start=1):
        if line is not None and not line.strip():
            continue
        empty = False
        try:
            yield _article(line, number, document, limit, days)
        except SourceRefused as error:
            yield Refusal(f"{document.name}:{number}", error.reason)
    if empty:
        raise SourceRefused("empty")
    yield from days.notes(document.name)


def _order(file: BinaryIO) -> Order | None:
    """Return how the dates of the file are written; it stands at its beginning again."""
    begin = file.tell()
    dates = (found[1].decode() for line in iter(lambda: file.readline(_PIECE), b"") for found in _DATE.finditer(line))
    order = order_of(dates)
    file.seek(begin)
    return order


def _lines(file: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """Yield the lines, None for one longer than ``longest`` bytes, which is never held whole."""
    first = True
    while line := file.readline(longest + 1):
        if first:
            line = _without_mark(line)
            first = False
        if len(line) <= longest:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(longest)
        yield None


def _without_mark(line: bytes) -> bytes:
    if b"\0" in line[:_HEAD] or line.startswith(_NOT_TEXT):
        raise SourceRefused("jsonl_not_utf8")
    return line.removeprefix(codecs.BOM_UTF8)


def _article(line: bytes | None, number: int, document: Document, limit: int, days: Days) -> Article:
    if line is None:
        raise SourceRefused("line_too_long", most=limit)
    return load_row(_row(line), number, document, limit, days)


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = parse_flat(line)
    except UnicodeDecodeError as error:
        raise SourceRefused("line_not_utf8", byte=error.start + 1) from error
    except json.JSONDecodeError as error:
        raise SourceRefused("not_json", column=error.colno, why=error.msg) from error
    except (ValueError, RecursionError) as error:
        raise SourceRefused("json_too_deep") from error
    if not isinstance(row, dict):
        raise SourceRefused("not_an_object")
    return row

"""A file of JSON lines, one article each -> Articles, and a refusal for each line that is none."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from index.errors import SourceRefused
from index.loaders.dates import parse_day
from index.loaders.document import Document
from index.loaders.flat import parse_flat
from index.loaders.refusal import Refusal
from index.loaders.text import load_text, printable
from index.models import Article

_HEAD = 1_024
_ESCAPED = 12  # bytes that one character takes at most, written as two \uXXXX
_OTHER_FIELDS = 65_536
_NOT_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_jsonl(document: Document, limit: int) -> Iterator[Article | Refusal]:
    """Yield the article of each line, or its refusal ("news.jsonl:12"); blank lines are passed over.

    Only ``text`` is required in a line. ``id`` (without it the file's key is the article's), ``title``,
    ``lang``, ``published``, ``source``, ``author``, ``url``, ``form`` and ``pages`` are not told when empty or of
    another type.

    Raises:
        SourceRefused: the file is empty or is not UTF-8 text as a whole.
    """
    empty = True
    lines = _lines(document.file, limit * _ESCAPED + _OTHER_FIELDS)
    for number, line in enumerate(lines, start=1):
        if line is not None and not line.strip():
            continue
        empty = False
        try:
            yield _article(line, number, document, limit)
        except SourceRefused as error:
            yield Refusal(f"{document.name}:{number}", error.reason)
    if empty:
        raise SourceRefused("empty")


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


def _article(line: bytes | None, number: int, document: Document, limit: int) -> Article:
    if line is None:
        raise SourceRefused("line_too_long", most=limit)
    return load_row(_row(line), number, document, limit)


def load_row(row: Mapping[str, Any], number: int, document: Document, limit: int) -> Article:
    """Return the article that the fields of a row make; ``number`` tells it apart when it has no ``id``.

    Raises:
        SourceRefused: it has no ``text``, or one that is none.
    """
    if not isinstance(row.get("text"), str):
        raise SourceRefused("no_text_field")
    name = _told(row, "id")
    return load_text(
        row["text"],
        key=name or document.key,
        title=_told(row, "title"),
        lang=_told(row, "lang"),
        published=parse_day(_told(row, "published") or ""),
        source=_told(row, "source"),
        author=_told(row, "author"),
        url=_told(row, "url"),
        origin=f"{document.origin}#{name or number}",
        form=_told(row, "form"),
        pages=_pages(row),
        limit=limit,
    )


def _pages(row: Mapping[str, Any]) -> tuple[int, ...]:
    """Return where pages begin, as `dixit export` writes it; nothing when it cannot be so."""
    pages = row.get("pages")
    if not isinstance(pages, list) or not all(type(begin) is int for begin in pages):
        return ()
    fits = pages == sorted(pages) and pages[:1] == [0] and pages[-1] <= len(row["text"])
    return tuple(pages) if fits else ()


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


def _told(row: Mapping[str, Any], field: str) -> str | None:
    value = row.get(field)
    if field == "id" and type(value) is int:
        return str(value)
    if not isinstance(value, str):
        return None
    return " ".join(printable(value.replace("\0", " ")).split()) or None

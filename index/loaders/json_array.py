"""A JSON document (.json) of objects, one article each -> Articles, and a refusal for each object that is none."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from index.errors import SourceRefused
from index.loaders.columns import lifted, named
from index.loaders.dates import order_of
from index.loaders.document import Document
from index.loaders.encoding import decode
from index.loaders.jsonl import read_jsonl
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.loaders.row import Days, load_row
from index.models import Article

_DEEPEST = 4  # where a list of articles may stand: {"response": {"docs": [...]}}


def read_json(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the article of each object in the longest list of articles, or of the one object, or its refusal.

    The names of fields are those of JSON lines. A file of JSON lines is read as that.

    Raises:
        SourceRefused: it is no JSON, or holds no object with a text.
    """
    text = decode(document.read(), document.charset).text
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip().startswith("{") and "\n" in text.strip():
            lines = io.BytesIO(text.encode("utf-8", "surrogatepass"))
            yield from read_jsonl(Document(lines, document.name, document.origin, document.url), limit)
            return
        raise SourceRefused("not_json", column=error.colno, why=error.msg) from error
    except (ValueError, RecursionError) as error:
        raise SourceRefused("json_too_deep") from error
    count, rows = max(((_texts(rows), rows) for rows in _lists(value)), key=itemgetter(0), default=(0, []))
    if not count:
        raise SourceRefused("no_text_in_json")
    yield from _articles(rows, document, limit)


def _articles(rows: Sequence[Any], document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    days = Days(order_of(_dates(rows)))
    for number, row in enumerate(rows, start=1):
        try:
            if not isinstance(row, dict):
                raise SourceRefused("not_an_object")
            yield load_row(row, number, document, limit, days)
        except SourceRefused as error:
            yield Refusal(f"{document.name}:{number}", error.reason)
    yield from days.notes(document.name)


def _dates(rows: Sequence[Any]) -> Iterator[str]:
    for row in rows:
        if isinstance(row, dict):
            names = named(row := lifted(row))
            yield from (row[name] for name in row if names.get(name) == "published" and isinstance(row[name], str))


def _lists(value: Any, depth: int = 0) -> Iterator[Sequence[Any]]:
    """Yield the lists that may be of articles: an object is a list of one, and so are its values together."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        yield value
    elif isinstance(value, dict):
        yield [value]
        yield list(value.values())
        for inner in value.values():
            yield from _lists(inner, depth + 1)


def _texts(rows: Sequence[Any]) -> int:
    return sum(isinstance(row, Mapping) and "text" in named(lifted(row)).values() for row in rows)

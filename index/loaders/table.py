"""A table (.csv, .tsv) with a ``text`` column -> an Article for each of its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from index.errors import SourceRefused
from index.loaders.document import MOST_BYTES, Document
from index.loaders.encoding import decode
from index.loaders.jsonl import load_row
from index.loaders.refusal import Refusal
from index.models import Article

_SEPARATORS = ",;\t|"


def read_table(document: Document, limit: int) -> Iterator[Article | Refusal]:
    """Yield the article of each row, or its refusal ("news.csv:12", where it ends); blank rows are passed over.

    The first row names the columns: those of JSON lines, ``text`` alone is required. What separates them is the
    first row's commonest of comma, semicolon, tab and bar.

    Raises:
        SourceRefused: it is not text, empty, or has no ``text`` column.
    """
    text = decode(document.read(), document.charset).text
    if not text.strip():
        raise SourceRefused("empty")
    csv.field_size_limit(MOST_BYTES)  # a text too long is refused in the words of all forms
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    names = [name.strip().lower() for name in next(rows, [])]
    if "text" not in names:
        raise SourceRefused("no_text_column")
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            yield load_row(dict(zip(names, row, strict=False)), rows.line_num, document, limit)
        except SourceRefused as error:
            yield Refusal(f"{document.name}:{rows.line_num}", error.reason)


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(_SEPARATORS, key=first.count)

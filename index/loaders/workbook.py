"""A workbook (.xlsx) with a column of texts -> an Article for each row of each such sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from index.errors import SourceRefused
from index.loaders.archive import BROKEN, open_archive, refuse_unfit_parts
from index.loaders.document import Document
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.loaders.table import has_texts, read_rows
from index.models import Article
from index.reason import Reason

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (*BROKEN, InvalidFileException, ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError)
"""What the library raises for a workbook that is damaged; errors of XML are errors of syntax."""
_MOST_ROWS = 100_000


def read_workbook(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the article of each row, or its refusal ("news.xlsx:Feuil1:12"), and which sheets go on too far.

    Sheets without a column of texts are left out. What a formula yields is read as the program last saved it.

    Raises:
        SourceRefused: it is damaged, protected by a password, or has no column of texts.
    """
    data = document.read()
    if data.startswith(_OLD):
        raise SourceRefused("protected_xlsx")
    refuse_unfit_parts(open_archive(io.BytesIO(data), len(data)))
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [list(_rows(sheet, document)) for sheet in book.worksheets]
    except _BROKEN as error:
        raise SourceRefused("no_xlsx") from error
    read = list(filter(has_texts, sheets))
    if not read:
        raise SourceRefused("no_text_column")
    for rows in read:
        yield from read_rows(rows[:_MOST_ROWS], document, limit)
        if len(rows) > _MOST_ROWS:
            place, _ = rows[_MOST_ROWS]
            yield Note(place, Reason("rows_left_out", {"most": _MOST_ROWS}))


def _rows(sheet: Any, document: Document) -> Iterator[tuple[str, list[str]]]:
    sheet.reset_dimensions()  # what a file says of its own size may be anything
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=_MOST_ROWS + 1), start=1):
        yield f"{document.name}:{sheet.title}:{number}", [_written(value) for value in row]


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)

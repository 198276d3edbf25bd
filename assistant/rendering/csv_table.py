"""Rows in, CSV out that a spreadsheet opens as it is meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.rendering.escaping import for_cell
from assistant.texts.catalogue import Texts


def csv_table(headings: Iterable[str], rows: Iterable[Iterable[object]], texts: Texts) -> str:
    """Return rows as CSV (RFC 4180; a byte order mark first, by which spreadsheets know it is UTF-8).

    Columns are apart by what spreadsheets of that language expect. A cell that would be taken for a formula gets an
    apostrophe before it.
    """
    told = {"delimiter": texts.entry("csv"), "quoting": csv.QUOTE_ALL, "lineterminator": "\r\n"}
    return "\ufeff" + _written(headings, rows, told)


def plain_csv(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV for other programs: commas, marks where they are needed, lines as a terminal's."""
    return _written(headings, rows, {"lineterminator": "\n"})


def _written(headings: Iterable[str], rows: Iterable[Iterable[object]], form: Mapping[str, Any]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, **form)
    writer.writerow(headings)
    writer.writerows([for_cell(str("" if value is None else value)) for value in row] for row in rows)
    return out.getvalue()

"""Passages and quotations with their vectors, read for many articles at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from index.catalog.rows import BYTES_A_NUMBER, Unit, Vectors, unpacked
from index.catalog.tables import UNITS
from index.models import UnitKind

NAMED = 500
"""Articles that one statement names; SQLite takes 32,766 variables at most."""
ROWS = 2000
"""Rows that are turned into numbers at once."""


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Units of one kind, a row each.

    Attributes:
        article_ids: the article of each.
        spans: (units, 2), where each starts and ends in its article's text.
        vectors: (units, the model's dimensions).
    """

    article_ids: NDArray[np.str_]
    spans: NDArray[np.int64]
    vectors: Vectors


def units(connection: sa.Connection, article_ids: Collection[str] | None) -> Iterator[Unit]:
    """Yield the units of some articles, or of all."""
    for kind, table in UNITS.items():
        ordered = sa.select(table).order_by(table.c.article_id, table.c.start, table.c.end)
        for statement in _of_articles(ordered, table.c.article_id, article_ids):
            for row in connection.execute(statement):
                yield Unit(kind, row.article_id, row.start, row.end, unpacked(row.vector))


def unit_table(
    connection: sa.Connection, kind: UnitKind, dimensions: int, article_ids: Collection[str] | None
) -> UnitTable:
    """Return the units of one kind whose vectors have so many dimensions, of some articles or of all."""
    table = UNITS[kind]
    columns = sa.select(table.c.article_id, table.c.start, table.c.end, table.c.vector)
    fitting = columns.where(sa.func.length(table.c.vector) == dimensions * BYTES_A_NUMBER).order_by(table.c.rowid)
    found = [_no_units(dimensions)]
    for statement in _of_articles(fitting, table.c.article_id, article_ids):
        for rows in connection.execute(statement).partitions(ROWS):
            found.append(_to_table([tuple(row) for row in rows], dimensions))
    return joined(found)


def unit_counts(connection: sa.Connection, article_ids: Collection[str] | None) -> dict[str, int]:
    """Return how many units each article has: some articles, or all."""
    counts: Counter[str] = Counter()
    for table in UNITS.values():
        counted = sa.select(table.c.article_id, sa.func.count()).group_by(table.c.article_id)
        for statement in _of_articles(counted, table.c.article_id, article_ids):
            counts.update({article: count for article, count in connection.execute(statement)})
    return dict(counts)


def joined(tables: Collection[UnitTable]) -> UnitTable:
    """Return the rows of all tables in one."""
    return UnitTable(
        np.concatenate([table.article_ids for table in tables]),
        np.concatenate([table.spans for table in tables]),
        np.concatenate([table.vectors for table in tables]),
    )


def _of_articles(
    statement: sa.Select[Any], article: sa.ColumnElement[str], article_ids: Collection[str] | None
) -> Iterator[sa.Select[Any]]:
    """Yield a statement for some articles, as often as it takes to name them all; for every one, as it is."""
    if article_ids is None:
        yield statement
    else:
        wanted = list(article_ids)
        for at in range(0, len(wanted), NAMED):
            yield statement.where(article.in_(wanted[at : at + NAMED]))


def _no_units(dimensions: int) -> UnitTable:
    return UnitTable(np.empty(0, "U16"), np.empty((0, 2), np.int64), np.empty((0, dimensions), np.float32))


def _to_table(rows: list[tuple[Any, ...]], dimensions: int) -> UnitTable:
    stored = np.frombuffer(b"".join(row[3] for row in rows), dtype=np.float16)
    return UnitTable(
        np.array([row[0] for row in rows]),
        np.array([row[1:3] for row in rows], np.int64),
        stored.reshape(-1, dimensions).astype(np.float32),
    )

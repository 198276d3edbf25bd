"""Columns made of a noun's fields, and those that a stored catalog does not have yet.

A noun that gains a field that may be None gains its column here, without a migration: articles that were read before
have None in it until they are read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import sqlalchemy as sa

from index.catalog.types import TEXT, WORD

_TYPES: Final[dict[type, sa.types.TypeEngine[Any]]] = {
    str: TEXT,
    int: sa.Integer(),
    float: sa.Float(),
    bool: sa.Boolean(),
}


def field_columns(noun: type, but: Collection[str] = (), indexed: Collection[str] = ()) -> list[sa.Column[Any]]:
    """Return a column for each field of a dataclass; one that may be None may be null.

    Args:
        noun: its fields are texts, numbers, truth values or one of some words (``Literal``).
        but: the fields that get none.
        indexed: the fields that are searched by.

    Raises:
        TypeError: a field holds something else.
    """
    hints = get_type_hints(noun)
    return [_column(name, hint, name in indexed) for name, hint in hints.items() if name not in but]


def missing_columns(connection: sa.Connection, tables: Iterable[sa.Table]) -> list[sa.Column[Any]]:
    """Return the columns that tables have today and the stored ones do not; a table that is not stored misses none."""
    tables = list(tables)
    stored = sa.inspect(connection).get_multi_columns(filter_names=[table.name for table in tables])
    named = {name: {column["name"] for column in columns} for (_, name), columns in stored.items()}
    there = (table for table in tables if table.name in named)
    return [column for table in there for column in table.c if column.name not in named[table.name]]


def add_columns(connection: sa.Connection, columns: Iterable[sa.Column[Any]]) -> None:
    """Add columns, with their indexes, to the stored tables; no row is rewritten for it."""
    for column in columns:
        told = sa.schema.CreateColumn(column).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {column.table.name} ADD COLUMN {told}")
        for index in column.table.indexes:
            if column.name in index.columns:
                index.create(connection)


def _column(name: str, hint: Any, index: bool) -> sa.Column[Any]:
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kind, *others = [kind for kind in kinds if kind is not NoneType]
    stored = WORD if get_origin(kind) is Literal else _TYPES.get(kind)
    if stored is None or others:
        raise TypeError(f"{name}: no column holds {hint}. Make it one of {', '.join(k.__name__ for k in _TYPES)}.")
    return sa.Column(name, stored, nullable=NoneType in kinds, index=index)

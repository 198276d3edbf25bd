"""Values as a table: there may be more of them than a statement may have parameters."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class json_values(GenericFunction[Any]):  # noqa: N801 (functions of SQL are named so)
    """The values of a JSON array, a row each, in the column ``value``."""

    inherit_cache = True


@compiles(json_values, "sqlite")
def _sqlite(values: json_values, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_each({compiler.process(values.clauses, **how)})"


@compiles(json_values, "postgresql")
def _postgresql(values: json_values, compiler: SQLCompiler, **how: Any) -> str:
    return f"jsonb_array_elements_text(CAST({compiler.process(values.clauses, **how)} AS JSONB))"


def among(values: Collection[str]) -> sa.Select[Any]:
    """Return some texts as a table."""
    return sa.select(_values(values))


def rows_among(rows: Collection[int]) -> sa.Select[Any]:
    """Return the numbers of some rows as a table."""
    return sa.select(sa.cast(_values(rows), sa.BigInteger))


def _values(values: Collection[Any]) -> sa.ColumnElement[Any]:
    given: sa.BindParameter[str] = sa.bindparam("values", json.dumps(list(values)), unique=True)
    return json_values(given).table_valued("value").c.value

"""What each database does in its own way; all else of the catalog is the same SQL for every one."""

from __future__ import annotations

import sqlalchemy as sa

from index.catalog.dialects.dialect import Dialect
from index.catalog.dialects.postgresql.dialect import Postgresql
from index.catalog.dialects.sqlite.dialect import Sqlite

__all__ = ["Dialect", "dialect_of"]

_DIALECTS: dict[str, Dialect] = {"sqlite": Sqlite(), "postgresql": Postgresql()}


def dialect_of(database: sa.Connection | sa.Engine) -> Dialect:
    """Return the dialect that a database speaks."""
    return _DIALECTS[database.dialect.name]

"""How the catalog's database is opened, made when it is not there, and brought to today's form when it is older."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from index.catalog.faults import advice
from index.catalog.fulltext import create_terms
from index.catalog.tables import FACTS, METADATA, UNITS
from index.errors import StoreError

SCHEMA_VERSION = "2"
"""The newest revision of ``index.catalog.migrations``; each catalog tells its own in its facts."""
WRITE = {"dixit_write": True}
"""Execution options of a transaction that writes."""
BUSY_SECONDS = 30
"""How long a writer waits for another process's transaction."""


def open_database(data: Path) -> sa.Engine:
    """Open the catalog's database in a data directory; both are made when they are not there.

    A catalog of an older version is migrated, in one transaction, after a copy of it was put beside it
    (``catalog.sqlite.before-2`` for what was there before version 2).

    Raises:
        StoreError: the directory cannot be written, or the file is no catalog, or one of a newer version.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{data}: cannot be made ({error.strerror}). Name a folder you can write.") from error
    path = data / "catalog.sqlite"
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_connection)
    sa.event.listen(engine, "begin", _begin)
    with store_errors(engine):
        with engine.connect() as connection:
            version = _version(connection)
        if version != SCHEMA_VERSION:
            _bring_to_form(engine, path)
    return engine


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that holds the write lock from its beginning; all of it is kept, or nothing."""
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        yield connection


@contextmanager
def store_errors(engine: sa.Engine) -> Iterator[None]:
    """Turn the database's errors into a ``StoreError``."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        reason = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        raise StoreError(f"{engine.url.database}: {reason}. {advice(reason)}") from error


def _prepare_connection(connection: Any, _: Any) -> None:
    # SQLAlchemy begins transactions itself (see _begin), so sqlite3 must not.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A writer takes the lock at once: an upgrade from read to write could fail with SQLITE_BUSY at any statement.
    write = connection.get_execution_options().get("dixit_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _version(connection: sa.Connection) -> str | None:
    """The version that a catalog tells; None when the database is empty."""
    if not sa.inspect(connection).has_table(FACTS.name):
        return None
    return str(connection.scalar(sa.select(FACTS.c.value).where(FACTS.c.name == "schema")))


def _bring_to_form(engine: sa.Engine, path: Path) -> None:
    with writing(engine) as connection:
        version = _version(connection)  # again: another process may have been here first
        if version is None:
            _create(connection)
        elif version.isdecimal() and int(version) < int(SCHEMA_VERSION):
            _keep_aside(path, path.with_name(f"{path.name}.before-{SCHEMA_VERSION}"))
            from index.catalog.migrations import migrate  # Alembic takes a while to import

            migrate(connection, version, SCHEMA_VERSION)
            connection.execute(sa.update(FACTS).where(FACTS.c.name == "schema").values(value=SCHEMA_VERSION))
        elif version != SCHEMA_VERSION:
            raise StoreError(
                f"{path}: catalog of version {version}, this Dixit reads {SCHEMA_VERSION}. Use the Dixit that made it."
            )


def _create(connection: sa.Connection) -> None:
    METADATA.create_all(connection)
    for table in UNITS.values():
        create_terms(connection, table)
    connection.exec_driver_sql("CREATE VIRTUAL TABLE passages_vocabulary USING fts5vocab(passages_terms, 'row')")
    facts = [{"name": "schema", "value": SCHEMA_VERSION}, {"name": "revision", "value": "0"}]
    connection.execute(sa.insert(FACTS), facts)


def _keep_aside(path: Path, copy: Path) -> None:
    """Copy the database as it was last committed; the copy appears under its name when it is whole."""
    draft = copy.with_name(f"{copy.name}.new")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(draft)) as new:
        old.backup(new)
    draft.replace(copy)

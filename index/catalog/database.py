"""How the catalog's database is opened, made when it is not there, and brought to today's form when it is older."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from index.catalog.columns import add_columns, missing_columns
from index.catalog.dialects import dialect_of
from index.catalog.dialects.postgresql import server
from index.catalog.dialects.sqlite import file
from index.catalog.tables import FACTS, METADATA, UNITS
from index.catalog.vocabulary import create_triggers
from index.errors import StoreError, disk_errors

SCHEMA_VERSION = "7"
"""The newest revision of ``index.catalog.migrations``; each catalog stores its own in its facts."""
ID = "id"
"""The fact of a catalog that tells it from others."""
WRITE = {"dixit_write": True}
"""Execution options of a transaction that writes."""
QUEUE = WRITE | {"dixit_queue": True}
"""Of one that writes jobs alone: where the database knows several writers, it waits for none that stores an article."""

log = logging.getLogger(__name__)


def open_database(data: Path, url: str = "") -> sa.Engine:
    """Open the catalog's database: the file in a data directory, or the one on a PostgreSQL server that ``url`` names.

    What is not there is made, in a data directory for its owner alone.

    A catalog of an older version is migrated, in one transaction, after a copy of a file was put beside it
    (``catalog.sqlite.before-7`` for what was there before version 7). Columns that tables gained within a version are
    added without a copy, as no row changes. A catalog that this user cannot write is opened to be read; every
    ``writing`` is then refused.

    Raises:
        StoreError: it cannot be made or read, or is no catalog, an emptied file, or one of a newer version.
    """
    return _open_server(data, url) if url else _open_file(data)


def is_read_only(engine: sa.Engine) -> bool:
    """Tell whether a database was opened to be read, as this user cannot write it."""
    return bool(engine.get_execution_options().get("dixit_read_only"))


def require_writable(engine: sa.Engine) -> None:
    """Refuse to go on with a database that was opened to be read.

    Raises:
        StoreError: it was.
    """
    if is_read_only(engine):
        raise StoreError(
            f"{place_of(engine)}: this user cannot write it, so articles can be read and asked about, not changed. "
            f"{dialect_of(engine).how_to_write}"
        )


def catalog_id(connection: sa.Connection) -> str:
    """Return what tells a catalog from every other, and from none of its copies; empty: it has none yet."""
    return fact(connection, ID) or ""


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that holds the write lock from its beginning; all of it is kept, or nothing.

    Raises:
        StoreError: the database was opened to be read.
    """
    with _begun(engine, WRITE) as connection:
        yield connection


@contextmanager
def queueing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that writes jobs and nothing else; see ``writing``.

    Raises:
        StoreError: the database was opened to be read.
    """
    with _begun(engine, QUEUE) as connection:
        yield connection


@contextmanager
def _begun(engine: sa.Engine, how: dict[str, bool]) -> Iterator[sa.Connection]:
    require_writable(engine)
    with engine.connect().execution_options(**how) as connection, connection.begin():
        yield connection


@contextmanager
def store_errors(engine: sa.Engine) -> Iterator[None]:
    """Turn the database's errors into a ``StoreError``."""
    try:
        yield
    except sa.exc.TimeoutError as error:
        told = "all connections are in use, and none came free in time"
        raise StoreError(f"{place_of(engine)}: {told}. Nothing was changed: try again later.") from error
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        reason = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        told = " ".join(str(reason).split()).rstrip(".?")
        raise StoreError(f"{place_of(engine)}: {told}. {dialect_of(engine).advice(reason)}") from error


def _open_file(data: Path) -> sa.Engine:
    path = data / file.CATALOG
    with disk_errors(data):
        file.refuse_emptied(path)
        if not file.is_writable(path):
            return _current_or_refused(file.engine_to_read(path))
    exposed = file.make(path)
    engine = file.engine_to_write(path)
    _bring_to_form(engine, lambda: file.keep_aside(path, path.with_name(f"{path.name}.before-{SCHEMA_VERSION}")))
    if exposed:
        log.warning("%s could be read by other users of this machine; now it is its owner's alone.", data)
    return engine


def _open_server(data: Path, url: str) -> sa.Engine:
    file.make_data(data)
    engine = server.engine_of(url)
    try:
        with store_errors(engine), engine.connect() as connection:
            writable = server.is_writable(connection)
        if not writable:
            return _current_or_refused(engine.execution_options(dixit_read_only=True))
        _bring_to_form(engine, lambda: log.warning("%s is brought to version %s.", place_of(engine), SCHEMA_VERSION))
    except StoreError:
        engine.dispose()
        raise
    return engine


def _current_or_refused(engine: sa.Engine) -> sa.Engine:
    """Return a database that is only read, unless it is not of today's form."""
    with store_errors(engine), engine.connect() as connection:
        version, current = _version(connection), _is_current(connection)
    if current:
        return engine
    if version is None or version == SCHEMA_VERSION or _is_older(version):
        told = f"{place_of(engine)}: it must be brought to the form of this Dixit, which writes it."
        raise StoreError(f"{told} {dialect_of(engine).how_to_write}")
    raise _of_another_version(engine, version)


def place_of(engine: sa.Engine) -> str:
    """Return where a catalog is, as errors name it: without a password."""
    return dialect_of(engine).place(engine.url)


def fact(connection: sa.Connection, name: str) -> str | None:
    """Return what a catalog states of itself under a name; None: nothing."""
    return connection.scalar(sa.select(FACTS.c.value).where(FACTS.c.name == name))


def _version(connection: sa.Connection) -> str | None:
    """The version that a catalog states; None when the database is empty."""
    if not sa.inspect(connection).has_table(FACTS.name):
        return None
    return str(fact(connection, "schema"))


def _is_current(connection: sa.Connection) -> bool:
    return _version(connection) == SCHEMA_VERSION and not missing_columns(connection, METADATA.sorted_tables)


def _bring_to_form(engine: sa.Engine, before_migration: Callable[[], None]) -> None:
    """Make a catalog where there is none, and one of today of an older one."""
    with store_errors(engine):
        with engine.connect() as connection:
            current = _is_current(connection) and catalog_id(connection)
        if not current:
            with writing(engine) as connection:
                _make_or_migrate(connection, before_migration)


def _make_or_migrate(connection: sa.Connection, before_migration: Callable[[], None]) -> None:
    version = _version(connection)  # again: another process may have been here first
    if version is None:
        _create(connection)
    elif _is_older(version):
        before_migration()
        from index.catalog.migrations import migrate  # Alembic takes a while to import

        migrate(connection, version, SCHEMA_VERSION)
        connection.execute(sa.update(FACTS).where(FACTS.c.name == "schema").values(value=SCHEMA_VERSION))
    elif version != SCHEMA_VERSION:
        raise _of_another_version(connection.engine, version)
    add_columns(connection, missing_columns(connection, METADATA.sorted_tables))
    if not catalog_id(connection):  # it was made before catalogs had one
        connection.execute(sa.insert(FACTS), {"name": ID, "value": uuid.uuid4().hex})


def _is_older(version: str) -> bool:
    return version.isdecimal() and int(version) < int(SCHEMA_VERSION)


def _of_another_version(engine: sa.Engine, version: str) -> StoreError:
    told = f"{place_of(engine)}: catalog of version {version}, this Dixit reads {SCHEMA_VERSION}."
    return StoreError(f"{told} Use the Dixit that made it.")


def _create(connection: sa.Connection) -> None:
    METADATA.create_all(connection)
    dialect = dialect_of(connection)
    for table in UNITS.values():
        dialect.create_terms(connection, table)
    dialect.create_whole_texts(connection)
    dialect.create(connection)
    create_triggers(connection)
    facts = [{"name": "schema", "value": SCHEMA_VERSION}, {"name": "revision", "value": "0"}]
    connection.execute(sa.insert(FACTS), facts)

"""How the catalog's database is opened, made when it is not there, and brought to today's form when it is older."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from index.catalog.columns import add_columns, missing_columns
from index.catalog.fulltext import create_terms
from index.catalog.sqlite_errors import WRITABLE, advice
from index.catalog.tables import FACTS, METADATA, UNITS
from index.catalog.vocabulary import create_triggers
from index.catalog.whole_texts import create_whole_texts
from index.errors import StoreError, disk_errors
from index.permissions import can_write, close_to_others, make_file, make_folder

CATALOG = "catalog.sqlite"
SCHEMA_VERSION = "6"
"""The newest revision of ``index.catalog.migrations``; each catalog stores its own in its facts."""
WRITE = {"dixit_write": True}
"""Execution options of a transaction that writes."""
BUSY_SECONDS = 30
"""How long a writer waits for another process's transaction."""

log = logging.getLogger(__name__)


def open_database(data: Path) -> sa.Engine:
    """Open the catalog's database in a data directory; both are made when they are not there, for their owner alone.

    A catalog of an older version is migrated, in one transaction, after a copy of it was put beside it
    (``catalog.sqlite.before-6`` for what was there before version 6). Columns that tables gained within a version are
    added without a copy, as no row changes. A catalog that this user cannot write is opened to be read; every
    ``writing`` is then refused.

    Raises:
        StoreError: it cannot be made or read, or the file is no catalog, an emptied one, or one of a newer version.
    """
    path = data / CATALOG
    with disk_errors(data):
        refuse_emptied(path)
        if path.is_file() and not (can_write(data) and os.access(path, os.W_OK)):
            return _open_to_read(path)
    exposed = _make(path)
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_connection)
    sa.event.listen(engine, "begin", _begin)
    with store_errors(engine):
        with engine.connect() as connection:
            current = _is_current(connection)
        if not current:
            _bring_to_form(engine, path)
    if exposed:
        log.warning("%s could be read by other users of this machine; now it is its owner's alone.", data)
    return engine


def refuse_emptied(path: Path) -> None:
    """Refuse a catalog of no bytes where other files beside it show that there was more in it.

    Raises:
        StoreError: it says how to get the articles back.
    """
    if not path.is_file() or path.stat().st_size:
        return
    copies = sorted(path.parent.glob(f"{path.name}.before-*"))
    vectors = path.parent / "vectors"
    if copies or _holds_something(path, "-wal") or (vectors.is_dir() and any(map(Path.is_dir, vectors.iterdir()))):
        copy = f", or put {copies[-1].name} in its place" if copies else ""
        raise StoreError(
            f"{path}: it is empty, and was not before. Put a backup back with `dixit restore FILE --force`{copy}, or "
            "remove it to begin anew."
        )


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Connect to a database that this user cannot write, as it was last committed.

    SQLite reads a database with a log (WAL) only where it can make a file for its locks, or when it is assured that
    nobody changes the database meanwhile. That is assumed when no log lies beside it: a writer keeps one there.

    Raises:
        StoreError: changes that were committed lie in a log that cannot be taken in without writing.
        sqlite3.Error: it cannot be read.
    """
    try:
        return _connect(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN:
            raise
    for log in ("-wal", "-journal"):
        if _holds_something(path, log):
            raise StoreError(
                f"{path}{log}: changes of a process that was stopped lie there, and can be taken in only where this "
                "user can write. Run `dixit list` once where it is writable, or copy the folder there."
            )
    return _connect(path, "mode=ro&immutable=1")


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
            f"{engine.url.database}: this user cannot write it, or its folder, so articles can be read and asked "
            f"about, not changed. {WRITABLE}"
        )


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that holds the write lock from its beginning; all of it is kept, or nothing.

    Raises:
        StoreError: the database was opened to be read.
    """
    require_writable(engine)
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


def _make(path: Path) -> bool:
    """Make the data directory and an empty catalog where there is none; tell whether others could read one."""
    data = path.parent
    try:
        make_folder(data)
    except OSError as error:
        raise StoreError(f"{data}: cannot be made ({error.strerror}). Name a folder you can write.") from error
    with disk_errors(path):
        exposed = close_to_others(data)
        make_file(path)
    return exposed


def _open_to_read(path: Path) -> sa.Engine:
    engine = sa.create_engine(
        f"sqlite:///{path}", creator=lambda: connect_to_read(path), execution_options={"dixit_read_only": True}
    )
    with store_errors(engine), engine.connect() as connection:
        version, current = _version(connection), _is_current(connection)
    if current:
        return engine
    if version is None or version == SCHEMA_VERSION or _is_older(version):
        raise StoreError(f"{path}: it must be brought to the form of this Dixit, which writes it. {WRITABLE}")
    raise _of_another_version(path, version)


def _connect(path: Path, how: str) -> sqlite3.Connection:
    # SQLAlchemy's pool hands connections from thread to thread.
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except BaseException:
        connection.close()
        raise
    return connection


def _holds_something(path: Path, log: str) -> bool:
    beside = path.with_name(path.name + log)
    return beside.is_file() and beside.stat().st_size > 0


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
    """The version that a catalog states; None when the database is empty."""
    if not sa.inspect(connection).has_table(FACTS.name):
        return None
    return str(connection.scalar(sa.select(FACTS.c.value).where(FACTS.c.name == "schema")))


def _is_current(connection: sa.Connection) -> bool:
    return _version(connection) == SCHEMA_VERSION and not missing_columns(connection, METADATA.sorted_tables)


def _bring_to_form(engine: sa.Engine, path: Path) -> None:
    with writing(engine) as connection:
        version = _version(connection)  # again: another process may have been here first
        if version is None:
            _create(connection)
        elif _is_older(version):
            _keep_aside(path, path.with_name(f"{path.name}.before-{SCHEMA_VERSION}"))
            from index.catalog.migrations import migrate  # Alembic takes a while to import

            migrate(connection, version, SCHEMA_VERSION)
            connection.execute(sa.update(FACTS).where(FACTS.c.name == "schema").values(value=SCHEMA_VERSION))
        elif version != SCHEMA_VERSION:
            raise _of_another_version(path, version)
        add_columns(connection, missing_columns(connection, METADATA.sorted_tables))


def _is_older(version: str) -> bool:
    return version.isdecimal() and int(version) < int(SCHEMA_VERSION)


def _of_another_version(path: Path, version: str) -> StoreError:
    told = f"{path}: catalog of version {version}, this Dixit reads {SCHEMA_VERSION}."
    return StoreError(f"{told} Use the Dixit that made it.")


def _create(connection: sa.Connection) -> None:
    METADATA.create_all(connection)
    for table in UNITS.values():
        create_terms(connection, table)
    create_whole_texts(connection)
    connection.exec_driver_sql("CREATE VIRTUAL TABLE passages_vocabulary USING fts5vocab(passages_terms, 'row')")
    create_triggers(connection)
    facts = [{"name": "schema", "value": SCHEMA_VERSION}, {"name": "revision", "value": "0"}]
    connection.execute(sa.insert(FACTS), facts)


def _keep_aside(path: Path, copy: Path) -> None:
    """Copy the database as it was last committed; the copy appears under its name when it is whole."""
    draft = copy.with_name(f"{copy.name}.new")
    draft.unlink(missing_ok=True)
    make_file(draft)
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(draft)) as new:
        old.backup(new)
    draft.replace(copy)

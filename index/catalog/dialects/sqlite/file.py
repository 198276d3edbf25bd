"""The file of a catalog in the data directory: made, connected to, refused when it was emptied, copied."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from index.errors import StoreError, disk_errors
from index.permissions import can_write, close_to_others, make_file, make_folder

CATALOG = "catalog.sqlite"
BUSY_SECONDS = 30
"""How long a writer waits for another process's transaction."""


def make(path: Path) -> bool:
    """Make the data directory and an empty catalog where there is none; tell whether others could read one.

    Raises:
        StoreError: they cannot be made.
    """
    exposed = make_data(path.parent)
    with disk_errors(path):
        make_file(path)
    return exposed


def make_data(data: Path) -> bool:
    """Make the data directory where there is none; tell whether others could read it.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        make_folder(data)
    except OSError as error:
        raise StoreError(f"{data}: cannot be made ({error.strerror}). Name a folder you can write.") from error
    with disk_errors(data):
        return close_to_others(data)


def is_writable(path: Path) -> bool:
    """Tell whether this user can write a catalog, or make it when it is not there."""
    return not path.is_file() or (can_write(path.parent) and os.access(path, os.W_OK))


def engine_to_write(path: Path) -> sa.Engine:
    """Return what connects to a catalog."""
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_connection)
    sa.event.listen(engine, "begin", _begin)
    return engine


def engine_to_read(path: Path) -> sa.Engine:
    """Return what connects to a catalog that this user cannot write."""
    return sa.create_engine(
        f"sqlite:///{path}", creator=lambda: connect_to_read(path), execution_options={"dixit_read_only": True}
    )


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


def keep_aside(path: Path, copy: Path) -> None:
    """Copy the database as it was last committed; the copy appears under its name when it is whole."""
    draft = copy.with_name(f"{copy.name}.new")
    draft.unlink(missing_ok=True)
    make_file(draft)
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(draft)) as new:
        old.backup(new)
    draft.replace(copy)


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

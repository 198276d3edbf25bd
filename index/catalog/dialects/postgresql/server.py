"""A PostgreSQL server: connected to; one process at a time writes a catalog, and whoever reads sees it as of a moment.

Everything that is written counts on being alone (as in SQLite, which knows one writer), so a transaction that writes
takes a lock of the database's first. It waits there for the one before, and then sees all that that one wrote. Only
jobs are written without it: each is locked by itself.
"""

from __future__ import annotations

import time
from functools import partial
from importlib.util import find_spec
from typing import Any, Final

import sqlalchemy as sa

from index.errors import SettingsError, StoreError

BUSY_SECONDS: Final = 30.0
TRUSTED_SECONDS: Final = 1.0
"""A connection that was used so lately is taken to be one; each trial of one costs a way to the server and back."""
_CUT_OFF: Final = {
    "connect_timeout": 10, "keepalives_idle": 10, "keepalives_interval": 10, "keepalives_count": 3,
    "tcp_user_timeout": 40_000,
}  # fmt: skip
"""After so many seconds (the last in thousandths) a server that says nothing any more is away: by itself the system
waits for many minutes. The address may say otherwise."""
WRITER: Final = 0x6469786974
"""The advisory lock of whoever writes a catalog: "dixit"; of one in a schema of its own, the schema's."""
_DRIVER: Final = "postgresql+psycopg"
_ENCODING: Final = "UTF8"


def engine_of(url: str, busy_seconds: float = BUSY_SECONDS) -> sa.Engine:
    """Return what connects to a server; a writer waits so long for another process's transaction.

    Raises:
        SettingsError: the address is none of PostgreSQL's.
        StoreError: the driver is not installed.
    """
    address = parsed(url)
    if find_spec("psycopg") is None:
        raise StoreError("PostgreSQL's driver is not installed. Install it with `pip install 'dixit[server]'`.")
    own = {name: value for name, value in _CUT_OFF.items() if name not in address.query}
    engine = sa.create_engine(
        address,
        isolation_level="REPEATABLE READ",
        # Plans that are made once and for all do not know how common a word is; and poolers forget them.
        connect_args={"prepare_threshold": None, **own},
    )
    sa.event.listen(engine, "checkin", _note_use)
    sa.event.listen(engine, "checkout", partial(_try_out, engine.dialect.loaded_dbapi.Error))
    sa.event.listen(engine, "begin", partial(_begin, busy_seconds, _lock(address)))
    return engine


def is_writable(connection: sa.Connection) -> bool:
    """Tell whether this user can write the catalog, or make it when it is not there.

    Raises:
        StoreError: the database cannot hold every text.
    """
    encoding = connection.scalar(sa.text("SHOW server_encoding"))
    if encoding != _ENCODING:
        raise StoreError(f"The database is of encoding {encoding}. Make one with `createdb --encoding=UTF8`.")
    allowed = (
        "has_table_privilege('facts', 'UPDATE')"
        if connection.scalar(sa.text("SELECT to_regclass('facts')")) is not None
        else "has_schema_privilege(current_schema(), 'CREATE')"
    )
    asked = f"SELECT current_setting('transaction_read_only') = 'off' AND {allowed}"
    return bool(connection.scalar(sa.text(asked)))


def parsed(url: str) -> sa.URL:
    """Return an address as SQLAlchemy takes it.

    Raises:
        SettingsError: it is none of PostgreSQL's.
    """
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError:
        address = None
    if address is None or address.drivername not in (_DRIVER, "postgresql", "postgres"):
        raise SettingsError(
            "DIXIT_CATALOG_URL (or --from or --to of `dixit migrate`) is no address of PostgreSQL's. Write "
            "postgresql+psycopg://USER:PASSWORD@HOST/DATABASE, or leave it out."
        )
    return address.set(drivername=_DRIVER)


def _note_use(_: Any, record: sa.pool.ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _try_out(failure: type[Exception], connection: Any, record: sa.pool.ConnectionPoolEntry, _: Any) -> None:
    """Give up a connection that was left alone for a while and is none any more, as the server was started again.

    One that was just made is not tried: SQLAlchemy makes no third one, and tells no error of the database's then.
    """
    used = record.info.get("used")
    if used is not None and time.monotonic() - used > TRUSTED_SECONDS:
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except failure as error:  # another is made, or tells why it cannot be
            raise sa.exc.DisconnectionError from error


def _lock(address: sa.URL) -> str:
    """Return the number of the lock that a writer takes, in SQL: catalogs of one database do not wait for another."""
    alone = "search_path" not in address.query.get("options", "")
    return str(WRITER) if alone else f"hashtextextended(current_schema(), {WRITER})"


def _begin(busy_seconds: float, lock: str, connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if options.get("dixit_write"):
        alone = "" if options.get("dixit_queue") else f"; SELECT pg_advisory_xact_lock({lock})"
        connection.exec_driver_sql(
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; "  # all that was written while it waits is seen
            f"SET LOCAL lock_timeout = '{int(busy_seconds * 1000)}ms'{alone}"
        )

"""The tables of the catalog, and how its database is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from index.errors import StoreError
from index.models import UnitKind

SCHEMA_VERSION = "1"
WRITE = {"dixit_write": True}
"""Execution options of a transaction that writes."""
BUSY_SECONDS = 30
"""How long a writer waits for another process's transaction."""

_metadata = sa.MetaData()
FACTS = sa.Table(
    "facts",
    _metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)
ARTICLES = sa.Table(
    "articles",
    _metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("key", sa.String, nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("lang", sa.String, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("source", sa.Text),
    sa.Column("author", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("origin", sa.Text, index=True),
    sa.Column("model", sa.String, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, index=True),
)


def _unit_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("rowid", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    ]


PASSAGES = sa.Table("passages", _metadata, *_unit_columns())
QUOTATIONS = sa.Table(
    "quotations",
    _metadata,
    *_unit_columns(),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("speaker", sa.Text, index=True),
    sa.Column("speaker_as_written", sa.Text),
    sa.Column("cue", sa.Text),
    sa.Column("via", sa.Text),
)
NAMES = sa.Table(
    "names",
    _metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True, index=True),
)
FEEDBACK = sa.Table(
    "feedback",
    _metadata,
    sa.Column("rowid", sa.Integer, primary_key=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("articles", sa.JSON, nullable=False),
    sa.Column("verdict", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)
UNITS: dict[UnitKind, sa.Table] = {"passage": PASSAGES, "quotation": QUOTATIONS}


def open_database(data: Path) -> sa.Engine:
    """Open the catalog's database in a data directory; both are made when they are not there.

    Raises:
        StoreError: the directory cannot be written, or the file is no catalog of this version.
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
        _create_schema(engine)
        with engine.connect() as connection:
            version = connection.scalar(sa.select(FACTS.c.value).where(FACTS.c.name == "schema"))
    if version != SCHEMA_VERSION:
        raise StoreError(f"{path}: catalog of version {version}, this Dixit reads {SCHEMA_VERSION}. Use its own.")
    return engine


def _prepare_connection(connection: Any, _: Any) -> None:
    # SQLAlchemy begins transactions itself (see _begin), so sqlite3 must not.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A writer takes the lock at once: an upgrade from read to write could fail with SQLITE_BUSY at any statement.
    write = connection.get_execution_options().get("dixit_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _create_schema(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        if sa.inspect(connection).has_table("feedback"):  # the newest table
            return
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        filled = sa.inspect(connection).has_table("facts")  # by another process, or by an earlier Dixit
        _metadata.create_all(connection)
        if filled:
            return
        for table in UNITS.values():
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {table.name}_terms USING fts5(terms, tokenize = 'unicode61 remove_diacritics 2')"
            )
        connection.exec_driver_sql("CREATE VIRTUAL TABLE passages_vocabulary USING fts5vocab(passages_terms, 'row')")
        facts = [{"name": "schema", "value": SCHEMA_VERSION}, {"name": "revision", "value": "0"}]
        connection.execute(sa.insert(FACTS), facts)


@contextmanager
def store_errors(engine: sa.Engine) -> Iterator[None]:
    """Turn the database's errors into a ``StoreError``."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        reason = str(error.orig)
        raise StoreError(
            f"{engine.url.database}: {reason}. The catalog must be a writable SQLite file on a disk with space."
        ) from error

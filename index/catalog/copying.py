"""One catalog -> another database: an embedded catalog into PostgreSQL, and back.

Tables are copied one after the other, in the order of their keys and in batches, a transaction each, so that a copy
that was stopped is gone on with. Until it is whole it cannot be opened as a catalog.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from index.catalog.database import fact, open_database, place_of, require_writable, store_errors, writing
from index.catalog.dialects import dialect_of
from index.catalog.dialects.sqlite.file import CATALOG
from index.catalog.fulltext import stored_terms
from index.catalog.tables import ARRIVAL, ARTICLES, FACTS, FEEDBACK, METADATA, PEOPLE, TEXTS, UNITS, VOCABULARY
from index.catalog.whole_texts import WORDS
from index.errors import StoreError

COPYING: Final = "copying"
"""The fact of a catalog that is being made as a copy: which state of the other it is a copy of."""
BATCH: Final = 1000
"""Rows a transaction."""
ARTICLES_A_BATCH: Final = 50
"""Texts may be long."""
SAMPLE: Final = 200
"""Passages, and quotations, of which place and vector are compared in the end."""
_TABLES: Final = [table for table in METADATA.sorted_tables if table not in (FACTS, VOCABULARY)]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a catalog is: the file in a data directory, or the database on a server that ``url`` names."""

    data: Path
    url: str = ""


def copy_catalog(source: Place, target: Place, told: Callable[[str], None] = log.info) -> int:
    """Copy a catalog into an empty place, or go on with a copy that was stopped; return how many articles.

    Args:
        source: nothing is changed in it; whoever writes it meanwhile spoils the copy, which is told.
        target: it is made when it is not there.
        told: is given a line for each table that is done.

    Raises:
        StoreError: there is nothing to copy, the target holds something else, or the copy is not as the source.
    """
    if not source.url and not (source.data / CATALOG).is_file():
        raise StoreError(f"{source.data}: there is no catalog to copy. Name another with --from or --data.")
    with _opened(source) as old, _opened(target) as new:
        require_writable(new)
        with old.connect() as reading:  # one transaction: the source as of one moment
            _begin(reading, new)
            for table in _TABLES:
                _copy(reading, new, table)
                told(f"{table.name}: {_count(reading, table):,} rows")
            _compare(reading, new)
            with old.connect() as now:
                if _state(now) != _state(reading):
                    raise StoreError(
                        f"{place_of(old)}: it was changed while it was copied. Empty the target, and copy it again "
                        "while nobody writes it."
                    )
            _end(reading, new)
            return _count(reading, ARTICLES)


def require_whole(engine: sa.Engine) -> None:
    """Refuse a catalog that is a copy half made.

    Raises:
        StoreError: it is.
    """
    with store_errors(engine), engine.connect() as connection:
        begun = fact(connection, COPYING)
    if begun is not None:
        raise StoreError(f"{place_of(engine)}: copying into it was stopped half way. Run `dixit migrate` again.")


@contextmanager
def _opened(place: Place) -> Iterator[sa.Engine]:
    engine = open_database(place.data, place.url)
    try:
        with store_errors(engine):
            yield engine
    finally:
        engine.dispose()


def _begin(reading: sa.Connection, new: sa.Engine) -> None:
    """Mark the target as a copy of the source's state; it must be empty, or marked so."""
    state = _state(reading)
    with writing(new) as connection:
        begun = fact(connection, COPYING)
        if begun is None and any(_count(connection, table) for table in (ARTICLES, PEOPLE, FEEDBACK)):
            raise StoreError(f"{place_of(new)}: it holds something already. Name an empty database or folder.")
        if begun not in (None, state):
            raise StoreError(
                f"{place_of(new)}: a copy of something else was begun there. Name an empty one, or empty it."
            )
        if begun is None:
            connection.execute(sa.insert(FACTS), {"name": COPYING, "value": state})


def _copy(reading: sa.Connection, new: sa.Engine, table: sa.Table) -> None:
    key, names = _key(table), ["rowid"] if table is ARTICLES else [column.name for column in table.primary_key]
    with new.connect() as connection:
        newest = sa.select(*key).select_from(table).order_by(*(c.desc() for c in key)).limit(1)
        last: Sequence[Any] | None = connection.execute(newest).first()
    while rows := _after(reading, table, key, last):
        with writing(new) as connection:
            _insert(connection, table, rows)
        last = tuple(rows[-1]._mapping[name] for name in names)


def _key(table: sa.Table) -> list[sa.ColumnElement[Any]]:
    return [ARRIVAL] if table is ARTICLES else list(table.primary_key.columns)


def _after(
    reading: sa.Connection, table: sa.Table, key: Sequence[sa.ColumnElement[Any]], last: Sequence[Any] | None
) -> Sequence[sa.Row[Any]]:
    """Return the rows of a batch, those of the next keys, each with its words where it has some."""
    told = _with_words(table).order_by(*key).limit(ARTICLES_A_BATCH if table in (ARTICLES, TEXTS) else BATCH)
    if last is not None:
        told = told.where(sa.tuple_(*key) > sa.tuple_(*last))
    return reading.execute(told).all()


def _with_words(table: sa.Table) -> sa.Select[Any]:
    if table is ARTICLES:
        return sa.select(table, ARRIVAL.label("rowid"))
    if table is TEXTS:
        joined = table.join(WORDS, WORDS.c.rowid == table.c.rowid)
        return sa.select(table, WORDS.c.title, WORDS.c.text).select_from(joined)
    if table in UNITS.values():
        words = sa.func.substr(ARTICLES.c.text, table.c.start + 1, table.c.end - table.c.start).label("words")
        return sa.select(table, ARTICLES.c.title, ARTICLES.c.lang, words).join(ARTICLES)
    return sa.select(table)


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[sa.Row[Any]]) -> None:
    """Insert rows of a table, with the words that they are found by."""
    names = [*table.c.keys(), *(["rowid"] if table is ARTICLES else [])]
    stored = sa.table(table.name, *(sa.column(name, table.c[name].type if name in table.c else None) for name in names))
    connection.execute(sa.insert(stored), [{name: row._mapping[name] for name in names} for row in rows])
    dialect = dialect_of(connection)
    if table is TEXTS:
        for row in rows:
            dialect.insert_whole_text(connection, row.rowid, row.title, row.text)
    if table in UNITS.values():
        dialect.insert_terms(connection, table, [(row.rowid, _terms(row)) for row in rows])


def _terms(row: sa.Row[Any]) -> list[str]:
    return stored_terms(row.title, f"{row._mapping.get('speaker') or ''} {row.words}", row.lang)


def _compare(reading: sa.Connection, new: sa.Engine) -> None:
    """Refuse a copy that has not as many rows as the source, or other spans or vectors in a sample."""
    with new.connect() as connection:
        for table in _TABLES:
            if (wanted := _count(reading, table)) != (count := _count(connection, table)):
                raise StoreError(f"{place_of(new)}: {table.name} has {count} rows, not {wanted}. Empty it, copy again.")
        for table in UNITS.values():
            step = max(1, _count(reading, table) // SAMPLE)
            sample = sa.select(table).where(table.c.rowid % step == 0).order_by(table.c.rowid)
            for old, copied in zip(reading.execute(sample), connection.execute(sample), strict=True):
                if tuple(old) != tuple(copied):
                    raise StoreError(
                        f"{place_of(new)}: {table.name} {old.rowid} is not as it was. Empty it, copy again."
                    )


def _end(reading: sa.Connection, new: sa.Engine) -> None:
    """Let the target be a catalog: with the names as the source counted them, the numbers that follow, its revision."""
    facts = reading.execute(sa.select(FACTS)).all()
    with writing(new) as connection:
        connection.execute(sa.delete(VOCABULARY))
        for rows in reading.execute(sa.select(VOCABULARY)).partitions(BATCH):
            connection.execute(sa.insert(VOCABULARY), [dict(row._mapping) for row in rows])
        dialect_of(connection).number_after(connection, dialect_of(reading).last_numbers(reading))
        connection.execute(sa.delete(FACTS))
        connection.execute(sa.insert(FACTS), [dict(row._mapping) for row in facts])


def _state(connection: sa.Connection) -> str:
    """Return what differs between two states of a catalog: its revision, and what is written without one."""
    revision = fact(connection, "revision")
    return f"revision {revision}, {_count(connection, ARTICLES)} articles, {_count(connection, FEEDBACK)} votes"


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0

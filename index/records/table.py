"""Small tables of records: in files of a data directory, or on the PostgreSQL server that has the catalog.

A table on the server is shared by all copies of the program. What the files of the data directory held until then goes
there when a table is first used.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from index.catalog.database import place_of
from index.catalog.dialects import dialect_of
from index.catalog.dialects.postgresql.server import engine_of
from index.catalog.dialects.sqlite.errors import is_damage
from index.errors import StoreError, disk_errors
from index.permissions import can_write, make_file, make_folder
from index.records.forms import FORMS, Form, Record

_WAIT: Final = 5.0
"""Seconds that another process is waited for."""
_INSERT: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Records:
    """The tables of a workspace, or of the whole service; safe to share between threads and processes.

    Attributes:
        shared: a server has them, for any number of processes.
    """

    def __init__(self, data: Path, url: str = "") -> None:
        """``url``: the PostgreSQL database that has the catalog; empty: files of the data directory."""
        self.data = data
        self.shared = bool(url)
        self._url = url
        self._engines: dict[str, sa.Engine] = {}
        self._there: set[str] = set()
        self._mutex = threading.RLock()

    def table(self, form: Form) -> RecordTable:
        """Return one table; nothing is made yet."""
        return RecordTable(self, form)

    def place(self, form: Form) -> str:
        """Return where a table is, as errors name it."""
        return place_of(self._engine(form)) if self.shared else str(self.data / form.file)

    def close(self) -> None:
        """Let go of connections."""
        with self._mutex:
            for engine in self._engines.values():
                engine.dispose()
            self._engines.clear()

    @contextmanager
    def reading(self, form: Form) -> Iterator[sa.Connection | None]:
        """A connection to read a table; None: there is none yet.

        Raises:
            StoreError: it cannot be read.
        """
        with self._errors(form):
            if not self._is_there(form):
                yield None
                return
            with self._engine(form).connect() as connection:
                yield connection

    @contextmanager
    def writing(self, form: Form) -> Iterator[sa.Connection]:
        """A transaction that writes a table, which is made when it is not there.

        Raises:
            StoreError: it cannot be written.
        """
        with self._errors(form):
            if not self._is_there(form):
                self._make(form)
            with self._engine(form).begin() as connection:
                yield connection

    def _engine(self, form: Form) -> sa.Engine:
        where = "" if self.shared else form.file
        with self._mutex:
            if where not in self._engines:
                self._engines[where] = engine_of(self._url) if self.shared else _engine_of(self.data / form.file)
            engine = self._engines[where]
        # rows are changed one by one: the newest state of each is what counts
        return engine.execution_options(isolation_level="READ COMMITTED") if self.shared else engine

    def _is_there(self, form: Form) -> bool:
        """Tell whether a table is there; what files held goes to the server first."""
        path = self.data / form.file
        if not self.shared:
            if not path.exists():
                return False
        elif path.exists() and can_write(self.data):
            self._move(form)
        elif form.name in self._there:
            return True
        with self._engine(form).connect() as connection:
            if there := sa.inspect(connection).has_table(form.name):
                self._there.add(form.name)
            return there

    def _make(self, form: Form) -> None:
        if not self.shared:
            with disk_errors(self.data / form.file):
                make_folder(self.data)
                make_file(self.data / form.file)
        made = sa.schema.CreateTable(_table(form), if_not_exists=True)
        try:
            with self._engine(form).begin() as connection:
                connection.execute(made)
        except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
            # of two that make it at once PostgreSQL refuses the second, by one of two errors; the table is there then
            with self._engine(form).begin() as connection:
                connection.execute(made)

    def _move(self, moved: Form) -> None:
        """Take what a file of the data directory holds to the server; the file is kept under another name."""
        kept, path = Records(self.data), self.data / moved.file
        for form in (form for form in FORMS if form.file == moved.file):
            self._make(form)
            if rows := [_row(form, record) for record in kept.table(form).all()]:
                with self._engine(form).begin() as connection:
                    connection.execute(postgresql.insert(_table(form)).on_conflict_do_nothing(), rows)
        with suppress(FileNotFoundError):  # another process was here first
            path.rename(path.with_name(f"{path.name}.moved"))

    @contextmanager
    def _errors(self, form: Form) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            told = " ".join(str(error.orig).split())
            damaged = "Put a backup back."
            advice = damaged if is_damage(error.orig) else dialect_of(self._engine(form)).advice(error.orig)
            raise StoreError(f"{self.place(form)}: {told}. {advice}") from error


class RecordTable:
    """One table of records; every change is a transaction of its own."""

    def __init__(self, records: Records, form: Form) -> None:
        self._records = records
        self._form = form
        self._table = _table(form)
        self._key, self._at = self._table.c[form.key], self._table.c[form.at]

    @property
    def place(self) -> str:
        """Where it is, as errors name it."""
        return self._records.place(self._form)

    def all(self) -> list[Record]:
        """Return the records by their keys.

        Raises:
            StoreError: they cannot be read.
        """
        with self._records.reading(self._form) as connection:
            rows = connection.execute(self._selected().order_by(self._key)) if connection else ()
            return [Record(*row) for row in rows]

    def read(self, key: str) -> Record | None:
        """Return a record; None: there is none.

        Raises:
            StoreError: it cannot be read.
        """
        with self._records.reading(self._form) as connection:
            row = connection.execute(self._selected().where(self._key == key)).first() if connection else None
            return Record(*row) if row else None

    def add(self, record: Record) -> bool:
        """Keep a record; one that is there stays as it is. Tell whether there was none.

        Raises:
            StoreError: it cannot be written.
        """
        with self._records.writing(self._form) as connection:
            added = _INSERT[connection.dialect.name](self._table).values(_row(self._form, record))
            return connection.execute(added.on_conflict_do_nothing().returning(self._key)).first() is not None

    def write(self, record: Record, most: int | None = None) -> None:
        """Keep a record instead of what was under its key; of all, the newest ``most``.

        Raises:
            StoreError: it cannot be written.
        """
        values = _row(self._form, record)
        with self._records.writing(self._form) as connection:
            added = _INSERT[connection.dialect.name](self._table).values(values)
            connection.execute(added.on_conflict_do_update(index_elements=[self._key], set_=values))
            if most is not None:
                newest = sa.select(self._key).order_by(self._at.desc()).limit(most)
                connection.execute(sa.delete(self._table).where(self._key.not_in(newest)))

    def update(self, record: Record, was: float | None = None) -> bool:
        """Change a record that is there, of the moment ``was`` if one is given; tell whether it was.

        Raises:
            StoreError: it cannot be written.
        """
        changed = sa.update(self._table).where(self._key == record.key).values(_row(self._form, record))
        if was is not None:
            changed = changed.where(self._at == was)
        with self._records.writing(self._form) as connection:
            return bool(connection.execute(changed).rowcount == 1)

    def remove(self, key: str) -> bool:
        """Forget a record; tell whether it was there.

        Raises:
            StoreError: it cannot be written.
        """
        with self._records.reading(self._form) as connection:
            if connection is None:
                return False
        with self._records.writing(self._form) as connection:
            return bool(connection.execute(sa.delete(self._table).where(self._key == key)).rowcount == 1)

    def _selected(self) -> sa.Select[Any]:
        return sa.select(self._key, self._table.c.told, self._at)


def copy_records(source: Records, target: Records) -> None:
    """Copy all tables from one place to another, where what is there already stays as it is; both are closed.

    Raises:
        StoreError: one cannot be read, or the other not be written.
    """
    try:
        for form in FORMS:
            for record in source.table(form).all():
                target.table(form).add(record)
    finally:
        source.close()
        target.close()


def _table(form: Form) -> sa.Table:
    return sa.Table(
        form.name,
        sa.MetaData(),
        sa.Column(form.key, sa.Text, primary_key=True),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column(form.at, sa.Double, nullable=False),
    )


def _row(form: Form, record: Record) -> dict[str, Any]:
    return {form.key: record.key, "told": record.told, form.at: record.at}


def _engine_of(path: Path) -> sa.Engine:
    # a connection for each use: the file may be replaced by a backup's meanwhile
    url = sa.URL.create("sqlite", database=str(path))
    return sa.create_engine(url, poolclass=sa.pool.NullPool, connect_args={"timeout": _WAIT})

"""Names and hashed passwords in a table that all copies of the program share, instead of a file."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.server.passwords import is_entry, read_passwords
from index.permissions import can_write
from index.records import LOGINS, Record

if TYPE_CHECKING:
    from index.records.table import Records

IN_DATABASE: Final = Path("database")
"""What DIXIT_AUTH names instead of a file."""
FILE: Final = "users"
"""The file of the data directory that a service without such a table has."""


class PasswordTable:
    """The names of a service; what the file of its data directory held goes there when it is first used."""

    def __init__(self, records: Records, clock: Callable[[], float] = time.monotonic) -> None:
        """``records``: those of the main workspace; ``clock`` tells seconds and never goes back."""
        self._clock = clock
        self._table = records.table(LOGINS)
        self._file = records.data / FILE

    def state(self) -> int:
        """Return what is another after a second: so long what was read is believed."""
        return int(self._clock())

    def read(self) -> dict[str, str]:
        """Return the names, each with what is stored of its password; a row that is none lets nobody in.

        Raises:
            SettingsError: the file is none.
            StoreError: they cannot be read.
        """
        self._move()
        return {record.key: record.told for record in self._table.all() if is_entry(record.key, record.told)}

    def write(self, name: str, hashed: str | None) -> None:
        """Keep what is stored of a person's password; None takes the person away.

        Raises:
            StoreError: it cannot be written.
        """
        if hashed is None:
            self._table.remove(name)
        else:
            self._table.write(Record(name, hashed, time.time()))

    def __str__(self) -> str:
        return self._table.place

    def _move(self) -> None:
        if self._file.exists() and can_write(self._file.parent):
            for name, hashed in read_passwords(self._file).items():
                self._table.add(Record(name, hashed, time.time()))
            with suppress(FileNotFoundError):  # another copy was here first
                self._file.rename(self._file.with_name(f"{FILE}.moved"))

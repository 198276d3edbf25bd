"""Conversations that outlive the program: a visitor and what was asked and answered in, the same out, by a file."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.page.exchange import Exchange
from index.permissions import can_write, make_file

MOST = 500
"""How many conversations are written down; the one left alone for longest goes first."""
_TABLE = "CREATE TABLE IF NOT EXISTS conversation (visitor TEXT PRIMARY KEY, told TEXT NOT NULL, at REAL NOT NULL)"
_OLDEST = "DELETE FROM conversation WHERE visitor NOT IN (SELECT visitor FROM conversation ORDER BY at DESC LIMIT ?)"
_WAIT = 5.0
log = logging.getLogger("dixit.page")


class ConversationStore:
    """Conversations on disk; one that cannot be read or written counts as never stored, and is no error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._json = TypeAdapter(tuple[Exchange, ...])
        self._read_only = path.parent.is_dir() and not can_write(path.parent)
        if self._read_only:
            log.warning("%s cannot be written: conversations last until the program stops.", path.parent)

    def read(self, visitor: str) -> tuple[Exchange, ...]:
        """Return a visitor's conversation as it was last written down."""
        if not self._path.exists():
            return ()
        try:
            with closing(self._open()) as connection:
                row = connection.execute("SELECT told FROM conversation WHERE visitor = ?", (visitor,)).fetchone()
            return self._json.validate_json(row[0]) if row else ()
        except (sqlite3.Error, OSError, ValidationError) as error:
            log.warning("A conversation cannot be read from %s and begins anew: %s", self._path, error)
            return ()

    def write(self, visitor: str, exchanges: Sequence[Exchange]) -> None:
        """Write down a visitor's conversation instead of what was; an empty one is forgotten."""
        if self._read_only:
            return
        try:
            told = self._json.dump_json(tuple(exchanges)).decode()
            with closing(self._open()) as connection, connection:
                connection.execute("DELETE FROM conversation WHERE visitor = ?", (visitor,))
                if exchanges:
                    connection.execute("INSERT INTO conversation VALUES (?, ?, ?)", (visitor, told, time.time()))
                connection.execute(_OLDEST, (MOST,))
        except (sqlite3.Error, OSError, ValueError) as error:  # no UTF-8 has half a surrogate pair
            log.warning("A conversation is not written to %s and lasts until the program stops: %s", self._path, error)

    def _open(self) -> sqlite3.Connection:
        make_file(self._path)
        connection = sqlite3.connect(self._path, timeout=_WAIT)
        connection.execute(_TABLE)
        return connection

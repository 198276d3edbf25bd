"""Conversations that outlive the program: a visitor and what was asked and answered in, the same out, by a table."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from pydantic import TypeAdapter

from assistant.page.exchange import Exchange
from index.errors import StoreError
from index.permissions import can_write
from index.records import CONVERSATIONS, Record
from index.records.table import Records

MOST = 500
"""How many conversations of a workspace are written down; the one left alone for longest goes first."""
log = logging.getLogger("dixit.page")


class ConversationStore:
    """Conversations on disk or on a server; one that cannot be read or written counts as never stored, and is no error.

    Attributes:
        shared: other copies of the program write them, too.
    """

    def __init__(self, records: Records) -> None:
        self._table = records.table(CONVERSATIONS)
        self._json = TypeAdapter(tuple[Exchange, ...])
        self.shared = records.shared
        self._read_only = not self.shared and records.data.is_dir() and not can_write(records.data)
        if self._read_only:
            log.warning("%s cannot be written: conversations last until the program stops.", records.data)

    def read(self, visitor: str) -> tuple[Exchange, ...]:
        """Return a visitor's conversation as it was last written down."""
        try:
            record = self._table.read(visitor)
            return self._json.validate_json(record.told) if record else ()
        except (StoreError, OSError, ValueError) as error:
            log.warning("A conversation cannot be read from %s and begins anew: %s", self._table.place, error)
            return ()

    def write(self, visitor: str, exchanges: Sequence[Exchange]) -> bool:
        """Write down a visitor's conversation instead of what was, an empty one is forgotten; tell whether it is."""
        if self._read_only:
            return False
        try:
            if exchanges:
                told = self._json.dump_json(tuple(exchanges)).decode()
                self._table.write(Record(visitor, told, time.time()), MOST)
            else:
                self._table.remove(visitor)
            return True
        except (StoreError, OSError, ValueError) as error:  # no UTF-8 has half a surrogate pair
            place = self._table.place
            log.warning("A conversation is not written to %s and lasts until the program stops: %s", place, error)
            return False

"""The feeds that are watched, in a database of their own beside the catalog; backups hold it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import StoreError, disk_errors
from index.feeds.models import WatchedFeed
from index.permissions import can_write, make_file, make_folder

FEEDS = "feeds.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS feed (address TEXT PRIMARY KEY, due REAL NOT NULL, told TEXT NOT NULL)"
_WAIT = 5.0
"""Seconds that another process is waited for."""


class FeedStore:
    """The watched feeds of a data directory; safe to share between threads and processes."""

    def __init__(self, data: Path) -> None:
        self._path = data / FEEDS
        self._json = TypeAdapter(WatchedFeed)

    def all(self) -> list[WatchedFeed]:
        """Return the feeds, by address.

        Raises:
            StoreError: they cannot be read.
        """
        if not self._path.exists():
            return []
        with self._connected() as connection:
            rows = connection.execute("SELECT told FROM feed ORDER BY address").fetchall()
            return [self._json.validate_json(told) for (told,) in rows]

    def add(self, feed: WatchedFeed) -> None:
        """Keep a feed; one that is there stays as it is.

        Raises:
            StoreError: it cannot be written.
        """
        with self._connected() as connection:
            connection.execute("INSERT OR IGNORE INTO feed VALUES (?, ?, ?)", self._row(feed))

    def update(self, feed: WatchedFeed) -> None:
        """Keep what is known of a feed now; of one that was removed meanwhile, nothing.

        Raises:
            StoreError: it cannot be written.
        """
        address, due, told = self._row(feed)
        with self._connected() as connection:
            connection.execute("UPDATE feed SET due = ?, told = ? WHERE address = ?", (due, told, address))

    def take(self, feed: WatchedFeed, until: datetime) -> bool:
        """Put off a feed that is due, and tell whether nobody else did: whoever does looks at it.

        Raises:
            StoreError: it cannot be written.
        """
        address, due, told = self._row(replace(feed, due=until))
        with self._connected() as connection:
            changed = "UPDATE feed SET due = ?, told = ? WHERE address = ? AND due = ?"
            return connection.execute(changed, (due, told, address, feed.due.timestamp())).rowcount == 1

    def remove(self, address: str) -> bool:
        """Forget a feed; tell whether it was there.

        Raises:
            StoreError: it cannot be written.
        """
        if not self._path.exists():
            return False
        with self._connected() as connection:
            return connection.execute("DELETE FROM feed WHERE address = ?", (address,)).rowcount == 1

    def _row(self, feed: WatchedFeed) -> tuple[str, float, str]:
        return feed.address, feed.due.timestamp(), self._json.dump_json(feed).decode()

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with disk_errors(self._path):
            if can_write(self._path.parent) or not self._path.exists():
                make_folder(self._path.parent)
                make_file(self._path)
        try:
            with closing(sqlite3.connect(self._path, timeout=_WAIT)) as connection, connection:
                if can_write(self._path.parent):
                    connection.execute(_TABLE)
                yield connection
        except (sqlite3.Error, ValidationError) as error:
            told = " ".join(str(error).split())
            raise StoreError(f"{self._path}: {told}. Put a backup back, or remove that file.") from error

"""The feeds that are watched, in a table beside the catalog; backups hold it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from index.errors import StoreError
from index.feeds.models import WatchedFeed
from index.records import FEEDS, Record
from index.records.table import Records


class FeedStore:
    """The watched feeds of a workspace; safe to share between threads and processes."""

    def __init__(self, records: Records) -> None:
        self._table = records.table(FEEDS)
        self._json = TypeAdapter(WatchedFeed)

    def all(self) -> list[WatchedFeed]:
        """Return the feeds, by address.

        Raises:
            StoreError: they cannot be read.
        """
        try:
            return [self._json.validate_json(record.told) for record in self._table.all()]
        except ValidationError as error:
            told = " ".join(str(error).split())
            raise StoreError(f"{self._table.place}: {told}. Put a backup back.") from error

    def next_due(self) -> datetime | None:
        """Return when a feed is due next, None: none is watched.

        Raises:
            StoreError: they cannot be read.
        """
        return min((feed.due for feed in self.all()), default=None)

    def add(self, feed: WatchedFeed) -> None:
        """Keep a feed; one that is there stays as it is.

        Raises:
            StoreError: it cannot be written.
        """
        self._table.add(self._record(feed))

    def update(self, feed: WatchedFeed) -> None:
        """Keep what is known of a feed now; of one that was removed meanwhile, nothing.

        Raises:
            StoreError: it cannot be written.
        """
        self._table.update(self._record(feed))

    def take(self, feed: WatchedFeed, until: datetime) -> bool:
        """Put off a feed that is due, and tell whether nobody else did: whoever does looks at it.

        Raises:
            StoreError: it cannot be written.
        """
        return self._table.update(self._record(replace(feed, due=until)), was=feed.due.timestamp())

    def remove(self, address: str) -> bool:
        """Forget a feed; tell whether it was there.

        Raises:
            StoreError: it cannot be written.
        """
        return self._table.remove(address)

    def _record(self, feed: WatchedFeed) -> Record:
        return Record(feed.address, self._json.dump_json(feed).decode(), feed.due.timestamp())

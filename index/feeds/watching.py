"""Watching feeds: each is read again when it is due, and what is new in it is added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from index.catalog import Catalog
from index.errors import SourceRefused
from index.feeds.models import NewEntry, WatchedFeed
from index.feeds.store import FeedStore
from index.ingestion import AddResult, Ingestion
from index.loaders.address import parse_address
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.loaders.validators import Validators
from index.models import Article
from index.reason import Reason

MOST_NEW = 500
"""How many new entries are taken from a feed at one look; the next look takes more."""
MOST_NEWS = 50
"""How many of the articles that came from a feed are named."""
LONGEST_PAUSE = timedelta(days=1)
"""A feed that fails is looked at less and less often, and at least once in this time."""


class FeedWatching:
    """Watches the feeds of one data directory, within limits."""

    def __init__(
        self,
        store: FeedStore,
        catalog: Catalog,
        ingestion: Ingestion,
        every: timedelta,
        most: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the parts.

        Args:
            store: keeps the feeds.
            catalog: tells which articles there are.
            ingestion: fetches a feed and adds its entries.
            every: how long a feed is left alone.
            most: how many feeds may be watched.
            now: tells the time.
        """
        self._store = store
        self._catalog = catalog
        self._ingestion = ingestion
        self._every = every
        self._most = most
        self._now = now

    def feeds(self) -> list[WatchedFeed]:
        """Return the feeds that are watched, by address."""
        return self._store.all()

    def watch(self, address: str) -> Iterator[AddResult]:
        """Watch the feed at an address from now on; yields what becomes of its entries.

        What cannot be fetched, is no feed, is watched already or would be one too many is refused and not watched.
        """
        try:
            whole = str(parse_address(address))
            self._require_room(whole)
        except SourceRefused as error:
            yield AddResult(address, "refused", error.reason)
            return
        now = self._now()
        look = _Look(WatchedFeed(whole, now, now + self._every), self._catalog.contains)
        yield from self._results(look)
        if look.failure is None:
            self._store.add(look.told(now, self._every))

    def unwatch(self, address: str) -> bool:
        """Watch a feed no more, its articles stay; tell whether it was watched."""
        feed = self._named(address)
        return feed is not None and self._store.remove(feed.address)

    def check(self, address: str) -> Iterator[AddResult]:
        """Look at a feed now; yields what becomes of what is new in it, or why that cannot be told."""
        if feed := self._named(address):
            yield from self._check(feed)
        else:
            yield AddResult(address, "refused", Reason("not_watched"))

    def check_due(self) -> Iterator[AddResult]:
        """Look at each feed that is due and at which no other process looks; yields as ``check`` does."""
        for feed in self.feeds():
            if feed.due <= self._now() and self._store.take(feed, self._now() + self._every):
                yield from self._check(feed)

    def next_due(self) -> datetime | None:
        """Return when a feed is due next, None: none is watched."""
        return self._store.next_due()

    def _require_room(self, address: str) -> None:
        watched = self.feeds()
        if address in {feed.address for feed in watched}:
            raise SourceRefused("watched_already")
        if len(watched) >= self._most:
            raise SourceRefused("enough_watched", most=self._most)

    def _named(self, address: str) -> WatchedFeed | None:
        names = (address, _whole(address))
        return next((feed for feed in self.feeds() if feed.address in names), None)

    def _check(self, feed: WatchedFeed) -> Iterator[AddResult]:
        look = _Look(feed, self._catalog.contains)
        yield from self._results(look)
        self._store.update(look.told(self._now(), self._every))

    def _results(self, look: _Look) -> Iterator[AddResult]:
        for result in self._added(look):
            look.note(result, self._now())
            if result.outcome != "unchanged":
                yield result
        if look.is_no_feed:
            yield AddResult(look.feed.address, "refused", look.failure)

    def _added(self, look: _Look) -> Iterator[AddResult]:
        """Add what a look finds; nothing when the machine says that the feed is as it was."""
        address = look.feed.address
        try:
            fetched = self._ingestion.fetch_changed(address, look.feed.validators)
        except SourceRefused as error:
            yield AddResult(address, "refused", error.reason)
            return
        if fetched is None:
            look.is_unchanged = True
            return
        look.validators = fetched.validators
        yield from self._ingestion.add_fetched(fetched, address, look.wants)


class _Look:
    """One look at a feed: which of its entries are wanted, and what became of them."""

    def __init__(self, feed: WatchedFeed, has: Callable[[str], bool]) -> None:
        self.feed = feed
        self.is_no_feed = False
        self.is_unchanged = False
        self.validators = Validators()
        self._has = has
        self._left = False
        self._seen: set[str] = set()
        self._refused: list[Reason | str | None] = []
        self._new = 0
        self._news: list[NewEntry] = []

    @property
    def failure(self) -> Reason | None:
        """Why nothing can be had of the feed, None when something can."""
        if self.is_no_feed:
            return Reason("not_watchable")
        last = self._refused[-1] if self._refused and not self._seen else None
        return last if isinstance(last, Reason) else None

    def wants(self, loaded: Article | Refusal | Note) -> bool:
        """Tell whether an entry is taken: what is new, and what is in and may have changed, nothing else.

        An article that its reader removed stays away, as its text was seen before.
        """
        if not isinstance(loaded, Article):
            return True
        if loaded.form != "feed":
            self.is_no_feed = True
            return False
        if loaded.id in self.feed.seen:
            self._seen.add(loaded.id)
            return self._has(loaded.id)
        if self._new >= MOST_NEW:
            self._left = True
            return False
        self._new += 1
        self._seen.add(loaded.id)
        return True

    def note(self, result: AddResult, now: datetime) -> None:
        """Note what became of an entry, or of the whole feed."""
        if result.outcome == "refused":
            self._refused.append(result.reason)
        elif result.outcome in ("added", "updated") and result.article_id:
            self._news.append(NewEntry(result.article_id, result.title or "", now))

    def told(self, now: datetime, every: timedelta) -> WatchedFeed:
        """Return what is known of the feed after the look."""
        if failure := self.failure:
            failures = self.feed.failures + 1
            pause = min(every * 2 ** min(failures - 1, 10), max(every, LONGEST_PAUSE))
            return replace(self.feed, due=now + pause, failure=failure, failures=failures)
        looked = replace(self.feed, due=now + every, checked=now, failure=None, failures=0)
        if self.is_unchanged:
            return looked
        news = (*self._news, *self.feed.news)[:MOST_NEWS]
        return replace(
            looked,
            unread=len(self._refused),
            news=news,
            seen=frozenset(self._seen),
            validators=Validators() if self._left or self._refused else self.validators,
        )


def _whole(address: str) -> str:
    try:
        return str(parse_address(address))
    except SourceRefused:
        return address

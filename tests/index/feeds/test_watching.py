"""Feeds watched: a real server whose feed changes, real catalog and vectors, a clock of the test's own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.catalog import Catalog
from index.errors import StoreError
from index.feeds import watching as module
from index.feeds.store import FeedStore
from index.feeds.watching import FeedWatching
from index.ingestion import Ingestion
from index.loaders.web import Web
from index.records.table import Records
from index.settings import IndexSettings
from index.upkeep.backup import back_up, restore
from index.vectors import VectorIndex
from tests.embedder import HashingEmbedder
from tests.web_server import WebServer, title_of, web_server

PHARE = "« Le phare rouvre », a dit Anne Lebrun devant le phare de Sargune, fermé depuis la tempête de février."
QUAI = "« Le quai ferme », a dit Paul Roux devant le quai de Sargune, ouvert depuis la tempête de février."
DIGUE = "« La digue tiendra », a promis Denis Kerhuon devant la digue de Sargune, bâtie après la tempête de février."
HOUR = timedelta(hours=1)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as server:
        server.entries = [PHARE]
        yield server


@pytest.fixture
def address(server: WebServer) -> str:
    return f"{server.url}/watched"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(
    tmp_path: Path, catalog: Catalog, vectors: VectorIndex, server: WebServer, clock: Clock
) -> Callable[..., FeedWatching]:
    """Opens what watches, as each start of the program does."""

    def opened(most: int = 3) -> FeedWatching:
        web = Web(reach=server.reach, pause=0.01)
        ingestion = Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings(), web)
        return FeedWatching(FeedStore(Records(tmp_path / "data")), catalog, ingestion, HOUR, most, clock)

    return opened


@pytest.fixture
def watching(opened: Callable[..., FeedWatching]) -> FeedWatching:
    return opened()


def texts(catalog: Catalog) -> set[str]:
    return {article.text for article in catalog.articles()}


def test_what_stands_in_a_feed_is_added_when_its_watching_begins(
    watching: FeedWatching, catalog: Catalog, address: str, clock: Clock
) -> None:
    assert [result.outcome for result in watching.watch(address)] == ["added"]
    (feed,) = watching.feeds()
    assert (feed.address, feed.checked, feed.due, feed.failure) == (address, clock.now, clock.now + HOUR, None)
    assert [entry.title for entry in feed.news] == [title_of(PHARE)]
    assert texts(catalog) == {PHARE}


def test_a_feed_is_left_alone_until_it_is_due_and_then_gives_what_is_new(
    watching: FeedWatching, catalog: Catalog, server: WebServer, address: str, clock: Clock
) -> None:
    list(watching.watch(address))
    server.entries = [QUAI, PHARE]
    assert list(watching.check_due()) == []
    assert len(server.asked) == 1
    assert watching.next_due() == clock.now + HOUR
    clock.now += HOUR
    (result,) = watching.check_due()
    assert result.outcome == "added"
    assert texts(catalog) == {PHARE, QUAI}
    (feed,) = watching.feeds()
    assert [entry.came for entry in feed.news] == [clock.now, clock.now - HOUR]
    assert list(watching.check_due()) == []


def test_a_feed_can_be_looked_at_before_it_is_due(
    watching: FeedWatching, catalog: Catalog, server: WebServer, address: str
) -> None:
    list(watching.watch(address))
    server.entries = [PHARE, QUAI]
    assert [result.outcome for result in watching.check(address)] == ["added"]
    assert list(watching.check(address)) == []


@pytest.mark.parametrize(("how", "asked"), [("etag", "if-none-match"), ("modified", "if-modified-since")])
def test_a_feed_that_is_as_it_was_is_not_sent_again(
    watching: FeedWatching, server: WebServer, clock: Clock, how: str, asked: str
) -> None:
    list(watching.watch(f"{server.url}/tagged/{how}"))
    (before,) = watching.feeds()
    clock.now += HOUR
    assert list(watching.check_due()) == []
    headers = {name.lower() for name in server.asked[-1][1]}
    assert asked in headers
    (feed,) = watching.feeds()
    assert (feed.checked, feed.due, feed.failures) == (clock.now, clock.now + HOUR, 0)
    assert (feed.news, feed.seen, feed.validators) == (before.news, before.seen, before.validators)


def test_a_feed_whose_tag_has_changed_gives_what_is_new(
    watching: FeedWatching, catalog: Catalog, server: WebServer
) -> None:
    list(watching.watch(f"{server.url}/tagged/etag"))
    server.entries = [PHARE, QUAI]
    assert [result.outcome for result in watching.check(f"{server.url}/tagged/etag")] == ["added"]
    assert list(watching.check(f"{server.url}/tagged/etag")) == []
    assert texts(catalog) == {PHARE, QUAI}


def test_a_feed_of_which_a_look_left_something_is_asked_whole(
    watching: FeedWatching, catalog: Catalog, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_NEW", 1)
    server.entries = [PHARE, QUAI]
    list(watching.watch(f"{server.url}/tagged/etag"))
    list(watching.check(f"{server.url}/tagged/etag"))
    assert texts(catalog) == {PHARE, QUAI}


def test_what_cannot_be_sent_back_is_not_kept(watching: FeedWatching, server: WebServer) -> None:
    list(watching.watch(f"{server.url}/tagged/badly"))
    assert [result.outcome for result in watching.check(f"{server.url}/tagged/badly")] == []
    assert {"if-none-match", "if-modified-since"}.isdisjoint(name.lower() for name in server.asked[-1][1])


def test_an_article_that_its_reader_removed_does_not_come_back(
    watching: FeedWatching, catalog: Catalog, server: WebServer, address: str
) -> None:
    list(watching.watch(address))
    (article,) = catalog.articles()
    catalog.remove(article.id)
    server.entries = [QUAI, PHARE]
    assert [result.outcome for result in watching.check(address)] == ["added"]
    assert texts(catalog) == {QUAI}
    list(watching.check(address))
    assert texts(catalog) == {QUAI}


def test_a_feed_that_fails_is_told_and_tried_again_less_and_less_often(
    watching: FeedWatching, catalog: Catalog, server: WebServer, address: str, clock: Clock
) -> None:
    list(watching.watch(address))
    server.entries = None
    waits = []
    for _ in range(7):
        clock.now = watching.feeds()[0].due
        (result,) = watching.check_due()
        assert (result.outcome, result.source) == ("refused", address)
        waits.append(watching.feeds()[0].due - clock.now)
    assert waits == [hours * HOUR for hours in (1, 2, 4, 8, 16, 24, 24)]
    (feed,) = watching.feeds()
    assert (feed.failures, feed.failure and feed.failure.kind) == (7, "no_such_page")
    assert [entry.title for entry in feed.news] == [title_of(PHARE)]
    server.entries, clock.now = [PHARE, QUAI], feed.due
    assert [result.outcome for result in watching.check_due()] == ["added"]
    (feed,) = watching.feeds()
    assert (feed.failures, feed.failure, feed.due) == (0, None, clock.now + HOUR)


def test_an_entry_that_cannot_be_read_is_told_and_the_others_are_taken(
    watching: FeedWatching, catalog: Catalog, server: WebServer, address: str
) -> None:
    server.entries = ["", PHARE]
    assert sorted(result.outcome for result in watching.watch(address)) == ["added", "refused"]
    (feed,) = watching.feeds()
    assert (feed.unread, feed.failure) == (1, None)


@pytest.mark.parametrize(("path", "kind"), [("page", "not_watchable"), ("missing", "no_such_page")])
def test_what_is_no_feed_is_refused_and_not_watched(
    watching: FeedWatching, catalog: Catalog, server: WebServer, path: str, kind: str
) -> None:
    (result,) = watching.watch(f"{server.url}/{path}")
    assert (result.outcome, getattr(result.reason, "kind", None)) == ("refused", kind)
    assert watching.feeds() == []
    assert texts(catalog) == set()


def test_a_machine_that_is_not_public_is_not_asked(watching: FeedWatching) -> None:
    (result,) = watching.watch("http://169.254.169.254/feed")
    assert (result.outcome, watching.feeds()) == ("refused", [])
    (result,) = watching.watch("file:///etc/passwd")
    assert (result.outcome, watching.feeds()) == ("refused", [])


def test_only_so_many_feeds_are_watched_and_each_once(opened: Callable[..., FeedWatching], server: WebServer) -> None:
    watching = opened(most=2)
    for number in range(2):
        list(watching.watch(f"{server.url}/watched/{number}"))
    for number, kind in ((1, "watched_already"), (2, "enough_watched")):
        (result,) = watching.watch(f"{server.url}/watched/{number}")
        assert (result.outcome, getattr(result.reason, "kind", None)) == ("refused", kind)
    assert len(watching.feeds()) == 2


def test_one_look_takes_so_many_new_entries_and_the_next_takes_more(
    watching: FeedWatching, catalog: Catalog, server: WebServer, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_NEW", 1)
    server.entries = [PHARE, QUAI, DIGUE]
    list(watching.watch(address))
    for expected in (2, 3, 3):
        list(watching.check(address))
        assert len(texts(catalog)) == expected


def test_a_feed_is_watched_no_more_and_its_articles_stay(
    watching: FeedWatching, catalog: Catalog, address: str, clock: Clock
) -> None:
    list(watching.watch(address))
    assert watching.unwatch(address)
    clock.now += HOUR
    assert (watching.feeds(), list(watching.check_due()), watching.next_due()) == ([], [], None)
    assert texts(catalog) == {PHARE}
    assert not watching.unwatch(address)
    (result,) = watching.check(address)
    assert (result.outcome, getattr(result.reason, "kind", None)) == ("refused", "not_watched")


def test_feeds_outlive_the_program_and_of_two_programs_one_looks(
    opened: Callable[..., FeedWatching], server: WebServer, address: str, clock: Clock
) -> None:
    list(opened().watch(address))
    one, other = opened(), opened()
    assert one.feeds() == other.feeds()
    clock.now += HOUR
    server.entries = [PHARE, QUAI]
    first = one.check_due()
    assert next(first).outcome == "added"  # and it is not done with the feed yet
    assert list(other.check_due()) == []
    assert list(itertools.chain(first)) == []


def test_a_look_that_was_stopped_half_way_is_made_up_for(
    opened: Callable[..., FeedWatching], catalog: Catalog, server: WebServer, address: str, clock: Clock
) -> None:
    list(opened().watch(address))
    server.entries, clock.now = [PHARE, QUAI, DIGUE], clock.now + HOUR
    stopped = opened().check_due()
    next(stopped)
    stopped.close()
    clock.now += HOUR
    list(opened().check_due())
    assert texts(catalog) == {PHARE, QUAI, DIGUE}


def test_a_backup_holds_what_is_watched(watching: FeedWatching, address: str, tmp_path: Path, clock: Clock) -> None:
    list(watching.watch(address))
    back_up(tmp_path / "data", tmp_path / "kept.dixit")
    restore(tmp_path / "kept.dixit", tmp_path / "other")
    assert FeedStore(Records(tmp_path / "other")).all() == watching.feeds()


def test_a_damaged_list_of_feeds_is_told(watching: FeedWatching, address: str, tmp_path: Path) -> None:
    list(watching.watch(address))
    (tmp_path / "data" / "feeds.sqlite").write_bytes(b"no database at all, " * 400)
    with pytest.raises(StoreError, match="Put a backup back"):
        watching.feeds()

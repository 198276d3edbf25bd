"""Watched feeds on the page: what is shown, and the thread that looks at them; a real server, catalog and model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.api import Programs
from assistant.page.adding import ArticleAdding
from assistant.page.feed_list import NAMED, feed_list
from assistant.page.feed_schedule import FeedSchedule
from assistant.page.feeds import FeedReading
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from assistant.settings import Settings
from assistant.workspace import Workspace, open_workspace
from index.errors import IndexingError
from index.feeds.models import NewEntry, WatchedFeed
from index.feeds.store import FeedStore
from index.loaders.web import Web
from index.reason import Reason
from index.records.table import Records
from tests.markup import seen
from tests.web_server import WebServer, title_of, web_server

PHARE = "« Le phare rouvre », a dit Anne Lebrun devant le phare de Sargune, fermé depuis la tempête de février."
QUAI = "« Le quai ferme », a dit Paul Roux devant le quai de Sargune, ouvert depuis la tempête de février."
ANA = Visitor("ana", "fr", "one machine")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED = WatchedFeed("http://fanal.example/rss", NOON, NOON + timedelta(hours=1), checked=NOON)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as server:
        server.entries = [PHARE]
        yield server


@pytest.fixture
def fetching(settings: Settings, server: WebServer) -> Iterator[Workspace]:
    with open_workspace(settings, lambda _: None, Web(reach=server.reach, pause=0.01)) as workspace:
        yield workspace


@pytest.fixture
def programs(fetching: Workspace) -> Programs:
    return Programs(fetching, Rates(add="600/minute"))


@pytest.fixture
def feeds(fetching: Workspace) -> Iterator[FeedReading]:
    adding = ArticleAdding(fetching, Rates(add="600/minute"))
    yield FeedReading(fetching, adding)
    adding.close()


@pytest.mark.parametrize(
    ("lang", "none", "failed", "unread"),
    [
        ("fr", "Suivre un flux", "Il n’a pas pu être lu", "2 entrées n’ont pas pu être lues."),
        ("en", "Watch a feed", "It could not be read", "2 entries could not be read."),
    ],
)
def test_a_feed_tells_what_came_in_and_what_went_wrong(lang: str, none: str, failed: str, unread: str) -> None:
    assert none in seen(feed_list([], lang))
    news = tuple(NewEntry(f"{number:08x}", f"Le <b>quai</b> {number}", NOON) for number in range(NAMED + 2))
    told = feed_list([replace(FEED, news=news, unread=2)], lang)
    assert told.count("#dixit-") == NAMED
    assert "&lt;b&gt;" in told
    assert unread in seen(told)
    assert failed not in seen(told)
    broken = feed_list([replace(FEED, failure=Reason("no_such_page", {"status": 404}), failures=2)], lang)
    assert failed in seen(broken)
    assert "404" in seen(broken)


def test_a_feed_is_watched_looked_at_and_watched_no_more(
    feeds: FeedReading, fetching: Workspace, server: WebServer
) -> None:
    address = f"{server.url}/watched"
    *_, told = feeds.look({"do": "watch", "address": address}, ANA)
    assert "ajouté" in seen(told)
    assert address in feeds.show(ANA)
    assert title_of(PHARE) in seen(feeds.show(ANA))
    server.entries = [PHARE, QUAI]
    *_, told = feeds.look({"do": "check", "address": address}, ANA)
    assert len(fetching.articles()) == 2
    assert title_of(QUAI) in seen(feeds.show(ANA))
    assert address not in feeds.unwatch({"address": address}, ANA)
    assert len(fetching.articles()) == 2


def test_what_is_no_feed_is_told(feeds: FeedReading, server: WebServer) -> None:
    *_, told = feeds.look({"do": "watch", "address": f"{server.url}/page"}, ANA)
    assert "c’est une page, pas un flux" in seen(told)
    *_, told = feeds.look({"do": "watch", "address": "  "}, ANA)
    assert "Le champ est vide" in seen(told)


def test_the_schedule_looks_at_what_is_due_and_sleeps_until_then(fetching: Workspace, server: WebServer) -> None:
    address = f"{server.url}/watched"
    list(fetching.feed_watching().watch(address))
    server.entries = [PHARE, QUAI]
    store = FeedStore(Records(fetching.data))
    (feed,) = store.all()
    store.update(replace(feed, due=datetime.now(UTC)))
    schedule, came = FeedSchedule(fetching, shortest=0.05), threading.Event()
    schedule.start()
    try:
        while len(fetching.articles()) < 2:
            came.wait(0.05)
        while store.all()[0].due <= datetime.now(UTC) + timedelta(minutes=50):
            came.wait(0.05)
    finally:
        schedule.close()
    assert len(server.asked) == 2


def test_other_programs_have_feeds_watched(programs: Programs, server: WebServer) -> None:
    address = f"{server.url}/watched"
    (added,) = programs.watch_feed(address)
    assert (added["outcome"], added["title"], added["reason"]) == ("added", title_of(PHARE), None)
    server.entries = [PHARE, QUAI]
    assert [row["title"] for row in programs.check_feed()] == [title_of(QUAI)]
    assert programs.check_feed(address) == []
    (feed,) = programs.list_feeds()
    assert (feed["address"], feed["failures"], len(feed["news"])) == (address, 0, 2)
    server.entries = None
    (failed,) = programs.check_feed(address)
    assert (failed["source"], failed["outcome"]) == (address, "refused")
    assert programs.unwatch_feed(address) == {"url": address, "outcome": "removed"}
    assert programs.list_feeds() == []


def test_what_programs_cannot_have_watched_is_an_error_that_says_why(programs: Programs, server: WebServer) -> None:
    address = f"{server.url}/watched"
    programs.watch_feed(address)
    for call, url, told in (
        (programs.watch_feed, address, "watched already"),
        (programs.watch_feed, f"{server.url}/page", "a page, not a feed"),
        (programs.watch_feed, "file:///etc/passwd", "http"),
        (programs.check_feed, "http://fanal.example/none", "not watched"),
        (programs.unwatch_feed, "http://fanal.example/none", "not watched"),
    ):
        with pytest.raises(IndexingError, match=told):
            call(url)
    assert len(programs.list_feeds()) == 1

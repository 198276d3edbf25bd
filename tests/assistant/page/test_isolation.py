"""Nothing of a workspace is found, counted or told from another: each view is as if the other were empty."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import getmembers, isfunction, signature
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.api import Programs
from assistant.members import Registry, make_place, settings_of
from assistant.page.adding import ArticleAdding
from assistant.page.background_jobs import Watch
from assistant.page.controller import PageController
from assistant.page.correcting import ArticleReading
from assistant.page.feeds import FeedReading
from assistant.page.handlers import Handlers
from assistant.page.members import MemberReading
from assistant.page.pages import Pages
from assistant.page.people import PeopleReading
from assistant.page.queueing import QueueAdding
from assistant.page.searching import ExactSearching
from assistant.server.metrics import Metrics
from assistant.server.paths import FUNCTIONS
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace
from assistant.workspaces import Workspaces
from index.catalog import open_catalog
from index.embedding.embedder import Embedder
from index.errors import IndexingError
from index.feeds.models import NewEntry, WatchedFeed
from index.feeds.store import FeedStore
from index.jobs.queue import Asker
from index.models import content_id
from index.settings import IndexSettings
from index.upkeep.journal import Source
from index.vectors import CatalogVectors
from tests.embedder import HashingEmbedder
from tests.postgresql import Server

FERRY = {
    "id": "ferry", "title": "Ferry to Selwick resumes", "source": "The Harbour Bell", "author": "Ivo Marsh",
    "published": "2026-03-02", "lang": "en", "url": "https://bell.example/ferry",
    "text": "The ferry to Selwick is back.\n\n“The crossing will cost nine crowns,” said Orla Pennick, the harbour "
    "master. “Nobody will wait an hour any more,” she added.",
}  # fmt: skip
QUARRY = {
    "id": "quarry", "title": "Quarry at Dunmoor to close", "source": "The Upland Post", "author": "Nell Askew",
    "published": "2026-04-07", "lang": "en", "url": "https://upland.example/quarry",
    "text": "The quarry at Dunmoor will close.\n\n“The granite is gone,” said Tobias Wrenfield, the foreman. “We will "
    "plant birches there,” he added.",
}  # fmt: skip
OWN = {"main": FERRY, "lagune": QUARRY}
FEEDS = {"main": "https://bell.example/feed", "lagune": "https://upland.example/feed"}
NOW = datetime(2026, 4, 8, tzinfo=UTC)
OTHER = {"main": "lagune", "lagune": "main"}
SPEAKERS = {"main": "Orla Pennick", "lagune": "Tobias Wrenfield"}


@dataclass
class Service:
    """Two workspaces, each with an article, a conversation, a correction, a feed and what was stopped half way."""

    pages: Pages
    first: Workspace

    def close(self) -> None:
        self.pages.close()
        self.first.close()


Make = Callable[[str, set[str]], Service]


def served(settings: Settings, filled: set[str]) -> Service:
    embedder = cast("Embedder", HashingEmbedder())
    catalog = open_catalog(settings.index.data, settings.index.catalog_url)
    first = Workspace(catalog, CatalogVectors(catalog), embedder, settings)
    registry = Registry(first.records)
    registry.add_workspace("lagune")
    make_place(settings, "lagune")
    for name in OWN:
        registry.set_member(name, "ana", "administer")
    pages = Pages(
        first,
        Rates(ask="99/hour", add="99/hour", read="999/hour"),
        None,
        Metrics(),
        registry,
        Workspaces(settings, first),
    )
    for name in filled:
        fill(pages, settings_of(settings, name).index.data, name)
    return Service(pages, first)


def fill(pages: Pages, data: Path, name: str) -> None:
    data.mkdir(parents=True, exist_ok=True)
    (data / "news.jsonl").write_text(json.dumps(OWN[name]), encoding="utf-8")
    with pages.of(ana(name)) as page:
        assert [result.outcome for result in page.workspace.add([data / "news.jsonl"])] == ["added"]
        list(page.ask(f"What does {SPEAKERS[name]} say?", ana(name)))
        page.vote({"number": 0, "vote": "up"}, ana(name))
        said = page.workspace.quotations()[0]
        page.workspace.correcting().set_speaker((said.article_id, said.start, said.end), f"{SPEAKERS[name]}-Vale")
        news = (NewEntry(said.article_id, OWN[name]["title"], NOW),)
        FeedStore(page.workspace.records).add(WatchedFeed(FEEDS[name], NOW, NOW, NOW, news=news))
        page.workspace.queue.add_text(OWN[name]["text"], OWN[name]["title"], Asker("ana", "ana"))
        with suppress(KeyboardInterrupt), page.workspace._journal.batch([Source(f"{name}.txt", True, "ana")]):
            raise KeyboardInterrupt


def ana(workspace: str) -> Visitor:
    """Somebody who is a member of both."""
    return Visitor("ana", "en", "ana", "en", workspace, "administer")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def make(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes a service, with its catalogs in files or in schemas of one database."""
    made: dict[str, Service] = {}

    def make(name: str, filled: set[str]) -> Service:
        if name not in made:
            url = ""
            if request.param == "postgresql":
                server: Server = request.getfixturevalue("postgresql")
                url = server.create(f"isolation_{name}")
            index = IndexSettings(data=tmp_path_factory.mktemp(name), catalog_url=url)
            made[name] = served(Settings(index, AssistantSettings()), filled)
        return made[name]

    yield make
    for service in made.values():
        service.close()


def article(name: str) -> str:
    return content_id(OWN[name]["text"])


def words(name: str) -> str:
    """Words that only one workspace's article holds."""
    return "granite OR birches OR quarry" if name == "lagune" else "crossing OR crowns OR ferry"


View = tuple[type, str, Callable[[str], tuple[Any, ...]]]
"""A part of the page, a method of it, and what it is given (before the visitor) about a workspace."""

VIEWS: list[View] = [
    (PageController, "conversation", lambda of: ()),
    (PageController, "ask", lambda of: (f"What does {SPEAKERS[of]} say?",)),
    (PageController, "ask_clicked", lambda of: ({"question": f"Who said: {OWN[of]['title']}?"},)),
    (PageController, "retry", lambda of: ({"number": 0},)),
    (PageController, "take_as_it_stands", lambda of: ({"number": 0},)),
    (PageController, "vote", lambda of: ({"number": 0, "vote": "up"},)),
    (PageController, "answering", lambda of: ()),
    (PageController, "stop", lambda of: ()),
    (PageController, "export_conversation", lambda of: ({},)),
    (PageController, "list_statements", lambda of: ({"speaker": SPEAKERS[of]},)),
    (PageController, "list_statements", lambda of: ({},)),
    (PageController, "export_statements", lambda of: ({},)),
    (PageController, "forms", lambda of: ()),
    (PageController, "list_articles", lambda of: ({},)),
    (PageController, "list_articles", lambda of: ({"source": OWN[of]["source"]},)),
    (ArticleReading, "open", lambda of: ({"article": article(of), "start": 0, "end": 5},)),
    (ArticleReading, "correct", lambda of: ({"article": article(of), "start": 40, "end": 60, "speaker": "X Y"},)),
    (ArticleReading, "edit", lambda of: ({"article": article(of), "title": "Another"},)),
    (ArticleReading, "undo", lambda of: ({"article": article(of), "number": "99"},)),
    (ArticleReading, "merge", lambda of: ({"name": SPEAKERS[of], "into": "Uma Reed"},)),
    (PeopleReading, "show", lambda of: ({},)),
    (PeopleReading, "show", lambda of: ({"person": 1, "called": SPEAKERS[of]},)),
    (PeopleReading, "export", lambda of: ({},)),
    (PeopleReading, "export", lambda of: ({"person": 1},)),
    (PeopleReading, "rename", lambda of: ({"person": 99, "called": SPEAKERS[of], "into": "Uma Reed"},)),
    (PeopleReading, "split", lambda of: ({"person": 99, "called": SPEAKERS[of], "into": "Uma Reed"},)),
    (ExactSearching, "form", lambda of: ()),
    (ExactSearching, "find", lambda of: ({"query": words(of)},)),
    (ExactSearching, "count", lambda of: ({"lines": f"{SPEAKERS[of]}\n{OWN[of]['title']}"},)),
    (ExactSearching, "export", lambda of: ({"lines": SPEAKERS[of]},)),
    (FeedReading, "show", lambda of: ()),
    (FeedReading, "look", lambda of: ({"do": "check", "address": FEEDS[of]},)),
    (FeedReading, "unwatch", lambda of: ({"address": FEEDS[of]},)),
    (ArticleAdding, "results", lambda of: ()),
    (ArticleAdding, "follow", lambda of: ()),
    (ArticleAdding, "add_addresses", lambda of: ("http://127.0.0.1:1/",)),
    (ArticleAdding, "add_files", lambda of: ([f"/nowhere/{of}.txt"],)),
    (ArticleAdding, "put_back", lambda of: ({"article": article(of)},)),
    (ArticleAdding, "remove", lambda of: ({"article": article(of)},)),
    (ArticleAdding, "clear_results", lambda of: ({},)),
    (ArticleAdding, "add_text", lambda of: ("", "")),
    (MemberReading, "show", lambda of: ()),
    (MemberReading, "admit", lambda of: ({"user": f"of_{of}", "role": "read"},)),
    (MemberReading, "dismiss", lambda of: ({"user": f"of_{of}"},)),
    (Handlers, "greet", lambda of: ()),
    (Handlers, "refresh", lambda of: ()),
    (Handlers, "relabel", lambda of: ()),
    (PageController, "begin_anew", lambda of: ()),
]  # fmt: skip
"""All that a visitor does on the page, about the other workspace."""
THE_SAME = {"follow", "look_at_feeds", "add_files", "add_addresses", "add_text", "ask", "ask_clicked", "retry",
            "take_as_it_stands"}  # fmt: skip
"""Handlers that do what a part of the same name does."""
ITS_OWN = {"add_samples": "adds articles that come with Dixit", "add_from": "is given what it adds"}

CALLS: list[tuple[str, Callable[[str], tuple[Any, ...]]]] = [
    ("ask", lambda of: (f"What does {SPEAKERS[of]} say?",)),
    ("ask", lambda of: ("Who is quoted?",)),
    ("find_quotations", lambda of: ()),
    ("find_quotations", lambda of: ("", SPEAKERS[of])),
    ("search_articles", lambda of: (words(of),)),
    ("count_list", lambda of: (["granite", "crowns", SPEAKERS[of]],)),
    ("list_articles", lambda of: ()),
    ("list_articles", lambda of: ("", "", "", OWN[of]["source"])),
    ("list_people", lambda of: ()),
    ("list_people", lambda of: (SPEAKERS[of],)),
    ("list_mentions", lambda of: (1,)),
    ("list_corrections", lambda of: ()),
    ("list_corrections", lambda of: (article(of),)),
    ("list_feeds", lambda of: ()),
    ("check_feed", lambda of: (FEEDS[of],)),
    ("unwatch_feed", lambda of: (FEEDS[of],)),
    ("watch_feed", lambda of: ("http://127.0.0.1:1/",)),
    ("correct_quotation", lambda of: (article(of), 40, 60)),
    ("correct_name", lambda of: (SPEAKERS[of], "Uma Reed")),
    ("correct_article", lambda of: (article(of), "title", "Another")),
    ("undo_correction", lambda of: (99,)),
    ("add_article", lambda of: ("", "", "")),
    ("list_jobs", lambda of: ()),
    ("list_jobs", lambda of: (1,)),
]
"""All that a program calls, about the other workspace."""


def shown(service: Service, at: str, kind: type, method: str, values: tuple[Any, ...]) -> str:
    """Return all that a visitor is shown, but for times and numbers of downloads."""
    first = Handlers(service.pages.first) if kind is Handlers else service.pages.first.part(kind)
    with service.pages.method(getattr(first, method), ana(at)) as own:
        told = own(*values, ana(at))
        if isinstance(told, tuple) and told and isinstance(told[0], Watch):
            told = told[0]
        if isinstance(told, (Watch, Iterator)):
            told = list(told)[-1:]
    return re.sub(r"\d{9,}|\d{4}-\d\d-\d\dT[\d:.+]+", "", repr(told))


def returned(service: Service, at: str, name: str, values: tuple[Any, ...]) -> str:
    """Return what a program is told."""
    programs = Programs(
        service.first, Rates(ask="99/hour", add="99/hour", read="999/hour"), None, service.pages.workspace_of
    )
    try:
        told = programs._call_for(ana(at), name, values, False)
    except IndexingError as error:
        told = str(error)
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "", repr(told))


both_ways = pytest.mark.parametrize("at", list(OWN))


@both_ways
def test_every_view_is_as_if_the_other_workspace_were_empty(make: Make, at: str) -> None:
    full, alone = make("full", set(OWN)), make(f"{at}_alone", {at})
    for kind, method, given in VIEWS:
        seen = shown(full, at, kind, method, given(OTHER[at]))
        assert seen == shown(alone, at, kind, method, given(OTHER[at])), method


@both_ways
def test_every_call_is_answered_as_if_the_other_workspace_were_empty(make: Make, at: str) -> None:
    full, alone = make("full", set(OWN)), make(f"{at}_alone", {at})
    for name, given in CALLS:
        told = returned(full, at, name, given(OTHER[at]))
        assert told == returned(alone, at, name, given(OTHER[at])), name


@both_ways
def test_what_is_ones_own_is_shown(make: Make, at: str) -> None:
    """Else the tests above would hold of views that show nothing."""
    full = make("full", set(OWN))
    for name, values in [("list_articles", ()), ("find_quotations", ()), ("list_corrections", ()), ("list_feeds", ()),
                         ("list_jobs", ())]:  # fmt: skip
        told = returned(full, at, name, values)
        assert any(own in told for own in (OWN[at]["title"], SPEAKERS[at], FEEDS[at])), name
        assert not any(other in told for other in (OWN[OTHER[at]]["title"], SPEAKERS[OTHER[at]], FEEDS[OTHER[at]]))
    assert SPEAKERS[at] in shown(full, at, PeopleReading, "show", ({},))
    assert OWN[at]["title"] in shown(full, at, ArticleReading, "open", ({"article": article(at)},))


def test_the_tables_hold_all_that_there_is(make: Make) -> None:
    parts = (PageController, ArticleReading, PeopleReading, ExactSearching, FeedReading, ArticleAdding, Handlers)
    there = {
        (part, name)
        for part in parts
        for name, method in getmembers(part, isfunction)
        if not name.startswith("_") and "visitor" in signature(method).parameters
    }
    listed = {(part, name) for part, name, _ in VIEWS}
    assert {(part, name) for part, name in there - listed if part is not Handlers or name not in THE_SAME} == {
        (part, name) for part, name in there if name in ITS_OWN
    }
    first = make("full", set(OWN)).first
    assert (
        {name for name, _ in CALLS} == {call.__name__ for call in Programs(first, Rates()).endpoints()} == {*FUNCTIONS}
    )


def test_a_conversation_stays_in_its_workspace(make: Make) -> None:
    full = make("full", set(OWN))
    for at in OWN:
        list(full.pages.of(ana(at)).__enter__().ask(f"What does {SPEAKERS[at]} say?", ana(at)))
    for at in OWN:
        told = shown(full, at, PageController, "conversation", ())
        assert SPEAKERS[at] in told
        assert SPEAKERS[OTHER[at]] not in told


def test_the_queue_on_the_page_is_of_its_workspace(tmp_path: Path) -> None:
    full = served(Settings(IndexSettings(data=tmp_path), AssistantSettings(workers=True)), set(OWN))
    for at in OWN:
        queue = shown(full, at, QueueAdding, "results", ())
        assert OWN[at]["title"] in queue
        assert OWN[OTHER[at]]["title"] not in queue
    full.close()

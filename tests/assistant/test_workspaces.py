"""Workspaces are opened when they are asked for, a few at a time; roles hold in the workspace itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from assistant.members import ROLES, NotAllowed, Role
from assistant.page.pages import Pages
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace
from assistant.workspaces import Workspaces
from index.catalog import open_catalog
from index.embedding.embedder import Embedder
from index.settings import IndexSettings
from index.vectors import CatalogVectors
from tests.embedder import HashingEmbedder


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Workspace]:
    """A main workspace, without the model."""
    settings = Settings(IndexSettings(data=tmp_path / "data"), AssistantSettings())
    catalog = open_catalog(settings.index.data)
    with Workspace(catalog, CatalogVectors(catalog), cast("Embedder", HashingEmbedder()), settings) as workspace:
        yield workspace


@pytest.fixture
def pages(first: Workspace) -> Iterator[Pages]:
    """At most two others stay open."""
    settings = Settings(IndexSettings(data=first.data), AssistantSettings())
    pages = Pages(first, Rates(), workspaces=Workspaces(settings, first), most_open=2)
    yield pages
    pages.close()


def within(workspace: str, role: Role = "read") -> Visitor:
    return Visitor("a", "en", "ana", "en", workspace, role)


def names(pages: Pages) -> list[str]:
    return [workspace.data.name for workspace in pages.open_workspaces()[1:]]


def test_the_one_left_alone_for_longest_is_closed_first(pages: Pages) -> None:
    for name in ("aa", "bb", "aa", "cc"):
        with pages.of(within(name)):
            pass
    assert names(pages) == ["aa", "cc"]


def test_one_that_is_in_use_stays_open(pages: Pages) -> None:
    with pages.of(within("aa")) as page:
        for name in ("bb", "cc"):
            with pages.of(within(name)):
                pass
        assert page.workspace.articles() == []
        assert names(pages) == ["aa", "cc"]
    with pages.of(within("aa")) as again:
        assert again is page


def test_a_page_is_a_roles(pages: Pages) -> None:
    found = []
    for role in ROLES:
        with pages.of(within("aa", role)) as page:
            found.append([needed for needed in ROLES if page.workspace.may(needed)])
    assert found == [list(ROLES[: number + 1]) for number in range(len(ROLES))]
    with pages.of(Visitor("a", "en")) as page:
        assert page is pages.first


CHANGES: list[tuple[Role, str, Callable[[Workspace], object]]] = [
    ("add", "add", lambda workspace: workspace.add([])),
    ("add", "batch", lambda workspace: workspace.batch(["a.txt"]).__enter__()),
    ("add", "add_address", lambda workspace: workspace.add_address("https://bell.example")),
    ("add", "add_text", lambda workspace: workspace.add_text("A text.")),
    ("add", "add_samples", lambda workspace: workspace.add_samples()),
    ("add", "feed_watching", lambda workspace: workspace.feed_watching()),
    ("correct", "remove", lambda workspace: workspace.remove("0" * 16)),
    ("correct", "put_back", lambda workspace: workspace.put_back(None)),  # type: ignore[arg-type]
    ("correct", "correcting", lambda workspace: workspace.correcting()),
    ("administer", "reindex", lambda workspace: workspace.reindex()),
    ("administer", "repair", lambda workspace: workspace.repair([])),
]


@pytest.mark.parametrize(
    ("needed", "change"), [(needed, change) for needed, _, change in CHANGES], ids=[n for _, n, _ in CHANGES]
)
def test_what_takes_a_role_is_refused_to_those_below_it(
    first: Workspace, needed: Role, change: Callable[[Workspace], object]
) -> None:
    for role in ROLES[: ROLES.index(needed)]:
        with pytest.raises(
            NotAllowed, match=f"You may {role} in this workspace; this takes a member who may {needed}."
        ):
            change(first.limited_to(role))


def test_a_limited_workspace_is_the_same_one(first: Workspace) -> None:
    limited = first.limited_to("read")
    assert limited.catalog is first.catalog
    assert (first.role, limited.role) == ("administer", "read")
    limited.add_feedback("Who?", [], 1)  # a reader's own

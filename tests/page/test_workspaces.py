"""Two workspaces in the browser: one is chosen in the head of the page, and a tab stays in its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.members import Registry
from index.records.table import Records
from tests.page.browser import ARTICLES, Server, answer, ask, needs_a_browser, stand_in
from tests.page.stand_in import StandIn

pytestmark = needs_a_browser
QUARRY = "The quarry at Dunmoor will close.\n\n“The granite is gone,” said Tobias Wrenfield, the foreman."
ANA = {"extra_http_headers": {"X-User": "ana"}, "locale": "en-GB"}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page behind a proxy that tells who somebody is: ana corrects in lagune, reads in main; uma runs lagune."""
    data = tmp_path_factory.mktemp("both")
    registry = Registry(Records(data))
    registry.add_workspace("lagune")
    registry.set_member("lagune", "ana", "correct")
    registry.set_member("main", "ana", "read")
    registry.set_member("lagune", "uma", "administer")
    lagune = StandIn(data / "workspaces" / "lagune")
    lagune.add_text(QUARRY, "Quarry at Dunmoor to close")
    lagune.catalog.close()
    server = stand_in(data, ARTICLES, DIXIT_AUTH_HEADER="X-User")
    yield server
    server.stop()


def test_each_workspace_shows_its_own_and_what_may_be_done_in_it(both: Server, visit: Any) -> None:
    page = visit(both, **ANA)
    chosen = page.locator("#header .workspace select")
    expect(chosen).to_have_value("lagune")
    expect(page.locator("#article-list")).to_contain_text("Quarry at Dunmoor to close")
    expect(page.locator("#upload")).to_be_visible()
    ask(page, "What does Tobias Wrenfield say?")
    expect(answer(page)).to_contain_text("The granite is gone")

    chosen.select_option("main")
    expect(chosen).to_have_value("main")
    expect(page.locator("#article-list .count")).to_contain_text("3")
    expect(page.locator("#article-list")).not_to_contain_text("Quarry")
    expect(page.locator("[data-testid=user]")).to_have_count(0)
    expect(page.locator("#upload")).to_be_hidden()
    expect(page.locator("#paste")).to_be_hidden()
    expect(page.locator("#article-list .remove")).to_have_count(0)


def test_a_tab_stays_in_its_workspace_when_another_tab_goes_to_another(both: Server, visit: Any) -> None:
    first = visit(both, **ANA)
    expect(first.locator("#header .workspace select")).to_have_value("lagune")
    second = first.context.new_page()
    second.goto(both.url)
    second.locator("#header .workspace select").select_option("main")
    expect(second.locator("#article-list .count")).to_contain_text("3")
    ask(first, "What does Tobias Wrenfield say?")
    expect(answer(first)).to_contain_text("The granite is gone")
    second.close()


def test_who_administers_a_workspace_manages_its_members_on_the_page(both: Server, visit: Any) -> None:
    page = visit(both, **ANA | {"extra_http_headers": {"X-User": "uma"}})
    members = page.locator("#members")
    members.get_by_text("2 members of this workspace").click()
    members.get_by_label("Name, as they log in").fill("cyd")
    members.get_by_role("button", name="Let in").click()
    expect(members.locator("li")).to_have_count(3)
    members.get_by_label("What cyd may do", exact=True).select_option("add")
    members.get_by_role("button", name="Change what cyd may do").click()
    expect(members.locator("li", has_text="cyd").locator("[selected]")).to_have_attribute("value", "add")
    members.get_by_role("button", name="Shut cyd out").click()
    expect(members.locator("li")).to_have_count(2)


def test_who_does_not_administer_it_sees_no_members(both: Server, visit: Any) -> None:
    page = visit(both, **ANA)
    expect(page.locator("#article-list")).to_contain_text("Quarry at Dunmoor to close")
    expect(page.locator("#members")).to_be_empty()

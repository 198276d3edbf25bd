"""The real page over HTTP with two workspaces: each is its members' alone, who do there what their roles allow."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant.members import Registry
from assistant.server.passwords import write_password
from assistant.settings import AssistantSettings
from index.errors import SettingsError
from index.records.table import Records
from tests.assistant.server.test_guard import API, PASSWORD, basic, call
from tests.page.browser import ARTICLES, stand_in
from tests.page.stand_in import StandIn

QUARRY = "The quarry at Dunmoor will close.\n\n“The granite is gone,” said Tobias Wrenfield, the foreman."
MEMBERS = [
    ("main", "ana", "correct"), ("lagune", "ana", "read"), ("lagune", "ben", "add"), ("main", "dee", "read"),
]  # fmt: skip
BY_NAME = {"main": "Dorothy Quill", "lagune": "Tobias Wrenfield"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data: Path = tmp_path_factory.mktemp("data")
    registry = Registry(Records(data))
    registry.add_workspace("lagune")
    for member in MEMBERS:
        registry.set_member(*member)
    lagune = StandIn(data / "workspaces" / "lagune")
    lagune.add_text(QUARRY, "Quarry at Dunmoor to close")
    lagune.catalog.close()
    return data


@pytest.fixture(scope="module")
def page(data: Path) -> Iterator[httpx.Client]:
    """The page of both; cyd may log in, and is a member of neither."""
    for name in ("ana", "ben", "cyd", "dee"):
        write_password(data / "users", name, PASSWORD)
    server = stand_in(data, ARTICLES, DIXIT_AUTH=data / "users")
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client:
        yield client
    server.stop()


def within(user: str, workspace: str = "", **headers: str) -> dict[str, str]:
    named = {"x-dixit-workspace": workspace} if workspace else {}
    return basic(user) | named | headers


def speakers(page: httpx.Client, headers: dict[str, str]) -> set[str]:
    ended, told = call(page, "find_quotations", **headers)
    assert ended == "complete", told
    return {quotation["speaker"] for quotation in told[0]}


@pytest.mark.parametrize("workspace", list(BY_NAME))
def test_a_member_of_both_asks_in_the_one_that_is_named(page: httpx.Client, workspace: str) -> None:
    found = speakers(page, within("ana", workspace))
    assert [name for name, speaker in BY_NAME.items() if speaker in found] == [workspace]


@pytest.mark.parametrize(
    ("user", "cookie", "workspace"),
    [
        ("ana", "", "lagune"),
        ("ana", "dixit_workspace=main", "main"),
        ("ana", "dixit_workspace=nowhere", "lagune"),
        ("ben", "dixit_workspace=main", "lagune"),
        ("dee", "dixit_workspace=lagune", "main"),
    ],
)
def test_who_names_none_asks_in_the_last_or_the_first_of_theirs(
    page: httpx.Client, user: str, cookie: str, workspace: str
) -> None:
    found = speakers(page, within(user, cookie=cookie))
    assert [name for name, speaker in BY_NAME.items() if speaker in found] == [workspace]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "{name}: you are a member of no such workspace."),
        ("fr", "{name}\u00a0: vous n’êtes membre d’aucun espace"),
    ],
)
def test_anothers_workspace_answers_as_one_that_there_is_not(page: httpx.Client, language: str, told: str) -> None:
    answers = {}
    for name in ("main", "nowhere"):
        for path in (f"{API}/call/ask", f"{API}/queue/join", f"{API}/upload"):
            answer = page.post(path, json={"data": ["?"]}, headers=within("ben", name) | {"accept-language": language})
            assert answer.status_code == 404
            assert answer.json()["detail"].startswith(told.format(name=name))
            answers[name, path] = answer.text.replace(name, "")
        assert page.get("/", headers=within("ben", name)).status_code == 404
    assert len(set(answers.values())) == 1


def test_who_is_a_member_of_none_is_told_so(page: httpx.Client) -> None:
    answer = page.post(f"{API}/call/ask", json={"data": ["?"]}, headers=within("cyd"))
    assert (answer.status_code, answer.json()["detail"][:36]) == (403, "You are a member of no workspace. As")
    french = page.get("/", headers=within("cyd") | {"accept-language": "fr"})
    assert french.status_code == 403
    assert french.text.startswith("Vous n’êtes membre d’aucun espace de travail.")


def test_what_a_request_says_of_its_own_standing_is_not_believed(page: httpx.Client) -> None:
    forged = within("ben") | {"dixit-workspace": "main", "dixit-role": "administer", "dixit-user": "ana"}
    assert BY_NAME["main"] not in speakers(page, forged)
    ended, _ = call(page, "correct_name", "Tobias Wrenfield", "X Y", **forged)
    assert ended == "error"


READING, ADDING = "You may read in this workspace; this takes", "You may add in this workspace; this takes"


@pytest.mark.parametrize(
    ("user", "workspace", "name", "values", "told"),
    [
        ("ana", "lagune", "add_article", ["A text.", "Title"], READING),
        ("ana", "lagune", "correct_name", ["Tobias Wrenfield", "X Y"], READING),
        ("dee", "main", "add_article", ["A text.", "Title"], READING),
        ("dee", "main", "undo_correction", [1], READING),
        ("ben", "lagune", "correct_article", ["0", "title", "X"], ADDING),
        ("ben", "lagune", "correct_quotation", ["0", 0, 1], ADDING),
    ],
)
def test_what_a_role_does_not_reach_for_is_refused(
    page: httpx.Client, user: str, workspace: str, name: str, values: list[Any], told: str
) -> None:
    ended, said = call(page, name, *values, **within(user, workspace))
    assert ended == "error"
    assert told in str(said)


def test_who_may_add_adds_in_the_one_workspace_alone(page: httpx.Client) -> None:
    ended, told = call(page, "add_article", "The weir at Holm leaks.", "Weir", **within("ben", "lagune"))
    assert (ended, told[0]["outcome"]) == ("complete", "added")
    titles = {
        name: [article["title"] for article in call(page, "list_articles", **within("ana", name))[1][0]]
        for name in BY_NAME
    }
    assert [name for name, there in titles.items() if "Weir" in there] == ["lagune"]


def test_a_file_of_who_may_only_read_is_not_taken(page: httpx.Client) -> None:
    given = {"files": ("a.txt", b"A text.")}
    assert page.post(f"{API}/upload", files=given, headers=within("dee")).status_code == 403
    assert page.post(f"{API}/upload", files=given, headers=within("ben")).status_code == 200


def test_an_mcp_client_asks_in_the_workspace_that_it_names(page: httpx.Client) -> None:
    async def asked(workspace: str) -> Any:
        async with (
            httpx.AsyncClient(headers=within("ana", workspace), trust_env=False, timeout=60) as http,
            streamable_http_client(f"{page.base_url}/gradio_api/mcp/", http_client=http) as (incoming, outgoing, _),
            ClientSession(incoming, outgoing) as session,
        ):
            await session.initialize()
            told = await session.call_tool("find_quotations", {})
            return json.loads(told.content[0].text)  # type: ignore[union-attr]

    with ThreadPoolExecutor(1) as apart:
        for name in BY_NAME:
            found = {quotation["speaker"] for quotation in apart.submit(asyncio.run, asked(name)).result()}
            assert [other for other, speaker in BY_NAME.items() if speaker in found] == [name]


def test_who_is_a_member_no_more_is_out(page: httpx.Client, data: Path) -> None:
    Registry(Records(data)).remove_member("main", "dee")
    try:
        for _ in range(100):
            if (status := page.post(f"{API}/call/ask", json={"data": ["?"]}, headers=within("dee")).status_code) == 403:
                break
            time.sleep(0.1)
        assert status == 403
    finally:
        Registry(Records(data)).set_member("main", "dee", "read")


def test_a_page_that_asks_nobody_for_a_name_does_not_serve_them(data: Path) -> None:
    from assistant.page.serving import require_names

    with pytest.raises(SettingsError, match="The workspaces have members, so the page must know who somebody is."):
        require_names(AssistantSettings(), Registry(Records(data)))
    require_names(AssistantSettings(auth_header="X-User"), Registry(Records(data)))

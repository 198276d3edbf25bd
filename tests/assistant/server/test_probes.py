"""What machines ask the page, over HTTP: health, readiness, figures, and the ids of requests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.requests import Request

from assistant.server.probes import Readiness, readers
from assistant.server.proxies import proxies
from index.errors import SettingsError, StoreError
from tests.assistant.server.test_guard import API, call
from tests.page.browser import ARTICLES, Server, stand_in


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "lines"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, logged: Path) -> Iterator[httpx.Client]:
    """The page for ana alone, who has a password, with a log of JSON."""
    users = tmp_path_factory.mktemp("auth") / "users"
    users.touch()
    with logged.open("wb") as log:
        server = stand_in(tmp_path_factory.mktemp("data"), ARTICLES, log=log, DIXIT_LOG_JSON=1)
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client:
        yield client
    server.stop()


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The page for those who have a password, without figures."""
    users = tmp_path_factory.mktemp("auth") / "users"
    users.touch()
    server: Server = stand_in(tmp_path_factory.mktemp("data"), DIXIT_AUTH=users, DIXIT_METRICS="off")
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client:
        yield client
    server.stop()


def figures(page: httpx.Client) -> dict[str, float]:
    lines = page.get("/metrics").text.splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}


def test_health_and_readiness_are_told_without_a_login(shut: httpx.Client) -> None:
    assert shut.get("/config").status_code == 401
    health = shut.get("/health")
    assert (health.status_code, health.json()) == (200, {"status": "ok"})
    assert health.headers["cache-control"] == "no-store"
    ready = shut.get("/ready")
    while ready.status_code == 503:  # the models are being loaded
        assert ready.json()["parts"]["model"] == "is being loaded"
        ready = shut.get("/ready")
    assert ready.json() == {"ready": True, "parts": {"catalog": "ok", "vectors": "ok", "model": "ok"}}
    assert shut.post("/health").status_code in (401, 404)


def test_figures_that_are_off_are_not_there(shut: httpx.Client) -> None:
    assert shut.get("/metrics").status_code == 401
    assert "dixit_" not in shut.get("/metrics").text


def test_questions_and_their_time_are_counted(page: httpx.Client) -> None:
    before = figures(page)
    assert call(page, "ask", "Que dit Zoé Inconnue de la lune ?")[0] == "complete"
    after = figures(page)
    grown = {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)}
    assert grown["dixit_questions_total"] == 1
    assert grown["dixit_question_seconds_count"] == 1
    assert grown['dixit_requests_total{status="200"}'] >= 2
    assert {"dixit_sources_waiting", "dixit_corrections", "dixit_answers_withheld_total"} | {
        f'dixit_jobs{{state="{state}"}}' for state in ("waiting", "at_work", "done", "refused", "failed")
    } <= after.keys()


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "203.0.113.7"}, {"x-forwarded-host": "a.example"}, {"X-Forwarded-Proto": "https"},
        {"forwarded": "for=203.0.113.7"}, {"via": "1.1 caddy"}, {"x-real-ip": "203.0.113.7"}, {"host": "evil.example"},
    ],
)  # fmt: skip
def test_figures_are_told_to_nobody_through_a_proxy_or_under_anothers_name(
    page: httpx.Client, headers: dict[str, str]
) -> None:
    answer = page.get("/metrics", headers=headers)
    assert answer.status_code in (404, 421)
    assert "dixit_" not in answer.text


@pytest.mark.parametrize(
    ("setting", "client", "may"),
    [
        ("off", "127.0.0.1", False), ("loopback", "127.0.0.1", True), ("loopback", "::1", True),
        ("loopback", "10.0.0.7", False), ("10.0.0.0/8", "10.0.0.7", True), ("10.0.0.7, ::1", "::1", True),
        ("10.0.0.7", "127.0.0.1", False), ("loopback", "no address", False),
        ("10.0.0.0/8", "10.9.0.1", False),
    ],
)  # fmt: skip
def test_who_may_read_figures_is_a_setting(setting: str, client: str, may: bool) -> None:
    scope = {"type": "http", "method": "GET", "path": "/metrics", "headers": [], "client": (client, 1)}
    assert readers(setting, proxies("10.9.0.0/16", "")).may(Request(scope)) is may


def test_a_setting_that_is_no_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="DIXIT_METRICS=everybody: must be off, loopback, or addresses"):
        readers("everybody", proxies("", ""))


def test_parts_that_fail_or_hang_are_not_ready_and_tell_no_details() -> None:
    let_go = threading.Event()

    def fails() -> None:
        raise StoreError("/home/ana/dixit: it is gone")

    def hangs() -> None:
        let_go.wait(60)

    async def look() -> dict[str, str]:
        readiness = Readiness({"catalog": fails, "vectors": hangs, "model": lambda: None}, look_seconds=0.2)
        found = await readiness.look()
        let_go.set()
        assert await readiness.look() is found, "each request makes work"
        return found

    assert anyio.run(look) == {
        "catalog": "cannot be used: the log says why", "vectors": "does not answer in time", "model": "ok",
    }  # fmt: skip


def test_a_part_that_hangs_is_asked_again_only_once_it_has_answered() -> None:
    asked, let_go = [], threading.Event()

    def hangs() -> None:
        asked.append(1)
        let_go.wait(60)

    async def look() -> list[str]:
        readiness = Readiness({"vectors": hangs}, look_seconds=0.1, fresh_seconds=0)
        found = [(await readiness.look())["vectors"] for _ in range(3)]
        times = len(asked)
        let_go.set()
        with anyio.fail_after(60):
            while (await readiness.look())["vectors"] != "ok":
                await anyio.sleep(0.01)
        return [*found, str(times)]

    assert anyio.run(look) == ["does not answer in time"] * 3 + ["1"]


def test_an_id_is_given_back_or_made(page: httpx.Client) -> None:
    assert page.get("/health", headers={"x-request-id": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"
    made = {
        page.get("/health", headers={"x-request-id": given}).headers["x-request-id"] for given in ("", 'a"b', "x" * 65)
    }
    assert len(made) == 3
    assert all(len(each) == 32 for each in made)


def test_each_line_of_a_request_has_its_id(page: httpx.Client, logged: Path) -> None:
    asked = "Que dit Yolande Perchat boom ?"
    event, _ = call(page, "ask", asked, **{"x-request-id": "queued"})  # fails in Gradio's queue
    direct = page.post(f"{API}/run/ask", json={"data": [asked]}, headers={"x-request-id": "direct"})
    page.get("/nothing/secret", headers={"x-request-id": "lost"})
    lines = [json.loads(line) for line in logged.read_text().splitlines()]
    assert event == "error"
    assert direct.status_code == 500
    of = {wanted: [line for line in lines if line.get("request") == wanted] for wanted in ("queued", "direct", "lost")}
    for wanted in ("queued", "direct"):
        failed = [line for line in of[wanted] if line["level"] == "error"]
        assert failed, f"the line of what failed in {wanted} has not its id"
        assert "RuntimeError" in failed[0]["message"]
    (answered,) = [line for line in of["direct"] if line["logger"] == "dixit.requests"]
    assert answered["message"] == "answered"
    assert (answered["method"], answered["place"], answered["status"]) == ("POST", f"{API}/run/ask", 500)
    assert answered["seconds"] >= 0
    assert [line["place"] for line in of["lost"]] == ["another"]

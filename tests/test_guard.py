"""The real page over HTTP, as somebody with ill intent would call it: what passes, and what is refused in one line."""

# ruff: noqa: E501 - tables

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.guard import rules
from assistant.passwords import write_password
from assistant.rates import Rates
from assistant.settings import read_settings
from index.errors import SettingsError
from tests.page.browser import ARTICLES, Server, stand_in

pytestmark = pytest.mark.soak
API = "/gradio_api"
PASSWORD = "onze minutes de retard"
TRACES = re.compile(r"Traceback|File \"|\.py\b|/site-packages|/tmp/|/home/|/root/|sqlite|pydantic", re.I)


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., httpx.Client]]:
    """Serve the page with settings; at the end all are stopped."""
    servers: list[tuple[Server, httpx.Client]] = []

    def serve(**settings: object) -> httpx.Client:
        data = tmp_path_factory.mktemp("data")
        server = stand_in(data, ARTICLES, **settings)
        client = httpx.Client(base_url=server.url, trust_env=False, timeout=60)
        servers.append((server, client))
        return client

    yield serve
    for server, client in servers:
        client.close()
        server.stop()


@pytest.fixture(scope="module")
def page(serve: Callable[..., httpx.Client]) -> httpx.Client:
    return serve()


@pytest.fixture(scope="module")
def guarded(serve: Callable[..., httpx.Client], tmp_path_factory: pytest.TempPathFactory) -> httpx.Client:
    """The page for ana and ben, who have passwords."""
    file = tmp_path_factory.mktemp("auth") / "users"
    for name in ("ana", "ben", "cyd"):
        write_password(file, name, PASSWORD)
    return serve(DIXIT_AUTH=file)


def basic(name: str, password: str = PASSWORD) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def call(page: httpx.Client, name: str, *values: object, **headers: str) -> tuple[str, Any]:
    """Call a function for programs; return how it ended and with what."""
    begun = page.post(f"{API}/call/{name}", json={"data": list(values)}, headers=headers)
    if begun.status_code != 200:
        return str(begun.status_code), begun.json()
    told = page.get(f"{API}/call/{name}/{begun.json()['event_id']}", headers=headers).text
    event, data = re.findall(r"event: (\w+)\ndata: (.*)", told)[-1]
    return event, json.loads(data)


@pytest.mark.parametrize("path", ["/", "/config", f"{API}/info", "/nothing", f"{API}/queue/data"])
def test_every_reply_forbids_frames_guesses_and_foreign_scripts(page: httpx.Client, path: str) -> None:
    headers = page.get(path).headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in re.search(r"script-src [^;]*", policy)[0]  # type: ignore[index]
    assert "http" not in policy


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7971", 200), ("localhost:1", 200), ("LOCALHOST", 200), ("[::1]:7971", 200), ("192.168.1.5", 200),
        ("evil.example", 421), ("evil.example:7971", 421), ("127.0.0.1.evil.example", 421), ("localhost.evil.example", 421),
        ("", 421), ("[::1", 421), ("a b", 421), ("2130706433", 421),
    ],
)  # fmt: skip
def test_a_name_that_is_not_this_machines_reaches_nothing(page: httpx.Client, host: str, status: int) -> None:
    """Else a page of evil.example, whose name is made to stand for 127.0.0.1, could read the articles."""
    assert page.get("/robots.txt", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "{url}"}, 200),
        ({"origin": "{url}", "sec-fetch-site": "same-origin"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"origin": "http://localhost:7860"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[::1"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_another_sites_page_can_send_nothing(page: httpx.Client, headers: dict[str, str], status: int) -> None:
    url = str(page.base_url).rstrip("/")
    sent = {name: value.replace("{url}", url) for name, value in headers.items()}
    for path in ("queue/join", "upload", "call/add_article"):
        answer = page.post(f"{API}/{path}", headers=sent, json={"data": ["x"]})
        assert (answer.status_code == 403) is (status == 403), (path, answer.text)


DOORS = [
    f"{API}/file=", f"{API}/file/", "/file=", f"{API}/proxy=", "/assets/", "/static/", "/svelte/", f"{API}/custom_component/",
    f"{API}/stream/", f"{API}/deep_link?session_hash=", "/",
]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd", "/proc/self/environ", "/proc/self/cmdline", "{data}/dixit.db", "{data}", "{here}/app.py",
        "{here}/pyproject.toml", "app.py", "../app.py", "..%2f..%2fetc%2fpasswd", "....//....//etc/passwd",
        "file:///etc/passwd", "http://127.0.0.1:{port}/config", "http://169.254.169.254/", "https://example.org/",
        "/etc/passwd%00.txt", "C:/Windows/win.ini", "//etc/passwd", "%2e%2e/%2e%2e/etc/passwd",
    ],
)  # fmt: skip
def test_no_file_of_the_server_is_read(page: httpx.Client, path: str) -> None:
    here = Path(__file__).parents[1]
    path = path.format(data=here / "data", here=here, port=page.base_url.port)
    for door in DOORS:
        answer = page.get(httpx.URL(str(page.base_url).rstrip("/") + door + path))
        assert answer.status_code in (400, 403, 404, 421, 422), answer.text[:200]
        assert not re.search(r"root:|dependencies|import |DIXIT_|PATH=|\[fonts\]", answer.text)
        assert not TRACES.search(answer.text.replace(path, "")), answer.text[:300]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{API}/token"), ("GET", f"{API}/user"), ("GET", "/monitoring"), ("GET", "/monitoring/summary"),
        ("GET", f"{API}/dev/reload"), ("POST", f"{API}/process_recording"), ("POST", f"{API}/vibe-edit"),
        ("GET", f"{API}/vibe-code"), ("POST", f"{API}/run-history/connect"), ("POST", "/login"), ("GET", "/logout"),
        ("GET", "/docs"), ("GET", "/openapi.json"), ("PUT", "/"), ("DELETE", "/config"), ("TRACE", "/"), ("GET", "/.env"),
        ("GET", f"{API}/stream/a/1/2/playlist.m3u8"), ("GET", "/dixit/login"), ("POST", f"{API}/component_server"),
    ],
)  # fmt: skip
def test_doors_that_the_page_does_not_need_are_shut(page: httpx.Client, method: str, path: str) -> None:
    answer = page.request(method, path)
    assert answer.status_code == 404
    assert answer.text.count("There is nothing here.") >= 1


HOSTILE: list[Any] = [
    None, True, 0, -1, 1e308, [], {}, [[]], {"path": "/etc/passwd"}, {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}},
    "", "\0", "\ud800", "a" * 1_000_000, "../../etc/passwd", "<script>alert(1)</script>", "' OR 1=1 --", "%s%n{0}{x.__class__}",
    "\u202eabc", "🌊" * 1000, "NaN", ["a"] * 1000,
]  # fmt: skip


@pytest.mark.parametrize("name", ["ask", "find_quotations", "list_articles", "add_article"])
def test_hostile_values_are_answered_in_a_line_without_a_trace(page: httpx.Client, name: str) -> None:
    for value in HOSTILE:
        body = json.dumps({"data": [value] * 3}).encode()
        begun = page.post(f"{API}/call/{name}", content=body, headers={"content-type": "application/json"})
        if begun.status_code == 200:
            told = page.get(f"{API}/call/{name}/{begun.json()['event_id']}").text
        else:
            told = begun.text
        shown = told.replace("/etc/passwd", "")
        if "event: complete" not in told:
            assert not TRACES.search(shown), (value, told[:500])
    assert call(page, "list_articles", "", "", "")[0] == "complete"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"), (b"{", "application/json"), (b"[]", "application/json"), (b"null", "application/json"),
        (b"\xff\xfe", "application/json"), (b'{"data": ' + b"[" * 5000 + b"]" * 5000 + b"}", "application/json"),
        (b'{"data":["x"],"fn_index":99999,"session_hash":"a"}', "application/json"),
        (b'{"data":["x"],"fn_index":"x","session_hash":{}}', "application/json"), (b"a=b", "application/x-www-form-urlencoded"),
        (b"--x--", "multipart/form-data; boundary=x"), (b"x", "multipart/form-data"),
    ],
)  # fmt: skip
def test_a_damaged_request_is_refused_without_a_trace(page: httpx.Client, body: bytes, kind: str) -> None:
    for path in ("queue/join", "call/ask", "run/ask", "upload", "cancel", "reset"):
        answer = page.post(f"{API}/{path}", content=body, headers={"content-type": kind, "connection": "close"})
        assert not TRACES.search(answer.text), (path, answer.text[:500])
        assert len(answer.text) < 2_000


def test_a_body_larger_than_any_question_is_refused_unread(page: httpx.Client) -> None:
    answer = page.post(f"{API}/call/ask", content=b'{"data": ["' + b"a" * 6_000_000 + b'"]}')
    assert answer.status_code == 413
    assert "larger than 5 MB" in answer.json()["detail"]


def test_an_upload_of_200_megabytes_is_refused_and_leaves_nothing(
    serve: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    page = serve(TMPDIR=tmp_path, GRADIO_TEMP_DIR=tmp_path / "uploads")

    def body() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="big.txt"\r\n\r\n'
        for _ in range(200):
            yield b"a" * 1_000_000
        yield b"\r\n--x--\r\n"

    try:
        answer = page.post(f"{API}/upload", content=body(), headers={"content-type": "multipart/form-data; boundary=x"})
        assert answer.status_code == 413
        assert not TRACES.search(answer.text)
    except httpx.WriteError:
        pass  # the server closed before the end, which is as good
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) < 60_000_000
    assert page.get("/robots.txt").status_code == 200


def test_an_upload_is_not_handed_out_again(page: httpx.Client) -> None:
    (path,) = page.post(f"{API}/upload", files={"files": ("mine.txt", b"for my eyes")}).json()
    assert path.endswith("mine.txt")
    for door in (f"{API}/file=", f"{API}/file/", f"{API}/stream/"):
        answer = page.get(door + path)
        assert answer.status_code == 404
        assert "my eyes" not in answer.text


def test_nobody_passes_who_has_not_logged_in(guarded: httpx.Client) -> None:
    assert guarded.get("/").status_code == 303
    assert guarded.get("/").headers["location"] == "/dixit/login"
    for path in (
        "/config",
        f"{API}/info",
        f"{API}/queue/data?session_hash=a",
        "/assets/index.js",
        f"{API}/heartbeat/a",
    ):
        assert guarded.get(path).status_code == 401
    for path in ("queue/join", "upload", "call/ask", "run/ask", "cancel", "mcp/"):
        assert guarded.post(f"{API}/{path}", json={}).status_code == 401
    for told in ("dixit-user", "x-forwarded-user", "remote-user"):
        assert guarded.get("/config", headers={told: "ana"}).status_code == 401
    assert call(guarded, "list_articles", "", "", "")[0] == "401"


def test_the_servers_own_mcp_client_learns_what_there_is_and_nothing_more(guarded: httpx.Client) -> None:
    inside = {"x-gradio-user": "mcp"}
    assert guarded.get("/config", headers=inside).status_code == 200
    assert guarded.get("/", headers=inside).status_code == 303
    for path in ("queue/join", "call/ask", "upload", "mcp/"):
        assert guarded.post(f"{API}/{path}", json={}, headers=inside).status_code == 401


def test_a_program_logs_in_with_each_call(guarded: httpx.Client) -> None:
    event, (articles,) = call(guarded, "list_articles", "", "", "", **basic("ana"))
    assert event == "complete"
    assert articles
    client = pytest.importorskip("gradio_client").Client
    logged_in = client(str(guarded.base_url), headers=basic("ana"), verbose=False)
    assert logged_in.predict(api_name="/list_articles") == articles
    with pytest.raises(Exception, match="credentials were not provided"):
        client(str(guarded.base_url), verbose=False)


def test_a_form_opens_the_page_for_a_while_and_leaving_shuts_it(guarded: httpx.Client) -> None:
    form = guarded.get("/dixit/login", headers={"accept-language": "fr"})
    assert "Mot de passe" in form.text
    wrong = guarded.post("/dixit/login", data={"name": "<b>ana", "password": "wrong"})
    assert wrong.status_code == 401
    assert "<b>" not in wrong.text
    with httpx.Client(base_url=guarded.base_url, trust_env=False, timeout=60) as browser:
        passed = browser.post("/dixit/login", data={"name": "ana", "password": PASSWORD})
        assert (passed.status_code, passed.headers["location"]) == (303, "/")
        cookie = passed.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert browser.get("/").status_code == 200
        stolen = dict(browser.cookies)
        assert browser.get("/dixit/logout").status_code == 303  # a link alone shuts nothing
        assert browser.get("/").status_code == 200
        browser.post("/dixit/logout")
        assert browser.get("/", cookies=stolen).status_code == 303


def test_too_many_wrong_passwords_lock_the_door_for_that_name_from_there(guarded: httpx.Client) -> None:
    for _ in range(5):
        assert guarded.post("/dixit/login", data={"name": "cyd", "password": "wrong"}).status_code == 401
    locked = guarded.post("/dixit/login", data={"name": "cyd", "password": PASSWORD})
    assert locked.status_code == 429
    assert "Too many wrong passwords. Try again in" in locked.text
    assert guarded.get("/config", headers=basic("cyd")).status_code == 429
    assert guarded.get("/config", headers=basic("ben")).status_code == 200


def test_a_window_belongs_to_whom_it_was_opened_by(guarded: httpx.Client) -> None:
    session = "ana0window"
    sent = {"data": [], "fn_index": 0, "session_hash": session}
    with guarded.stream("GET", f"{API}/heartbeat/{session}", headers=basic("ana")) as beating:
        assert beating.status_code == 200
        assert guarded.get(f"{API}/queue/data?session_hash={session}", headers=basic("ben")).status_code == 404
        assert guarded.get(f"{API}/heartbeat/{session}", headers=basic("ben")).status_code == 404
    assert sent


def test_a_proxys_word_is_taken_from_the_proxy_alone(serve: Callable[..., httpx.Client]) -> None:
    page = serve(DIXIT_AUTH_HEADER="X-Forwarded-User")
    assert page.get("/config").status_code == 401
    assert page.get("/config", headers={"x-forwarded-user": "ana"}).status_code == 200
    elsewhere = serve(DIXIT_AUTH_HEADER="X-Forwarded-User", DIXIT_PROXIES="10.0.0.7")
    for headers in ({"x-forwarded-user": "ana"}, {"x-forwarded-user": "ana", "x-forwarded-for": "10.0.0.7"}):
        assert elsewhere.get("/config", headers=headers).status_code == 401


def test_read_only_reads_and_refuses_the_rest(serve: Callable[..., httpx.Client]) -> None:
    page = serve(DIXIT_READ_ONLY=1)
    refused = page.post(f"{API}/upload", files={"files": ("mine.txt", b"No, said Anne Lebrun Petit.")})
    assert refused.status_code == 403
    assert "not changed" in refused.json()["detail"]
    named = page.get(f"{API}/info").json()["named_endpoints"]
    assert "/add_article" not in named
    assert "/ask" in named
    assert (
        page.post(f"{API}/call/add_article", json={"data": ["text"]}, headers={"connection": "close"}).status_code
        >= 400
    )
    config = page.get("/config").json()
    made = {component["props"].get("elem_id") for component in config["components"]}
    assert {"chat", "shelf"} <= made
    assert not made & {"upload", "address", "paste", "paste-add"}
    events = {name for fn in config["dependencies"] for _, name in fn["targets"]}
    assert "filter" in events
    assert not events & {"remove", "samples", "upload"}
    event, (answer,) = call(page, "ask", "What does Dorothy Quill say about the crane?", [])
    assert (event, answer["abstained"]) == ("complete", False)


def test_rates_hold_programs_back_with_a_line(serve: Callable[..., httpx.Client]) -> None:
    page = serve(DIXIT_ASK_RATE="2/hour", DIXIT_ADD_RATE="1/hour", DIXIT_UPLOAD_RATE="1/hour")
    assert call(page, "ask", "Qui ?", [])[0] == "complete"
    assert call(page, "ask", "Qui ?", [])[0] == "complete"
    status, told = call(page, "ask", "Qui ?", [])
    assert status == "429"
    assert re.fullmatch(r"That was too often: 2 per 1 hour is allowed\. Try again in \d+ seconds\.", told["detail"])
    # by the queue, which the page and gradio_client use, the line comes as the call's error
    client = pytest.importorskip("gradio_client").Client(str(page.base_url), verbose=False)
    with pytest.raises(Exception, match="That was too often: 2 per 1 hour is allowed. Try again in"):
        client.predict("Qui ?", api_name="/ask")
    assert page.post(f"{API}/upload", files={"files": ("a.txt", b"a")}).status_code == 200
    again = page.post(f"{API}/upload", files={"files": ("a.txt", b"a")})
    assert again.status_code == 429
    assert int(again.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DIXIT_READ_ONLY", "yes", "DIXIT_READ_ONLY='yes' must be 1 or 0"),
        ("DIXIT_PROXIES", "proxy", "DIXIT_PROXIES: 'proxy' is no address"),
        ("DIXIT_AUTH", "nowhere", "DIXIT_AUTH=nowhere: it cannot be read"),
    ],
)
def test_a_malformed_setting_is_told_in_a_line(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(told)):
        rules(read_settings({name: value}).assistant, Rates(), {})

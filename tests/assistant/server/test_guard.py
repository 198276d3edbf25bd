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

from assistant.server.guard import rules
from assistant.server.passwords import write_password
from assistant.server.paths import FUNCTIONS
from assistant.server.rate_limits import Rates
from assistant.settings import read_settings
from index.errors import SettingsError
from tests.page.browser import ARTICLES, Server, stand_in

API = "/gradio_api"
PASSWORD = "onze minutes de retard"
at_length = pytest.mark.soak
"""Starts a page of its own, or sends much; the others share two pages and run in every test."""
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
    here = Path(__file__).parents[3]
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


@at_length
@pytest.mark.parametrize("name", FUNCTIONS)
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


@pytest.mark.parametrize("path", ["cancel", "queue/join", "call/ask", "run/ask", "mcp/"])
def test_a_body_that_tells_no_length_is_refused_once_it_is_too_large(page: httpx.Client, path: str) -> None:
    answer = page.post(
        f"{API}/{path}", content=(b"a" * 1_000_000 for _ in range(20)), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413
    assert "larger than 5 MB" in answer.json()["detail"]


@at_length
def test_an_upload_is_bounded_as_a_whole(serve: Callable[..., httpx.Client], tmp_path: Path) -> None:
    page = serve(DIXIT_MAX_UPLOAD_BYTES=3_000_000, TMPDIR=tmp_path)
    files = [("files", (f"{number}.txt", b"a" * 1_000_000)) for number in range(4)]
    told = page.post(f"{API}/upload", files=files)
    assert told.status_code == 413
    assert "larger than 3 MB" in told.json()["detail"]
    request = page.build_request("POST", f"{API}/upload", files=files)
    body = request.read()
    untold = page.post(
        f"{API}/upload",
        content=(body[place : place + 100_000] for place in range(0, len(body), 100_000)),
        headers={"content-type": request.headers["content-type"]},
    )
    assert untold.status_code == 413
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size > 500_000]
    assert page.post(f"{API}/upload", files=files[:2]).status_code == 200


@pytest.mark.parametrize("way", ["run", "api", "call", "call/v2"])
@pytest.mark.parametrize("name", ["greet", "begin_anew", "refresh", "add_text", "ask_1", "nothing"])
def test_only_the_four_functions_are_called_by_name(page: httpx.Client, way: str, name: str) -> None:
    answer = page.post(f"{API}/{way}/{name}", json={"data": []})
    assert (answer.status_code, answer.json()["error"]) == (404, "There is nothing here.")


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("run/find_quotations", {"data": [{"path": "/etc/passwd"}]}, "find_quotations: search is an object. Give a text."),
        ("call/ask", {"data": ["Qui ?", [], False, 1]}, "ask takes at most 3 values (question, history, as_is), not 4."),
        ("call/ask", {"data": ["Qui ?", [], 1]}, "ask: as_is is a number. Give true or false."),
        ("call/ask", {"data": []}, "ask: question is missing. Give a text."),
        ("call/ask", {"data": ["Qui ?", "Quand ?"]}, "ask: history is a text. Give a list of texts."),
        ("call/v2/ask", {"question": "Qui ?", "who": "x"}, "ask has no parameter 'who'. It takes: question, history, as_is."),
        ("run/find_quotations", {"data": ["", "", "", "", "", True]}, "find_quotations: limit is true or false. Give a whole number."),
        ("run/find_quotations", {"data": ["", "", "", "", "", 501]}, "limit: 501 is not from 0 to 500."),
        ("run/find_quotations", {"data": ["", "", "", "hier"]}, "until"),
        ("run/ask", {"data": ["x" * 2001]}, "A question of 2,001 characters is longer than 2,000."),
        ("run/ask", {"data": "x"}, "The values are no list."),
        ("run/ask", [], "The body is no JSON object."),
        ("queue/join", {"data": [], "fn_index": 99_999, "session_hash": "n"}, "There is no function of that number."),
        ("queue/join", {"data": ["x"] * 30, "fn_index": len(FUNCTIONS) + 4, "session_hash": "n"}, "This handler of the page takes"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told_what_is_wrong(page: httpx.Client, path: str, body: object, told: str) -> None:
    answer = page.post(f"{API}/{path}", json=body)
    assert answer.status_code == (404 if "number." in told and "no function" in told else 400)
    assert told in answer.json()["error"] or told == "until"
    assert "\n" not in answer.json()["error"]


def test_values_that_are_left_out_are_what_they_are_by_default(page: httpx.Client) -> None:
    for path, body in (("run/list_articles", {"data": []}), ("run/list_articles", {"data": [None, "", None]})):
        assert page.post(f"{API}/{path}", json=body).json()["data"][0]
    begun = page.post(f"{API}/call/v2/find_quotations", json={"limit": 1})
    assert "event: complete" in page.get(f"{API}/call/v2/find_quotations/{begun.json()['event_id']}").text


def test_nested_bodies_are_refused_in_a_line(page: httpx.Client) -> None:
    for body in (
        b"[" * 100_000,
        b'{"data": ' + b"[" * 60 + b"]" * 60 + b"}",
        b'{"data": [' + b"[]," * 300_000 + b"1]}",
    ):
        answer = page.post(f"{API}/run/ask", content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (400, 413)
        assert not TRACES.search(answer.text)


@at_length
def test_calls_whose_answers_nobody_collects_are_bounded_for_a_visitor_and_others_go_on(
    serve: Callable[..., httpx.Client],
) -> None:
    page = serve()
    begun = [page.post(f"{API}/call/find_quotations", json={"data": []}) for _ in range(25)]
    assert [answer.status_code for answer in begun] == [200] * 20 + [429] * 5
    assert int(begun[-1].headers["retry-after"]) > 0
    joining = {"data": [], "fn_index": 1, "session_hash": "other"}
    other = {"cookie": "dixit=" + "c" * 32}
    assert page.post(f"{API}/queue/join", json=joining, headers=other).status_code == 200
    assert "process_completed" in page.get(f"{API}/queue/data?session_hash=other", headers=other).text
    event = begun[0].json()["event_id"]
    assert "event: complete" in page.get(f"{API}/call/find_quotations/{event}").text
    assert page.post(f"{API}/call/find_quotations", json={"data": []}).status_code == 200


@at_length
def test_reading_has_a_rate(serve: Callable[..., httpx.Client]) -> None:
    page = serve(DIXIT_READ_RATE="2/hour")
    assert [page.post(f"{API}/run/list_articles", json={"data": []}).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("host", ["127.0.0.1", "192.168.1.5", "[::1]"])
def test_no_other_site_may_read_a_reply(page: httpx.Client, host: str) -> None:
    asking = {"host": host, "origin": "http://evil.example", "access-control-request-method": "POST"}
    for method in ("GET", "OPTIONS"):
        answer = page.request(method, "/config", headers=asking)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_websocket_is_closed_without_a_trace(page: httpx.Client) -> None:
    opening = {
        "connection": "upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    assert page.get(f"{API}/queue/join", headers=opening).status_code == 403


@at_length
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


def test_nobody_passes_for_the_servers_own_mcp_client(guarded: httpx.Client) -> None:
    """It proves itself by a secret; what it calls itself, and in whose name, anybody can write."""
    for told in ({}, {"dixit-itself": "x"}, {"dixit-itself": ""}):
        inside = {"x-gradio-user": "mcp", "dixit-user": "ana", "dixit-client": "127.0.0.1"} | told
        for path in ("/config", f"{API}/info", f"{API}/heartbeat/a", f"{API}/queue/data?session_hash=a"):
            assert guarded.get(path, headers=inside).status_code == 401
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


@pytest.mark.parametrize("first", ["heartbeat", "join"])
def test_a_window_belongs_to_whom_named_it_first(guarded: httpx.Client, first: str) -> None:
    session = f"ana0{first}"
    joining = {"data": ["Qui ?", []], "fn_index": 0, "session_hash": session}
    if first == "join":
        assert guarded.post(f"{API}/queue/join", json=joining, headers=basic("ana")).status_code == 200
    else:
        with guarded.stream("GET", f"{API}/heartbeat/{session}", headers=basic("ana")) as beating:
            assert beating.status_code == 200
    for path in (f"queue/data?session_hash={session}", f"heartbeat/{session}"):
        assert guarded.get(f"{API}/{path}", headers=basic("ben")).status_code == 404
    cancelled = {"session_hash": session, "fn_index": 0, "event_id": "e"}
    for path, body in (("queue/join", joining), ("cancel", cancelled), ("reset", cancelled)):
        assert guarded.post(f"{API}/{path}", json=body, headers=basic("ben")).status_code == 404
        assert guarded.post(f"{API}/{path}", json=body, headers=basic("ana")).status_code == 200


def test_a_window_belongs_to_the_browser_that_named_it_where_nobody_logs_in(page: httpx.Client) -> None:
    mine, other = ({"cookie": f"dixit={letter * 32}"} for letter in "ab")
    joining = {"data": ["Qui ?", []], "fn_index": 0, "session_hash": "mine0window"}
    assert page.post(f"{API}/queue/join", json=joining, headers=mine).status_code == 200
    for headers in (other, {}):
        assert page.get(f"{API}/queue/data?session_hash=mine0window", headers=headers).status_code == 404
        assert page.post(f"{API}/queue/join", json=joining, headers=headers).status_code == 404
    assert "process_completed" in page.get(f"{API}/queue/data?session_hash=mine0window", headers=mine).text


def test_an_answer_is_collected_by_whoever_asked(guarded: httpx.Client) -> None:
    asked = guarded.post(f"{API}/call/ask", json={"data": ["Qui ?", []]}, headers=basic("ana")).json()["event_id"]
    assert guarded.get(f"{API}/call/ask/{asked}", headers=basic("ben")).status_code == 404
    assert "event: complete" in guarded.get(f"{API}/call/ask/{asked}", headers=basic("ana")).text


@at_length
def test_who_may_log_in_cannot_be_read_any_more(serve: Callable[..., httpx.Client], tmp_path: Path) -> None:
    users = tmp_path / "users"
    write_password(users, "ana", PASSWORD)
    page = serve(DIXIT_AUTH=users)
    assert page.get("/config", headers=basic("ana")).status_code == 200
    for damage in (lambda: users.write_text("no line"), users.unlink):
        damage()
        for answer in (page.get("/config", headers=basic("ana")), page.post("/dixit/login", data={"name": "ana"})):
            assert answer.status_code == 503
            assert re.fullmatch(r"Nobody can log in just now\..*\n", answer.text)
    write_password(users, "ana", PASSWORD)
    assert page.get("/config", headers=basic("ana")).status_code == 200


@at_length
def test_a_proxys_word_is_taken_from_the_proxy_alone(serve: Callable[..., httpx.Client]) -> None:
    page = serve(DIXIT_AUTH_HEADER="X-Forwarded-User")
    assert page.get("/config").status_code == 401
    assert page.get("/config", headers={"x-forwarded-user": "ana"}).status_code == 200
    elsewhere = serve(DIXIT_AUTH_HEADER="X-Forwarded-User", DIXIT_PROXIES="10.0.0.7")
    for headers in ({"x-forwarded-user": "ana"}, {"x-forwarded-user": "ana", "x-forwarded-for": "10.0.0.7"}):
        assert elsewhere.get("/config", headers=headers).status_code == 401


@at_length
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
    assert {"chat", "article-list"} <= made
    assert not made & {"upload", "address", "paste", "paste-add"}
    events = {name for fn in config["dependencies"] for _, name in fn["targets"]}
    assert "filter" in events
    assert not events & {"remove", "samples", "upload"}
    event, (answer,) = call(page, "ask", "What does Dorothy Quill say about the crane?", [])
    assert (event, answer["abstained"]) == ("complete", False)


@at_length
def test_rates_hold_programs_back_with_a_line(serve: Callable[..., httpx.Client]) -> None:
    page = serve(DIXIT_ASK_RATE="2/hour", DIXIT_ADD_RATE="1/hour", DIXIT_UPLOAD_RATE="1/hour")
    assert call(page, "ask", "Qui ?", [])[0] == "complete"
    assert call(page, "ask", "Qui ?", [])[0] == "complete"
    status, told = call(page, "ask", "Qui ?", [])
    assert status == "429"
    assert re.fullmatch(r"Too many requests: 2 per 1 hour is allowed\. Try again in \d+ seconds\.", told["detail"])
    # by the queue, which the page and gradio_client use, the line comes as the call's error
    client = pytest.importorskip("gradio_client").Client(str(page.base_url), verbose=False)
    with pytest.raises(Exception, match="Too many requests: 2 per 1 hour is allowed. Try again in"):
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

"""Who sends a request: what proxies tell is believed only of proxies that are known."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from starlette.datastructures import Headers

from assistant.server.proxies import CLIENT, USER, Caller, Proxies, proxies
from assistant.server.visitor import visiting
from index.errors import SettingsError


def scope(client: str, **headers: str) -> dict[str, object]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "scheme": "http", "client": (client, 1), "headers": named}


def caller(known: Proxies, sent: dict[str, object]) -> Caller:
    return asyncio.run(known.caller(sent))


@pytest.mark.parametrize(
    ("listed", "header", "client", "headers", "expected"),
    [
        ("", "", "8.8.8.8", {}, Caller("8.8.8.8", None, False)),
        # nobody is believed by default, not even this machine
        ("", "", "127.0.0.1", {"x_forwarded_for": "8.8.8.8"}, Caller("127.0.0.1", None, False)),
        ("", "", "127.0.0.1", {"x_forwarded_user": "ana"}, Caller("127.0.0.1", None, False)),
        # with a header for users, this machine's proxy is
        ("", "X-Forwarded-User", "127.0.0.1", {"x_forwarded_user": "ana"}, Caller("127.0.0.1", "ana", False)),
        ("", "X-Forwarded-User", "::1", {"x_forwarded_user": "ana"}, Caller("::1", "ana", False)),
        ("", "X-Forwarded-User", "10.0.0.7", {"x_forwarded_user": "ana"}, Caller("10.0.0.7", None, False)),
        ("", "X-Forwarded-User", "127.0.0.1", {"x_forwarded_user": " "}, Caller("127.0.0.1", None, False)),
        # once proxies are listed, only those
        ("10.0.0.7", "X-Forwarded-User", "127.0.0.1", {"x_forwarded_user": "ana"}, Caller("127.0.0.1", None, False)),
        ("10.0.0.0/8", "X-Forwarded-User", "10.9.9.9", {"x_forwarded_user": "ana"}, Caller("10.9.9.9", "ana", False)),
        # the last hop that is no proxy; what stands before it may be invented
        ("10.0.0.7", "", "10.0.0.7", {"x_forwarded_for": "1.1.1.1, 8.8.8.8"}, Caller("8.8.8.8", None, False)),
        ("10.0.0.0/8", "", "10.0.0.7", {"x_forwarded_for": "8.8.8.8, 10.0.0.9"}, Caller("8.8.8.8", None, False)),
        ("10.0.0.7", "", "10.0.0.7", {"x_forwarded_for": "10.0.0.7"}, Caller("10.0.0.7", None, False)),
        ("10.0.0.7", "", "10.0.0.7", {"x_forwarded_proto": "https"}, Caller("10.0.0.7", None, True)),
        ("10.0.0.7", "", "8.8.8.8", {"x_forwarded_proto": "https"}, Caller("8.8.8.8", None, False)),
        ("10.0.0.7", "", "8.8.8.8", {"x_forwarded_for": "1.1.1.1"}, Caller("8.8.8.8", None, False)),
        ("10.0.0.7", "", "10.0.0.7", {"x_forwarded_proto": "wss, https"}, Caller("10.0.0.7", None, False)),
        # who is in the network of the proxies cannot choose an address
        ("10.0.0.0/8", "", "10.0.0.7", {"x_forwarded_for": "10.1.1.1, 10.5.5.5"}, Caller("10.0.0.7", None, False)),
        ("10.0.0.7", "", "10.0.0.7", {"x_forwarded_for": "10.0.0.7, 10.0.0.7"}, Caller("10.0.0.7", None, False)),
        # what is empty or no address names nobody else
        ("10.0.0.7", "", "10.0.0.7", {"x_forwarded_for": ""}, Caller("10.0.0.7", None, False)),
        ("10.0.0.7", "", "10.0.0.7", {"x_forwarded_for": "1.1.1.1, "}, Caller("10.0.0.7", None, False)),
        ("10.0.0.7", "", "10.0.0.7", {"x_forwarded_for": "1.1.1.1, unknown"}, Caller("unknown", None, False)),
        # a port is no part of an address: each connection has another one
        ("10.0.0.7", "", "10.0.0.7", {"x_forwarded_for": "8.8.8.8:4711"}, Caller("8.8.8.8", None, False)),
        ("10.0.0.0/8", "", "10.0.0.7", {"x_forwarded_for": "8.8.8.8, 10.0.0.9:80"}, Caller("8.8.8.8", None, False)),
        ("::1", "", "::1", {"x_forwarded_for": "[2001:db8::5]:4711"}, Caller("2001:db8::5", None, False)),
        ("2001:db8::/32", "", "2001:db8::1", {"x_forwarded_for": "2a00::5"}, Caller("2a00::5", None, False)),
        ("::1", "", "0:0:0:0:0:0:0:1", {"x_forwarded_for": "2a00::5"}, Caller("2a00::5", None, False)),
    ],
)
def test_a_caller_is_who_a_known_proxy_says(
    listed: str, header: str, client: str, headers: dict[str, str], expected: Caller
) -> None:
    assert caller(proxies(listed, header), scope(client, **headers)) == expected


def test_of_headers_that_come_twice_the_proxys_own_count() -> None:
    sent = scope("10.0.0.7")
    sent["headers"] = [
        (b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"8.8.8.8"),
        (b"x-forwarded-proto", b"https"), (b"x-forwarded-proto", b"http"),
    ]  # fmt: skip
    assert caller(proxies("10.0.0.7", ""), sent) == Caller("8.8.8.8", None, False)


def test_a_request_stays_as_it_came() -> None:
    sent = scope("10.0.0.7", x_forwarded_for="8.8.8.8", x_forwarded_proto="https")
    before = dict(sent)
    caller(proxies("10.0.0.7", ""), sent)
    assert sent == before


def test_nobody_can_name_themselves_to_what_lies_behind() -> None:
    known = proxies("", "X-Forwarded-User")
    sent = scope("8.8.8.8", dixit_user="ana", dixit_client="1.1.1.1", x_forwarded_user="ana", x_forwarded_for="1.1.1.1")
    cleaned = known.cleaned(sent, caller(known, sent), None)
    assert dict(cleaned["headers"]) == {USER.encode(): b"", CLIENT.encode(): b"8.8.8.8"}


@pytest.mark.parametrize("name", ["ana", "élise", "Ольга", "a b/c%20"])
def test_a_name_is_the_same_behind_the_guard(name: str) -> None:
    known = proxies("", "X-Forwarded-User")
    sent = scope("127.0.0.1", x_forwarded_user=name)
    assert caller(known, sent).user == name
    cleaned = known.cleaned(sent, caller(known, sent), name)
    assert known.told(cleaned).user == name
    assert visiting(SimpleNamespace(headers=Headers(scope=cleaned), session_hash="")).person == name


def test_a_name_in_latin_1_is_read_as_it_is() -> None:
    sent = scope("127.0.0.1") | {"headers": [(b"x-forwarded-user", "élise".encode("latin-1"))]}
    assert caller(proxies("", "X-Forwarded-User"), sent).user == "élise"


def test_a_list_that_holds_no_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="DIXIT_PROXIES: 'proxy.local' is no address"):
        proxies("10.0.0.7, proxy.local", "")

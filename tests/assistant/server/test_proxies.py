"""Who sends a request: what proxies tell is believed only of proxies that are known."""

from __future__ import annotations

import pytest

from assistant.server.proxies import CLIENT, USER, Caller, proxies
from index.errors import SettingsError


def scope(client: str, **headers: str) -> dict[str, object]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "scheme": "http", "client": (client, 1), "headers": named}


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
    ],
)
def test_a_caller_is_who_a_known_proxy_says(
    listed: str, header: str, client: str, headers: dict[str, str], expected: Caller
) -> None:
    assert proxies(listed, header).caller(scope(client, **headers)) == expected


def test_nobody_can_name_themselves_to_what_lies_behind() -> None:
    known = proxies("", "X-Forwarded-User")
    sent = scope("8.8.8.8", dixit_user="ana", dixit_client="1.1.1.1", x_forwarded_user="ana", x_forwarded_for="1.1.1.1")
    cleaned = known.cleaned(sent, known.caller(sent), None)
    assert dict(cleaned["headers"]) == {USER.encode(): b"", CLIENT.encode(): b"8.8.8.8"}


def test_a_list_that_holds_no_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="DIXIT_PROXIES: 'proxy.local' is no address"):
        proxies("10.0.0.7, proxy.local", "")

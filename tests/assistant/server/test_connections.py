"""Connections over a real server: who tells nothing is dropped, who sends slowly but steadily is not."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from uvicorn.config import HTTP_PROTOCOLS

from assistant.server.connections import MOST, watch_connections
from assistant.server.proxies import proxies

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(body, headers={"access-control-allow-origin": "*"})(scope, receive, send)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., int]]:
    """Start a server whose connections may wait for so many seconds; return its port."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []
    monkeypatch.setitem(HTTP_PROTOCOLS, "auto", HTTP_PROTOCOLS["auto"])

    def serve(head: float = 60, body: float = 60, listed: str = "", most: int = 1000) -> int:
        watch_connections(proxies(listed, ""), head, body, most)
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(echo, lifespan="off", log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        servers.append((server, thread))
        return int(listening.getsockname()[1])

    yield serve
    for server, thread in servers:
        server.should_exit = True
        thread.join(timeout=30)


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def heard(connection: socket.socket) -> bytes:
    """Return an answer, whole: a busy server sends its head and its body apart."""
    try:
        told = connection.recv(4096)
        length = re.search(rb"content-length: (\d+)\r\n", told)
        while length and len(told.partition(b"\r\n\r\n")[2]) < int(length[1]) and (more := connection.recv(4096)):
            told += more
        return told
    except ConnectionError:
        return b""


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-a: b\r\n"])
def test_a_head_that_does_not_come_ends_the_connection(serve: Callable[..., int], sent: bytes) -> None:
    with connect(serve(head=0.2)) as connection:
        connection.sendall(sent)
        assert heard(connection) == b""


def test_a_second_head_that_does_not_come_ends_it_too(serve: Callable[..., int]) -> None:
    with connect(serve(head=0.5)) as connection:
        connection.sendall(HEAD + b"body")
        assert b"200 OK" in heard(connection)
        connection.sendall(b"GET / HTTP/1.1\r\n")
        assert heard(connection) == b""


def test_a_body_that_does_not_come_ends_the_connection(serve: Callable[..., int]) -> None:
    with connect(serve(body=0.2)) as connection:
        connection.sendall(HEAD + b"bo")
        assert heard(connection) == b""


def test_a_request_that_is_whole_is_answered_and_lets_no_other_site_read(serve: Callable[..., int]) -> None:
    with connect(serve()) as connection:
        connection.sendall(HEAD)
        connection.sendall(b"body")
        told = heard(connection)
        assert told.endswith(b"body")
        assert b"access-control" not in told


@pytest.mark.parametrize(
    ("listed", "most", "ended"), [("", 1000, True), ("127.0.0.1", 1000, False), ("127.0.0.1", MOST, True)]
)
def test_where_there_are_too_many_the_one_that_told_nothing_for_longest_gives_way(
    serve: Callable[..., int], listed: str, most: int, ended: bool
) -> None:
    port = serve(listed=listed, most=most)
    many = [connect(port) for _ in range(MOST)]
    many[0].sendall(b"GET / HTTP/1.1\r\n")
    with connect(port) as connection:
        connection.sendall(HEAD + b"body")
        assert heard(connection).endswith(b"body")
    many[0].settimeout(0.5)
    with pytest.raises(TimeoutError) if not ended else nullcontext():
        assert heard(many[0]) == b""
    many[-1].sendall(HEAD + b"body")
    assert heard(many[-1]).endswith(b"body")
    for each in many:
        each.close()


def test_a_request_that_is_at_work_does_not_give_way(serve: Callable[..., int]) -> None:
    port = serve()
    many = [connect(port) for _ in range(MOST)]
    for each in many:
        each.sendall(HEAD)
    many[-1].sendall(b"bo")
    with connect(port) as connection:
        try:
            connection.sendall(HEAD + b"body")
            told = heard(connection)
        except ConnectionError:
            told = b""
        assert told == b""
    for each in many:
        each.sendall(b"body"[2 if each is many[-1] else 0 :])
        assert heard(each).endswith(b"body")
        each.close()

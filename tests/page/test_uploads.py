"""Uploads as a program sends them: broken off, too many, read."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.page.browser import Server, stand_in

BOUNDARY = "dixit"
HEAD = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{{}}"\r\n\r\n'
SPACE = 5_000_000


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Server]:
    """A page on which one person may have 1 MB of uploads."""
    server = stand_in(tmp_path / "data", DIXIT_UPLOAD_SPACE=SPACE)
    yield server
    server.stop()


def lying(server: Server) -> list[Path]:
    """What of uploads lies on the disk."""
    return [path for path in (server.data / "uploads").rglob("*") if path.is_file() and path.suffix != ".lock"]


def begin(server: Server, name: str, size: int) -> http.client.HTTPConnection:
    """Send the first half of an upload."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    connection.putrequest("POST", "/gradio_api/upload")
    connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    connection.putheader("Content-Length", str(2 * size))
    connection.endheaders()
    connection.send(HEAD.format(name).encode() + b"x" * size)
    return connection


def send(server: Server, *sizes: int) -> httpx.Response:
    files = [("files", (f"{number}.txt", b"x" * size)) for number, size in enumerate(sizes)]
    return httpx.post(f"{server.url}/gradio_api/upload", files=files, timeout=20)


def eventually(true: Callable[[], bool]) -> bool:
    for _ in range(200):
        if true():
            return True
        time.sleep(0.1)
    return False


def test_an_upload_lies_in_the_data_directory_for_its_owner_alone(small: Server) -> None:
    answer = send(small, 10)
    assert answer.status_code == 200
    assert list(map(str, lying(small))) == answer.json()
    assert (small.data / "uploads").stat().st_mode & 0o077 == 0


def test_an_upload_that_breaks_off_leaves_nothing(small: Server) -> None:
    connection = begin(small, "half.txt", 300_000)
    assert eventually(lambda: sum(path.stat().st_size for path in lying(small)) > 0)
    connection.close()
    assert eventually(lambda: not lying(small))


def test_no_more_is_taken_than_there_is_room_for(small: Server) -> None:
    assert send(small, 400_000, 400_000).status_code == 200
    refused = send(small, 400_000)
    assert refused.status_code == 507
    assert "all the room you have" in refused.json()["detail"]
    assert eventually(lambda: len(lying(small)) == 2)
    assert send(small, 100_000).status_code == 200


def test_what_a_killed_page_had_goes_at_the_next_start(small: Server) -> None:
    assert send(small, 10).status_code == 200
    half = begin(small, "half.txt", 300_000)
    assert eventually(lambda: len(lying(small)) == 2)
    small.process.kill()
    small.process.wait()
    half.close()
    again = stand_in(small.data)
    try:
        assert lying(again) == []
    finally:
        again.stop()

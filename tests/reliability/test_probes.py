"""The page as it is served, while somebody sends what should harm all: others are served, and its memory is bounded.

Each probe comes from a machine of its own, as Linux has all addresses from 127.0.0.1 to 127.255.255.254; the others are
at 127.0.0.1.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.bench.turns import TEXT, Window
from tests.hostile import lying
from tests.page.browser import PORT, Server

pytestmark = [
    pytest.mark.soak,
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform != "linux", reason="addresses, limits and memory as Linux has them"),
]
Figure = Callable[[str], None]
API = "/gradio_api"
KINDS = ("ASK", "ADD", "READ", "UPLOAD")
OFTEN = "100000/minute"
DESCRIPTORS = 1024
LIMITED = (
    f"import resource, runpy; resource.setrlimit(resource.RLIMIT_NOFILE, ({DESCRIPTORS}, {DESCRIPTORS})); "
    "runpy.run_path('app.py', run_name='__main__')"
)
MOST_MEMORY = 1_700
"""Megabytes that the page may take at most, its models among them."""
CHUNKS = {"content-type": "application/json"}
QUOTATION = "« Nous rouvrirons le quai numéro {} avant la fin de l’été », a déclaré Maud Lorne{}, la maire."


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page with an article of 300 quotations, and no more descriptors than the usual default."""
    data, rates = tmp_path_factory.mktemp("probed") / "data", {f"DIXIT_{kind}_RATE": OFTEN for kind in KINDS}
    server = Server(data, "-c", LIMITED, "--data", data, "--port", PORT, DIXIT_UPLOAD_SPACE=100_000_000, **rates)
    text = "\n\n".join(["Le quai", *(QUOTATION.format(number, number) for number in range(300))])
    assert httpx.post(f"{server.url}{API}/run/add_article", json={"data": [text]}, timeout=300).status_code == 200
    yield server
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 25


@contextmanager
def machine(page: Server, number: int) -> Iterator[httpx.Client]:
    """Call the page from another address of this machine."""
    coming_from = httpx.HTTPTransport(local_address=f"127.0.1.{number}", limits=httpx.Limits(max_connections=32))
    with httpx.Client(base_url=page.url, transport=coming_from, timeout=60) as client:
        yield client


def others_are_served(page: Server) -> float:
    """Load the page, ask and paste as somebody else; return how many seconds that took."""
    began = time.monotonic()
    window = Window(page.url)
    told = httpx.post(f"{page.url}{API}/run/ask", json={"data": ["Que dit Maud Lorne7 du quai ?"]}, timeout=60).json()
    assert not told["data"][0]["abstained"]
    window.does("paste-add", "click", "", TEXT.format(time.monotonic_ns(), "collé"))
    return time.monotonic() - began


def megabytes(page: Server, what: str = "VmRSS") -> float:
    status = Path(f"/proc/{page.process.pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in status.splitlines() if line.startswith(what))


def bounded(page: Server) -> str:
    """Return what to tell of the page's memory, which is within its bound."""
    assert megabytes(page, "VmHWM") < MOST_MEMORY
    return f"memory {megabytes(page):.0f} MB, at most {megabytes(page, 'VmHWM'):.0f}"


def lying_uploads(page: Server) -> list[Path]:
    return [path for path in (page.data / "uploads").rglob("*") if path.is_file() and path.suffix != ".lock"]


def eventually(true: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.2)
    return true()


def test_a_full_queue_is_its_senders_own(page: Server, figure: Figure) -> None:
    with machine(page, 1) as client, ThreadPoolExecutor(32) as pool:
        begun = list(pool.map(lambda _: client.post(f"{API}/call/find_quotations", json={"data": []}), range(160)))
        took = others_are_served(page)
    codes = Counter(answer.status_code for answer in begun)
    assert codes == {200: 20, 429: 140}
    figure(f"160 calls at once: {codes[200]} taken; others served within {took:.1f} s; {bounded(page)}")


def test_answers_that_nobody_collects_are_few(page: Server, figure: Figure) -> None:
    before, codes = megabytes(page), Counter[int]()
    for number in range(2, 5):
        with machine(page, number) as client:
            for call in range(240):  # under a new name every ten calls
                body = {"data": ["", "", "", "", "", 300], "session_hash": f"probe{number}x{call // 10}"}
                codes[client.post(f"{API}/call/find_quotations", json=body).status_code] += 1
    assert codes == {200: 300, 429: 420}
    took = others_are_served(page)
    figure(
        f"720 calls of three machines, none collected: {codes[200]} taken, {megabytes(page) - before:+.0f} MB; "
        f"others served within {took:.1f} s; {bounded(page)}"
    )


def test_bodies_in_chunks_are_cut_off(page: Server, figure: Figure) -> None:
    before = megabytes(page)

    def send(number: int) -> int:
        with machine(page, number) as client:
            pieces = (b"a" * 1_000_000 for _ in range(200))
            try:
                return client.post(f"{API}/queue/join", content=pieces, headers=CHUNKS).status_code
            except httpx.TransportError:  # cut off while it still sent
                return 413

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(5, 9))) == [413] * 4
    figure(f"four bodies of 200 MB in chunks: 413, {megabytes(page) - before:+.0f} MB; {bounded(page)}")


def test_a_zip_that_lies_unpacks_to_nothing(page: Server, figure: Figure) -> None:
    window, before = Window(page.url), megabytes(page)
    with machine(page, 9) as client:
        sent = {"files": ("lying.zip", lying("deflate", size=1_500_000_000))}
        (path,) = client.post(f"{API}/upload", files=sent).json()
    told = window.does("upload", "upload", [{"path": path, "meta": {"_type": "gradio.FileData"}}])
    assert "holds more" in told
    figure(f"a ZIP of 1.5 GB that says 1 kB: refused, {megabytes(page) - before:+.0f} MB; {bounded(page)}")


def test_uploads_that_break_off_or_are_many_leave_room(page: Server, figure: Figure) -> None:
    host = urlsplit(page.url)
    head = (
        f"POST {API}/upload HTTP/1.1\r\nHost: {host.netloc}\r\nContent-Length: 40000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="files"; filename="half.txt"\r\n\r\n'
    )
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", host.port or 0), 30, ("127.0.1.10", 0)) as broken:
            broken.sendall(head.encode() + b"x" * 10_000_000)
    assert eventually(lambda: not lying_uploads(page))
    with machine(page, 11) as client:
        codes = [
            client.post(f"{API}/upload", files={"files": (f"{number}.txt", b"x" * 4_000_000)}).status_code
            for number in range(8)
        ]
    assert codes == [200] * 4 + [507] * 4
    assert sum(path.stat().st_size for path in lying_uploads(page)) <= 20_000_000
    took = others_are_served(page)
    figure(f"5 broken uploads left nothing, 8 of 4 MB: {codes.count(200)} taken; others served within {took:.1f} s")


def test_a_full_disk_is_told_and_left_as_it_was(page: Server, figure: Figure) -> None:
    httpx.post(f"{page.url}{API}/upload", files={"files": ("first.txt", b"x")})
    (folder,) = (page.data / "uploads").glob("*/")
    with small_disk(folder), machine(page, 12) as client:
        for number in range(3):
            files = [("files", (f"{number}-{part}.txt", bytes([65 + part]) * 1_000_000)) for part in range(8)]
            answer = client.post(f"{API}/upload", files=files)
            assert (answer.status_code, "\n" in answer.text) == (507, False)
            assert "no room left on the disk" in answer.json()["detail"]
        assert eventually(lambda: sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 1_000_000)
        assert client.post(f"{API}/upload", files={"files": ("small.txt", b"x")}).status_code == 200
        took = others_are_served(page)
    figure(f"uploads of 8 MB to a disk of 4: 507, nothing left; others served within {took:.1f} s")


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a disk of 4 MB on a folder."""
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", str(folder)], check=False)
    if done.returncode:
        pytest.skip("a disk cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("machines", [1, 6])
def test_half_requests_keep_nobody_out(page: Server, figure: Figure, machines: int) -> None:
    """One machine: the very one that the others are at; six: more than the page has descriptors for."""
    port, halves = urlsplit(page.url).port or 0, list[socket.socket]()
    for number in range(1200):
        source = f"127.0.2.{number % machines}" if machines > 1 else "127.0.0.1"
        half = socket.create_connection(("127.0.0.1", port), 30, (source, 0))
        halves.append(half)
        with suppress(ConnectionError):  # it gave way already
            half.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-a: b")
    took = others_are_served(page)
    held = descriptors(page)
    assert held < DESCRIPTORS
    assert eventually(lambda: descriptors(page) < 200)
    for half in halves:
        half.close()
    figure(
        f"1,200 half requests of {machines} at {DESCRIPTORS} descriptors: {held} open; "
        f"others served within {took:.1f} s; {bounded(page)}"
    )


def descriptors(page: Server) -> int:
    return len(list(Path(f"/proc/{page.process.pid}/fd").iterdir()))

"""A real web server on this machine that behaves well or badly, by path."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zlib import crc32

from index.loaders.address import Reach

PAGE = """<!doctype html><html lang="fr"><head><title>Le marché rouvre</title></head><body><article>
<h1>Le marché rouvre</h1><p>« Nous rouvrirons lundi », a déclaré Claire Besson devant le marché couvert de Sargune.</p>
<p>Le marché était fermé depuis la tempête de février, qui avait emporté une partie du toit et trois étals.</p>
</article></body></html>"""

FEED = """<rss version="2.0"><channel><title>Le Fanal</title>
<item><title>Le phare</title><link>http://fanal.example/phare</link><description>« Le phare rouvre », a dit Anne Lebrun
Petit devant le phare de Sargune, fermé depuis la tempête de février.</description></item>
<item><title>Le quai</title><link>http://fanal.example/quai</link><description>« Le quai ferme », a dit Paul Roux Vidal
devant le quai de Sargune, ouvert depuis la tempête de février.</description></item></channel></rss>"""


def title_of(text: str) -> str:
    """What a feed of ``feed_of`` calls an entry."""
    return " ".join(text.split()[:4])


def feed_of(texts: Sequence[str]) -> str:
    """A feed with an entry for each text, whose title is its first words."""
    items = "".join(
        f"<item><title>{escape(title_of(text))}</title><link>http://fanal.example/{crc32(text.encode())}</link>"
        f"<description>{escape(text)}</description></item>"
        for text in texts
    )
    return f'<rss version="2.0"><channel><title>Le Fanal</title>{items}</channel></rss>'


class Handler(BaseHTTPRequestHandler):
    server: WebServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        name, _, rest = self.path.lstrip("/").partition("/")
        try:
            getattr(self, name.partition("?")[0].replace(".", "_").replace("-", "_"), self.missing)(rest)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def give(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for header, value in {"content-type": kind, "content-length": str(len(body)), **headers}.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page(self, _: str) -> None:
        self.give(PAGE.encode())

    def feed(self, _: str) -> None:
        self.give(FEED.encode(), kind="application/rss+xml")

    def watched(self, _: str) -> None:
        """A feed of the entries that the test put into the server, which it may change; None: it is gone."""
        if self.server.entries is None:
            self.missing("")
        else:
            self.give(feed_of(self.server.entries).encode(), kind="application/rss+xml")

    def tagged(self, how: str) -> None:
        """The same feed, which says when it has changed, or how its text is called; a machine may say so badly."""
        body = feed_of(self.server.entries or []).encode()
        tag = f'"{crc32(body)}"'
        known = {name.lower(): value for name, value in self.headers.items()}
        told = {"etag": {"etag": tag}, "modified": {"last_modified": "Mon, 02 Mar 2026 08:00:00 GMT"}}.get(how, {})
        if known.get("if-none-match") == tag or known.get("if-modified-since") in told.values():
            self.give(b"", status=304)
        else:
            self.give(body, kind="application/rss+xml", **told or {"etag": "é" * 9, "last_modified": "x" * 9_000})

    def missing(self, _: str) -> None:
        self.give(b"<p>not here</p>", status=404)

    def status(self, number: str) -> None:
        self.give(b"<p>no</p>", status=int(number))

    def kind(self, media_type: str) -> None:
        self.give(PAGE.encode(), kind=media_type)

    def to(self, location: str) -> None:
        self.give(b"", status=302, location=location)

    def nowhere(self, _: str) -> None:
        self.give(b"", status=302)

    def around(self, count: str) -> None:
        self.give(b"", status=301, location=f"/around/{int(count) + 1}")

    def hops(self, left: str) -> None:
        self.give(b"", status=307, location=f"/hops/{int(left) - 1}" if int(left) else "/page")

    def busy(self, times: str) -> None:
        seen = sum(path == self.path for path, _ in self.server.asked)
        self.give(PAGE.encode() if seen > int(times) else b"", status=200 if seen > int(times) else 503)

    def packed(self, _: str) -> None:
        self.give(gzip.compress(PAGE.encode() * 2000), content_encoding="gzip")

    def bomb(self, _: str) -> None:
        self.give(gzip.compress(bytes(1 << 24)) * 1, content_encoding="gzip")

    def brotli(self, _: str) -> None:
        self.give(b"\x0b\x02\x80", content_encoding="br")

    def unpackable(self, _: str) -> None:
        self.give(b"not packed at all", content_encoding="gzip")

    def cut(self, _: str) -> None:
        self.give(gzip.compress(PAGE.encode() * 50)[:-20], content_encoding="gzip")

    def short(self, _: str) -> None:
        self.give(b"<p>half of it", content_length="9000")
        self.close_connection = True

    def garbage(self, _: str) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        self.close_connection = True

    def drip(self, _: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        while not self.server.closing.wait(0.05):
            self.wfile.write(b"a")
            self.wfile.flush()

    def header_drip(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nx-slow: ")
        while not self.server.closing.wait(0.05):
            self.wfile.write(b"a")
            self.wfile.flush()

    def endless(self, _: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        while not self.server.closing.is_set():
            self.wfile.write(b"<p>and on it goes, " * 4000)

    def silent(self, _: str) -> None:
        self.server.closing.wait(20)

    def cookies(self, _: str) -> None:
        self.give(b"", status=302, location="/page", set_cookie="spy=1; path=/")


class WebServer(ThreadingHTTPServer):
    """Serves on a free port of the loopback; ``asked`` holds the path and the headers of every request."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()
        self.entries: list[str] | None = []
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    def handle_error(self, *_: object) -> None:
        pass

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def reach(self) -> Reach:
        """A reach that allows this very server, and no other on this machine."""
        return Reach(excepted=frozenset({("127.0.0.1", self.port)}))


@contextmanager
def web_server(tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    server = WebServer(tls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

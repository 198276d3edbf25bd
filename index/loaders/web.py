"""An address of the web -> what stands there: bytes, of which kind, and where they came from in the end.

Nothing of the fetching is left to defaults: httpcore follows no redirect, unpacks nothing, keeps no cookie and asks
the environment for no proxy (one would resolve names by itself, past the check of where they lead).
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

import httpcore
import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from index.errors import SourceRefused
from index.loaders.address import Reach, parse_address
from index.loaders.validators import Validators, validators_of

MOST_REDIRECTS = 5
ATTEMPTS = 3
"""How often a machine that cannot be reached, or says that it is busy, is asked."""
PATIENCE = 10.0
"""Seconds of silence after which a machine is given up."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = 503
_UNCHANGED = 304
_NOT_ARTICLES = ("image/", "video/", "audio/", "font/", "model/")
_UNPACKED = ("gzip", "x-gzip", "deflate")
_CLOSED = {
    401: "login_needed",
    402: "payment_needed",
    403: "forbidden",
    404: "no_such_page",
    410: "page_gone",
    429: "asked_too_often",
    451: "withheld",
}
"""What a machine's answers mean, as kinds of reasons; of any other, "not_given"."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address.

    Attributes:
        url: where it stood in the end, after redirects.
        kind: its media type as the machine says it ("text/html; charset=utf-8"), empty when it does not.
        validators: by which it can be asked whether it has changed.
    """

    url: str
    kind: str
    data: bytes
    validators: Validators = Validators()

    @property
    def name(self) -> str:
        """The last part of its address, without questions to the machine."""
        url = httpx.URL(self.url)
        return PurePosixPath(url.path).name or url.host


class _Passing(SourceRefused):
    """Refused for now; asking again may help."""


@dataclass(frozen=True, slots=True)
class Web:
    """Fetches addresses, within limits.

    Attributes:
        most_bytes: what is larger, packed or unpacked, is refused.
        seconds: the longest that fetching one address may take, redirects and further attempts included.
        reach: where connections may go.
        tls: what certificates are checked against, None: the usual authorities.
        pause: the longest wait before asking again, in seconds.
    """

    most_bytes: int = 20_000_000
    seconds: float = 30.0
    reach: Reach = Reach()
    tls: ssl.SSLContext | None = None
    pause: float = 2.0

    def fetch(self, address: str) -> Fetched:
        """Return what stands at an http(s) address.

        Raises:
            SourceRefused: it may not be fetched, cannot be, or is nothing that an article could be read from.
        """
        fetched = self.fetch_changed(address, Validators())
        if fetched is None:
            raise SourceRefused("not_given", status=_UNCHANGED)  # not asked for: _refuse_status has told it
        return fetched

    def fetch_changed(self, address: str, known: Validators) -> Fetched | None:
        """Return what stands at an http(s) address; None when the machine says that it is as it was.

        Args:
            address: where it stands.
            known: what the machine said of it the last time.

        Raises:
            SourceRefused: it may not be fetched, cannot be, or is nothing that an article could be read from.
        """
        url, wire = parse_address(address), _Wire(self.reach, self.seconds)
        attempts = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_random_exponential(multiplier=self.pause / 4, max=self.pause),
            retry=retry_if_exception_type(_Passing),
            reraise=True,
        )
        return attempts(self._attempt, url, known, wire)

    def _attempt(self, url: httpx.URL, known: Validators, wire: _Wire) -> Fetched | None:
        try:
            with httpcore.ConnectionPool(ssl_context=self.tls, network_backend=wire) as pool:
                return self._follow(url, known, pool)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            if isinstance(error.args[0], ssl.SSLError):
                raise _uncertified(error.args[0]) from error
            raise _unreached(str(error)) from error
        except httpcore.TimeoutException as error:
            wire.left()
            raise SourceRefused("silent", seconds=PATIENCE) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise SourceRefused("broke_off") from error

    def _follow(self, url: httpx.URL, known: Validators, pool: httpcore.ConnectionPool) -> Fetched | None:
        for _ in range(MOST_REDIRECTS + 1):
            found = self._request(url, known, pool)
            if not isinstance(found, httpx.URL):
                return found
            url = found
        raise SourceRefused("too_many_redirects", most=MOST_REDIRECTS)

    def _request(self, url: httpx.URL, known: Validators, pool: httpcore.ConnectionPool) -> Fetched | httpx.URL | None:
        """Return what stands at an address, or the other address that it redirects to; None: it is as it was."""
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        with pool.stream("GET", target, headers=[*_asking(url), *known.headers()]) as response:
            headers = {name.lower(): value.decode("latin-1").strip() for name, value in response.headers}
            if response.status in _REDIRECTS:
                return _redirected(url, headers.get(b"location", ""))
            if response.status == _UNCHANGED and known != Validators():
                return None
            _refuse_status(response.status)
            kind = headers.get(b"content-type", "")
            _refuse_kind(kind)
            packing = headers.get(b"content-encoding", "").lower()
            whole = self._whole(_unpacked(response.iter_stream(), packing))
            return Fetched(str(url), kind, whole, validators_of(headers))

    def _whole(self, pieces: Iterable[bytes]) -> bytes:
        data = bytearray()
        for piece in pieces:
            data += piece
            if len(data) > self.most_bytes:
                megabytes = self.most_bytes / 1_000_000
                raise SourceRefused("page_beyond_limit", megabytes=megabytes)
        return bytes(data)


class _Wire(httpcore.NetworkBackend):
    """Connects to addresses that have been checked, and to nothing after the deadline."""

    def __init__(self, reach: Reach, seconds: float) -> None:
        self._reach = reach
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._sockets = httpcore.SyncBackend()
        self._checked: dict[tuple[str, int], list[str]] = {}

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        if (host, port) not in self._checked:
            self._checked[host, port] = self._reach.addresses(host, port)
        *others, last = self._checked[host, port]
        for ip in others:
            try:
                return self._connect(ip, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port)

    def _connect(self, ip: str, port: int) -> httpcore.NetworkStream:
        return _Stream(self._sockets.connect_tcp(ip, port, self.left()), self)

    def left(self) -> float:
        """Return how long to wait for the next thing to happen, in seconds.

        Raises:
            SourceRefused: the deadline has passed.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise SourceRefused("fetching_too_long", seconds=self._seconds)
        return min(left, PATIENCE)


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends by the deadline, so that nobody can hold it open by drips."""

    def __init__(self, stream: httpcore.NetworkStream, wire: _Wire) -> None:
        self._stream = stream
        self._wire = wire

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._wire.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._wire.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._wire.left()), self._wire)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _asking(url: httpx.URL) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request: who asks, for what; nothing about the reader."""
    return [
        (b"Host", url.netloc),
        (b"User-Agent", f"Mozilla/5.0 (compatible; Dixit/{version('dixit')})".encode()),
        (b"Accept", b"text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"),
        (b"Accept-Encoding", b"gzip"),
    ]


def _redirected(url: httpx.URL, location: str) -> httpx.URL:
    if not location:
        raise SourceRefused("redirect_nowhere")
    try:
        return parse_address(str(url.join(location)))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise SourceRefused("redirect_to_no_address") from None
    except SourceRefused as error:
        raise SourceRefused("redirect_refused", reason=error.reason) from None


def _refuse_status(status: int) -> None:
    if status == _BUSY:
        raise _Passing("unavailable")
    if status != httpx.codes.OK:
        raise SourceRefused(_CLOSED.get(status, "not_given"), status=status)


def _refuse_kind(kind: str) -> None:
    media_type = kind.partition(";")[0].strip().lower()
    if media_type.startswith(_NOT_ARTICLES):
        raise SourceRefused("not_an_article", media_type=media_type)


def _unpacked(pieces: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """Yield data unpacked, in small pieces, however much a packed one stands for."""
    if packing in ("", "identity"):
        yield from pieces
        return
    if packing not in _UNPACKED:
        raise SourceRefused("packed_unasked", packing=packing)
    unpacker, size = zlib.decompressobj(wbits=47), 1 << 16
    try:
        for piece in pieces:
            full = True
            while full and not unpacker.eof:
                yield (unpacked := unpacker.decompress(piece, size))
                piece, full = unpacker.unconsumed_tail, len(unpacked) == size
    except zlib.error as error:
        raise SourceRefused("page_not_unpacked") from error
    if not unpacker.eof:
        raise SourceRefused("cut_short")


def _uncertified(error: ssl.SSLError) -> SourceRefused:
    why = getattr(error, "verify_message", "") or error.reason
    return SourceRefused("unproven_host", why=why) if why else SourceRefused("insecure")


def _unreached(why: str) -> SourceRefused:
    return _Passing("unreachable", why=why) if why else _Passing("no_answer")

"""Fetching, against a real server on this machine that the test's own reach allows."""

from __future__ import annotations

import datetime
import ssl
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

import pytest

from index.errors import SourceRefused
from index.loaders.address import Reach
from index.loaders.web import Web
from tests.web_server import PAGE, WebServer, closed_port, web_server

MB = 1_000_000


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


@pytest.fixture
def web(server: WebServer) -> Web:
    server.asked.clear()
    return Web(most_bytes=2 * MB, seconds=5, reach=server.reach, pause=0.01)


def refusal(web: Web, address: str) -> str:
    with pytest.raises(SourceRefused) as refused:
        web.fetch(address)
    told = str(refused.value)
    assert "\n" not in told
    assert told.endswith(".")
    return told


def test_a_page_is_fetched_with_its_kind_and_its_address(web: Web, server: WebServer) -> None:
    fetched = web.fetch(f"{server.url}/page?x=1#part")
    assert (fetched.url, fetched.kind) == (f"{server.url}/page?x=1", "text/html; charset=utf-8")
    assert fetched.name == "page"
    assert fetched.data.decode() == PAGE


def test_a_request_tells_who_asks_and_nothing_of_the_reader(web: Web, server: WebServer) -> None:
    web.fetch(f"{server.url}/page")
    ((path, headers),) = server.asked
    assert path == "/page"
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert "Dixit/" in headers["User-Agent"]
    assert headers["Host"] == f"127.0.0.1:{server.port}"


def test_this_machine_is_not_fetched_by_default(server: WebServer) -> None:
    server.asked.clear()
    for host in ("127.0.0.1", "localhost", "localhost.", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"):
        assert "is not fetched from" in refusal(Web(), f"http://{host}:{server.port}/page")
        assert "is not a public machine" in refusal(Web(), f"http://{host}/page")
    assert not server.asked


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/status/404", "there is no such page (404)"),
        ("/status/403", "refuses to hand it out (403)"),
        ("/status/401", "asks for a login (401)"),
        ("/status/402", "asks to be paid (402)"),
        ("/status/410", "the page is gone (410)"),
        ("/status/429", "asked too often (429)"),
        ("/status/500", "does not give it (500)"),
        ("/status/204", "does not give it (204)"),
        ("/status/503", "is not available (503)"),
        ("/kind/image/png", "it is image/png, not an article"),
        ("/kind/video/mp4", "it is video/mp4, not an article"),
        ("/kind/AUDIO/mpeg", "it is audio/mpeg, not an article"),
        ("/around/0", "redirects more than 5 times"),
        ("/hops/5", "redirects more than 5 times"),
        ("/nowhere", "redirects without telling where to"),
        ("/to/file:///etc/passwd", "it redirects elsewhere: only http:// and https://"),
        ("/to/http://u:p@127.0.0.1/", "it redirects elsewhere: an address with a name and a password"),
        ("/to/http://[::1", "it redirects to something that is no address"),
        ("/to/http://127.0.0.1/", "127.0.0.1 is not a public machine"),
        ("/to/http://localhost/", "localhost is not a public machine"),
        ("/to/http://169.254.169.254/latest/meta-data/", "169.254.169.254 is not a public machine"),
        ("/to/http://[fd00:ec2::254]/", "is not a public machine"),
        ("/to/http://[::ffff:10.0.0.1]/", "is not a public machine"),
        ("/to/http://2130706433/", "is not written as a name"),
        ("/to/http://10.0.0.1:22/", "port 22 is not fetched from"),
        ("/bomb", "larger than 2 MB"),
        ("/endless", "larger than 2 MB"),
        ("/brotli", "packed in a way that was not asked for (br)"),
        ("/unpackable", "cannot be unpacked"),
        ("/cut", "breaks off before its end"),
        ("/short", "broke off"),
        ("/garbage", "does not speak as a web server does"),
    ],
)
def test_a_page_that_cannot_be_had_is_refused_by_its_rule(web: Web, server: WebServer, path: str, told: str) -> None:
    assert told in refusal(web, server.url + path)


@pytest.mark.parametrize("path", ["/drip", "/header-drip", "/silent"])
def test_a_page_that_never_ends_is_given_up_at_the_deadline(server: WebServer, path: str) -> None:
    web = Web(seconds=0.5, reach=server.reach, pause=0.01)
    assert "took longer than 0.5 seconds" in refusal(web, server.url + path)


def test_a_packed_page_is_unpacked(web: Web, server: WebServer) -> None:
    assert web.fetch(f"{server.url}/packed").data.decode() == PAGE * 2000


def test_what_is_packed_is_never_unpacked_whole(web: Web, server: WebServer) -> None:
    """16 MB of nothing are 16 kB on the way: what is held at once stays near the limit of 2."""
    tracemalloc.start()
    try:
        refusal(replace(web, most_bytes=MB), f"{server.url}/bomb")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # the server of the test makes the 16 MB in this process: they are its own, not counted twice
    assert peak < (16 + 6) * MB


def test_redirects_are_followed_to_where_the_page_is(web: Web, server: WebServer) -> None:
    assert web.fetch(f"{server.url}/hops/4").url == f"{server.url}/page"
    assert web.fetch(f"{server.url}/to//page").url == f"{server.url}/page"


def test_no_cookie_is_kept(web: Web, server: WebServer) -> None:
    web.fetch(f"{server.url}/cookies")
    web.fetch(f"{server.url}/page")
    assert not any("Cookie" in headers for _, headers in server.asked)


def test_a_busy_site_is_asked_again_and_others_are_not(web: Web, server: WebServer) -> None:
    assert web.fetch(f"{server.url}/busy/2").data.decode() == PAGE
    refusal(web, f"{server.url}/status/503")
    refusal(web, f"{server.url}/status/404")
    asked = [path for path, _ in server.asked]
    assert [asked.count(path) for path in ("/busy/2", "/status/503", "/status/404")] == [3, 3, 1]


def test_a_machine_that_nobody_answers_on_is_told() -> None:
    port = closed_port()
    web = Web(reach=Reach(excepted=frozenset({("127.0.0.1", port)})), pause=0.01)
    assert "cannot be reached" in refusal(web, f"http://127.0.0.1:{port}/")


def test_the_environments_proxy_is_not_asked(web: Web, server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    assert web.fetch(f"{server.url}/page").data


def test_the_name_is_asked_for_and_the_checked_address_connected_to(server: WebServer) -> None:
    """A name that stands for a public address when it is checked, and for this machine at the next look."""
    looks = iter([["127.0.0.1"], ["127.0.0.2"], ["10.0.0.1"]])
    reach = replace(server.reach, resolve=lambda *_: next(looks))
    server.asked.clear()
    fetched = Web(reach=reach).fetch(f"http://paper.example:{server.port}/hops/3")
    assert fetched.url == f"http://paper.example:{server.port}/page"
    assert {headers["Host"] for _, headers in server.asked} == {f"paper.example:{server.port}"}
    assert next(looks) == ["127.0.0.2"]  # four requests, and the name was looked up once


def test_a_name_that_changes_between_two_redirects_is_checked_again(server: WebServer) -> None:
    names = {"paper.example": "127.0.0.1", "inside.example": "127.0.0.2"}
    reach = replace(server.reach, resolve=lambda host, _: [names[host]])
    address = f"http://paper.example:{server.port}/to/http://inside.example:{server.port}/page"
    server.asked.clear()
    assert "inside.example is not a public machine" in refusal(Web(reach=reach), address)
    assert len(server.asked) == 1


def test_the_next_address_of_a_name_is_tried(server: WebServer) -> None:
    reach = Reach(lambda *_: ["127.0.0.9", "127.0.0.1"], frozenset((f"127.0.0.{n}", server.port) for n in (1, 9)))
    assert Web(reach=reach).fetch(f"http://paper.example:{server.port}/page").data


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server proves that it is paper.example with, and what a client believes it by."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "paper.example")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("paper.example"), x509.IPAddress(ip_address("127.0.0.7"))]
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    file: Path = tmp_path_factory.mktemp("tls") / "paper.pem"
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(certificate.public_bytes(pem) + secret)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(file)
    return serving, ssl.create_default_context(cafile=str(file))


def test_a_certificate_is_checked_for_the_name_and_not_for_the_address(
    certified: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    serving, believing = certified
    names: list[str | None] = []
    serving.sni_callback = lambda _socket, name, _context: names.append(name)
    with web_server(serving) as server:
        reach = replace(server.reach, resolve=lambda *_: ["127.0.0.1"])
        web = Web(reach=reach, tls=believing)
        assert web.fetch(f"https://paper.example:{server.port}/page").data.decode() == PAGE
        assert web.fetch(f"https://paper.example.:{server.port}/page").data.decode() == PAGE
        assert names == ["paper.example"] * 2
        told = refusal(web, f"https://other.example:{server.port}/page")
        assert "does not prove that it is the one named" in told
        assert "does not prove" in refusal(replace(web, tls=None), f"https://paper.example:{server.port}/page")
        assert len(server.asked) == 2

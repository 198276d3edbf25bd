"""Where an address may lead: to public machines, and nowhere else, however it is written."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceRefused
from index.loaders.address import Reach, is_address, is_public, parse_address


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("8.8.8.8", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("127.255.0.9", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("172.31.255.255", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # clouds' metadata
        ("100.64.0.1", False),  # carrier-grade NAT
        ("100.100.100.200", False),  # a cloud's metadata, in that range
        ("168.63.129.16", False),  # another's, on a public address
        ("192.0.0.192", False),  # and another's
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("198.51.100.1", False),
        ("203.0.113.1", False),
        ("192.88.99.1", False),  # 6to4 relays
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),  # a cloud's metadata
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("2001::1", False),  # Teredo
        ("100::1", False),  # discarded
        ("5f00::1", False),
        ("::ffff:127.0.0.1", False),  # IPv4-mapped
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("::127.0.0.1", False),  # IPv4-compatible
        ("::8.8.8.8", False),
        ("64:ff9b::7f00:1", False),  # NAT64
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b::808:808", True),
        ("64:ff9b:1::7f00:1", False),
        ("2002:7f00:1::", False),  # 6to4
        ("2002:c0a8:101::1", False),
        ("2002:808:808::1", True),
        ("no address", False),
    ],
)
def test_an_ip_address_is_public_or_not(address: str, public: bool) -> None:
    assert is_public(address) is public


@given(st.ip_addresses(v=4))
def test_an_embedded_address_is_never_more_public_than_itself(ip: ipaddress.IPv4Address) -> None:
    for form in (f"::ffff:{ip}", f"64:ff9b::{ip}"):
        assert is_public(form) is is_public(str(ip))
    assert not is_public(f"::{ip}")


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("file:///etc/passwd", "only http:// and https:// addresses"),
        ("ftp://example.org/a", "only http:// and https:// addresses"),
        ("gopher://example.org/a", "only http:// and https:// addresses"),
        ("data:text/html,hello", "only http:// and https:// addresses"),
        ("javascript:alert(1)", "only http:// and https:// addresses"),
        ("jar:http://example.org!/a", "only http:// and https:// addresses"),
        ("example.org/page", "only http:// and https:// addresses"),
        ("", "only http:// and https:// addresses"),
        ("http://reader:secret@example.org/", "a name and a password"),
        ("http://example.org@127.0.0.1/", "a name and a password"),
        ("http://example.org\\@127.0.0.1/", "a name and a password"),
        ("http://", "is not written as a name"),
        ("http:///page", "is not written as a name"),
        ("http://./", "is not written as a name"),
        ("http://2130706433/", "is not written as a name"),  # decimal
        ("http://0x7f000001/", "is not written as a name"),  # hexadecimal
        ("http://0x7f.0.0.1/", "is not written as a name"),
        ("http://0177.0.0.1/", "no address"),  # octal
        ("http://017700000001/", "is not written as a name"),
        ("http://127.1/", "is not written as a name"),
        ("http://127.0.0.0x1/", "is not written as a name"),
        ("http://example.org:http/", "no address"),
        ("http://exa mple.org/", "is not written as a name"),
        ("http://127%2e0.0.1/", "is not written as a name"),
        ("http://[::1", "no address"),
        ("http://①②⑦.⓪.⓪.①/", "no address"),
        ("http://example.org/\0", "no address"),
        ("http://example.org/\r\nHost: localhost", "no address"),
        ("http://example.org/" + "a" * 3000, "longer than 2,000 characters"),
        ("http://\ud800.org/", "no address"),
    ],
)
def test_what_is_no_address_is_refused_by_its_rule(written: str, rule: str) -> None:
    with pytest.raises(SourceRefused, match=rule) as refused:
        parse_address(written)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://example.org/page?a=1#part", "https://example.org/page?a=1"),
        ("  http://Example.ORG./page ", "http://example.org/page"),
        ("https://élysée.example/é", "https://xn--lyse-9oad.example/%C3%A9"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:2800::1]/", "http://[2606:2800::1]/"),
        ("HTTP://example.org:80/", "http://example.org/"),
    ],
)
def test_an_address_is_read_as_it_is_asked_for(written: str, asked: str) -> None:
    assert str(parse_address(written)) == asked


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("localhost", ["127.0.0.1"]),
        ("localhost", ["::1"]),
        ("inside.example", ["10.0.0.8"]),
        ("metadata.example", ["169.254.169.254"]),
        ("mixed.example", ["93.184.215.14", "127.0.0.1"]),
        ("mapped.example", ["::ffff:192.168.0.1"]),
        ("empty.example", []),
        ("odd.example", ["not-an-ip"]),
    ],
)
def test_a_name_that_stands_for_anything_not_public_is_refused(host: str, found: list[str]) -> None:
    reach = Reach(resolve=lambda *_: found)
    with pytest.raises(SourceRefused, match=f"{host} is not a public machine"):
        reach.addresses(host, 443)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "0.0.0.0", "ip6-localhost"])
def test_this_machine_is_refused_as_the_system_resolves_it(host: str) -> None:
    with pytest.raises(SourceRefused, match="is not a public machine|site not found"):
        Reach().addresses(host, 80)


def test_a_name_that_stands_for_public_machines_gives_them_all_in_order() -> None:
    found = ["2606:2800::1", "93.184.215.14"]
    assert Reach(resolve=lambda *_: found).addresses("example.org", 443) == found


@pytest.mark.parametrize("port", [22, 25, 6379, 7860, 8080, 0])
def test_other_ports_than_the_webs_are_refused_before_anything_is_resolved(port: int) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.215.14"]

    with pytest.raises(SourceRefused, match=f"port {port} is not fetched from"):
        Reach(resolve=resolve).addresses("example.org", port)
    assert not asked


def test_a_name_that_is_not_found_is_told() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    with pytest.raises(SourceRefused, match="site not found: nowhere.example"):
        Reach(resolve=resolve).addresses("nowhere.example", 443)


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://example.org", True), (" http://x", True), ("file:///etc/passwd", True), ("ftp://x", True),
        ("data:text/html,x", True), ("articles/a.txt", False), ("a:b.txt", False), ("C:\\news\\a.txt", False),
        ("-", False), ("", False), ("//server/share", False),
    ],
)  # fmt: skip
def test_an_address_is_told_from_a_file(source: str, address: bool) -> None:
    assert is_address(source) is address

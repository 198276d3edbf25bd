"""Where articles come from: addresses that are one, entries of one file that are not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from index.catalog.provenance import address, same_place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://fanal.example/a", "https://fanal.example/a"),
        ("https://fanal.example/a", "http://Fanal.Example/a/"),
        ("https://fanal.example/a", "  https://fanal.example:443/a#commentaires "),
        ("https://fanal.example/a?page=2", "https://fanal.example/a?utm_source=lettre&page=2"),
        ("https://fanal.example/?article=7", "https://fanal.example?article=7"),
        ("https://fanal.example/été", "https://FANAL.example/été/"),
    ],
)
def test_addresses_of_one_article(one: str, other: str) -> None:
    assert address(one) == address(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://fanal.example/a", "https://fanal.example/A"),
        ("https://fanal.example/a", "https://courrier.example/a"),
        ("https://fanal.example/a?id=1", "https://fanal.example/a?id=2"),
        ("https://fanal.example/a", "https://fanal.example:8080/a"),
    ],
)
def test_addresses_of_two_articles(one: str, other: str) -> None:
    assert address(one) != address(other)


@pytest.mark.parametrize(
    "url",
    [None, "", "  ", "https://fanal.example", "https://fanal.example/#une", "fanal", "file:///a.txt", "https://[::1/a"]
    + ["https://fanal.example:port/a", "mailto:a@b.example", "javascript:alert(1)"],
)
def test_no_address_of_one_article(url: str | None) -> None:
    assert address(url) is None


@dataclass
class Source:
    origin: str | None = None
    url: str | None = None


HERE = "https://fanal.example/direct"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Source("/a.txt"), Source("/a.txt"), True),
        (Source("/a.txt"), Source("/b.txt"), False),
        (Source("/a.txt", HERE), Source("/b.txt", HERE), True),
        (Source(None, HERE), Source(None, f"{HERE}#12"), True),
        (Source("/n.jsonl#1", HERE), Source("/n.jsonl#2", HERE), False),
        (Source("/n.jsonl#1", HERE), Source("/m.jsonl#2", HERE), True),
        (Source("/n.jsonl#1", HERE), Source("/n.jsonl#1", "https://fanal.example/autre"), True),
        (Source(), Source(), False),
    ],
)
def test_the_same_place(one: Source, other: Source, same: bool) -> None:
    assert same_place(one, other) is same
    assert same_place(other, one) is same

"""Reading HTML as a browser would, to tell what a reader of it sees."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser


def seen(fragment: str) -> str:
    """The text of it, tags gone, entities read."""
    return html.unescape(re.sub(r"<[^>]*>", "", fragment))


def parsed(fragment: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The tags and attributes that a browser would find."""
    tags: set[str] = set()
    attributes: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.add(tag)
            attributes.extend((name, value or "") for name, value in attrs)

    Reader().feed(fragment)
    return tags, attributes


def assert_well_formed(fragment: str) -> None:
    opened: list[str] = []
    for closing, name, itself in re.findall(r"<(/?)(\w+)[^>]*?(/?)>", fragment):
        if closing:
            assert opened.pop() == name
        elif not itself and name != "input":
            opened.append(name)
    assert not opened


def assert_only_ours(fragment: str) -> None:
    """Nothing in it comes from foreign text but text."""
    assert_well_formed(fragment)
    tags, attributes = parsed(fragment)
    assert not tags & {"script", "img", "b", "iframe", "x", "a@b.example"}
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert all(value.startswith(("#dixit-", "http")) for name, value in attributes if name in ("href", "src"))

"""The parts of a mail -> the words of its body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage

from lxml import etree

from index.errors import SourceRefused
from index.loaders.encoding import decode
from index.loaders.markup import text_of
from index.loaders.page_tree import tree_of

_ADDRESS = re.compile(r"\S+://\S+")
_WORD = re.compile(r"[^\W\d_]+")
_STUB = 0.5
"""A plain part that has a smaller share of the page's letters, or fewer of its own words in it, is no copy of it."""

_QUOTED = re.compile(r"(?:>[ \t]?)*")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?<![-\w])font-size\s*:\s*0(?![.\d])", re.I
)
_SIGNATURE = "-- "


def body_of(message: EmailMessage) -> str:
    """Return what a mail says: its plain part, unless that is a stub for the page beside it.

    The marks before the lines of a mail that it answers (">") are left out, its lines are kept.

    Raises:
        SourceRefused: there is no plain part, and the page cannot be read.
    """
    plain = _plain(message)
    try:
        page = _page(message)
    except SourceRefused:
        if not plain.strip():
            raise
        return plain
    return page if _is_stub(_words(plain), _words(page)) else plain


def _is_stub(plain: list[str], page: list[str]) -> bool:
    letters, all_letters = sum(map(len, plain)), sum(map(len, page))
    common = len(set(plain) & set(page))
    return letters < all_letters and (letters < _STUB * all_letters or common < _STUB * len(set(plain)))


def _words(text: str) -> list[str]:
    return _WORD.findall(_ADDRESS.sub("", text).lower())


def _plain(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    data = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(data, bytes):
        return ""
    text = decode(data, part.get_content_charset()).text.replace("\r\n", "\n")
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    return "".join(_unquoted(text.split("\n"), flowed))


def _unquoted(lines: list[str], flowed: bool) -> Iterator[str]:
    """Yield the lines without marks of quoting, those of one depth apart from the others.

    Args:
        lines: of a plain part.
        flowed: a space at the end of a line says that it goes on in the next (RFC 3676).
    """
    depth, goes_on = 0, False
    for line in lines:
        mark = _QUOTED.match(line)
        words = line[mark.end() :] if mark else line
        deep = mark[0].count(">") if mark else 0
        if deep != depth:
            yield "\n\n"
        elif not (goes_on and words.strip()):
            yield "\n"
        yield words
        depth, goes_on = deep, flowed and words.endswith(" ") and words != _SIGNATURE and bool(words.strip())


def _page(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    data = part.get_payload(decode=True) if part else None
    tree = tree_of(data, part.get_content_charset()) if part and isinstance(data, bytes) else None
    if tree is None:
        return ""
    _leave_out_hidden(tree)
    return text_of(tree)


def _leave_out_hidden(tree: etree._Element) -> None:
    """Take out what a mail shows in a list of mails alone, and what counts who opens it."""
    for element in list(tree.iter(etree.Element)):
        hidden = "hidden" in element.attrib or _HIDDEN.search(element.get("style", ""))
        parent = element.getparent()
        if hidden and parent is not None:
            element.text = None
            del element[:]

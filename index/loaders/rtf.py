"""A document in Rich Text Format -> Article, or the articles of an export."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.encoding import is_utf8
from index.loaders.exports.paragraph import paragraphs_of
from index.loaders.exports.reader import read_articles
from index.loaders.filled_in import author_told, title_told
from index.loaders.note import Note
from index.loaders.paragraphs import joined
from index.loaders.refusal import Refusal
from index.loaders.text import load_text
from index.models import Article

_PROPERTY = r"\{\\%s\s([^{}]{1,1000})\}"
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
_LINK = re.compile(r"(\\fldinst\b[^}]{0,40}?)HYPERLINK")
_CODE_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_CHARACTER_SET = re.compile(r"\\(mac|pca|pc)(?![a-z])")
_CHARACTER_SETS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CODE_PAGES = {"10000": "mac_roman", "10006": "mac_greek", "10007": "mac_cyrillic", "10029": "mac_latin2"}
_HEAD = 1_000


def read_rtf(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the document, or the articles of an export; its properties tell title and author.

    Raises:
        SourceRefused: it is no such document, or holds no text.
    """
    # Bytes beyond ASCII are written as codes; those that are not are in the document's code page.
    data = document.read()
    rtf = data.decode("utf-8" if is_utf8(data) else "latin-1")
    if not rtf.lstrip().startswith("{\\rtf"):
        raise SourceRefused("no_rtf")
    encoding = _encoding(rtf[:_HEAD])
    rtf = _CODE_PAGE.sub("", rtf[:_HEAD]) + rtf[_HEAD:]  # the library would read an unknown page as UTF-8
    paragraphs = _text(rtf, encoding).split("\n")

    def whole() -> Article:
        return load_text(
            joined(paragraphs),
            key=document.key,
            title=title_told(_property(rtf, "title", encoding)),
            author=author_told(_property(rtf, "author", encoding)),
            url=document.url,
            origin=document.origin,
            form="RTF",
            limit=limit,
        )

    yield from read_articles(list(paragraphs_of(paragraphs)), document, limit, whole, "RTF")


def _text(rtf: str, encoding: str) -> str:
    # The library would write "|" after a cell, and a link's address among its words.
    rtf = _LINK.sub(r"\1LINK", _CELL.sub(r"\\par ", rtf))
    try:
        text = str(rtf_to_text(rtf, encoding, errors="ignore"))  # type: ignore[no-untyped-call]
    except (OverflowError, ValueError) as error:  # a character with a number that none has
        raise SourceRefused("no_rtf") from error
    # A character beyond the first 65,536 is written as two halves.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _encoding(head: str) -> str:
    """Return the encoding that a document says its bytes are in, by code page, else by character set."""
    page, told = _CODE_PAGE.search(head), _CHARACTER_SET.search(head)
    named = _CODE_PAGES.get(page[1], f"cp{page[1]}") if page else ""
    return named if _is_known(named) else _CHARACTER_SETS[told[1]] if told else "cp1252"


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _property(rtf: str, name: str, encoding: str) -> str | None:
    found = re.search(_PROPERTY % name, rtf)
    return _text(f"{{\\rtf1 {found[1]}}}", encoding) if found else None

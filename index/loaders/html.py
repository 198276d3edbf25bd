"""A web page -> the article in it, without what stands around it, or the articles of an export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

import htmldate
import lxml.html
import trafilatura
from lxml import etree
from trafilatura.settings import Document as Extracted

from index.errors import SourceRefused
from index.loaders.beside import byline_told, leave_out_leads
from index.loaders.dates import parse_day
from index.loaders.document import Document
from index.loaders.exports.page import page_paragraphs
from index.loaders.exports.reader import read_articles
from index.loaders.live_posts import unmark_posts
from index.loaders.markup import text_of
from index.loaders.note import Note
from index.loaders.page_tree import tree_of
from index.loaders.paragraphs import clean
from index.loaders.refusal import Refusal
from index.loaders.text import load_text
from index.models import Article

MOST_BYTES = 20_000_000
"""A page may be this large; the longest articles of the web are a twentieth of it."""

_ELEMENTS = "body cell code div doc graphic head item list main p quote row table"  # of the library's own
_CHANGED = re.compile(r"modif|updat|revis|expir|copyright", re.I)
_TELLING = {
    "class",
    "content",
    "datetime",
    "http-equiv",
    "id",
    "itemprop",
    "name",
    "property",
    "pubdate",
    "title",
    "type",
}
_QUOTES = re.compile(r"«[^«»]+»|“[^“”]+”|\"[^\"]+\"")
_NO_BREAK, _STAND_INS = "\u00a0\u202f", "\u2d6f\u2d70"
_SPACES = str.maketrans(_STAND_INS, _NO_BREAK)
_UNBROKEN = re.compile(rf"(?<=\S)[{_NO_BREAK}]|[{_NO_BREAK}](?=\S)")
_PUBLISHED = re.compile(r"publi|pubdate|posted|entry-date", re.I)


def read_html(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the article of a page: its text, and title, author, outlet, day and address when the page tells them.

    A page that a press database exported gives each of its articles.

    Raises:
        SourceRefused: there is no text in it that reads as an article.
    """
    data = document.read()
    if len(data) > MOST_BYTES:
        raise SourceRefused("page_too_large", megabytes=MOST_BYTES // 1_000_000)
    tree = tree_of(data, document.charset)
    if tree is None:
        raise SourceRefused("no_text_in_page")
    etree.strip_elements(tree, "noscript", "template", with_tail=False)
    leave_out_leads(tree)
    unmark_posts(tree)
    _keep_last_words(tree)
    paragraphs = list(page_paragraphs(tree))
    yield from read_articles(paragraphs, document, limit, lambda: _article(tree, document, limit), "HTML")


def _article(tree: etree._Element, document: Document, limit: int) -> Article:
    spaces = {} if set("".join(tree.itertext())) & set(_STAND_INS) else _SPACES
    if spaces:
        _put_stand_ins(tree)
    found = _extracted(tree, document.url)
    text = text_of(found.body, frozenset(_ELEMENTS.split()), frozenset()) if found and found.body is not None else ""
    if not found or not text:
        raise SourceRefused("no_text_in_page")
    url = document.url or found.url
    return load_text(
        _with_spaces(text, spaces),
        key=document.key,
        title=_with_spaces(found.title, spaces),
        published=_published(tree, url),
        source=_with_spaces(found.sitename, spaces),
        author=byline_told(_with_spaces(found.author, spaces)),
        url=url,
        origin=document.origin,
        form="HTML",
        limit=limit,
    )


def _put_stand_ins(tree: etree._Element) -> None:
    """Put letters that hardly any text has for spaces that do not break, which the library takes for any space."""
    for element in tree.iter(etree.Element):
        element.text = element.text and _UNBROKEN.sub(_stand_in, element.text)
        element.tail = element.tail and _UNBROKEN.sub(_stand_in, element.tail)


def _stand_in(found: re.Match[str]) -> str:
    return _STAND_INS[_NO_BREAK.index(found[0])]


def _with_spaces(text: str | None, spaces: Mapping[int, str | int]) -> str:
    return (text or "").translate(spaces)


def _keep_last_words(tree: etree._Element) -> None:
    """Make a heading that quotes and ends its part of the page a paragraph: headings at the end are not taken."""
    for heading in tree.iter("h2", "h3", "h4", "h5", "h6"):
        quotes = _QUOTES.search("".join(heading.itertext())) is not None and heading.find(".//a") is None
        if quotes and not _goes_on_behind(heading):
            heading.tag = "p"


def _goes_on_behind(element: etree._Element) -> bool:
    """Tell whether words follow an element in its part of the page."""
    parts = (part for other in element.itersiblings() for part in other.itertext())
    return any(part.strip() for part in chain((element.tail or "",), parts))


def _extracted(tree: etree._Element, url: str | None) -> Extracted | None:
    # Its own search for a date would take, at worst, any that stands in the text.
    search = {"original_date": True, "extensive_search": False}
    found = trafilatura.bare_extraction(
        tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=search
    )
    return found if isinstance(found, Extracted) else None


def _published(tree: etree._Element, url: str | None) -> date | None:
    """Return the day that the page says it was published, by its marks or its address, never by its prose."""
    marks = lxml.html.document_fromstring("<html><head></head><body></body></html>")
    head, body = marks
    for element in tree.iter("meta", "script", "time", "abbr"):
        if _tells_day(element):
            where = body if element.tag in ("time", "abbr") else head
            where.append(_copy(element, None if element.tag == "meta" else element.text))
    found = htmldate.find_date(marks, url=url, original_date=True, extensive_search=False)
    return parse_day(found or "")


def _tells_day(element: etree._Element) -> bool:
    told = " ".join(f"{name} {value}" for name, value in element.items() if name not in ("content", "datetime"))
    if element.tag == "script":
        return "ld+json" in told
    return not _CHANGED.search(told) and (element.tag == "meta" or _PUBLISHED.search(told) is not None)


def _copy(element: etree._Element, text: str | None = None) -> etree._Element:
    copy = lxml.html.Element(element.tag)
    for name in _TELLING & set(element.keys()):  # not any: a page's may have names that no tree takes
        copy.set(name, clean(element.get(name)))
    copy.text = clean(text or "")
    return copy

"""A feed (RSS, Atom) -> an Article for each of its entries."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import feedparser

from index.errors import SourceRefused
from index.loaders.dates import parse_day
from index.loaders.document import Document
from index.loaders.encoding import is_utf8
from index.loaders.markup import text_of
from index.loaders.note import Note
from index.loaders.page_tree import tree_of
from index.loaders.refusal import Refusal
from index.loaders.text import load_text, printable
from index.loaders.wordpress import as_html, authors, is_draft, is_post
from index.loaders.xml import refuse_unfit_xml
from index.models import Article
from index.reason import Reason

_MARKED_UP = ("text/html", "application/xhtml+xml")


def read_feed(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the article of each entry, or its refusal: its content, else its summary.

    Of a WordPress export the published posts and pages are read; that there are drafts is noted.
    An entry tells its title, author, link and day; its outlet is the source it names, else the feed's title.

    Raises:
        SourceRefused: it is no feed, or one without entries.
    """
    data = document.read()
    refuse_unfit_xml(data, document.charset)
    # A file, never the bytes: those the library would take for an address or the name of a file, and open it.
    try:
        feed = feedparser.parse(
            io.BytesIO(data),
            response_headers=_headers(data, document),
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (LookupError, ValueError) as error:  # its head is damaged
        raise SourceRefused("no_feed") from error
    if not feed.version:
        raise SourceRefused("no_feed")
    if not feed.entries:
        raise SourceRefused("no_entries")
    posts = [(number, entry) for number, entry in enumerate(feed.entries, start=1) if is_post(entry)]
    names = authors(data)
    for number, entry in posts:
        try:
            yield _article(entry, number, feed, document, limit, names)
        except SourceRefused as error:
            yield Refusal(f"{document.name}: entry {number}", error.reason)
    if drafts := sum(map(is_draft, feed.entries)):
        yield Note(document.name, Reason("drafts_passed_over", {"count": drafts}))


def _headers(data: bytes, document: Document) -> dict[str, str]:
    charset = "utf-8" if is_utf8(data) else document.charset
    return {"content-type": f"application/xml; charset={charset}"} if charset else {}


def _article(entry: Any, number: int, feed: Any, document: Document, limit: int, names: Mapping[str, str]) -> Article:
    author = _told(entry, "author")
    link = _told(entry, "link")
    name = _told(entry, "id") or link or str(number)
    return load_text(
        _text(entry),
        key=name if name != str(number) else f"{document.key}-{number}",
        title=_plain(_told(entry, "title"), entry.get("title_detail")),
        published=_published(entry, feed.version),
        source=_told(entry.get("source") or {}, "title")
        or _plain(_told(feed.feed, "title"), feed.feed.get("title_detail")),
        author=names.get(author, author) if author else None,
        url=link if link and link.startswith(("http://", "https://")) else None,
        origin=f"{document.origin}#{name}",
        form="feed",
        limit=limit,
    )


def _published(entry: Any, version: str) -> date | None:
    day = parse_day(_told(entry, "published") or "")
    # RSS has one date, which Dublin Core calls "date" and the library "updated"; Atom's says when it was changed.
    return day or (parse_day(_told(entry, "updated") or "") if version.startswith("rss") else None)


def _text(entry: Any) -> str:
    contents = [*entry.get("content", []), entry.get("summary_detail") or {}]
    of_wordpress = "wp_post_type" in entry
    texts = (_plain(content.get("value"), content, of_wordpress) for content in contents)
    return next((text for text in texts if text and text.strip()), "")


def _plain(value: str | None, detail: Any, of_wordpress: bool = False) -> str | None:
    if not value or (detail or {}).get("type") not in _MARKED_UP:
        return value
    tree = tree_of(printable(as_html(value) if of_wordpress else value).encode(), "utf-8")
    return None if tree is None else text_of(tree)


def _told(fields: Any, name: str) -> str | None:
    value = fields.get(name)
    return " ".join(printable(value).split()) or None if isinstance(value, str) else None

"""A document's paragraphs -> the articles of an export, or the document as one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from index.errors import SourceRefused
from index.loaders.dates import date_in, order_of
from index.loaders.document import Document
from index.loaders.exports.layout import Layout, layouts, lines_of
from index.loaders.exports.paragraph import DocumentParagraph, paragraphs_of, running_text
from index.loaders.exports.record import Record
from index.loaders.exports.splitting import count_told, records
from index.loaders.exports.suspicion import looks_like
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.loaders.row import Days
from index.loaders.text import load_text
from index.models import Article
from index.reason import Reason


def read_articles(
    paragraphs: Sequence[DocumentParagraph],
    document: Document,
    limit: int,
    whole: Callable[[], Article],
    form: str | None,
) -> Iterator[Article | Refusal | Note]:
    """Yield each article of an export, or the document as one; a note when it seems to hold more.

    Args:
        paragraphs: of the document, in order.
        document: what they were read from.
        limit: the most characters that an article may have.
        whole: makes one article of the document.
        form: what the articles were read from.

    Raises:
        SourceRefused: it is no export, and as one article it is refused.
    """
    layout, found = _best(paragraphs)
    if layout is None:
        yield (article := whole())
        expected, count = looks_like(list(paragraphs_of([article.text]))), 1
    else:
        yield from _articles(found, document, limit, form)
        expected, count = count_told(paragraphs, layout), len(found)
    if expected > count:
        yield Note(document.name, Reason("fewer_articles", {"expected": expected, "found": count}))


def marks_in(lines: Sequence[DocumentParagraph]) -> frozenset[str]:
    """Return the lines of a print that stand alone in the layouts that it may be in."""
    text = lines_of(lines)
    possible = [layout for layout in layouts() if layout.may_be(lines, text)]
    return frozenset(line.text for line in lines if any(layout.is_mark(line) for layout in possible))


def _best(paragraphs: Sequence[DocumentParagraph]) -> tuple[Layout | None, list[Record]]:
    """Return the layout that finds most, and what it finds."""
    best: tuple[Layout | None, list[Record]] = (None, [])
    text = lines_of(paragraphs)
    for layout in layouts():
        found = records(paragraphs, layout) if layout.may_be(paragraphs, text) else []
        if len(found) >= layout.least and _fields(found) > _fields(best[1]):
            best = layout, found
    return best


def _fields(found: Sequence[Record]) -> int:
    return sum(1 + len(record.told) for record in found)


def _articles(
    found: Sequence[Record], document: Document, limit: int, form: str | None
) -> Iterator[Article | Refusal | Note]:
    days = Days(order_of(map(_date, found)))
    names: set[str] = set()
    for number, record in enumerate(found, start=1):
        key = document.key if len(found) == 1 else f"{document.key}-{number}"
        try:
            article = _article(record, key, document, limit, form)
        except SourceRefused as error:
            yield Refusal(f"{document.name}: article {number}", error.reason)
            continue
        day = days.day(_date(record), article.lang)
        name = _name(record, day)
        name = f"{name} ({number})" if name in names else name
        names.add(name)
        yield replace(article, published=day, origin=f"{document.origin}#{name}")
    yield from days.notes(document.name)


def _article(record: Record, key: str, document: Document, limit: int, form: str | None) -> Article:
    text, pages = running_text(record.body)
    return load_text(
        text,
        key=key,
        title=record.told.get("title"),
        source=record.told.get("source"),
        author=record.told.get("author"),
        url=document.url,
        form=form,
        pages=pages,
        limit=limit,
    )


def _name(record: Record, day: date | None) -> str:
    """Return what tells an article from the others of exports of one name: its number is not the same in the next."""
    told = (day.isoformat() if day else None, record.told.get("source"), record.told.get("title"))
    return record.told.get("id") or ", ".join(filter(None, told))


def _date(record: Record) -> str:
    return date_in(record.told.get("date", ""))

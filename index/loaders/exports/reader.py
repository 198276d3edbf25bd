"""A document's paragraphs -> the articles of an export, or the document as one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from index.errors import SourceRefused
from index.loaders.dates import Order, named_day, order_of, parse_day
from index.loaders.document import Document
from index.loaders.exports.layout import Layout, layouts, lines_of
from index.loaders.exports.paragraph import Paragraph, paragraphs_of
from index.loaders.exports.record import Record
from index.loaders.exports.splitting import count_told, records
from index.loaders.exports.suspicion import looks_like
from index.loaders.note import Note
from index.loaders.paragraphs import BREAK
from index.loaders.refusal import Refusal
from index.loaders.text import load_text
from index.models import Article
from index.reason import Reason


def read_articles(
    paragraphs: Sequence[Paragraph],
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


def marks_in(lines: Sequence[Paragraph]) -> frozenset[str]:
    """Return the lines of a print that stand alone in the layouts that it may be in."""
    text = lines_of(lines)
    possible = [layout for layout in layouts() if layout.may_be(lines, text)]
    return frozenset(line.text for line in lines if any(layout.is_mark(line) for layout in possible))


def _best(paragraphs: Sequence[Paragraph]) -> tuple[Layout | None, list[Record]]:
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


def _articles(found: Sequence[Record], document: Document, limit: int, form: str | None) -> Iterator[Article | Refusal]:
    order = order_of(record.told["date"] for record in found if "date" in record.told)
    names: set[str] = set()
    for number, record in enumerate(found, start=1):
        name = _name(record, order)
        name = f"{name} ({number})" if name in names else name
        names.add(name)
        try:
            yield load_text(
                BREAK.join(paragraph.text for paragraph in record.body),
                key=document.key if len(found) == 1 else f"{document.key}-{number}",
                title=record.told.get("title"),
                published=_day(record, order),
                source=record.told.get("source"),
                author=record.told.get("author"),
                url=document.url,
                origin=f"{document.origin}#{name}",
                form=form,
                pages=_pages(record),
                limit=limit,
            )
        except SourceRefused as error:
            yield Refusal(f"{document.name}: article {number}", error.reason)


def _name(record: Record, order: Order | None) -> str:
    """Return what tells an article from the others of exports of one name: its number is not the same in the next."""
    day = _day(record, order)
    told = (day.isoformat() if day else None, record.told.get("source"), record.told.get("title"))
    return record.told.get("id") or ", ".join(filter(None, told))


def _day(record: Record, order: Order | None) -> date | None:
    written = record.told.get("date", "")
    return named_day(written) or parse_day(written, order)


def _pages(record: Record) -> tuple[int, ...]:
    """Return where each page of the document begins in the article's text; empty when the document has no pages."""
    begins: list[int] = []
    at = 0
    for paragraph in record.body:
        begins += [at] * (paragraph.page - len(begins) if paragraph.paged else 0)
        begins += [at + min(turn, len(paragraph.text)) for turn in paragraph.turns]
        at += len(paragraph.text) + len(BREAK)
    return tuple([0, *begins[1:]]) if begins else ()

"""The paragraphs of an export -> those of each article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from index.loaders.exports.layout import Field, Layout, matched
from index.loaders.exports.paragraph import DocumentParagraph
from index.loaders.exports.record import Record, record_of

_BEGINNING: tuple[Field, ...] = ("title", "source", "date")
_TOP = 12  # paragraphs at the top of an article's first page that hold its head


def records(paragraphs: Sequence[DocumentParagraph], layout: Layout) -> list[Record]:
    """Return the articles that a layout finds in a document."""
    found = []
    for number, part in enumerate(_parts(paragraphs, layout)):
        record = _without_preamble(part, layout) if number == 0 else record_of(part, layout)
        if record.is_article:
            found.append(record)
    return found


def count_told(paragraphs: Sequence[DocumentParagraph], layout: Layout) -> int:
    """Return how many articles a document says, or looks as if, it holds."""
    told = [found for paragraph in paragraphs if (found := matched(layout.counts, paragraph.text))]
    numbers = [int(found["number"]) for found in told if "number" in found.groupdict()]
    counts = Counter(int(found["count"]) for found in told).most_common(1)
    count = max(numbers) - min(numbers) + 1 if numbers and min(numbers) > 1 else max(dict(counts), default=0)
    each = sum(matched(layout.each, paragraph.text) is not None for paragraph in paragraphs)
    return max(count, each)


def _parts(paragraphs: Sequence[DocumentParagraph], layout: Layout) -> Iterator[Sequence[DocumentParagraph]]:
    begins = set(_begins(paragraphs, layout))
    start = 0
    for at, paragraph in enumerate(paragraphs):
        if at in begins and at > start:
            yield paragraphs[start:at]
            start = at
        if matched(layout.end, paragraph.text):
            yield paragraphs[start : at + 1]
            start = at + 1
    yield paragraphs[start:]


def _begins(paragraphs: Sequence[DocumentParagraph], layout: Layout) -> Iterator[int]:
    first = _first_label(paragraphs, layout) if layout.begin_label else None
    before: DocumentParagraph | None = None
    for at, paragraph in enumerate(paragraphs):
        told = layout.told(paragraph, (first,)) if first else None
        if told or matched(layout.begin, paragraph.text) or _begins_class(paragraph, before, layout):
            yield at
        before = paragraph


def _first_label(paragraphs: Sequence[DocumentParagraph], layout: Layout) -> Field | None:
    labels = (layout.told(paragraph, _BEGINNING) for paragraph in paragraphs)
    return next((label[0] for label in labels if label), None)


def _begins_class(paragraph: DocumentParagraph, before: DocumentParagraph | None, layout: Layout) -> bool:
    name = layout.begin_class
    return name in paragraph.classes and (before is None or name not in before.classes)


def _without_preamble(part: Sequence[DocumentParagraph], layout: Layout) -> Record:
    """Return the first article of a document; a cover and a table of contents before it end at the end of a page."""
    whole = record_of(part, layout)
    turns = [at for at in range(1, len(part)) if part[at].page > part[at - 1].page]
    for at in reversed(turns):
        head = record_of(part[at : at + _TOP], layout)
        if {"title", "source", "date"} <= set(head.told):
            return record_of(part[at:], layout)
    return whole

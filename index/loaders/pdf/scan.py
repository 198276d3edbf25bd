"""Pictures of the pages of a scan -> Article, or the articles of an export, as far as their words are recognised."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from statistics import mean, median

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.exports.paragraph import DocumentParagraph, running_text
from index.loaders.exports.reader import read_articles
from index.loaders.note import Note
from index.loaders.paragraphs import clean
from index.loaders.pdf.hyphens import Known, joined, joined_lines, words
from index.loaders.pdf.page import Page
from index.loaders.pdf.pictures import height_of
from index.loaders.pdf.reading_order import Box, PrintedLine
from index.loaders.pdf.recognition import RecognisedLine, recognised
from index.loaders.pdf.running_text import SENTENCE_END, without_running_heads
from index.loaders.refusal import Refusal
from index.loaders.text import load_text
from index.models import Article
from index.reason import Reason

FORM = "PDF, read by OCR"
SECONDS = 300
"""How long the words of one document may be looked for."""


def read_scan(
    pictures: Iterable[object], document: Document, limit: int, seconds: float = SECONDS
) -> Iterator[Article | Refusal | Note]:
    """Yield the document, or the articles of an export, with the page of each word; and that its words may be wrong.

    Args:
        pictures: of its pages, in order, as ``read_pictures`` yields them.
        document: what they are pictures of.
        limit: the most characters that an article may have.
        seconds: how long it may take.

    Raises:
        SourceRefused: no words are recognised, or it takes longer.
    """
    until = time.monotonic() + seconds
    recognitions = [_recognised(picture, until - time.monotonic(), seconds) for picture in pictures]
    pages = without_running_heads([page for page, _ in recognitions])
    sure = [certainty for _, certainties in recognitions for certainty in certainties]
    paragraphs = list(_paragraphs(pages))
    if not paragraphs:
        raise SourceRefused("nothing_recognised")
    text, begins = running_text(paragraphs, len(pages))

    def whole() -> Article:
        return load_text(
            text, key=document.key, url=document.url, origin=document.origin, form=FORM, pages=begins, limit=limit
        )

    yield from read_articles(paragraphs, document, limit, whole, FORM)
    yield Note(document.name, Reason("read_by_recognition", {"sure": round(mean(sure))}))


def _recognised(picture: object, left: float, seconds: float) -> tuple[Page, list[float]]:
    """Return a page, and how sure each word of it is, of 100."""
    data = picture.file.read() if isinstance(picture, Document) else b""
    height = height_of(data)
    if height is None:
        raise SourceRefused("made_to_break")
    lines = recognised(data, left)
    if lines is None:
        raise SourceRefused("recognition_stopped", seconds=seconds)
    boxes = (_box(list(of_one)) for _, of_one in groupby(lines, lambda line: line.paragraph))
    page = Page(height, tuple(filter(None, boxes)), pictures=True)
    return page, [certainty for line in lines for certainty in line.sure]


def _box(lines: Sequence[RecognisedLine]) -> Box | None:
    height = median(line.bottom - line.top for line in lines)  # those of single lines go by the letters in them
    texts = ((line, clean(line.text)) for line in lines)
    printed = [PrintedLine(one.left, one.top, one.right, one.top + height, text) for one, text in texts if text]
    return Box(tuple(printed)) if printed else None


def _paragraphs(pages: Sequence[Page]) -> Iterator[DocumentParagraph]:
    """Yield the paragraphs of pages: one that ends within a sentence goes on in the next column or on the next page."""
    known = words(line.text for page in pages for line in page.lines).__contains__
    last: DocumentParagraph | None = None
    for number, page in enumerate(pages, start=1):
        for box in page.boxes:
            text = joined_lines(map(attrgetter("text"), box.lines), known)
            if last and text[0].islower() and not SENTENCE_END.search(last.text):
                last = _with(last, text, number, known)
                continue
            if last:
                yield last
            last = DocumentParagraph(text, page=number, paged=True)
    if last:
        yield last


def _with(before: DocumentParagraph, text: str, page: int, known: Known) -> DocumentParagraph:
    """Return a paragraph that goes on with a text, which stands on the same page or on a later one."""
    whole = joined(before.text, text, known)
    pages = page - before.page - len(before.turns)
    return replace(before, text=whole, turns=before.turns + (len(whole) - len(text),) * pages)

"""A PDF document -> Article, or the articles of an export, with the place where each page begins."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTImage, LTPage, LTTextBoxHorizontal, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFNoValidXRef, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser, PDFSyntaxError
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.exports.paragraph import DocumentParagraph, running_text
from index.loaders.exports.reader import marks_in, read_articles
from index.loaders.filled_in import author_told, title_told
from index.loaders.note import Note
from index.loaders.paragraphs import clean
from index.loaders.pdf.finite import FiniteDocument
from index.loaders.pdf.footnotes import with_footnotes_apart
from index.loaders.pdf.page import Page
from index.loaders.pdf.reading_order import Box, PrintedLine, in_reading_order
from index.loaders.pdf.running_text import paragraphs_on, without_running_heads
from index.loaders.refusal import Refusal
from index.loaders.text import load_text
from index.models import Article
from index.reason import Reason

MOST_PAGES = 1_000
"""How many pages a document may have."""

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_NOTE_SIGN = re.compile(r"[\d*†‡]")
_SMALL = 0.85  # of the letters around it
_NO_GAP = 0.05  # of a letter's height: nobody sees it
_UNKNOWN = "(cid:"  # what the library writes for a letter that the font does not tell


def read_pdf(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the document, or the articles of an export: in reading order, words that lines part made whole.

    Running heads are left out, footnotes stand between paragraphs. Its properties tell title and author. Its dates
    are those of the file, not of a publication.

    Raises:
        SourceRefused: it is damaged, protected by a password, too long, or holds no text but pictures.
    """
    pdf = _open(document.read())
    printed = list(_pages(pdf))
    pages = with_footnotes_apart(without_running_heads(printed))
    lines = [DocumentParagraph(line.text) for page in pages for line in page.lines]
    paragraphs = list(paragraphs_on(pages, marks_in(lines)))
    text, begins = running_text(paragraphs, len(pages))
    _refuse_unfit(text, pages)

    def whole() -> Article:
        return load_text(
            text,
            key=document.key,
            title=title_told(_property(pdf, "Title")),
            author=author_told(_property(pdf, "Author")),
            url=document.url,
            origin=document.origin,
            form="PDF",
            pages=begins,
            limit=limit,
        )

    yield from read_articles(paragraphs, document, limit, whole, "PDF")
    if unread := [number for number, page in enumerate(printed, start=1) if page.pictures and not page.boxes]:
        yield Note(document.name, Reason("pages_without_text", {"count": len(unread), "first": str(unread[0])}))


def _open(data: bytes) -> PDFDocument:
    try:
        return FiniteDocument(PDFParser(io.BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise SourceRefused("protected") from error
    except (PDFSyntaxError, PDFNoValidXRef) as error:
        raise SourceRefused("no_pdf") from error


def _pages(pdf: PDFDocument) -> Iterator[Page]:
    # Its own order of boxes costs much and mixes up columns.
    resources, layout = PDFResourceManager(), LAParams(boxes_flow=None, all_texts=True)
    device = PDFPageAggregator(resources, laparams=layout)
    interpreter = PDFPageInterpreter(resources, device)
    pages = list(itertools.islice(PDFPage.create_pages(pdf), MOST_PAGES + 1))
    if len(pages) > MOST_PAGES:
        raise SourceRefused("too_many_pages", most=MOST_PAGES)
    for page in pages:
        interpreter.process_page(page)
        laid_out = device.get_result()
        boxes = in_reading_order(list(_boxes(laid_out, laid_out)))
        yield Page(laid_out.height, tuple(boxes), pictures=_has_pictures(laid_out))


def _boxes(part: LTContainer[Any], page: LTPage) -> Iterator[Box]:
    for item in part:
        if isinstance(item, LTTextBoxHorizontal):
            lines = tuple(filter(None, (_line(line, page) for line in item)))
            if lines:
                yield Box(lines)
        elif isinstance(item, LTContainer):
            yield from _boxes(item, page)


def _line(line: LTTextLine, page: LTPage) -> PrintedLine | None:
    text = _cleaned(line)
    if not text:
        return None
    raised = _raised(line)
    bottom, top = _extent(line, raised)
    numbers = frozenset("".join(item.get_text() if item in raised else " " for item in line).split())
    unmarked = _cleaned(item for item in line if item not in raised) if raised else text
    return PrintedLine(line.x0 - page.x0, page.y1 - top, line.x1 - page.x0, page.y1 - bottom, text, numbers, unmarked)


def _extent(line: LTTextLine, raised: list[LTChar]) -> tuple[float, float]:
    """Return the lower and the upper edge of a line, for which its raised numbers do not count."""
    boxes = [item.bbox for item in line if isinstance(item, LTChar) and item not in raised] or [line.bbox]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def _cleaned(items: Iterable[Any]) -> str:
    return clean("".join(item.get_text() for item in _printed(list(items))).translate(_LIGATURES)).replace("\n", " ")


def _printed(items: Sequence[Any]) -> Iterator[Any]:
    """Yield what is seen of a line: not a space over which the next letter is printed, within a word."""
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        if not (item.get_text() == " " and _is_one_word(before, after)):
            yield item


def _is_one_word(before: Any, after: Any) -> bool:
    """Tell whether two letters are printed side by side."""
    if not (isinstance(before, LTChar) and isinstance(after, LTChar)):
        return False
    letters = before.get_text().isalpha() and after.get_text().isalpha()
    return letters and before.x0 < after.x0 < before.x1 + _NO_GAP * before.size


def _raised(line: LTTextLine) -> list[LTChar]:
    """Return the small raised figures and signs of a line."""
    chars = [item for item in line if isinstance(item, LTChar)]
    full = max(chars, key=lambda char: char.size, default=None)
    return [
        char
        for char in chars
        if full and char.size < _SMALL * full.size and char.y0 > full.y0 and _NOTE_SIGN.fullmatch(char.get_text())
    ]


def _has_pictures(part: LTContainer[Any]) -> bool:
    return any(isinstance(item, LTImage) or (isinstance(item, LTContainer) and _has_pictures(item)) for item in part)


def _refuse_unfit(text: str, pages: list[Page]) -> None:
    if not any(char.isalnum() for char in text):
        if any(page.pictures for page in pages):
            raise SourceRefused("no_text_layer")
        raise SourceRefused("no_words")
    if text.count(_UNKNOWN) * 20 > len(text):
        raise SourceRefused("unknown_letters")


def _property(pdf: PDFDocument, name: str) -> str | None:
    values = (resolve1(info.get(name)) for info in pdf.info if isinstance(info, dict))
    value = next((value for value in values if isinstance(value, bytes)), None)
    return clean(decode_text(value)) if value else None

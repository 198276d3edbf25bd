"""A PDF document -> a picture of each of its pages, in shades of grey."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdfium2

from index.errors import SourceRefused
from index.loaders.document import Document

MOST_PAGES = 100
"""How many pages of pictures a document may have."""

_DOTS = 300 / 72  # a point: 300 an inch, for which Tesseract was trained
_LONGEST_EDGE = 4_000
_HEAD = re.compile(rb"P5\n(\d{1,4}) (\d{1,4})\n255\n")


def read_pictures(document: Document, limit: int) -> Iterator[Document]:
    """Yield each page as a picture ("scan.pdf/1.pgm"): its size, and a byte for the grey of each dot.

    Raises:
        SourceRefused: it is damaged, or has too many pages.
    """
    try:
        pdf = pypdfium2.PdfDocument(document.read())
    except pypdfium2.PdfiumError as error:
        raise SourceRefused("no_pdf") from error
    if len(pdf) > MOST_PAGES:
        raise SourceRefused("too_many_pictures", most=MOST_PAGES)
    for number, page in enumerate(pdf, start=1):
        scale = min(_DOTS, _LONGEST_EDGE / max(page.get_size()))
        picture = page.render(scale=scale, grayscale=True)
        rows = memoryview(picture.buffer).cast("B")
        dots = b"".join(rows[at * picture.stride :][: picture.width] for at in range(picture.height))
        data = b"P5\n%d %d\n255\n%b" % (picture.width, picture.height, dots)
        yield Document(io.BytesIO(data), f"{document.name}/{number}.pgm", f"{document.origin}#{number}")


def height_of(picture: bytes) -> int | None:
    """Return how many rows of dots a picture has; None when it is none of those that ``read_pictures`` yields."""
    head = _HEAD.match(picture)
    if head is None or len(picture) != head.end() + int(head[1]) * int(head[2]):
        return None
    return int(head[2])

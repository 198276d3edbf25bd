"""A file of plain text -> Article, or the articles of an export."""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import SourceRefused
from index.loaders.captions import load_plain_text
from index.loaders.document import Document
from index.loaders.encoding import MOST_BYTES, decode
from index.loaders.exports.paragraph import paragraphs_of
from index.loaders.exports.reader import read_articles
from index.loaders.exports.wrapping import unwrapped
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.models import Article


def read_text(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the one article of a text, or those of an export; their form tells the encoding, when that is not UTF-8.

    Raises:
        SourceRefused: it is too large, or not text.
    """
    most = (limit + 1) * MOST_BYTES
    data = document.file.read(most + 1)
    if len(data) > most:
        raise SourceRefused("too_long", most=limit)
    decoded = decode(data, document.charset)
    form = f"text in {decoded.encoding}" if decoded.encoding else None

    def whole() -> Article:
        return load_plain_text(
            decoded.text, key=document.key, url=document.url, origin=document.origin, form=form, limit=limit
        )

    yield from read_articles(list(paragraphs_of(unwrapped(decoded.text))), document, limit, whole, form)

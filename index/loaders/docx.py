"""A Word document -> Article, or the articles of an export."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from index.errors import SourceRefused
from index.loaders.archive import open_archive, refuse_unfit_parts
from index.loaders.document import Document
from index.loaders.exports.paragraph import paragraphs_of
from index.loaders.exports.reader import read_articles
from index.loaders.filled_in import author_told, title_told
from index.loaders.note import Note
from index.loaders.paragraphs import joined
from index.loaders.refusal import Refusal
from index.loaders.text import load_text
from index.models import Article

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARAGRAPH = qn("w:p")
_WORDS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_KIND = qn("w:type")
_UNSEEN = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


def read_docx(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the document, or the articles of an export.

    Its paragraphs and those of its tables and text boxes are read in order, changes accepted.

    Its properties tell title and author. Its dates are those of the file, not of a publication.

    Raises:
        SourceRefused: it is damaged, protected by a password, or holds no text.
    """
    data = document.read()
    if data.startswith(_OLD):
        raise SourceRefused("protected_docx")
    refuse_unfit_parts(open_archive(io.BytesIO(data), len(data)))
    try:
        word = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise SourceRefused("no_docx") from error
    paragraphs = list(_paragraphs(word.element.body))

    def whole() -> Article:
        return load_text(
            joined(paragraphs),
            key=document.key,
            title=title_told(word.core_properties.title),
            author=author_told(word.core_properties.author),
            url=document.url,
            origin=document.origin,
            form="DOCX",
            limit=limit,
        )

    yield from read_articles(list(paragraphs_of(paragraphs)), document, limit, whole, "DOCX")


def _paragraphs(body: etree._Element) -> Iterator[str]:
    for paragraph in body.iter(_PARAGRAPH):
        if not any(above.tag in _UNSEEN for above in paragraph.iterancestors()):
            yield "".join(_words(paragraph))


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _WORDS:
            yield "\f" if child.get(_KIND) == "page" else _WORDS[child.tag]
        elif child.tag not in _UNSEEN and child.tag != _PARAGRAPH:
            yield from _words(child)

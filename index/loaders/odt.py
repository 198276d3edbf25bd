"""An OpenDocument text -> Article, or the articles of an export."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

from defusedxml import DefusedXmlException
from odf.namespaces import DCNS, METANS, OFFICENS, TEXTNS
from odf.opendocument import OpenDocument
from odf.opendocument import load as load_odf

from index.errors import SourceRefused
from index.loaders.archive import member, open_archive, refuse_unfit_parts
from index.loaders.document import Document
from index.loaders.exports.paragraph import paragraphs_of
from index.loaders.exports.reader import read_articles
from index.loaders.filled_in import author_told, title_told
from index.loaders.note import Note
from index.loaders.paragraphs import joined
from index.loaders.refusal import Refusal
from index.loaders.text import load_text
from index.models import Article

_PARAGRAPHS = {(TEXTNS, "p"), (TEXTNS, "h")}
_UNSEEN = {(TEXTNS, "tracked-changes"), (OFFICENS, "annotation"), (TEXTNS, "note")}
_BREAKS = {(TEXTNS, "tab"): "\t", (TEXTNS, "line-break"): "\n"}


def read_odt(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the document, or the articles of an export.

    Its paragraphs and those of its tables are read in order, notes and comments left out.

    Its properties tell title and author. Its dates are those of the file, not of a publication.

    Raises:
        SourceRefused: it is damaged, protected by a password, or holds no text.
    """
    data = document.read()
    archive = open_archive(io.BytesIO(data), len(data))
    if b"encryption-data" in member(archive, "META-INF/manifest.xml"):
        raise SourceRefused("protected")
    refuse_unfit_parts(archive)
    try:
        odf = load_odf(io.BytesIO(data))
    except (DefusedXmlException, SAXException, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise SourceRefused("no_odt") from error
    paragraphs = list(_paragraphs(odf.body))

    def whole() -> Article:
        return load_text(
            joined(paragraphs),
            key=document.key,
            title=title_told(_property(odf, DCNS, "title")),
            author=author_told(_property(odf, METANS, "initial-creator") or _property(odf, DCNS, "creator")),
            url=document.url,
            origin=document.origin,
            form="ODT",
            limit=limit,
        )

    yield from read_articles(list(paragraphs_of(paragraphs)), document, limit, whole, "ODT")


def _property(odf: OpenDocument, space: str, name: str) -> str | None:
    found = [node for node in odf.meta.childNodes if getattr(node, "qname", None) == (space, name)]
    return str(found[0]) if found else None


def _paragraphs(node: Any) -> Iterator[str]:
    for child in node.childNodes:
        name = getattr(child, "qname", None)
        if name in _PARAGRAPHS:
            yield "".join(_words(child))
            yield from _boxed(child)
        elif name and name not in _UNSEEN:
            yield from _paragraphs(child)


def _words(node: Any) -> Iterator[str]:
    for child in node.childNodes:
        name = getattr(child, "qname", None)
        if name is None:
            yield child.data
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name == (TEXTNS, "s"):
            yield " "
        elif name not in _UNSEEN and name not in _PARAGRAPHS:
            yield from _words(child)


def _boxed(node: Any) -> Iterator[str]:
    """Yield the paragraphs of the text boxes that are anchored in a paragraph."""
    for child in node.childNodes:
        name = getattr(child, "qname", None)
        if name and name not in _UNSEEN and name not in _PARAGRAPHS and child.hasChildNodes():
            yield from _paragraphs(child)

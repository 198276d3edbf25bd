"""A book in EPUB form -> one Article, its chapters in order."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import cast
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from index.errors import SourceRefused
from index.loaders.archive import member, open_archive
from index.loaders.dates import parse_day
from index.loaders.document import Document
from index.loaders.filled_in import author_told, title_told
from index.loaders.markup import text_of
from index.loaders.page_tree import tree_of
from index.loaders.paragraphs import joined
from index.loaders.text import load_text
from index.models import Article

_CONTAINER = "META-INF/container.xml"
_RIGHTS = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")  # no text is hidden by these
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"


def read_epub(document: Document, limit: int) -> Iterator[Article]:
    """Yield the book; its package tells title, authors, publisher and day of publication.

    Raises:
        SourceRefused: it is damaged, protected, or holds no text.
    """
    data = document.read()
    archive = open_archive(io.BytesIO(data), len(data))
    _refuse_protected(archive)
    at, package = _package(archive)
    published = [e for e in package.iter(f"{_DC}date") if e.get(f"{_OPF}event", "publication") == "publication"]
    authors = "; ".join(filter(None, (author_told(e.text) for e in package.iter(f"{_DC}creator"))))
    yield load_text(
        joined(_chapters(archive, at, package)),
        key=document.key,
        title=title_told(package.findtext(f".//{_DC}title")),
        published=parse_day((published[0].text or "") if len(published) == 1 else ""),
        source=author_told(package.findtext(f".//{_DC}publisher")),
        author=authors or None,
        url=document.url,
        origin=document.origin,
        form="EPUB",
        limit=limit,
    )


def _refuse_protected(archive: zipfile.ZipFile) -> None:
    if _RIGHTS not in archive.namelist():
        return
    methods = [e.get("Algorithm") for e in _xml(archive, _RIGHTS).iter() if e.tag.endswith("}EncryptionMethod")]
    if any(method not in _FONTS for method in methods):
        raise SourceRefused("protected_from_copying")


def _package(archive: zipfile.ZipFile) -> tuple[str, Element]:
    """Return the folder of the package document, and the document."""
    root = next((e for e in _xml(archive, _CONTAINER).iter() if e.tag.endswith("}rootfile")), None)
    path = root.get("full-path") if root is not None else None
    if not path:
        raise SourceRefused("no_epub_package")
    return posixpath.dirname(path), _xml(archive, path)


def _chapters(archive: zipfile.ZipFile, folder: str, package: Element) -> Iterator[str]:
    items = {e.get("id"): e for e in package.iter(f"{_OPF}item")}
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "html" not in item.get("media-type", "") or "nav" in item.get("properties", "").split():
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        data = member(archive, path)
        tree = tree_of(data)
        yield "" if tree is None else text_of(tree)


def _xml(archive: zipfile.ZipFile, path: str) -> Element:
    try:
        return cast(Element, fromstring(member(archive, path)))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise SourceRefused("no_epub_xml", path=path) from error

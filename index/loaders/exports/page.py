"""The tree of a web page -> its paragraphs, with the classes of the elements that they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from index.loaders.exports.layout import told_by_classes
from index.loaders.exports.paragraph import DocumentParagraph
from index.loaders.markup import BLOCKS, UNSEEN, name_of, text_at
from index.loaders.paragraphs import clean

_BLOCK, _LINE = "block", "br"


def page_paragraphs(tree: etree._Element) -> Iterator[DocumentParagraph]:
    """Yield the paragraphs of a page, as a browser shows them; a line break, or what a layout knows, ends one, too."""
    parts: list[str] = []
    classes: set[str] = set()
    close = False
    for text, around, ends in _texts(tree):
        if ends:
            yield from _paragraph(parts, classes, close)
            close = ends == _LINE and (close or bool("".join(parts).strip()))
            parts, classes = [], set()
        if text.strip():
            classes |= around
        parts.append(text)
    yield from _paragraph(parts, classes, close)


def _texts(tree: etree._Element) -> Iterator[tuple[str, frozenset[str], str]]:
    """Yield each text, the classes of the elements around it, and what ends before it, if anything."""
    around = [frozenset[str]()]
    hidden = [False]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name, start = name_of(element), event == "start"
        if start:
            around.append(around[-1] | frozenset((element.get("class") or "").split()))
            hidden.append(hidden[-1] or name in UNSEEN)
        else:
            around.pop()
            hidden.pop()
        text = "" if hidden[-1] or len(hidden) == 1 else text_at(element, name, start)
        yield text, around[-1], _end(element, name, start)


def _end(element: etree._Element, name: str, start: bool) -> str:
    """Return what an element ends where it begins, and where it ends; "" for nothing."""
    if name in BLOCKS or not told_by_classes().isdisjoint((element.get("class") or "").split()):
        return _BLOCK
    return _LINE if start and name == _LINE else ""


def _paragraph(parts: list[str], classes: set[str], close: bool) -> Iterator[DocumentParagraph]:
    text = clean("".join(parts)).replace("\n", " ")
    if text:
        yield DocumentParagraph(text, frozenset(classes), close)

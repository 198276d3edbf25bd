"""A tree of HTML -> its text, a paragraph for each block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from index.loaders.paragraphs import joined

_BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCKS.split())
"""Elements of HTML that begin and end a paragraph."""

_UNSEEN = "head iframe noscript object script style svg template textarea title"
UNSEEN = frozenset(_UNSEEN.split())
"""Elements of HTML whose text no browser shows as text."""

_WHITE = re.compile(r"[ \t\r\n\f]+")


def text_of(tree: etree._Element, blocks: frozenset[str] = BLOCKS, unseen: frozenset[str] = UNSEEN) -> str:
    """Return the text of a tree, as a browser shows it.

    Args:
        tree: HTML, or a like vocabulary.
        blocks: the elements that begin and end a paragraph.
        unseen: the elements whose text is left out.
    """
    return joined(_paragraphs(tree, blocks, unseen))


def _paragraphs(tree: etree._Element, blocks: frozenset[str], unseen: frozenset[str]) -> Iterator[str]:
    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name, start = name_of(element), event == "start"
        if name in unseen:
            hidden += 1 if start else -1
        if name in blocks:
            yield "".join(parts)
            parts = []
        if start and name in ("br", "lb"):
            parts.append("\n")
        if not hidden and (start or element is not tree):
            parts.append(text_at(element, name, start))
    yield "".join(parts)


def name_of(element: etree._Element) -> str:
    """Return an element's name in small letters, without its namespace; empty for what is none."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def text_at(element: etree._Element, name: str, start: bool) -> str:
    """Return the text behind an element's start or end; as it is written inside "pre", else with single spaces."""
    text = (element.text if start else element.tail) or ""
    return text if name == "pre" and start else _WHITE.sub(" ", text)

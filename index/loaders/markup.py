"""HTML -> a tree, and a tree -> its text, a paragraph for each block."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from index.errors import SourceRefused
from index.loaders.encoding import decode
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
_CHARSET = re.compile(rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
MOST_ATTRIBUTES = 500
"""How many attributes an element may have: the parser takes time by their square; those of pages have a dozen."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?+)?+"""
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"  # nothing in a comment is a tag, nor in what a script or a style is written in
    rf"|<(?:(script|style)(?=[\s/>])|[a-z][^\s/>]*+)(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+(?P<more>{_ATTRIBUTE})?+"
    r"(?(1)(?:[\s/]*+>.*?(?:</\1|\Z))?)",
    re.I | re.S | re.A,
)
_DECLARED_WITHIN = 4_096
_DAMAGED = 1_000  # of so many characters one may be lost: pages put together from many sources often hold such


def tree_of(data: bytes, charset: str | None = None) -> etree._Element | None:
    """Return the tree of an HTML or XHTML document or fragment, None when there is nothing in it.

    Entities of a document's own are not read, and nothing it refers to is fetched.

    Args:
        data: the document.
        charset: the encoding that its sender declared, which goes before the one it declares itself.

    Raises:
        SourceRefused: its encoding is not read, it is no text, or an element has too many attributes.
    """
    text = _decoded(data, charset).replace("\0", "")
    if any(tag["more"] for tag in _TAG.finditer(text)):
        raise SourceRefused("too_many_attributes", most=MOST_ATTRIBUTES)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:  # it is empty
        return None


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


def _decoded(data: bytes, charset: str | None) -> str:
    found = _CHARSET.search(data[:_DECLARED_WITHIN])
    declared = charset or (found[1].decode("ascii", "replace") if found else None)
    if declared and declared.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii"):
        declared = "cp1252"  # as browsers do: who declares the one means the other
    try:
        return decode(data, declared).text
    except SourceRefused:
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") * _DAMAGED > len(text):
            raise
        return text

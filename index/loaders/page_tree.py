"""Bytes of HTML -> a tree."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from index.errors import SourceRefused
from index.loaders.encoding import decode
from index.loaders.quoted import mark_quotations

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
_SPACES = re.compile(r"[\v\f]")
_NO_TEXT = re.compile(r"[\x00-\x08\v\f\x0e-\x1f\ufffe\uffff]")
"""Characters that no tree takes, though the parser leaves them."""

_DECLARED_WITHIN = 4_096
_DAMAGED = 1_000  # of so many characters one may be lost: pages put together from many sources often hold such


def tree_of(data: bytes, charset: str | None = None) -> etree._Element | None:
    """Return the tree of an HTML or XHTML document or fragment, None when there is nothing in it.

    Words that its elements say are quoted stand in marks. Entities of a document's own are not read, and nothing it
    refers to is fetched.

    Args:
        data: the document.
        charset: the encoding that its sender declared, which goes before the one it declares itself.

    Raises:
        SourceRefused: its encoding is not read, it is no text, or an element has too many attributes.
    """
    text = _NO_TEXT.sub("", _SPACES.sub(" ", _decoded(data, charset)))
    if any(tag["more"] for tag in _TAG.finditer(text)):
        raise SourceRefused("too_many_attributes", most=MOST_ATTRIBUTES)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:  # it is empty
        return None
    if "&#" in text:
        _leave_out_numbered(tree)
    mark_quotations(tree)
    return tree


def _leave_out_numbered(tree: etree._Element) -> None:
    """Take out what no tree takes and was written by its number ("&#1;")."""
    for element in tree.iter():
        if element.text and _NO_TEXT.search(element.text):
            element.text = _NO_TEXT.sub("", element.text)
        if element.tail and _NO_TEXT.search(element.tail):
            element.tail = _NO_TEXT.sub("", element.tail)


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

"""The posts of a page that is written on as things happen, so that none of them is taken for the whole article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_FEWEST = 2
_POST = re.compile(r"live|post|update|entry|timeline|moment", re.I)
_ANOTHER = re.compile(r"comment|reply|teaser|related|promo|recommend|card|aside|footer|sidebar", re.I)


def unmark_posts(tree: etree._Element) -> None:
    """Take the classes of the posts of an article away: of parts of one kind, each with a time and a paragraph.

    Extraction takes an element of such a class ("post", "entry") for the article, and puts it before what leads to it.
    """
    for article in tree.iter("article", "main"):
        if next(article.iterancestors("article", "main"), None) is not None:
            continue  # what stands in it was looked at
        for container in article.iter("div", "section", "ol", "ul"):
            posts = [part for part in container.iterchildren("div", "section", "li") if _is_post(part)]
            if len(posts) >= _FEWEST and not any(_ANOTHER.search(_marks(around)) for around in _around(container)):
                for part in (container, *posts):
                    part.attrib.pop("class", None)
                    part.attrib.pop("id", None)


def _is_post(part: etree._Element) -> bool:
    marks = _marks(part)
    told = _POST.search(marks) and not _ANOTHER.search(marks)
    return bool(told) and part.find(".//time") is not None and part.find(".//p") is not None


def _marks(element: etree._Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _around(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()

"""Elements of HTML that say "these are somebody's words" -> marks around the words, and the name beside them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files

from lxml import etree

from index.loaders.markup import text_of

_DASH = re.compile(r"\s*[-–—―]+\s*")
_MARKED = re.compile(r"\s*[«»“”„‟\"]")
_LONGEST_NAME = 200
_OUTERMOST = etree.XPath("//blockquote[not(ancestor::blockquote)]")
_NAMES = etree.XPath("(.//footer | .//cite[not(ancestor::footer)])[last()]")
_CAPTION = etree.XPath("ancestor::figure[1][not(.//img or .//picture or .//video or .//table)]//figcaption")


def mark_quotations(tree: etree._Element) -> None:
    """Write marks into a page: those that browsers draw around <q>, and some around block quotations with a name.

    Such a block becomes one paragraph: its words in marks, a dash, and the name. One that tells no name stays as it
    is: it may be a law, or a poem.
    """
    for element in tree.iter("q"):
        _mark_inline(element)
    for block in _OUTERMOST(tree):
        _mark_block(block)


def _mark_inline(element: etree._Element) -> None:
    element.tag = "span"
    if _MARKED.match("".join(element.itertext())):
        return
    within = any(parent.get("data-quoted") for parent in element.iterancestors("span"))
    opening, closing = _marks(element)[2 if within else 0 :][:2]
    element.set("data-quoted", "1")
    element.text = opening + (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + closing
    else:
        element.text = element.text.rstrip() + closing


def _mark_block(block: etree._Element) -> None:
    words, name = _parted(_lines(block), _NAMES(block))
    captions = [] if name else _CAPTION(block)
    if captions:
        name = ", ".join(_lines(captions[0]))
    name = _DASH.sub("", name, count=1) if _DASH.match(name) else name
    if not words or not name or len(name) > _LONGEST_NAME:
        return
    for caption in captions:
        caption.getparent().remove(caption)
    if not _MARKED.match(words[0]):
        opening, closing = _marks(block)[:2]
        words = [*words]
        words[0] = opening + words[0]
        words[-1] += closing
    _become(block, [*words[:-1], f"{words[-1]} — {name}"])
    for figure in block.iterancestors("figure"):  # it shows words, and is no picture to be passed over
        figure.attrib.clear()
        figure.tag = "div"


def _parted(lines: Sequence[str], named: Sequence[etree._Element]) -> tuple[Sequence[str], str]:
    """Return the words and the name of a block quotation: what its last element says is one, or what a dash leads."""
    for element in named:
        below = _lines(element)
        if below and list(lines[-len(below) :]) == below:
            return lines[: -len(below)], ", ".join(below)
    if len(lines) > 1 and _DASH.match(lines[-1]):
        return lines[:-1], lines[-1]
    for element in named:
        name = " ".join(_lines(element))
        before = lines[-1].removesuffix(name).rstrip() if lines and name else ""
        if before != before.rstrip("–—―-"):
            return [*lines[:-1], before.rstrip("–—―- \u00a0")], name
    return lines, ""


def _lines(element: etree._Element) -> list[str]:
    return list(filter(None, text_of(element).split("\n")))


def _become(block: etree._Element, lines: Sequence[str]) -> None:
    """Make an element a paragraph of some lines."""
    tail = block.tail
    block.clear()
    block.tag, block.tail, block.text = "p", tail, lines[0]
    for line in lines[1:]:
        etree.SubElement(block, "br").tail = line


def _marks(element: etree._Element) -> Sequence[str]:
    """Return the marks of the language in which an element says it is."""
    told = (parent.get("lang") for parent in (element, *element.iterancestors()))
    lang = next(filter(None, told), "").lower()
    known = _known()
    return known.get(re.split(r"[-_]", lang)[0], known["other"])


@functools.cache
def _known() -> Mapping[str, Sequence[str]]:
    path = files("index.loaders") / "data" / "quotation_marks.toml"
    known: Mapping[str, Sequence[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return known

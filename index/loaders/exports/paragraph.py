"""A paragraph of a document in any form, with what tells its place in a layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.loaders.paragraphs import clean


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or a paragraph.

    Attributes:
        text: never empty, without needless spaces.
        classes: of a page: the classes of the elements that it stands in.
        close: it stands right below the one before, in one block with it.
        page: on which it begins, from 1, where the document tells.
        turns: where in the text the following pages begin.
        paged: the pages are those that a reader sees.
    """

    text: str
    classes: frozenset[str] = frozenset()
    close: bool = False
    page: int = 1
    turns: tuple[int, ...] = ()
    paged: bool = False


def paragraphs_of(texts: Iterable[str]) -> Iterator[Paragraph]:
    """Yield a paragraph for each line of some texts, each a block; a form feed ends a page."""
    page = 1
    for text in texts:
        for number, part in enumerate(text.split("\f")):
            page += number > 0
            lines = filter(None, clean(part).split("\n"))
            yield from (Paragraph(line, close=at > 0, page=page) for at, line in enumerate(lines))

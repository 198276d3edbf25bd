"""A paragraph of a document in any form, with what tells its place in a layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.loaders.paragraphs import BREAK, clean


@dataclass(frozen=True, slots=True)
class DocumentParagraph:
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


def running_text(paragraphs: Sequence[DocumentParagraph], pages: int | None = None) -> tuple[str, tuple[int, ...]]:
    """Return the text of paragraphs, and for each page where it begins there; nothing when there are no pages.

    A page without text begins where the next one does.

    Args:
        paragraphs: of a document, or of one of its articles.
        pages: how many the document has; None: those up to the last paragraph's.
    """
    reached = max((paragraph.page + len(paragraph.turns) for paragraph in paragraphs if paragraph.paged), default=0)
    begins: list[int | None] = [None] * (reached if pages is None else pages)
    at = 0
    for paragraph in paragraphs:
        turns = [min(turn, len(paragraph.text)) for turn in (0, *paragraph.turns)] if paragraph.paged else []
        for page, turn in enumerate(turns, start=paragraph.page - 1):
            begins[page] = at + turn if begins[page] is None else begins[page]
        at += len(paragraph.text) + len(BREAK)
    text = BREAK.join(paragraph.text for paragraph in paragraphs)
    return text, _filled(begins, len(text))


def _filled(begins: Sequence[int | None], end: int) -> tuple[int, ...]:
    filled: list[int] = []
    for begin in reversed(begins):
        end = end if begin is None else begin
        filled.append(end)
    return tuple([0, *filled[-2::-1]]) if filled else ()


def paragraphs_of(texts: Iterable[str]) -> Iterator[DocumentParagraph]:
    """Yield a paragraph for each line of some texts, each a block; a form feed ends a page."""
    page = 1
    for text in texts:
        for number, part in enumerate(text.split("\f")):
            page += number > 0
            lines = filter(None, clean(part).split("\n"))
            yield from (DocumentParagraph(line, close=at > 0, page=page) for at, line in enumerate(lines))

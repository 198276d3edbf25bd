"""How a reader names a quotation, and the words that it shall be -> where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.errors import CorrectionRefused, shortened
from index.models import Article, Kind, Quotation, Span
from index.text.marks import closed, find_marked
from index.typography import words

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


def quotation_called(article: Article, quotations: Iterable[Quotation], said: str) -> Quotation:
    """Return the quotation of an article that is named by its place ("319-411") or by some of its words.

    Raises:
        CorrectionRefused: there is none such, or several.
    """
    place, wanted = _PLACE.fullmatch(said.strip()), words(said)
    if place:
        found = [each for each in quotations if (each.start, each.end) == (int(place[1]), int(place[2]))]
    else:
        found = [each for each in quotations if wanted and wanted in words(article.text[each.start : each.end])]
    if len(found) != 1:
        raise CorrectionRefused(
            f"{shortened(said)}: {len(found) or 'no'} quotations of {shortened(article.key)} are so. "
            "Give more of the words, or start-end as `dixit show --json` tells."
        )
    return found[0]


def span_called(article: Article, wanted: str, near: int | None = None) -> Span:
    """Return where words stand that a quotation shall be, given by their place or as the article prints them.

    Args:
        article: in which they stand.
        wanted: the words, or their place.
        near: of several such places, the nearest to this one is meant; None: there must be one alone.

    Raises:
        CorrectionRefused: they do not stand there, or several times.
    """
    if place := _PLACE.fullmatch(wanted.strip()):
        return int(place[1]), int(place[2])
    places = [found.start() for found in re.finditer(re.escape(wanted), article.text)] if wanted.strip() else []
    if not places:
        raise CorrectionRefused(f"{shortened(wanted)}: not in {shortened(article.key)}. Copy the words from there.")
    if near is None and len(places) > 1:
        told = f"{shortened(wanted)}: {len(places)} times in {shortened(article.key)}."
        raise CorrectionRefused(f'{told} Give more of the words, or where they stand ("319-411").')
    at = min(places, key=lambda at: abs(at - (near or 0)))
    return at, at + len(wanted)


def without_marks(article: Article, span: Span) -> Span:
    """Return where words stand without the marks around them, if they were given with these."""
    start, end = span
    for each in closed(find_marked(article.text, article.lang)):
        around = article.text[start : each.start] + article.text[each.end : end]
        if start <= each.start < each.end <= end and not any(sign.isalnum() for sign in around):
            return each.start, each.end
    return span


def kind_called(article: Article, span: Span) -> Kind:
    """Return what words are that a reader takes for a quotation: in marks, partly, or the article's own."""
    start, end = span
    marked = [each for each in closed(find_marked(article.text, article.lang)) if each.start < end and start < each.end]
    if any(each.start <= start and end <= each.end for each in marked):
        return "direct"
    return "mixed" if marked else "indirect"


def require_span(article: Article, said: Quotation, span: Span, others: Iterable[Quotation]) -> None:
    """Refuse to let a quotation stand where it cannot.

    Raises:
        CorrectionRefused: that is not within the text, not of the same words, or reaches into another quotation.
    """
    start, end = span
    require_words(article, span, others)
    if end <= said.start or start >= said.end:
        raise CorrectionRefused(f"{start} to {end}: outside the quotation. Keep some of its words.")


def require_words(article: Article, span: Span, others: Iterable[Quotation]) -> None:
    """Refuse to let words be a quotation that cannot be one.

    Raises:
        CorrectionRefused: they are not within the text, or reach into another quotation.
    """
    start, end = span
    told = f"{start} to {end}:"
    if not 0 <= start < end <= len(article.text) or not article.text[start:end].strip():
        raise CorrectionRefused(f"{told} no words of the article. Stay within its {len(article.text)} characters.")
    if any(each.start < end and start < each.end for each in others):
        raise CorrectionRefused(f"{told} reaches into another quotation. End before it.")

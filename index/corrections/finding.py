"""How a reader names a quotation, and the words that it shall be -> where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.errors import CorrectionRefused, shortened
from index.models import Article, Quotation, Span
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


def span_called(article: Article, said: Quotation, wanted: str) -> Span:
    """Return where words stand that a quotation shall be, given by their place or as the article prints them.

    Raises:
        CorrectionRefused: they do not stand there.
    """
    if place := _PLACE.fullmatch(wanted.strip()):
        return int(place[1]), int(place[2])
    at = article.text.find(wanted, max(said.start - len(wanted), 0)) if wanted else -1
    if at < 0:
        raise CorrectionRefused(f"{shortened(wanted)}: not in {shortened(article.key)}. Copy the words from there.")
    return at, at + len(wanted)


def require_span(article: Article, said: Quotation, span: Span, others: Iterable[Quotation]) -> None:
    """Refuse to let a quotation stand where it cannot.

    Raises:
        CorrectionRefused: that is not within the text, not of the same words, or reaches into another quotation.
    """
    start, end = span
    told = f"{start} to {end}:"
    if not 0 <= start < end <= len(article.text) or not article.text[start:end].strip():
        raise CorrectionRefused(f"{told} no words of the article. Stay within its {len(article.text)} characters.")
    if end <= said.start or start >= said.end:
        raise CorrectionRefused(f"{told} outside the quotation. Keep some of its words.")
    if any(each.start < end and start < each.end for each in others):
        raise CorrectionRefused(f"{told} reaches into another quotation. End before it.")

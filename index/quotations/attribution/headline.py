"""Who a headline names for words that the body gives to "la présidente": one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.models import Quotation
from index.typography import words

_WORDS = 3  # of a headline's marks that the body quotes again


def name_by_headline(text: str, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations of an article, those of a description under the name that the headline gives its words."""
    named = dict(_named(text, quotations))
    return [replace(q, speaker=named[q.speaker]) if q.speaker in named else q for q in quotations]


def _named(text: str, quotations: Sequence[Quotation]) -> Iterator[tuple[str | None, str]]:
    """Yield each description whose words a headline prints under a name, and that name."""
    end = text.find("\n")
    body = [q for q in quotations if q.start > end and _is_description(q.speaker)]
    for headline in quotations:
        if headline.end <= end and headline.speaker and not _is_description(headline.speaker):
            yield from ((q.speaker, headline.speaker) for q in body if _holds(text, q, headline))


def _is_description(speaker: str | None) -> bool:
    return speaker is not None and speaker[:1].islower()


def _holds(text: str, quotation: Quotation, headline: Quotation) -> bool:
    """Tell whether a quotation prints a headline's words, and they are not so few that they may be anybody's."""
    short = words(text[headline.start : headline.end])
    return len(short.split()) >= _WORDS and f" {short} " in f" {words(text[quotation.start : quotation.end])} "

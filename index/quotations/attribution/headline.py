"""Who a headline names for words that the body gives to "la présidente": one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.models import Quotation
from index.typography import words

_WORDS = 3  # of a headline's marks that the body quotes again


def comes_again(short: str, whole: str) -> bool:
    """Tell whether words print a headline's again, and those are not so few that they may be anybody's."""
    folded = words(short)
    return len(folded.split()) >= _WORDS and f" {folded} " in f" {words(whole)} "


def name_by_headline(text: str, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations of an article, those of a description under the name that the headline gives its words."""
    named = dict(_named(text, quotations))
    return [replace(q, speaker=named[q.speaker]) if q.speaker in named else q for q in quotations]


def _named(text: str, quotations: Sequence[Quotation]) -> Iterator[tuple[str | None, str]]:
    """Yield each description whose words a headline prints under a name, and that name."""
    end = text.find("\n")
    body = [q for q in quotations if q.start > end and _is_description(q.speaker)]
    for short, name in _headlines(text, quotations, end):
        yield from ((q.speaker, name) for q in body if comes_again(short, text[q.start : q.end]))


def _headlines(text: str, quotations: Sequence[Quotation], end: int) -> Iterator[tuple[str, str]]:
    """Yield the words that the headline, which ends there, quotes, each with the name that it gives them."""
    for q in quotations:
        if q.end <= end and q.speaker and not _is_description(q.speaker):
            yield text[q.start : q.end], q.speaker


def _is_description(speaker: str | None) -> bool:
    return speaker is not None and speaker[:1].islower()

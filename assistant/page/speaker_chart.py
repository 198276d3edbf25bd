"""Statements in, a chart out: who speaks how often, and when, as lengths and places in percent."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.page.speaker_colours import colour
from assistant.rendering.speaker_kinds import kinds_of
from index.models import SpeakerKind, Statement
from index.quotations.certainty import certainty

SPEAKERS = 10
"""How many speakers a chart shows, the one who speaks most first."""
_MARGIN = 3.0
"""Percent of the time line left free at both ends, so that no dot is cut."""


@dataclass(frozen=True, slots=True)
class Dot:
    """What a speaker said on a day.

    Attributes:
        count: how many statements.
        first: the first of them, to which the dot leads.
        left: percent of the time line.
        radius: in pixels; more statements, larger.
    """

    day: date
    count: int
    first: Statement
    left: float
    radius: float


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """What a speaker said: ``width`` is the bar's, in percent; a dot a day, the earliest first.

    ``kind`` is what the speaker is, None when no statement tells; ``likely``: none of them is surely theirs.
    """

    speaker: str
    kind: SpeakerKind | None
    likely: bool
    colour: str
    count: int
    width: float
    dots: list[Dot]


@dataclass(frozen=True, slots=True)
class Chart:
    """Who speaks how often and on which days.

    Attributes:
        rows: those who speak most.
        speakers: how many there are, shown or not.
        days: the first and the last, once when they are the same; empty when no statement has a date.
        undated: how many statements of those who are shown have no date, and so no dot.
    """

    rows: list[SpeakerRow]
    speakers: int
    days: list[date]
    undated: int = 0


def chart(statements: Sequence[Statement]) -> Chart | None:
    """Return the chart of statements; None when no speaker is named."""
    by_speaker: dict[str, list[Statement]] = {}
    for statement in statements:
        if speaker := statement.quotation.speaker:
            by_speaker.setdefault(speaker, []).append(statement)
    most = sorted(by_speaker.items(), key=lambda item: (-len(item[1]), item[0]))[:SPEAKERS]
    if not most:
        return None
    dates = [statement.article.published for _, said in most for statement in said]
    days = _ends(sorted({day for day in dates if day}))
    rows = [_row(number, name, said, len(most[0][1]), days) for number, (name, said) in enumerate(most)]
    return Chart(rows, len(by_speaker), days, dates.count(None))


def days_of(statements: Sequence[Statement]) -> tuple[list[date], list[Dot]]:
    """Return the first and the last day of some statements, as ``Chart`` has them, and a dot a day between them."""
    days = _ends(sorted({each.article.published for each in statements if each.article.published}))
    return days, _dots(statements, days)


def _ends(days: Sequence[date]) -> list[date]:
    return list(dict.fromkeys([days[0], days[-1]])) if days else []


def _row(number: int, name: str, said: Sequence[Statement], largest: int, days: Sequence[date]) -> SpeakerRow:
    dots = _dots(said, days)
    kind = kinds_of(statement.quotation for statement in said)[name]
    likely = all(certainty(statement.quotation) == "likely" for statement in said)
    return SpeakerRow(name, kind, likely, colour(number), len(said), 100 * len(said) / largest, dots)


def _dots(said: Sequence[Statement], days: Sequence[date]) -> list[Dot]:
    counts = Counter(statement.article.published for statement in said if statement.article.published)
    first = {statement.article.published: statement for statement in reversed(said)}
    return [_dot(first[day], day, count, days) for day, count in sorted(counts.items())]


def _dot(first: Statement, day: date, count: int, days: Sequence[date]) -> Dot:
    whole = (days[-1] - days[0]).days
    along = (day - days[0]).days / whole if whole else 0.5
    return Dot(day, count, first, _MARGIN + along * (100 - 2 * _MARGIN), min(4 + math.sqrt(count), 11))

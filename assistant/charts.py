"""Statements in, a chart as HTML out: who speaks how often, and when.

It is a table, so that it reads aloud as well. Its bars and dots are SVG with horizontal lengths in percent, so that it
fits any width with its words at their size.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import date

from assistant.escaping import for_html
from assistant.rendering import place
from assistant.words import Words, words
from index.models import Statement

SPEAKERS = 10
"""How many speakers a chart shows, the one who speaks most first."""
VOICES = 8
"""How many colours there are for speakers; the ninth speaker shares the first one's."""
_MARGIN = 3.0
"""Percent of the time line left free at both ends, so that no dot is cut."""


def chart(statements: Sequence[Statement], lang: str) -> str:
    """Return who speaks how often and on which days; nothing when no speaker is named."""
    say = words(lang)
    by_speaker: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.speaker:
            by_speaker.setdefault(statement.speaker, []).append(statement)
    most = sorted(by_speaker.items(), key=lambda item: (-len(item[1]), item[0]))[:SPEAKERS]
    if not most:
        return ""
    days = [statement.published for _, said in most for statement in said if statement.published]
    span = (min(days), max(days)) if days else None
    largest = len(most[0][1])
    rows = "".join(_row(number, name, said, largest, span, say) for number, (name, said) in enumerate(most))
    return (
        f'<table class="chart"><caption>{for_html(_caption(len(most), len(by_speaker), say))}</caption>'
        f"<thead><tr>{_heads(span, say)}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _caption(shown: int, all_of_them: int, say: Words) -> str:
    key = "voices.chart_most" if shown < all_of_them else "voices.chart"
    return say.say(key, count=shown)


def _heads(span: tuple[date, date] | None, say: Words) -> str:
    heads = "".join(f'<th scope="col">{for_html(say.say(f"voices.{key}"))}</th>' for key in ("speaker", "often"))
    if span is None:
        return heads
    ends = "".join(f"<span>{for_html(say.day(day))}</span>" for day in dict.fromkeys(span))
    return f'{heads}<th scope="col" class="ends" aria-label="{for_html(say.say("voices.when"))}">{ends}</th>'


def _row(
    number: int, name: str, said: Sequence[Statement], largest: int, span: tuple[date, date] | None, say: Words
) -> str:
    told = for_html(name)
    only = for_html(say.say("voices.only", speaker=name))
    bar = f'<rect width="{100 * len(said) / largest:.1f}%" height="12" rx="2"/>'
    return (
        f'<tr class="voice-{number % VOICES}"><th scope="row">'
        f'<button type="button" data-set="speaker" value="{told}" title="{only}"><bdi>{told}</bdi></button></th>'
        f'<td class="often"><svg width="100%" height="12" aria-hidden="true">{bar}</svg>'
        f" <span>{for_html(say.number(len(said)))}</span></td>"
        + (f"<td>{_line(said, span, say)}</td>" if span else "")
        + "</tr>"
    )


def _line(said: Sequence[Statement], span: tuple[date, date], say: Words) -> str:
    """Return a speaker's time line: a dot a day, larger for more statements, leading to the first of them."""
    counts = Counter(statement.published for statement in said if statement.published)
    first = {statement.published: statement for statement in reversed(said)}
    dots = "".join(_dot(first[day], day, count, span, say) for day, count in sorted(counts.items()))
    return (
        '<svg class="line" width="100%" height="24" role="group">'
        f'<line x1="0" x2="100%" y1="12" y2="12" aria-hidden="true"/>{dots}</svg>'
    )


def _dot(statement: Statement, day: date, count: int, span: tuple[date, date], say: Words) -> str:
    whole = (span[1] - span[0]).days
    along = (day - span[0]).days / whole if whole else 0.5
    told = for_html(f"{say.day(day)}{say.entry('colon')}{say.say('voices.count', count=count)}")
    left, radius = _MARGIN + along * (100 - 2 * _MARGIN), min(4 + math.sqrt(count), 11)
    address = place(statement.article_id, statement.start, statement.end)
    return (
        f'<a href="{address}" aria-label="{told}"><title>{told}</title>'
        f'<circle cx="{left:.1f}%" cy="12" r="{radius:.1f}"/></a>'
    )

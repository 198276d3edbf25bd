"""Statements in, HTML for "who said what" out: the filter, the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from assistant.charts import chart
from assistant.escaping import for_html
from assistant.forms import choice, day, form, search, suggestion
from assistant.rendering import place
from assistant.shelf import languages, outlets
from assistant.words import Words, words
from index.models import Kind, Statement

if TYPE_CHECKING:
    from assistant.workspace import Facets

PAGE = 100
"""How many statements the table shows at first, and how many more at each click."""


def statement_form(facets: Facets, lang: str) -> str:
    """Return the form that narrows the table, with its export."""
    say = words(lang)
    kinds = [("", say.say("voices.every_kind")), *((kind, say.say(f"kind.{kind}")) for kind in get_args(Kind))]
    fields = [
        search("search", say.say("voices.search")),
        suggestion("speaker", say.say("voices.speaker"), facets.speakers),
        choice("kind", say.say("voices.kind"), kinds),
        choice("source", say.say("shelf.outlet"), outlets(facets, say)),
        choice("lang", say.say("shelf.language"), languages(facets, say)),
        day("since", say.say("voices.since")),
        day("until", say.say("voices.until")),
        f'<button type="reset">{for_html(say.say("voices.reset"))}</button>',
        f'<button type="button" data-do="export">{for_html(say.say("voices.export"))}</button>',
    ]
    return form("statements", say.say("voices.filter"), fields, facets.revision)


def statement_table(statements: Sequence[Statement], shown: int, lang: str) -> str:
    """Return the chart and the first ``shown`` of the statements; each leads to its place in its article."""
    say = words(lang)
    count = for_html(say.say("voices.count", count=len(statements)))
    if not statements:
        return f'<p class="count" role="status">{count}</p><p class="notice">{for_html(say.say("voices.none"))}</p>'
    heads = "".join(
        f'<th scope="col">{for_html(say.say(f"voices.{key}"))}</th>'
        for key in ("speaker", "words", "article", "date", "kind")
    )
    rows = "".join(_row(statement, say) for statement in statements[:shown])
    more = ""
    if len(statements) > shown:
        told = for_html(say.say("voices.more", count=min(PAGE, len(statements) - shown)))
        more = f'<button type="button" class="more" data-set="shown" value="{shown + PAGE}">{told}</button>'
    return (
        f'<p class="count" role="status">{count}</p>{chart(statements, lang)}'
        f'<table class="statements"><caption>{for_html(say.say("voices.table"))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}"
    )


def _row(statement: Statement, say: Words) -> str:
    opening, closing = (for_html(mark) for mark in say.entry("marks.page"))
    speaker = statement.speaker or statement.speaker_as_written or say.say("answer.unnamed")
    via = f' <span class="via">{for_html(say.say("kind.via", via=statement.via))}</span>' if statement.via else ""
    published = for_html(say.day(statement.published)) if statement.published else ""
    source = f'<span class="where"><bdi>{for_html(statement.source)}</bdi></span>' if statement.source else ""
    kind, why = (for_html(say.say(f"{key}.{statement.kind}")) for key in ("kind", "kind_told"))
    address = place(statement.article_id, statement.start, statement.end)
    named = "" if statement.speaker else ' class="unnamed"'
    return (
        f'<tr><th scope="row"{named}><bdi>{for_html(speaker)}</bdi>{via}</th>'
        f'<td class="words" lang="{for_html(statement.lang)}">'
        f'<a href="{address}">{opening}<bdi>{for_html(statement.words)}</bdi>{closing}</a></td>'
        f'<td class="article"><bdi>{for_html(statement.title)}</bdi>{source}</td>'
        f'<td class="date">{published}</td><td><span class="kind" title="{why}">{kind}</span></td></tr>'
    )

"""Statements in, HTML for "who said what" out: the filter, the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from assistant.page.article_list import languages, outlets
from assistant.page.correction_forms import corrected_mark
from assistant.page.exports import SETS
from assistant.page.speaker_chart import chart
from assistant.rendering.byline import capital
from assistant.rendering.predicate import Predicate, predicate
from assistant.rendering.sentences import doubts, how_said, nobody, perhaps_told, tongue
from assistant.rendering.speaker_kinds import counted
from assistant.rendering.template import page_html
from assistant.texts.catalogue import Texts, texts_of
from index.models import Kind, Statement

if TYPE_CHECKING:
    from assistant.workspace import Facets

InContext = Callable[[Iterable[Statement]], list[Statement]]
MOST_PEOPLE = 200
"""How many people the field for one offers, the most quoted; others are found by a part of their name."""
PAGE = 100
"""How many statements the table shows at first, and how many more at each click."""


def statement_form(facets: Facets, lang: str) -> str:
    """Return the form that narrows the table, with its export."""
    texts = texts_of(lang)
    kinds = [
        ("", texts.get("quotation_table.every_kind")),
        *((kind, texts.get(f"kind.{kind}")) for kind in get_args(Kind)),
    ]
    formats = [(name, texts.get(f"formats.{name}")) for name in SETS if name != "csv"]
    most = facets.quoted[:MOST_PEOPLE]
    people = [(one.name, texts.get("quotation_table.count", count=one.quotations)) for one in most]
    options = {
        "people": people,
        "formats": formats,
        "kinds": kinds,
        "outlets": outlets(facets, texts),
        "languages": languages(facets, texts),
    }
    return page_html("statement_form", texts=texts, facets=facets, **options)


@dataclass(frozen=True, slots=True)
class _Row:
    """A statement: who said it, who else may have, how sure that is, what is told, how, and its language if another."""

    statement: Statement
    name: str
    other: str
    doubts: list[str]
    told: Predicate
    how: str
    tongue: tuple[str, str] | None


def statement_table(
    statements: Sequence[Statement], shown: int, lang: str, in_context: InContext = list, correctable: bool = False
) -> str:
    """Return the chart and the first ``shown`` of the statements; each leads to its place in its article.

    ``in_context`` adds to statements what stands around them; ``correctable``: readers may correct them.
    """
    told = {"found": len(statements), "shown": shown, "step": PAGE, "correctable": correctable}
    texts = texts_of(lang)
    rows = [_row(each, texts) for each in in_context(statements[:shown])]
    drawn = chart(statements)
    voices = counted((row.kind for row in drawn.rows), texts) if drawn else ""
    return page_html("statement_table", texts=texts, rows=rows, chart=drawn, voices=voices, **told)


def _row(statement: Statement, texts: Texts) -> _Row:
    said, lang = statement.quotation, tongue(statement.article.lang, texts)
    name = capital(said.speaker or said.speaker_as_written or nobody(statement, texts))
    other = perhaps_told(statement, texts)
    shown = doubts(statement, texts, other=False) + ([corrected_mark(said, texts)] if said.corrected else [])
    return _Row(statement, name, other, shown, predicate(statement, texts), how_said(said), lang)

"""Statements in, HTML for "who said what" out: the filter, the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from assistant.page.article_list import languages, outlets
from assistant.page.speaker_chart import chart
from assistant.rendering.sentences import how_said, named, perhaps
from assistant.rendering.speaker_kinds import counted
from assistant.rendering.template import page_html
from assistant.texts.catalogue import texts_of
from index.models import Kind, Statement

if TYPE_CHECKING:
    from assistant.workspace import Facets

PAGE = 100
"""How many statements the table shows at first, and how many more at each click."""


def statement_form(facets: Facets, lang: str) -> str:
    """Return the form that narrows the table, with its export."""
    texts = texts_of(lang)
    kinds = [
        ("", texts.get("quotation_table.every_kind")),
        *((kind, texts.get(f"kind.{kind}")) for kind in get_args(Kind)),
    ]
    options = {"kinds": kinds, "outlets": outlets(facets, texts), "languages": languages(facets, texts)}
    return page_html("statement_form", texts=texts, facets=facets, **options)


def statement_table(statements: Sequence[Statement], shown: int, lang: str) -> str:
    """Return the chart and the first ``shown`` of the statements; each leads to its place in its article."""
    counts = {"found": len(statements), "shown": shown, "step": PAGE}
    texts = texts_of(lang)
    rows = [(each, named(each.quotation, texts), perhaps(each.quotation, texts)) for each in statements[:shown]]
    drawn = chart(statements)
    voices = counted((row.kind for row in drawn.rows), texts) if drawn else ""
    told = {"rows": rows, "chart": drawn, "voices": voices, "how_said": how_said}
    return page_html("statement_table", texts=texts, **told, **counts)

"""Articles in, HTML for the column of articles out: the list, its filter, what became of added files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.rendering.sentences import where
from assistant.rendering.template import page_html
from assistant.texts.catalogue import Texts, texts_of
from index.models import Article, Listing
from index.reason import Reason

if TYPE_CHECKING:
    from assistant.workspace import Facets
    from index.ingestion import AddResult

SHOWN = 200
"""How many articles are listed at first, and how many more at each click."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What became of a source, as the list of results shows it."""

    name: str
    outcome: str
    article_id: str | None
    form: str | None
    reason: str | None


def article_form(facets: Facets, lang: str) -> str:
    """Return the form that narrows the list; nothing while there are no articles."""
    texts = texts_of(lang)
    orders = [(order, texts.get(f"article_list.order.{order}")) for order in ("newest", "oldest", "title")]
    options = {"orders": orders, "outlets": outlets(facets, texts), "languages": languages(facets, texts)}
    return page_html("article_form", texts=texts, facets=facets, **options)


def outlets(facets: Facets, texts: Texts) -> list[tuple[str, str]]:
    """Return the outlets to choose from."""
    return [("", texts.get("article_list.every_outlet")), *((outlet, outlet) for outlet in facets.outlets)]


def languages(facets: Facets, texts: Texts) -> list[tuple[str, str]]:
    """Return the languages to choose from."""
    names = texts.entry("languages")
    return [
        ("", texts.get("article_list.every_language")),
        *((lang, names.get(lang, lang)) for lang in facets.languages),
    ]


def article_list(listings: Sequence[Listing], total: int, lang: str, shown: int = SHOWN, removable: bool = True) -> str:
    """Return the first ``shown`` of the articles; each opens in the panel, or, if ``removable``, is removed.

    ``total`` is how many articles there are, found or not.
    """
    texts = texts_of(lang)
    undated = texts.get("panel.undated")
    items = [(listing, where(listing.article, texts) or undated) for listing in listings[:shown]]
    counts = {"found": len(listings), "total": total, "shown": shown, "step": SHOWN}
    return page_html("article_list", texts=texts, items=items, removable=removable, **counts)


def progress(results: Sequence[AddResult], done: int, total: int, doing: str | None, lang: str) -> str:
    """Return what became of each source, the latest first, and, while it lasts, what is being done.

    ``done`` of ``total`` sources are done; ``doing`` is the one being read, None when all are done.
    """
    return progress_of([source_row(result, lang) for result in reversed(results)], done, total, doing, lang)


def progress_of(rows: Sequence[SourceRow], done: int, total: int, doing: str | None, lang: str) -> str:
    """Return rows of sources as ``progress`` does."""
    if not rows and doing is None:
        return ""
    name = None if doing is None else short_name(doing)
    return page_html("progress", texts=texts_of(lang), rows=rows, number=done, total=total, name=name)


def gone(articles: Sequence[Article], lang: str) -> str:
    """Return the articles that were removed, the latest first, each with a way back."""
    return page_html("gone", texts=texts_of(lang), articles=articles[::-1])


def short_name(source: str) -> str:
    """Return a file's name without its folders; an address stays whole."""
    return source if "://" in source else source.replace("\\", "/").rsplit("/", 1)[-1]


def source_row(result: AddResult, lang: str) -> SourceRow:
    """Return what became of a source."""
    form = texts_of(lang).form(result.form) if result.form else None
    return SourceRow(_called(result), result.outcome, result.article_id, form, told(result.reason, lang))


def told(reason: Reason | str | None, lang: str) -> str | None:
    """Return a reason in a language; a line is in its reader's already."""
    return reason.told(lang) if isinstance(reason, Reason) else reason


def _called(result: AddResult) -> str:
    """Return what its reader calls a source: a file or an address by its name, what came in neither by its title."""
    name = result.source.removeprefix("upload:")
    named = name != result.source or "://" in name or not result.title
    return short_name(name) if named else str(result.title)

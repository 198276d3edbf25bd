"""Articles in, HTML for the column of articles out: the list, its filter, what became of added files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.escaping import for_html
from assistant.forms import choice, form, search
from assistant.rendering import place, where
from assistant.translation import translated
from assistant.words import Words, words
from index.models import Article, Listing

if TYPE_CHECKING:
    from assistant.workspace import Facets
    from index.ingestion import AddResult

SHOWN = 200
"""How many articles are listed at first, and how many more at each click."""


def article_form(facets: Facets, lang: str) -> str:
    """Return the form that narrows the list; nothing while there are no articles."""
    say = words(lang)
    if not facets.articles:
        return form("articles", say.say("shelf.filter"), (), facets.revision)
    fields = [search("search", say.say("shelf.search"))]
    orders = [(order, say.say(f"shelf.order.{order}")) for order in ("newest", "oldest", "title")]
    fields.append(choice("order", say.say("shelf.sort"), orders))
    fields.append(choice("source", say.say("shelf.outlet"), outlets(facets, say)))
    fields.append(choice("lang", say.say("shelf.language"), languages(facets, say)))
    return form("articles", say.say("shelf.filter"), fields, facets.revision)


def outlets(facets: Facets, say: Words) -> list[tuple[str, str]]:
    """Return the outlets to choose from."""
    return [("", say.say("shelf.every_outlet")), *((outlet, outlet) for outlet in facets.outlets)]


def languages(facets: Facets, say: Words) -> list[tuple[str, str]]:
    """Return the languages to choose from."""
    names = say.entry("languages")
    return [("", say.say("shelf.every_language")), *((lang, names.get(lang, lang)) for lang in facets.languages)]


def article_list(listings: Sequence[Listing], total: int, lang: str, shown: int = SHOWN, removable: bool = True) -> str:
    """Return the first ``shown`` of the articles; each opens in the panel, or, if ``removable``, is removed.

    ``total`` is how many articles there are, found or not.
    """
    say = words(lang)
    if not total:
        return f'<p class="notice">{for_html(say.say("shelf.empty"))}</p>'
    if not listings:
        return f'<p class="notice">{for_html(say.say("shelf.none"))}</p>'
    items = "".join(_item(listing, say, removable) for listing in listings[:shown])
    told = for_html(say.say("shelf.count", count=len(listings)))
    return f'<p class="count" role="status">{told}</p><ul class="shelf">{items}</ul>{_more(len(listings), shown, say)}'


def progress(results: Sequence[AddResult], done: int, total: int, doing: str | None, lang: str) -> str:
    """Return what became of each source, the latest first, and, while it lasts, what is being done.

    ``done`` of ``total`` sources are done; ``doing`` is the one being read, None when all are done.
    """
    say = words(lang)
    if not results and doing is None:
        return ""
    rows = "".join(_result(result, say) for result in reversed(results))
    if doing is None:
        clear = for_html(say.say("adding.clear"))
        head = f"<p>{for_html(say.say('adding.done', count=len(results)))}</p>"
        head += f'<button type="button" class="clear" data-do="clear" title="{clear}" aria-label="{clear}">×</button>'
    else:
        told = for_html(say.say("adding.doing", name=short_name(doing)))
        count = for_html(say.say("adding.progress", done=done, total=total))
        head = f'<p>{told} <span class="count">{count}</span></p>'
        head += f'<progress max="{total}" value="{done}" aria-label="{told}"></progress>'
    return f'<div class="adding"><div class="head" role="status">{head}</div><ul>{rows}</ul></div>'


def gone(articles: Sequence[Article], lang: str) -> str:
    """Return the articles that were removed, the latest first, each with a way back."""
    say = words(lang)
    rows = "".join(
        f'<li><bdi>{for_html(article.title)}</bdi> <span class="outcome">{for_html(say.say("shelf.removed"))}</span>'
        f'<button type="button" data-do="back" data-article="{for_html(article.id)}" '
        f'aria-label="{for_html(say.say("shelf.back_told", title=article.title))}">{for_html(say.say("shelf.back"))}'
        "</button></li>"
        for article in reversed(articles)
    )
    return f'<ul class="gone" role="status">{rows}</ul>' if rows else ""


def short_name(source: str) -> str:
    """Return a file's name without its folders; an address stays whole."""
    return source if "://" in source else source.replace("\\", "/").rsplit("/", 1)[-1]


def _item(listing: Listing, say: Words, removable: bool) -> str:
    title = for_html(listing.title)
    told = for_html(where(listing.source, listing.published, say) or say.say("panel.undated"))
    quoted = for_html(say.say("panel.quotations", count=listing.quotations))
    lang, updated = for_html(listing.lang.upper()), _updated(listing, say)
    return (
        f'<li><a class="open" href="{place(listing.id)}"><bdi>{title}</bdi>'
        f'<span class="where">{told}</span><span class="where">{quoted} · {lang}{updated}</span></a>'
        f"{_removal(listing, say) if removable else ''}</li>"
    )


def _removal(listing: Listing, say: Words) -> str:
    remove = for_html(say.say("shelf.remove", title=listing.title))
    return (
        f'<button type="button" class="remove" data-do="remove" data-article="{for_html(listing.id)}" '
        f'title="{remove}" aria-label="{remove}">×</button>'
    )


def _updated(listing: Listing, say: Words) -> str:
    if listing.updated_at is None:
        return ""
    version = for_html(say.say("shelf.version", count=listing.version))
    day = for_html(say.say("shelf.updated", day=say.day(listing.updated_at.date())))
    return f' · <span class="updated" title="{version}">{day}</span>'


def _more(found: int, shown: int, say: Words) -> str:
    if found <= shown:
        return ""
    told = for_html(say.say("shelf.more", count=min(SHOWN, found - shown)))
    return f'<button type="button" class="more" data-set="shown" value="{shown + SHOWN}">{told}</button>'


def _called(result: AddResult) -> str:
    """Return what its reader calls a source: a file or an address by its name, what came in neither by its title."""
    name = result.source.removeprefix("upload:")
    named = name != result.source or "://" in name or not result.title
    return short_name(name) if named else str(result.title)


def _result(result: AddResult, say: Words) -> str:
    outcome = for_html(say.say(f"adding.{result.outcome}"))
    why = f'<span class="reason">{for_html(translated(result.reason, say.lang))}</span>' if result.reason else ""
    name = f"<bdi>{for_html(_called(result))}</bdi>"
    if result.article_id:
        name = f'<a href="{place(result.article_id)}">{name}</a>'
    form = f' <span class="form">{for_html(translated(result.form, say.lang))}</span>' if result.form else ""
    return f'<li class="{for_html(result.outcome)}">{name}{form} <span class="outcome">{outcome}</span>{why}</li>'

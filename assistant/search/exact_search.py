"""A query of the exact search in, the articles that hold it out, with the sentences around what was found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from assistant.models import ExactSearch, Excerpt, FoundArticle
from index.catalog import Catalog, Found
from index.errors import ArticleNotFound
from index.models import Article, Span
from index.query.models import Order
from index.query.parser import parse
from index.text.context import sentence_around
from index.text.location import page_at, time_at

SHOWN = 20
"""How many articles are shown at first, and how many more at each click."""
EXCERPTS = 3
"""How many sentences of an article are shown."""
_WIDEST = 240
"""Characters that are shown on each side of what was found: some texts have no sentences."""
_NEAR = 1_000
"""Characters on each side in which the ends of its sentence are looked for."""


def search(
    catalog: Catalog,
    query: str,
    most: int | None = SHOWN,
    skip: int = 0,
    order: Order = "newest",
    excerpts: int | None = EXCERPTS,
) -> ExactSearch:
    """Look for a query in all articles.

    Args:
        catalog: the articles.
        query: as a reader writes it; see docs/search.md.
        most: how many articles are shown; None: all.
        skip: how many of the first are not.
        order: which article is the first.
        excerpts: how many sentences of each are shown; None: all.

    Raises:
        QueryRefused: it cannot be read.
    """
    found = catalog.find_exactly(parse(query), order)
    last = None if most is None else skip + most
    shown = tuple(shown_article(catalog, each, excerpts) for each in found[skip:last])
    return ExactSearch(query, len(found), sum(each.hits for each in found), shown, skip, order)


def shown_article(catalog: Catalog, found: Found, excerpts: int | None) -> FoundArticle:
    """Return an article that was found, with the first sentences of what was found in it."""
    if not found.hits:
        return FoundArticle(found.article, 0)
    try:
        article = catalog.article(found.article.id)
    except ArticleNotFound:  # it was removed meanwhile
        return FoundArticle(found.article, found.hits)
    titles = [Excerpt(0, article.title, found.title, in_title=True)] if found.title else []
    places = found.places(article.text)
    sentences = list(_excerpts(article, places, None if excerpts is None else excerpts - len(titles)))
    seen = sum(len(each.hits) for each in sentences)
    return FoundArticle(found.article, found.hits, (*titles, *sentences), tuple(places[seen:]))


def _excerpts(article: Article, places: Sequence[Span], most: int | None) -> Iterator[Excerpt]:
    """Yield the first sentences that hold places, each with all of its places."""
    at, made, ends = 0, 0, [end for _, end in places]
    while at < len(places) and made != most:
        start, end = _shown_around(article.text, places[at])
        last = bisect_right(ends, end, lo=at)
        page, time = page_at(article, places[at][0]), time_at(article, places[at][0])
        yield Excerpt(start, article.text[start:end], tuple(places[at:last]), page, time)
        at, made = last, made + 1


def _shown_around(text: str, place: Span) -> Span:
    """Return the sentences that hold a place, or as much of them as is shown, cut between words."""
    before = max(place[0] - _NEAR, 0)
    found = sentence_around(text[before : place[1] + _NEAR], place[0] - before, place[1] - before)
    start, end = before + found[0], before + found[1]
    if (left := place[0] - _WIDEST) > start:
        start = min(left + len(text[left : place[0]].split(" ", 1)[0]) + 1, place[0])
    if (right := place[1] + _WIDEST) < end:
        end = max(right - len(text[place[1] : right].rsplit(" ", 1)[-1]) - 1, place[1])
    return start, end

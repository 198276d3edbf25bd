"""What the catalog holds, to look through: filtered lists of articles and of what is said in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from index.catalog.fulltext import holds
from index.catalog.rows import CARD, NEWEST, QUOTATION, to_card, to_quotation
from index.catalog.tables import ARTICLES, COPIES, NAMES, QUOTATIONS, UNITS
from index.languages.times import Period
from index.models import ArticleCard, Kind, Listing, Statement
from index.typography import fold, words

Order = Literal["newest", "oldest", "title"]


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles to list; what is None or empty keeps all.

    Attributes:
        search: words that a passage or its title holds, each of them; beginnings of words count.
        ids: the ids of the articles.
    """

    search: str = ""
    source: str | None = None
    lang: str | None = None
    order: Order = "newest"
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which quotations to list; what is None or empty keeps all.

    Attributes:
        search: words that the quotation, its speaker or its title holds, each of them; beginnings of words count.
        person: the id of the speaker over all articles.
        speaker: the resolved name, whole; else a part of the names, in whatever case and accents.
        also_called: other names of that speaker, whose quotations are listed too.
        since: the article is of that day or later; so undated articles are left out.
        until: the article is of that day or earlier; so undated articles are left out.
    """

    search: str = ""
    speaker: str | None = None
    also_called: tuple[str, ...] = ()
    source: str | None = None
    lang: str | None = None
    kind: Kind | None = None
    since: date | None = None
    until: date | None = None
    person: int | None = None


def listings(connection: sa.Connection, wanted: ArticleFilter) -> list[Listing]:
    """Return the articles that pass a filter."""
    count = (
        sa.select(sa.func.count()).select_from(QUOTATIONS).where(QUOTATIONS.c.article_id == ARTICLES.c.id)
    ).scalar_subquery()
    history = (ARTICLES.c.version, ARTICLES.c.added_at, ARTICLES.c.updated_at)
    columns: list[Any] = [*(ARTICLES.c[name] for name in CARD), *history, count.label("quotations")]
    conditions = _of_articles(connection, wanted)
    rows = connection.execute(sa.select(*columns).where(*conditions).order_by(*_order(wanted.order)))
    listed = [_listing(row) for row in rows]
    return sorted(listed, key=lambda one: words(one.article.title)) if wanted.order == "title" else listed


def matching(
    connection: sa.Connection, wanted: ArticleFilter, name: str | None = None
) -> list[tuple[str, date | None]]:
    """Return the ids and days of the articles that pass a filter and mention a name, without reading the articles."""
    conditions = _of_articles(connection, wanted)
    if name is not None:
        conditions.append(ARTICLES.c.id.in_(sa.select(NAMES.c.article_id).where(NAMES.c.name == name)))
    rows = connection.execute(
        sa.select(ARTICLES.c.id, ARTICLES.c.published).where(*conditions).order_by(*_order(wanted.order))
    )
    return [(row.id, row.published) for row in rows]


def within(
    connection: sa.Connection, source: str | None, lang: str | None, periods: Sequence[Period]
) -> list[ArticleCard]:
    """Return the articles of an outlet, a language and one of some times, the newest first; undated are of any time."""
    columns = [ARTICLES.c[name] for name in CARD]
    conditions = _of_article(ArticleFilter(source=source, lang=lang))
    found = connection.execute(sa.select(*columns).where(*conditions).order_by(*_order("newest")))
    cards = [to_card(row) for row in found]
    return [card for card in cards if not (periods and card.published) or _in_one(card.published, periods)]


def _in_one(day: date | None, periods: Sequence[Period]) -> bool:
    return day is not None and any(period.holds(day) for period in periods)


def copies(connection: sa.Connection, article_id: str) -> list[ArticleCard]:
    """Return the copies of an article, in the order in which they came."""
    columns = [(COPIES if name in COPIES.c else ARTICLES).c[name] for name in CARD]
    joined = sa.select(*columns).select_from(COPIES).join(ARTICLES)
    rows = connection.execute(joined.where(COPIES.c.article_id == article_id).order_by(COPIES.c.rowid))
    return [to_card(row) for row in rows]


def statements(connection: sa.Connection, wanted: StatementFilter) -> list[Statement]:
    """Return the quotations that pass a filter, of the newest article first, then in the order of the text."""
    start = QUOTATIONS.c.start
    columns: list[Any] = [QUOTATIONS.c[name] for name in QUOTATION] + [ARTICLES.c[name] for name in CARD]
    columns.append(sa.func.substr(ARTICLES.c.text, start + 1, QUOTATIONS.c.end - start).label("quote"))
    conditions = _of_article(wanted)
    conditions += [QUOTATIONS.c.speaker.in_(_speakers(connection, wanted))] if wanted.speaker else []
    conditions += [QUOTATIONS.c.speaker_id == wanted.person] if wanted.person is not None else []
    conditions += [QUOTATIONS.c.kind == wanted.kind] if wanted.kind else []
    conditions += [ARTICLES.c.published >= wanted.since] if wanted.since else []
    conditions += [ARTICLES.c.published <= wanted.until] if wanted.until else []
    if (found := holds(connection, "quotation", wanted.search)) is not None:
        conditions.append(found)
    joined = sa.select(*columns).join(ARTICLES, ARTICLES.c.id == QUOTATIONS.c.article_id)
    ordered = joined.where(*conditions).order_by(*_order("newest"), start, QUOTATIONS.c.end)
    return [Statement(to_card(row), to_quotation(row), row.quote) for row in connection.execute(ordered)]


def _speakers(connection: sa.Connection, wanted: StatementFilter) -> Sequence[str]:
    """Return the names of the speakers whom a filter asks for."""
    speaker = QUOTATIONS.c.speaker
    names = connection.scalars(sa.select(speaker).distinct().where(speaker.is_not(None))).all()
    asked = wanted.speaker or ""
    called = [asked] if asked in names else [name for name in names if fold(asked) in fold(name)]
    return [*called, *wanted.also_called]


def _of_articles(connection: sa.Connection, wanted: ArticleFilter) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a filter of articles."""
    conditions = _of_article(wanted) + ([ARTICLES.c.id.in_(wanted.ids)] if wanted.ids else [])
    if (found := holds(connection, "passage", wanted.search)) is not None:
        conditions.append(ARTICLES.c.id.in_(sa.select(UNITS["passage"].c.article_id).where(found)))
    return conditions


def _of_article(wanted: ArticleFilter | StatementFilter) -> list[sa.ColumnElement[bool]]:
    conditions = [ARTICLES.c.source == wanted.source] if wanted.source else []
    return conditions + ([ARTICLES.c.lang == wanted.lang] if wanted.lang else [])


def _order(order: Order) -> list[sa.ColumnElement[Any]]:
    last = ARTICLES.c.revision.desc()
    return {
        "newest": [*NEWEST],
        "oldest": [sa.nulls_last(ARTICLES.c.published.asc()), last],
        "title": [last],  # sorted as a reader does, without marks and accents, which SQL cannot
    }[order]


def _listing(row: sa.Row[Any]) -> Listing:
    return Listing(to_card(row), row.quotations, row.version, _in_utc(row.added_at), _in_utc(row.updated_at))


def _in_utc(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at else None

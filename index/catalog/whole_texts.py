"""The words of whole texts and titles, as they are but for case and accents, for the exact search.

Passages have a full text of their own (``index.catalog.fulltext``), of stems and without function words. Here every
word counts, and a phrase goes on where a passage ends. Words are stored folded and spaced, and taken as they are.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from index.catalog.dialects import dialect_of
from index.catalog.dialects.values import among
from index.catalog.tables import ARTICLES, TEXTS
from index.query.models import Field, Pattern
from index.query.occurrences import spaced_words

WORDS = sa.table(f"{TEXTS.name}_terms", *map(sa.column, ("rowid", "title", "text")))


def set_whole_text(connection: sa.Connection, article_id: str) -> None:
    """Store the words of an article as it is stored now, in place of those that are."""
    delete_whole_text(connection, article_id)
    insert_whole_text(connection, article_id)


def insert_whole_text(connection: sa.Connection, article_id: str) -> None:
    """Store the words of an article that has none yet."""
    row = connection.execute(sa.select(ARTICLES.c.title, ARTICLES.c.text).where(ARTICLES.c.id == article_id)).one()
    rowid = connection.scalar(sa.insert(TEXTS).returning(TEXTS.c.rowid), {"article_id": article_id}) or 0
    dialect_of(connection).insert_whole_text(connection, rowid, *stored_words(row.title, row.text))


def delete_whole_text(connection: sa.Connection, article_id: str) -> None:
    """Delete the words of an article."""
    own = sa.select(TEXTS.c.rowid).where(TEXTS.c.article_id == article_id)
    connection.execute(sa.delete(WORDS).where(WORDS.c.rowid.in_(own)))
    connection.execute(sa.delete(TEXTS).where(TEXTS.c.article_id == article_id))


def rebuild_whole_texts(connection: sa.Connection) -> None:
    """Store the words of every article anew."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {WORDS.name}")
    dialect_of(connection).create_whole_texts(connection)
    connection.execute(sa.delete(TEXTS))
    for article_id in connection.scalars(sa.select(ARTICLES.c.id)).all():
        insert_whole_text(connection, article_id)


def stored_words(title: str, text: str) -> tuple[str, str]:
    """Return the words of an article's title and text as they are stored: see ``spaced_words``."""
    return spaced_words(title), spaced_words(text)


def holding(connection: sa.Connection, field: Field, pattern: Pattern) -> sa.Select[Any] | sa.TextualSelect:
    """Return what selects the ids of the articles whose words hold a pattern."""
    return dialect_of(connection).holding(connection, field, pattern)


def words_of(connection: sa.Connection, articles: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the words of the titles and texts of some articles."""
    c = WORDS.c
    joined = sa.select(TEXTS.c.article_id, c.title, c.text).join_from(TEXTS, WORDS, TEXTS.c.rowid == c.rowid)
    found = connection.execute(joined.where(TEXTS.c.article_id.in_(among(articles))))
    return {article_id: (title, text) for article_id, title, text in found}

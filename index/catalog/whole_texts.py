"""The words of whole texts and titles, as they are but for case and accents: SQLite's FTS5 for the exact search.

Passages have a full text of their own (``index.catalog.fulltext``), of stems and without function words. Here every
word counts, and a phrase goes on where a passage ends. FTS5 gets words that are folded already and takes them as they
are ("ascii": it parts at blanks, and changes no letter beyond ASCII).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa

from index.catalog.tables import ARTICLES, TEXTS
from index.query.models import Field, Near, Pattern, Phrase
from index.query.occurrences import spaced_words

_SEARCHED: dict[Field, str] = {"any": "title text", "title": "title", "text": "text"}


def create_whole_texts(connection: sa.Connection) -> None:
    """Make the words of whole texts, empty."""
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {TEXTS.name}_terms USING fts5(title, text, tokenize = 'ascii')")


def set_whole_text(connection: sa.Connection, article_id: str) -> None:
    """Store the words of an article as it is stored now, in place of those that are."""
    delete_whole_text(connection, article_id)
    insert_whole_text(connection, article_id)


def insert_whole_text(connection: sa.Connection, article_id: str) -> None:
    """Store the words of an article that has none yet."""
    row = connection.execute(sa.select(ARTICLES.c.title, ARTICLES.c.text).where(ARTICLES.c.id == article_id)).one()
    rowid = connection.scalar(sa.insert(TEXTS).returning(TEXTS.c.rowid), {"article_id": article_id})
    insert = f"INSERT INTO {TEXTS.name}_terms (rowid, title, text) VALUES (?, ?, ?)"
    connection.exec_driver_sql(insert, (rowid, *stored_words(row.title, row.text)))


def delete_whole_text(connection: sa.Connection, article_id: str) -> None:
    """Delete the words of an article."""
    within = f"(SELECT rowid FROM {TEXTS.name} WHERE article_id = ?)"
    connection.exec_driver_sql(f"DELETE FROM {TEXTS.name}_terms WHERE rowid IN {within}", (article_id,))
    connection.execute(sa.delete(TEXTS).where(TEXTS.c.article_id == article_id))


def rebuild_whole_texts(connection: sa.Connection) -> None:
    """Store the words of every article anew."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TEXTS.name}_terms")
    create_whole_texts(connection)
    connection.execute(sa.delete(TEXTS))
    for article_id in connection.scalars(sa.select(ARTICLES.c.id)).all():
        insert_whole_text(connection, article_id)


def stored_words(title: str, text: str) -> tuple[str, str]:
    """Return the words of an article's title and text as they are stored: see ``spaced_words``."""
    return spaced_words(title), spaced_words(text)


def holding(field: Field, pattern: Pattern) -> sa.TextualSelect:
    """Return what selects the ids of the articles whose words hold a pattern."""
    matching = sa.text(
        f"SELECT {TEXTS.name}.article_id FROM {TEXTS.name}_terms JOIN {TEXTS.name} "
        f"ON {TEXTS.name}.rowid = {TEXTS.name}_terms.rowid WHERE {TEXTS.name}_terms MATCH :pattern"
    )
    # what is put in is letters and digits alone: nothing in it is FTS5's own
    asked = f"{{{_SEARCHED[field]}}} : {_fts(pattern)}"
    return matching.bindparams(sa.bindparam("pattern", asked, unique=True)).columns(TEXTS.c.article_id)


def words_of(connection: sa.Connection, articles: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the words of the titles and texts of some articles."""
    found = connection.exec_driver_sql(
        f"SELECT article_id, title, text FROM {TEXTS.name} JOIN {TEXTS.name}_terms "
        f"ON {TEXTS.name}.rowid = {TEXTS.name}_terms.rowid WHERE article_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(articles)),),
    )
    return {article_id: (title, text) for article_id, title, text in found}


def _fts(pattern: Pattern) -> str:
    if isinstance(pattern, Near):
        return f"NEAR({' '.join(map(_fts_phrase, pattern.phrases))}, {pattern.distance})"
    return _fts_phrase(pattern)


def _fts_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{" *" if phrase.prefix else ""}'

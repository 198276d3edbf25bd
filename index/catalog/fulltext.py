"""Full text over passages and quotations, on folded, stemmed terms (see ``index.languages.terms``)."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from index.catalog.dialects import dialect_of
from index.catalog.tables import UNITS
from index.languages.stopwords import all_stopwords
from index.languages.terms import query_terms, terms
from index.models import Article, Hit, UnitKind
from index.typography import fold


def stored_terms(title: str, words: str, lang: str) -> list[str]:
    """Return the terms by which the words of a passage or quotation are found, and its article's title."""
    return terms(f"{title}\n{words}", lang)


def insert_terms(
    connection: sa.Connection, table: sa.Table, article: Article, words: Collection[tuple[int, str]]
) -> None:
    """Insert the full-text rows of passages or quotations: each row's own words and its article's title."""
    told = [(rowid, stored_terms(article.title, spoken, article.lang)) for rowid, spoken in words]
    dialect_of(connection).insert_terms(connection, table, told)


def delete_terms(
    connection: sa.Connection, article_id: str, tables: Collection[sa.Table] = tuple(UNITS.values())
) -> None:
    """Delete the full-text rows of an article; to be called before its own rows are deleted."""
    for table in tables:
        connection.execute(
            sa.text(
                f"DELETE FROM {table.name}_terms WHERE rowid IN "
                f"(SELECT rowid FROM {table.name} WHERE article_id = :article_id)"
            ),
            {"article_id": article_id},
        )


def search(connection: sa.Connection, asked: Sequence[str], kind: UnitKind, limit: int) -> list[Hit]:
    """Return the passages or quotations that hold any of the terms, the best by BM25 first."""
    if not asked:
        return []
    c = UNITS[kind].c
    # The best are told apart before their places are read: a common word is in half of all passages.
    best = dialect_of(connection).ranked(UNITS[kind], asked, limit)
    found = sa.select(c.article_id, c.start, c.end, best.c.score).join_from(best, UNITS[kind], c.rowid == best.c.rowid)
    rows = connection.execute(found.order_by(best.c.score.desc(), best.c.rowid)).all()
    return [Hit(kind, row.article_id, row.start, row.end, row.score) for row in rows]


def rarity(connection: sa.Connection, asked: Collection[str]) -> dict[str, float]:
    """Return the inverse document frequency of each term over passages, as BM25 has it (0 or more)."""
    dialect = dialect_of(connection)
    total, found = dialect.count_passages(connection), dialect.passages_with(connection, asked)
    return {term: math.log(1 + (total - found.get(term, 0) + 0.5) / (found.get(term, 0) + 0.5)) for term in asked}


def holds(connection: sa.Connection, kind: UnitKind, wanted: str) -> sa.ColumnElement[bool] | None:
    """Return the condition that a passage or quotation holds the words of a search; None when there are none.

    Beginnings of words count.
    """
    words = re.findall(r"\w+", fold(wanted))
    telling = [word for word in words if word not in all_stopwords()]
    groups = list(filter(None, map(query_terms, telling or words)))
    if not groups:
        return None
    return UNITS[kind].c.rowid.in_(dialect_of(connection).beginning(UNITS[kind], groups))

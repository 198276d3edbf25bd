"""Full text over passages and quotations: SQLite's FTS5 on folded, stemmed terms (see ``index.languages.terms``)."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from index.catalog.tables import PASSAGES, UNITS
from index.languages.stopwords import all_stopwords
from index.languages.terms import query_terms, terms
from index.models import Article, Hit, UnitKind
from index.typography import fold


def create_terms(connection: sa.Connection, table: sa.Table) -> None:
    """Make the full text of passages or quotations, empty."""
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE {table.name}_terms USING fts5(terms, tokenize = 'unicode61 remove_diacritics 2')"
    )


def stored_terms(title: str, words: str, lang: str) -> str:
    """Return the terms by which the words of a passage or quotation are found, and its article's title."""
    return " ".join(terms(f"{title}\n{words}", lang))


def insert_terms(connection: sa.Connection, table: sa.Table, rowid: int, article: Article, words: str) -> None:
    """Insert the full-text row of a passage or quotation: its words and its article's title."""
    connection.execute(
        sa.text(f"INSERT INTO {table.name}_terms (rowid, terms) VALUES (:rowid, :terms)"),
        {"rowid": rowid, "terms": stored_terms(article.title, words, article.lang)},
    )


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
    table = UNITS[kind]
    # The best are told apart before their places are read: a common word is in half of all passages.
    full_text = f"{table.name}_terms"
    statement = sa.text(
        'SELECT u.article_id, u.start, u."end", -t.score AS score '
        f"FROM (SELECT rowid, bm25({full_text}) AS score FROM {full_text} WHERE {full_text} MATCH :query "
        f"ORDER BY score LIMIT :limit) AS t JOIN {table.name} AS u ON u.rowid = t.rowid ORDER BY t.score"
    )
    query = " OR ".join(f'"{term}"' for term in asked)
    rows = connection.execute(statement, {"query": query, "limit": limit}).all()
    return [Hit(kind, row.article_id, row.start, row.end, row.score) for row in rows]


def rarity(connection: sa.Connection, asked: Collection[str]) -> dict[str, float]:
    """Return the inverse document frequency of each term over passages, as BM25 has it (0 or more)."""
    counted = sa.text("SELECT term, doc FROM passages_vocabulary WHERE term IN :asked")
    counted = counted.bindparams(sa.bindparam("asked", expanding=True))
    total = connection.scalar(sa.select(sa.func.count()).select_from(PASSAGES)) or 0
    found: dict[str, int] = {row.term: row.doc for row in connection.execute(counted, {"asked": list(asked)})}
    return {term: math.log(1 + (total - found.get(term, 0) + 0.5) / (found.get(term, 0) + 0.5)) for term in asked}


def holds(kind: UnitKind, wanted: str) -> sa.ColumnElement[bool] | None:
    """Return the condition that a passage or quotation holds the words of a search; None when there are none.

    Beginnings of words count.
    """
    table = UNITS[kind]
    words = re.findall(r"\w+", fold(wanted))
    telling = [word for word in words if word not in all_stopwords()]
    groups = filter(None, map(query_terms, telling or words))
    query = " AND ".join("(" + " OR ".join(f'"{term}"*' for term in terms) + ")" for terms in groups)
    if not query:
        return None
    matching = sa.text(f"SELECT rowid FROM {table.name}_terms WHERE {table.name}_terms MATCH :query")
    return table.c.rowid.in_(matching.bindparams(query=query).columns(table.c.rowid))

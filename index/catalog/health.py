"""Whether the catalog is as it must be: what a damaged disk or a hand in its file could have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa

from index.catalog.database import fact
from index.catalog.dialects import dialect_of
from index.catalog.fulltext import stored_terms
from index.catalog.people import drop_unnamed
from index.catalog.rows import BYTES_A_NUMBER
from index.catalog.tables import ARTICLES, FACTS, PASSAGES, TEXTS, UNITS
from index.catalog.whole_texts import rebuild_whole_texts, stored_words, words_of
from index.catalog.writing import next_revision
from index.models import Finding, content_id

FULL_TEXTS = (*UNITS.values(), TEXTS)
"""The tables whose rows have words to be found by."""
ROWS = 1000
"""Rows whose words are made at once."""


def dimensions(connection: sa.Connection) -> int | None:
    """Return the dimensions of the vectors of the article that was written last; None when there is none."""
    length = sa.select(sa.func.length(PASSAGES.c.vector)).join(ARTICLES, ARTICLES.c.id == PASSAGES.c.article_id)
    found = connection.scalar(length.order_by(ARTICLES.c.revision.desc()).limit(1))
    return None if found is None else int(found) // BYTES_A_NUMBER


def quick_findings(connection: sa.Connection) -> list[Finding]:
    """Return what counts and revisions alone show, without reading a text."""
    found = []
    for table in FULL_TEXTS:
        rows = dialect_of(connection).rows_with_words(connection, table)
        if rows is None:
            found.append(Finding("full text", table.name, "there is none"))
            continue
        units = connection.scalar(sa.select(sa.func.count()).select_from(table))
        if units != rows:
            found.append(Finding("full text", table.name, f"{rows} rows for {units} {table.name}"))
    articles, texts = (connection.scalar(sa.select(sa.func.count()).select_from(each)) for each in (ARTICLES, TEXTS))
    if articles != texts:
        found.append(Finding("full text", TEXTS.name, f"{texts} rows for {articles} articles"))
    newest = connection.scalar(sa.select(sa.func.max(ARTICLES.c.revision))) or 0
    revision = int(fact(connection, "revision") or 0)
    if newest > revision:
        found.append(Finding("rows", "facts", f"revision {revision}, an article has {newest}"))
    return found


def article_findings(
    connection: sa.Connection, model: str, dimensions: int, full_text: Sequence[sa.Table]
) -> Iterator[Finding]:
    """Yield what is wrong with each article's text, spans, vectors, and words to find it by.

    Args:
        connection: nothing is changed.
        model: the name of the model whose vectors there must be.
        dimensions: the numbers in one of its vectors.
        full_text: the tables whose full text can be read.
    """
    for row in connection.execute(sa.select(ARTICLES).order_by(ARTICLES.c.id)):
        if row.model != model:
            yield Finding("model", row.id, f"its vectors were made by {row.model}, the model set is {model}")
        width = dimensions if row.model == model else None
        yield from (Finding("article", row.id, problem) for problem in _problems(connection, row, width, full_text))


def drop_orphans(connection: sa.Connection) -> int:
    """Delete rows of articles that are not there, and set the revision to the newest; return how many were deleted."""
    next_revision(connection)  # first: what goes is told by it
    known = sa.select(ARTICLES.c.id)
    owned = [table for table in ARTICLES.metadata.sorted_tables if "article_id" in table.c]
    gone = sum(connection.execute(sa.delete(table).where(table.c.article_id.not_in(known))).rowcount for table in owned)
    gone += drop_unnamed(connection)
    newest = connection.scalar(sa.select(sa.func.max(ARTICLES.c.revision))) or 0
    grown = sa.update(FACTS).where(FACTS.c.name == "revision", sa.cast(FACTS.c.value, sa.Integer) < newest)
    connection.execute(grown.values(value=str(newest + 1)))
    return gone


def rebuild_full_text(connection: sa.Connection) -> None:
    """Rebuild the full-text index from the texts."""
    dialect = dialect_of(connection)
    for table in UNITS.values():
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table.name}_terms")
        dialect.create_terms(connection, table)
        joined = sa.select(table, ARTICLES.c.text, ARTICLES.c.title, ARTICLES.c.lang).join(ARTICLES)
        for rows in connection.execute(joined).partitions(ROWS):
            dialect.insert_terms(connection, table, [(row.rowid, _terms(row, row)) for row in rows])
    rebuild_whole_texts(connection)


def _problems(
    connection: sa.Connection, article: sa.Row[Any], dimensions: int | None, full_text: Sequence[sa.Table]
) -> Iterator[str]:
    """Yield what is wrong with an article's text, spans, vectors and full text."""
    if content_id(article.text) != article.id:
        yield "its text is not the one that came in"
    yield from _place_problems(article)
    for table in UNITS.values():
        units = connection.execute(sa.select(table).where(table.c.article_id == article.id).order_by(table.c.start))
        rows = units.all()
        outside = sum(not 0 <= row.start < row.end <= len(article.text) for row in rows)
        yield from _span_problems(table, rows, len(article.text), outside)
        if spoiled := sum(not _is_vector(row.vector, dimensions) for row in rows):
            yield f"{spoiled} vectors of {table.name} are not as the model makes them"
        if table in full_text and not outside:
            yield from _full_text_problems(connection, table, article, rows)
    if TEXTS in full_text:
        stored = words_of(connection, [article.id])
        if stored != {article.id: stored_words(article.title, article.text)}:
            yield "its words are not found by exact search"


def _place_problems(article: sa.Row[Any]) -> Iterator[str]:
    for places, begins in (("pages", article.pages), ("times", [begin for begin, _ in article.times or ()])):
        if not _lie_within(begins or [0], len(article.text)):
            yield f"its {places} do not lie within its text"


def _lie_within(pages: Sequence[int], length: int) -> bool:
    return pages[0] == 0 and list(pages) == sorted(pages) and pages[-1] <= length


def _span_problems(table: sa.Table, rows: Sequence[sa.Row[Any]], length: int, outside: int) -> Iterator[str]:
    if outside:
        yield f"{outside} {table.name} reach outside its text of {length} characters"
    if table is PASSAGES and not _tile(rows, length):
        yield "its passages do not tile its text"


def _full_text_problems(
    connection: sa.Connection, table: sa.Table, article: sa.Row[Any], rows: Sequence[sa.Row[Any]]
) -> Iterator[str]:
    dialect = dialect_of(connection)
    found = dialect.held_terms(connection, table, article.id)
    wrong = sum(found.get(row.rowid) != dialect.as_held(_terms(article, row)) for row in rows)
    if wrong:
        yield f"{wrong} {table.name} are not found by their words"


def _tile(passages: Sequence[sa.Row[Any]], length: int) -> bool:
    ends = [0, *(row.end for row in passages)]
    return ends[-1] == length and all(row.start == end for row, end in zip(passages, ends, strict=False))


def _is_vector(packed: bytes, dimensions: int | None) -> bool:
    if dimensions is None:
        return True
    if len(packed) != dimensions * BYTES_A_NUMBER:
        return False
    vector = np.frombuffer(packed, dtype=np.float16).astype(np.float32)
    return bool(np.isfinite(vector).all() and vector.any())


def _terms(article: sa.Row[Any], unit: sa.Row[Any]) -> list[str]:
    spoken = f"{getattr(unit, 'speaker', None) or ''} {article.text[unit.start : unit.end]}"
    return stored_terms(article.title, spoken, article.lang)

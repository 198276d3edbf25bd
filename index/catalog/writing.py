"""Writing an article and all that is known of it, within one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from index.catalog.corrections import keep, set_reading
from index.catalog.fulltext import delete_terms, insert_terms
from index.catalog.people import set_people
from index.catalog.rows import Vectors, article_values, packed, quotation_values
from index.catalog.stories import join, leave
from index.catalog.tables import ARTICLES, FACTS, NAMES, PASSAGES, QUOTATIONS, UNITS
from index.catalog.whole_texts import delete_whole_text, insert_whole_text, set_whole_text
from index.corrections import Correction
from index.models import Article, Extraction, Passage, Person, Quotation
from index.text.fingerprint import Fingerprint

Rows = Sequence[Vectors] | Vectors
"""A vector for each of several things."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What ingestion made of one article: spans, a vector for each (row for row), names and people it mentions.

    Attributes:
        found: what was read before corrections changed it; None: they changed nothing.
        corrections: those that were made in the article, or in an earlier version of it.
    """

    article: Article
    passages: Sequence[Passage]
    quotations: Sequence[Quotation]
    passage_vectors: Rows
    quotation_vectors: Rows
    model: str
    names: Sequence[str] = ()
    people: Sequence[Person] = ()
    found: Extraction | None = None
    corrections: Sequence[Correction] = ()


@dataclass(frozen=True, slots=True)
class Requoted:
    """The quotations of a stored article, and a vector for each, as corrections let them be; see ``Reading``.

    ``revision``: of the article, when that was found out.
    """

    article: Article
    revision: int
    quotations: Sequence[Quotation]
    vectors: Vectors
    people: Sequence[Person]
    found: Extraction | None


def insert(connection: sa.Connection, reading: Reading, print_: Fingerprint | None, **known: Any) -> None:
    """Store an article that is not there; ``known`` are further columns of its row."""
    values = article_values(reading.article) | {"model": reading.model, "revision": next_revision(connection)} | known
    connection.execute(sa.insert(ARTICLES), values)
    insert_whole_text(connection, reading.article.id)
    _insert_spans(connection, reading)
    keep(connection, reading.article.id, reading.corrections)
    join(connection, reading.article.id, print_)


def rewrite(connection: sa.Connection, reading: Reading, **known: Any) -> bool:
    """Replace the spans and vectors of a stored article; False when it is not there."""
    values = {"model": reading.model, "revision": next_revision(connection)} | known
    there = connection.execute(sa.update(ARTICLES).where(ARTICLES.c.id == reading.article.id).values(values)).rowcount
    if not there:
        return False
    set_whole_text(connection, reading.article.id)
    delete_terms(connection, reading.article.id)
    for table in (*UNITS.values(), NAMES):
        connection.execute(sa.delete(table).where(table.c.article_id == reading.article.id))
    _insert_spans(connection, reading)
    return True


def requote(connection: sa.Connection, told: Requoted) -> bool:
    """Replace the quotations of a stored article, and whom it names; False when it is another now, or not there."""
    article = told.article
    same = sa.and_(ARTICLES.c.id == article.id, ARTICLES.c.revision == told.revision)
    if not connection.execute(sa.update(ARTICLES).where(same).values(revision=next_revision(connection))).rowcount:
        return False
    delete_terms(connection, article.id, [QUOTATIONS])
    connection.execute(sa.delete(QUOTATIONS).where(QUOTATIONS.c.article_id == article.id))
    _insert_units(connection, QUOTATIONS, article, list(map(quotation_values, told.quotations)), told.vectors)
    set_people(connection, article.id, told.people)
    set_reading(connection, article.id, told.found)
    return True


def delete(connection: sa.Connection, article_id: str) -> bool:
    """Remove an article and all that is known of it; False when it is not there."""
    if connection.scalar(sa.select(ARTICLES.c.id).where(ARTICLES.c.id == article_id)) is None:
        return False
    next_revision(connection)  # first: what goes is told by it
    leave(connection, article_id)
    set_people(connection, article_id, ())
    delete_terms(connection, article_id)
    delete_whole_text(connection, article_id)
    connection.execute(sa.delete(ARTICLES).where(ARTICLES.c.id == article_id))
    return True


def next_revision(connection: sa.Connection) -> int:
    """Count one more change of the catalog."""
    grown = sa.cast(sa.cast(FACTS.c.value, sa.Integer) + 1, sa.String)
    statement = sa.update(FACTS).where(FACTS.c.name == "revision").values(value=grown)
    return int(connection.scalar(statement.returning(FACTS.c.value)) or 0)


def _insert_spans(connection: sa.Connection, reading: Reading) -> None:
    article = reading.article
    if reading.names:
        rows = [{"article_id": article.id, "name": name} for name in dict.fromkeys(reading.names)]
        connection.execute(sa.insert(NAMES), rows)
    passages = [{"article_id": p.article_id, "start": p.start, "end": p.end} for p in reading.passages]
    quotations = [quotation_values(quotation) for quotation in reading.quotations]
    _insert_units(connection, PASSAGES, article, passages, reading.passage_vectors)
    _insert_units(connection, QUOTATIONS, article, quotations, reading.quotation_vectors)
    set_people(connection, article.id, reading.people)
    set_reading(connection, article.id, reading.found)


def _insert_units(
    connection: sa.Connection,
    table: sa.Table,
    article: Article,
    rows: list[dict[str, Any]],
    vectors: Rows,
) -> None:
    values = [row | {"vector": packed(vector)} for row, vector in zip(rows, vectors, strict=True)]
    if not values:
        return
    inserted = sa.insert(table).returning(table.c.rowid, sort_by_parameter_order=True)
    rowids = connection.scalars(inserted, values).all()
    spoken = [f"{row.get('speaker') or ''} {article.text[row['start'] : row['end']]}" for row in rows]
    insert_terms(connection, table, article, list(zip(rowids, spoken, strict=True)))

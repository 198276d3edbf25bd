"""The corrections of the catalog, and what was read in the articles that they changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa
from pydantic import TypeAdapter

from index.catalog.people_views import people_in
from index.catalog.provenance import held_at, same_place
from index.catalog.rows import to_article, to_quotation
from index.catalog.tables import ARTICLES, CORRECTIONS, NAMINGS, QUOTATIONS, READINGS
from index.corrections import FIELDS, Correction, anchored, corrected
from index.models import Article, Extraction, Finding, Quotation
from index.typography import words

_COLUMNS: Final = tuple(known.name for known in fields(Correction))
_FOUND: Final = TypeAdapter(Extraction)


def corrections(connection: sa.Connection, article_id: str | None = None) -> list[Correction]:
    """Return the corrections that hold in an article, or all, the earliest first."""
    own = sa.or_(CORRECTIONS.c.article_id == article_id, CORRECTIONS.c.article_id.is_(None))
    which = sa.true() if article_id is None else own
    return [_correction(row) for row in connection.execute(_ordered().where(which))]


def corrections_for(connection: sa.Connection, article: Article) -> list[Correction]:
    """Return the corrections that hold in an article that comes in: its own, or those of the version before it."""
    known = connection.scalar(sa.select(ARTICLES.c.id).where(ARTICLES.c.id == article.id))
    found = corrections(connection, article.id)
    if known is not None:
        return found
    for row in (row for table, row in held_at(connection, article) if table is ARTICLES):
        earlier = [each for each in corrections(connection, row.id) if each.article_id is not None]
        found += [replace(anchored(each, article.text) or each, article_id=article.id) for each in earlier]
    return sorted(found, key=lambda each: each.id)


def edits_for(connection: sa.Connection, article: Article) -> list[Correction]:
    """Return what readers know better of an article than its source that tells of it now."""
    row = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article.id)).first()
    if row is not None and not same_place(row, article):
        return []  # a copy, from a place of its own
    return [each for each in corrections_for(connection, article) if each.kind in FIELDS]


def keep(connection: sa.Connection, article_id: str, made: Iterable[Correction]) -> None:
    """Keep corrections of an article that has none yet; those of every article are kept already."""
    for correction in made:
        if correction.article_id is not None:
            add(connection, replace(correction, article_id=article_id))


def add(connection: sa.Connection, correction: Correction) -> int:
    """Keep one correction, instead of an earlier one of the same field of an article, and return its id."""
    if correction.kind in FIELDS:
        same = sa.and_(CORRECTIONS.c.article_id == correction.article_id, CORRECTIONS.c.kind == correction.kind)
        earlier = connection.execute(sa.select(CORRECTIONS).where(same)).first()
        connection.execute(sa.delete(CORRECTIONS).where(same))
        correction = replace(correction, read=earlier.read) if earlier else correction
    values = {name: getattr(correction, name) for name in _COLUMNS if name != "id"}
    at = (correction.at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    return int(connection.scalar(sa.insert(CORRECTIONS).returning(CORRECTIONS.c.id), values | {"at": at}) or 0)


def drop(connection: sa.Connection, correction_id: int) -> None:
    """Forget a correction."""
    connection.execute(sa.delete(CORRECTIONS).where(CORRECTIONS.c.id == correction_id))


def reading(connection: sa.Connection, article_id: str) -> Extraction | None:
    """Return what was read in an article before corrections changed it; None: they changed nothing."""
    found = connection.scalar(sa.select(READINGS.c.found).where(READINGS.c.article_id == article_id))
    return None if found is None else _FOUND.validate_json(found)


def as_read(connection: sa.Connection, article_id: str) -> Extraction:
    """Return what was read in an article, without corrections; where they changed nothing, what is stored."""
    found = reading(connection, article_id)
    if found is not None:
        return found
    return Extraction(tuple(_stored(connection, article_id)), tuple(people_in(connection, article_id)))


def set_reading(connection: sa.Connection, article_id: str, found: Extraction | None) -> None:
    """Keep what was read in an article before corrections changed it; None: they changed nothing."""
    connection.execute(sa.delete(READINGS).where(READINGS.c.article_id == article_id))
    if found is not None:
        row = {"article_id": article_id, "found": _FOUND.dump_json(found).decode()}
        connection.execute(sa.insert(READINGS), row)


def articles_with(connection: sa.Connection, name: str) -> list[str]:
    """Return the articles that name or quote somebody by a name, as they stand or as they were read."""
    wanted = words(name)
    named = sa.union(
        sa.select(NAMINGS.c.article_id, NAMINGS.c.name), sa.select(QUOTATIONS.c.article_id, QUOTATIONS.c.speaker)
    )
    found = {row.article_id for row in connection.execute(named) if row.name and words(row.name) == wanted}
    return sorted(found | set(connection.scalars(sa.select(READINGS.c.article_id))))


def correction_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield the articles whose quotations are not as their corrections let them be."""
    made = set(connection.scalars(sa.select(CORRECTIONS.c.article_id)))
    names = [each.name or "" for each in corrections(connection) if each.article_id is None]
    about = made - {None} | {article_id for name in names for article_id in articles_with(connection, name)}
    for article_id in sorted(filter(None, about)):
        row = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article_id)).first()
        if row is None:
            continue
        stored = _stored(connection, article_id)
        told = corrected(to_article(row), as_read(connection, article_id), corrections(connection, article_id))
        if set(told.quotations) != set(stored):
            yield Finding("corrections", article_id, "its quotations are not as its corrections let them be")


def _stored(connection: sa.Connection, article_id: str) -> list[Quotation]:
    """Return the quotations of an article as they were stored, but for whom the catalog took them to be of."""
    own = sa.select(QUOTATIONS).where(QUOTATIONS.c.article_id == article_id)
    ordered = own.order_by(QUOTATIONS.c.start, QUOTATIONS.c.end)
    return [replace(to_quotation(row), speaker_id=None) for row in connection.execute(ordered)]


def _ordered() -> sa.Select[Any]:
    return sa.select(CORRECTIONS).order_by(CORRECTIONS.c.id)


def _correction(row: sa.Row[Any]) -> Correction:
    return Correction(**{name: getattr(row, name) for name in _COLUMNS} | {"at": row.at.replace(tzinfo=UTC)})

"""A speaker with very many quotations -> those that a question may be answered with, without reading the others."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import sqlalchemy as sa

from index.catalog.dialects import dialect_of
from index.catalog.rows import BYTES_A_NUMBER, Vectors
from index.catalog.tables import ARTICLES, QUOTATIONS, VOCABULARY


@dataclass(frozen=True, slots=True)
class Nearness:
    """What quotations are to be near to: by meaning, by words (terms of the full text)."""

    vectors: tuple[Vectors, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """How many quotations there are, and from when to when their articles are; None: one of these has no day."""

    count: int
    days: tuple[date, date] | None

    @classmethod
    def of(cls, days: Iterable[date | None]) -> Extent:
        """Return the extent of quotations by the days of their articles."""
        told = list(days)
        known = [day for day in told if day]
        return cls(len(told), (min(known), max(known)) if known and len(known) == len(told) else None)


def times_quoted(connection: sa.Connection, speakers: Collection[str]) -> int:
    """Return how many quotations some speakers have."""
    c = VOCABULARY.c
    return connection.scalar(sa.select(sa.func.sum(c.times)).where(c.source == "speaker", c.name.in_(speakers))) or 0


def likely_statements(
    connection: sa.Connection, speakers: Collection[str], near: Nearness, each: int
) -> tuple[set[int], Extent]:
    """Return the rows of so many of the newest, the oldest, the nearest by each list; and how many there are."""
    told = sa.select(QUOTATIONS.c.rowid, QUOTATIONS.c.vector, ARTICLES.c.published).join(ARTICLES)
    said = told.where(QUOTATIONS.c.speaker.in_(speakers))
    rows = connection.execute(said.order_by(QUOTATIONS.c.speaker, QUOTATIONS.c.rowid)).all()
    days = {row.rowid: row.published for row in rows}
    vectors = {row.rowid: row.vector for row in rows}
    likely = _first_and_last(days, each) | _by_words(connection, days, near.terms, each)
    for vector in near.vectors:
        likely |= _by_meaning(vectors, vector, each)
    return likely, Extent.of(days.values())


def _first_and_last(days: Mapping[int, date | None], each: int) -> set[int]:
    """The oldest and the newest rows; those without a day are the oldest, and of one day those that came first."""
    ordered = sorted(days, key=lambda rowid: (str(days[rowid] or ""), rowid))
    return {*ordered[:each], *ordered[-each:]}


def _by_meaning(vectors: Mapping[int, bytes], wanted: Vectors, each: int) -> set[int]:
    """The rows whose vectors are nearest; those of another model are left out."""
    rowids = [rowid for rowid, stored in vectors.items() if len(stored) == len(wanted) * BYTES_A_NUMBER]
    if not rowids:
        return set()
    table = np.frombuffer(b"".join(vectors[rowid] for rowid in rowids), np.float16).reshape(len(rowids), -1)
    nearest = np.argsort(-(table.astype(np.float32) @ wanted), kind="stable")[:each]
    return {rowids[at] for at in nearest}


def _by_words(connection: sa.Connection, among: Container[int], terms: Sequence[str], each: int) -> set[int]:
    if not terms:
        return set()
    ranked = dialect_of(connection).ranked(QUOTATIONS, terms, None).c
    found = connection.execute(sa.select(ranked.rowid).order_by(ranked.score.desc(), ranked.rowid)).scalars()
    own = (rowid for rowid in found if rowid in among)
    return {rowid for rowid, _ in zip(own, range(each), strict=False)}

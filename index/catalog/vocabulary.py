"""The names that the articles hold, each once with how often: kept up by the database itself, in every transaction.

Triggers count, so that whoever writes cannot forget it, and a name carries the revision at which it came or went last:
what has changed since a revision is read without looking at the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from index.catalog.dialects import dialect_of
from index.catalog.tables import VOCABULARY
from index.models import SpeakerKind, Tally

NameSource = Literal["speaker", "name", "outlet"]
"""Who is quoted, whom or what articles name, and where articles are from."""

_COUNTED = {"quotations": ("speaker", "speaker", "coalesce({row}.speaker_kind, '')"), "names": ("name", "name", "''"),
            "articles": ("outlet", "source", "''")}  # fmt: skip
"""Of each table: what its names are, their column, and what is told of each."""
_NOW = "(SELECT CAST(value AS INTEGER) FROM facts WHERE name = 'revision')"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the articles hold, or held until lately."""

    source: NameSource
    text: str
    there: bool


def create_triggers(connection: sa.Connection) -> None:
    """Have names counted from now on."""
    dialect = dialect_of(connection)
    for table, (source, column, told) in _COUNTED.items():
        new, old = (told.format(row=row) for row in ("NEW", "OLD"))
        came = _came(source, f"NEW.{column}", new, dialect.any_name)
        went = _went(source, f"OLD.{column}", old)
        columns = [column, "speaker_kind"] if source == "speaker" else [column]
        dialect.count_names(connection, table, columns, came, went)


def count_names(connection: sa.Connection) -> None:
    """Count the names that are there already."""
    for table, (source, column, told) in _COUNTED.items():
        connection.exec_driver_sql(
            f"INSERT INTO vocabulary (source, name, told, times, revision) SELECT '{source}', {column}, "
            f"{told.format(row=table)}, count(*), 0 FROM {table} WHERE {column} IS NOT NULL GROUP BY 2, 3"
        )


def names_changed(connection: sa.Connection, since: int) -> Iterator[KnownName]:
    """Yield the names that came or went after a revision; from -1 on, all that are there."""
    c = VOCABULARY.c
    there = sa.func.sum(c.times) > 0
    if since < 0:
        told = sa.select(c.source, c.name, sa.true()).where(c.times > 0).distinct().order_by(c.source, c.name)
    else:
        lately = sa.select(c.source, c.name).where(c.revision > since)
        told = sa.select(c.source, c.name, there).group_by(c.source, c.name)
        told = told.where(sa.tuple_(c.source, c.name).in_(lately)).order_by(c.source, c.name)
    for source, name, is_there in connection.execute(told):
        yield KnownName(source, name, bool(is_there))


def quoted(connection: sa.Connection, most: int | None = None) -> list[Tally]:
    """Return all who are quoted, or so many, with how often and as what mostly, the most quoted first."""
    c, often = VOCABULARY.c, sa.func.sum(VOCABULARY.c.times)
    speaks = c.source == "speaker", c.times > 0
    totals = sa.select(c.name, often).where(*speaks).group_by(c.name).order_by(often.desc(), c.name).limit(most)
    tallies = connection.execute(totals).all()
    names = {name for name, _ in tallies} if most is not None else None
    parts = sa.select(c.name, c.told, c.times).where(*speaks, *([c.name.in_(names)] if names is not None else []))
    kinds: dict[str, list[tuple[bool, int, SpeakerKind | None]]] = {}
    for name, told, times in connection.execute(parts.order_by(c.name, c.told)):
        kinds.setdefault(name, []).append((bool(told), times, told or None))
    return [Tally(name, count, max(kinds[name], key=lambda part: part[:2])[2]) for name, count in tallies]


def _came(source: str, name: str, told: str, any_name: str) -> str:
    return (
        f"INSERT INTO vocabulary (source, name, told, times, revision) SELECT '{source}', {name}, {told}, 1, {_NOW} "
        f"WHERE {name} IS NOT NULL ON CONFLICT (source, {any_name}, told) DO UPDATE SET times = vocabulary.times + 1, "
        "revision = CASE vocabulary.times WHEN 0 THEN excluded.revision ELSE vocabulary.revision END;"
    )


def _went(source: str, name: str, told: str) -> str:
    return (
        f"UPDATE vocabulary SET times = times - 1, revision = CASE times WHEN 1 THEN {_NOW} ELSE revision END "
        f"WHERE source = '{source}' AND name = {name} AND told = {told};"
    )

"""The people of the catalog: whom each article names, who is one with whom over all of them, and who speaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from index.catalog.people_joining import Naming, groups, identity, last_word, name_key, role_words
from index.catalog.tables import MENTIONS, NAMINGS, PEOPLE, QUOTATIONS, ROLES
from index.models import Person
from index.typography import words

_TOLD: Final = ("name", "folded", "kind", "gender")
"""The columns that tell of somebody."""


def set_people(connection: sa.Connection, article_id: str, people: Iterable[Person]) -> None:
    """Let an article name some people and nobody else; whoever no article names then is forgotten.

    Names that share a last word are joined anew, so the order in which articles come makes no difference.
    """
    own = NAMINGS.c.article_id == article_id
    rows = connection.execute(sa.select(NAMINGS).where(own)).all()
    known = {(row.name, row.kind): row.person_id for row in rows}
    connection.execute(sa.delete(NAMINGS).where(own))
    touched = {row.last_word for row in rows}
    for person in people:
        _insert_naming(connection, article_id, person, known.get((person.name, person.kind)))
        touched.add(last_word(person.name))
    moved = {article for each in sorted(touched) for article in _join(connection, each)}
    _tell_speakers(connection, moved | {article_id})
    _forget_unnamed(connection, {person_id for person_id in known.values() if person_id is not None})


def drop_unnamed(connection: sa.Connection) -> int:
    """Delete the mentions and roles of names that are not there, and people without a name; return how many."""
    named = sa.select(NAMINGS.c.id)
    gone = sum(connection.execute(sa.delete(t).where(t.c.naming_id.not_in(named))).rowcount for t in (MENTIONS, ROLES))
    held = sa.select(NAMINGS.c.person_id).where(NAMINGS.c.person_id.is_not(None))
    return gone + connection.execute(sa.delete(PEOPLE).where(PEOPLE.c.id.not_in(held))).rowcount


def _insert_naming(connection: sa.Connection, article_id: str, person: Person, person_id: int | None) -> None:
    values = {
        "article_id": article_id, "person_id": person_id, "name": person.name, "last_word": last_word(person.name),
        "kind": person.kind, "gender": person.gender,
    }  # fmt: skip
    naming_id = connection.scalar(sa.insert(NAMINGS).returning(NAMINGS.c.id), values)
    if person.mentions:
        places = [{"naming_id": naming_id, "start": start, "end": end} for start, end in person.mentions]
        connection.execute(sa.insert(MENTIONS), places)
    if person.roles:
        roles = [{"naming_id": naming_id, "role": r, "folded": " ".join(role_words(r))} for r in person.roles]
        connection.execute(sa.insert(ROLES), roles)


def _join(connection: sa.Connection, shared: str) -> set[str]:
    """Join the names of one last word; return the articles in which somebody is another now than before."""
    rows = connection.execute(sa.select(NAMINGS).where(NAMINGS.c.last_word == shared).order_by(NAMINGS.c.id)).all()
    namings = _namings(connection, rows)
    joined = [[rows[at] for at in group] for group in sorted(map(sorted, groups(namings)))]
    told = {row.id: naming for row, naming in zip(rows, namings, strict=True)}
    known = _known(connection, shared)
    taken: set[int] = set()
    moved: set[str] = set()
    for group in joined:
        before = {row.person_id for row in group} - taken - {None}
        person_id = min(before, default=None)
        person_id = _tell_person(connection, [told[row.id] for row in group], person_id, known.get(person_id))
        taken.add(person_id)
        moved |= _give(connection, [row for row in group if row.person_id != person_id], person_id)
    _forget_unnamed(connection, {row.person_id for row in rows} - taken - {None})
    return moved


def _give(connection: sa.Connection, rows: Sequence[sa.Row[tuple[object, ...]]], person_id: int) -> set[str]:
    """Let names be somebody else's; return their articles."""
    if rows:
        those = NAMINGS.c.id.in_([row.id for row in rows])
        connection.execute(sa.update(NAMINGS).where(those).values(person_id=person_id))
    return {row.article_id for row in rows}


def _namings(connection: sa.Connection, rows: Sequence[sa.Row[tuple[object, ...]]]) -> list[Naming]:
    held = defaultdict[int, list[str]](list)
    ids = sa.select(NAMINGS.c.id).where(NAMINGS.c.last_word.in_({row.last_word for row in rows}))
    for role in connection.execute(sa.select(ROLES).where(ROLES.c.naming_id.in_(ids)).order_by(ROLES.c.rowid)):
        held[role.naming_id].append(role.role)
    return [Naming(row.article_id, row.name, row.kind, row.gender, tuple(held[row.id])) for row in rows]


def _known(connection: sa.Connection, shared: str) -> dict[int | None, dict[str, Any]]:
    """Return what is written of the people who have a name of one last word, by their ids."""
    ids = sa.select(NAMINGS.c.person_id).where(NAMINGS.c.last_word == shared)
    told = sa.select(PEOPLE.c.id, *(PEOPLE.c[name] for name in _TOLD)).where(PEOPLE.c.id.in_(ids))
    return {row.id: {name: getattr(row, name) for name in _TOLD} for row in connection.execute(told)}


def _tell_person(
    connection: sa.Connection, namings: Sequence[Naming], person_id: int | None, known: Mapping[str, Any] | None
) -> int:
    """Write what is to be known of somebody, new or not, unless it is known, and return the id."""
    one = identity(namings)
    values = dict(zip(_TOLD, (one.name, words(one.name), one.kind, one.gender), strict=True))
    if person_id is None:
        return int(connection.scalar(sa.insert(PEOPLE).returning(PEOPLE.c.id), values) or 0)
    if values != known:
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.id == person_id).values(values))
    return person_id


def _tell_speakers(connection: sa.Connection, articles: Collection[str]) -> None:
    """Give the quotations of some articles the ids of their speakers; a name that may be two people's gets none."""
    for article_id in sorted(articles):
        named = defaultdict[tuple[str, str], set[int]](set)
        for row in connection.execute(sa.select(NAMINGS).where(NAMINGS.c.article_id == article_id)):
            named[name_key(row.name, row.kind)].add(row.person_id)
        said = sa.select(QUOTATIONS.c.speaker, QUOTATIONS.c.speaker_kind).distinct()
        own = QUOTATIONS.c.article_id == article_id
        for row in connection.execute(said.where(own, QUOTATIONS.c.speaker.is_not(None))).all():
            found = named.get(name_key(row.speaker, row.speaker_kind or "person"), set())
            same = sa.and_(
                own,
                QUOTATIONS.c.speaker == row.speaker,
                QUOTATIONS.c.speaker_kind.is_not_distinct_from(row.speaker_kind),
            )
            speaker_id = min(found) if len(found) == 1 else None
            connection.execute(sa.update(QUOTATIONS).where(same).values(speaker_id=speaker_id))


def _forget_unnamed(connection: sa.Connection, people: Collection[int]) -> None:
    named = sa.select(NAMINGS.c.id).where(NAMINGS.c.person_id == PEOPLE.c.id).exists()
    connection.execute(sa.delete(PEOPLE).where(PEOPLE.c.id.in_(people), ~named))

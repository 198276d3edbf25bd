"""The people of the catalog: whom each article names, who is one with whom over all of them, and who speaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias

import sqlalchemy as sa

from index.catalog.people_joining import NAMELESS, Identity, Naming, groups, identity, last_word, name_key, role_words
from index.catalog.tables import MENTIONS, NAMINGS, PEOPLE, QUOTATIONS, ROLES
from index.models import Person
from index.typography import words

PORTION = 500
"""Last words whose names are joined at once: a database takes some thousand values in a statement."""
_Row: TypeAlias = sa.Row[Any]
_Group: TypeAlias = Sequence[tuple[_Row, Naming]]
"""The names of one person, as the catalog holds them and with what they tell."""


def set_people(connection: sa.Connection, article_id: str, people: Iterable[Person]) -> None:
    """Let an article name some people and nobody else; whoever no article names then is forgotten.

    Names that share a last word are joined anew, so the order in which articles come makes no difference.
    """
    own = NAMINGS.c.article_id == article_id
    rows = connection.execute(sa.select(NAMINGS).where(own)).all()
    known = {(row.name, row.kind): row.person_id for row in rows}
    connection.execute(sa.delete(NAMINGS).where(own))
    named = list(people)
    _insert_namings(connection, article_id, named, known)
    touched = sorted({row.last_word for row in rows} | {last_word(person.name) for person in named})
    portions = [touched[at : at + PORTION] for at in range(0, len(touched), PORTION)]
    moved = {article for portion in portions for article in _join(connection, portion, article_id)}
    _tell_speakers(connection, moved | {article_id})
    _forget_unnamed(connection, {person_id for person_id in known.values() if person_id is not None})


def drop_unnamed(connection: sa.Connection) -> int:
    """Delete the mentions and roles of names that are not there, and people without a name; return how many."""
    named = sa.select(NAMINGS.c.id)
    gone = sum(connection.execute(sa.delete(t).where(t.c.naming_id.not_in(named))).rowcount for t in (MENTIONS, ROLES))
    held = sa.select(NAMINGS.c.person_id).where(NAMINGS.c.person_id.is_not(None))
    return gone + connection.execute(sa.delete(PEOPLE).where(PEOPLE.c.id.not_in(held))).rowcount


def _insert_namings(
    connection: sa.Connection, article_id: str, people: Sequence[Person], known: Mapping[tuple[str, str], int | None]
) -> None:
    """Store how an article names people; ``known``: whom a name and kind meant in it before."""
    values = [
        {
            "article_id": article_id, "person_id": known.get((person.name, person.kind)), "name": person.name,
            "last_word": last_word(person.name), "kind": person.kind, "gender": person.gender,
        }
        for person in people
    ]  # fmt: skip
    if not values:
        return
    ids = connection.scalars(sa.insert(NAMINGS).returning(NAMINGS.c.id, sort_by_parameter_order=True), values).all()
    named = list(zip(ids, people, strict=True))
    places = [{"naming_id": at, "start": start, "end": end} for at, one in named for start, end in one.mentions]
    roles = [{"naming_id": at, "role": r, "folded": " ".join(role_words(r))} for at, one in named for r in one.roles]
    for table, told in ((MENTIONS, places), (ROLES, roles)):
        if told:
            connection.execute(sa.insert(table), told)


def _join(connection: sa.Connection, shared: Collection[str], article_id: str) -> set[str]:
    """Join the names that share some last words; return the articles in which somebody is another now than before.

    What bears no name of its own is one with nothing, so that of other articles is left as it is.
    """
    may_join = sa.and_(
        NAMINGS.c.last_word.in_(shared),
        sa.or_(NAMINGS.c.kind.not_in(NAMELESS), NAMINGS.c.article_id == article_id),
    )
    rows = connection.execute(sa.select(NAMINGS).where(may_join).order_by(NAMINGS.c.last_word, NAMINGS.c.id)).all()
    joined = _groups(rows, _roles(connection, may_join))
    told = [identity([naming for _, naming in group]) for group in joined]
    people = _tell_people(connection, may_join, _kept(joined), told)
    changed = [
        (row, person_id)
        for group, person_id in zip(joined, people, strict=True)
        for row, _ in group
        if row.person_id != person_id
    ]
    _update(connection, NAMINGS.c.id, [{"at": row.id, "person_id": person_id} for row, person_id in changed])
    _forget_unnamed(connection, {row.person_id for row in rows} - set(people) - {None})
    return {row.article_id for row, _ in changed}


def _kept(joined: Sequence[_Group]) -> list[int | None]:
    """Return which person of the catalog each of those who are one stays, nobody twice; None: a new one."""
    kept: list[int | None] = []
    taken: set[int | None] = {None}
    for group in joined:
        kept.append(min({row.person_id for row, _ in group} - taken, default=None))
        taken.add(kept[-1])
    return kept


def _roles(connection: sa.Connection, some: sa.ColumnElement[bool]) -> Mapping[int, list[str]]:
    held = defaultdict[int, list[str]](list)
    ids = sa.select(NAMINGS.c.id).where(some)
    for role in connection.execute(sa.select(ROLES).where(ROLES.c.naming_id.in_(ids)).order_by(ROLES.c.rowid)):
        held[role.naming_id].append(role.role)
    return held


def _groups(rows: Sequence[_Row], roles: Mapping[int, list[str]]) -> list[_Group]:
    """Return the rows that are of one, each with what it tells; those of one last word stand beside each other."""
    joined: list[_Group] = []
    for _, of_word in groupby(rows, key=attrgetter("last_word")):
        same = [
            (row, Naming(row.article_id, row.name, row.kind, row.gender, tuple(roles.get(row.id, ()))))
            for row in of_word
        ]
        joined += [[same[at] for at in group] for group in sorted(map(sorted, groups([one for _, one in same])))]
    return joined


def _tell_people(
    connection: sa.Connection,
    some: sa.ColumnElement[bool],
    kept: Sequence[int | None],
    identities: Sequence[Identity],
) -> list[int]:
    """Write what is known of people, new (None) or not, and return their ids; what stands already is not written."""
    ids = sa.select(NAMINGS.c.person_id).where(some)
    stored = {row.id: row for row in connection.execute(sa.select(PEOPLE).where(PEOPLE.c.id.in_(ids)))}
    told = list(zip(kept, map(_person_values, identities), strict=True))
    new = _new_people(connection, [values for at, values in told if at is None])
    stays = ((at, values) for at, values in told if at is not None)
    changed = [values | {"at": at} for at, values in stays if values.items() - stored[at]._mapping.items()]
    _update(connection, PEOPLE.c.id, changed)
    return [next(new) if at is None else at for at in kept]


def _new_people(connection: sa.Connection, told: Sequence[Mapping[str, object]]) -> Iterator[int]:
    made = sa.insert(PEOPLE).returning(PEOPLE.c.id, sort_by_parameter_order=True)
    return iter(connection.scalars(made, told).all() if told else ())


def _person_values(one: Identity) -> dict[str, object]:
    return {"name": one.name, "folded": words(one.name), "kind": one.kind, "gender": one.gender}


def _update(connection: sa.Connection, key: sa.Column[int], changed: Sequence[Mapping[str, object]]) -> None:
    """Write columns of the rows that a table's ``key`` tells, each as "at"."""
    if changed:
        values: dict[str, Any] = {name: sa.bindparam(name) for name in changed[0] if name != "at"}
        connection.execute(sa.update(key.table).where(key == sa.bindparam("at")).values(values), changed)


def _tell_speakers(connection: sa.Connection, articles: Collection[str]) -> None:
    """Give the quotations of some articles the ids of their speakers; a name that may be two people's gets none."""
    for article_id in sorted(articles):
        named = defaultdict[tuple[str, str], set[int]](set)
        for row in connection.execute(sa.select(NAMINGS).where(NAMINGS.c.article_id == article_id)):
            named[name_key(row.name, row.kind)].add(row.person_id)
        columns = (QUOTATIONS.c.rowid, QUOTATIONS.c.speaker, QUOTATIONS.c.speaker_kind, QUOTATIONS.c.speaker_id)
        said = sa.select(*columns).where(QUOTATIONS.c.article_id == article_id, QUOTATIONS.c.speaker.is_not(None))
        changed: list[Mapping[str, object]] = []
        for row in connection.execute(said):
            found = named.get(name_key(row.speaker, row.speaker_kind or "person"), set())
            speaker_id = min(found) if len(found) == 1 else None
            if speaker_id != row.speaker_id:
                changed.append({"at": row.rowid, "speaker_id": speaker_id})
        _update(connection, QUOTATIONS.c.rowid, changed)


def _forget_unnamed(connection: sa.Connection, people: Collection[int]) -> None:
    named = sa.select(NAMINGS.c.id).where(NAMINGS.c.person_id == PEOPLE.c.id).exists()
    connection.execute(sa.delete(PEOPLE).where(PEOPLE.c.id.in_(people), ~named))

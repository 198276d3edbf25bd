"""Lists of the people of the catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from index.catalog.people_joining import role_words
from index.catalog.tables import MENTIONS, NAMINGS, PEOPLE, QUOTATIONS, ROLES
from index.languages.stopwords import all_stopwords
from index.models import KnownPerson, Person
from index.typography import words

_UNMENTIONED = 1 << 62
"""Where somebody stands, in the order of a text, whose mentions were not kept: behind all others."""


def people(connection: sa.Connection, ids: Collection[int] | None = None) -> list[KnownPerson]:
    """Return some people, or all, those with most quotations first, then by name."""
    which = sa.true() if ids is None else PEOPLE.c.id.in_(ids)
    articles = sa.select(NAMINGS.c.person_id, sa.func.count(NAMINGS.c.article_id.distinct())).group_by(
        NAMINGS.c.person_id
    )
    said = sa.select(QUOTATIONS.c.speaker_id, sa.func.count()).group_by(QUOTATIONS.c.speaker_id)
    naming: dict[int | None, int] = dict(connection.execute(articles).tuples().all())
    quoted: dict[int | None, int] = dict(connection.execute(said).tuples().all())
    roles = _roles(connection, which)
    found = [
        KnownPerson(row.id, row.name, row.kind, row.gender, roles[row.id], naming.get(row.id, 0), quoted.get(row.id, 0))
        for row in connection.execute(sa.select(PEOPLE).where(which))
    ]
    return sorted(found, key=lambda person: (-person.quotations, person.name, person.id))


def people_called(connection: sa.Connection, called: str) -> list[KnownPerson]:
    """Return the people of a whole name, or of a role as articles print it; accents, capitals and articles apart.

    A role without its place ("le maire") is also that of "maire de Morvillac".
    """
    wanted = " ".join(role_words(called))
    if not wanted:
        return []
    alike = sa.or_(ROLES.c.folded == wanted, ROLES.c.folded.startswith(f"{wanted} ", autoescape=True))
    held = sa.select(NAMINGS.c.person_id, ROLES.c.role).join(NAMINGS, NAMINGS.c.id == ROLES.c.naming_id).where(alike)
    ids = {row.person_id for row in connection.execute(held) if _is_role(row.role, wanted)}
    ids |= set(connection.scalars(sa.select(PEOPLE.c.id).where(PEOPLE.c.folded.in_((words(called), wanted)))))
    return people(connection, ids)


def people_in(connection: sa.Connection, article_id: str) -> list[Person]:
    """Return whom an article names, as it names them, in the order of their first mention."""
    own = NAMINGS.c.article_id == article_id
    roles, mentions = defaultdict[int, list[str]](list), defaultdict[int, list[tuple[int, int]]](list)
    for row in connection.execute(sa.select(ROLES).join(NAMINGS).where(own).order_by(ROLES.c.rowid)):
        roles[row.naming_id].append(row.role)
    for row in connection.execute(sa.select(MENTIONS).join(NAMINGS).where(own).order_by(MENTIONS.c.start)):
        mentions[row.naming_id].append((row.start, row.end))
    named = connection.execute(sa.select(NAMINGS).where(own).order_by(NAMINGS.c.id)).all()
    found = [Person(row.name, row.kind, row.gender, tuple(roles[row.id]), tuple(mentions[row.id])) for row in named]
    return sorted(found, key=lambda person: person.mentions[:1] or ((_UNMENTIONED, 0),))


def _roles(connection: sa.Connection, which: sa.ColumnElement[bool]) -> defaultdict[int, tuple[str, ...]]:
    often = (
        sa.select(PEOPLE.c.id, ROLES.c.role)
        .join(NAMINGS, NAMINGS.c.person_id == PEOPLE.c.id)
        .join(ROLES, ROLES.c.naming_id == NAMINGS.c.id)
        .where(which)
        .group_by(PEOPLE.c.id, ROLES.c.role)
        .order_by(sa.func.count().desc(), ROLES.c.role)
    )
    roles = defaultdict[int, tuple[str, ...]](tuple)
    for person_id, role in connection.execute(often):
        roles[person_id] += (role,)
    return roles


def _is_role(printed: str, wanted: str) -> bool:
    """Tell whether a printed role is the wanted one, or that of a place: "maire de Metz", not "maire adjoint"."""
    own, count = [], len(wanted.split())
    for at, word in enumerate(rest := words(printed).split()):
        own += [word] if word not in all_stopwords() else []
        if len(own) == count:
            return at + 1 == len(rest) or rest[at + 1] in all_stopwords()
    return False

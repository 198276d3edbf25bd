"""Lists of the people of the catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from index.catalog.people_joining import role_words
from index.catalog.rows import CARD, NEWEST, to_card
from index.catalog.tables import ARTICLES, MENTIONS, NAMINGS, PEOPLE, QUOTATIONS, ROLES
from index.languages.stopwords import all_stopwords
from index.models import KnownPerson, Mention, Person, SpeakerKind
from index.typography import words

PeopleOrder = Literal["quoted", "mentioned", "name"]
_Ids = Collection[int] | sa.Select[Any]

_UNMENTIONED = 1 << 62
"""Where somebody stands, in the order of a text, whose mentions were not kept: behind all others."""


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """Whom to list; what is None or empty keeps all.

    Attributes:
        search: a part of the name or of a role, in whatever case and accents.
        order: those with most quotations first, with most mentions, or by name.
    """

    search: str = ""
    kind: SpeakerKind | None = None
    order: PeopleOrder = "quoted"


def everyone(connection: sa.Connection, wanted: PersonFilter) -> list[KnownPerson]:
    """Return all who are named and pass a filter."""
    conditions = [PEOPLE.c.kind == wanted.kind] if wanted.kind else []
    if part := words(wanted.search):
        role = " ".join(role_words(wanted.search)) or part
        held = sa.select(NAMINGS.c.person_id).join(ROLES).where(ROLES.c.folded.contains(role, autoescape=True))
        conditions.append(sa.or_(PEOPLE.c.folded.contains(part, autoescape=True), PEOPLE.c.id.in_(held)))
    found = people(connection, sa.select(PEOPLE.c.id).where(*conditions) if conditions else None)
    keys: dict[PeopleOrder, Any] = {
        "quoted": lambda one: (-one.quotations, -one.mentions),
        "mentioned": lambda one: (-one.mentions, -one.quotations),
        "name": lambda one: words(one.name),
    }
    return sorted(sorted(found, key=lambda one: (words(one.name), one.id)), key=keys[wanted.order])


def people(connection: sa.Connection, ids: _Ids | None = None) -> list[KnownPerson]:
    """Return some people, or all, those with most quotations first, then by name."""
    which = sa.true() if ids is None else PEOPLE.c.id.in_(ids)
    naming, said = NAMINGS.c.person_id, QUOTATIONS.c.speaker_id
    places = sa.select(naming, sa.func.count(MENTIONS.c.rowid)).join(MENTIONS, MENTIONS.c.naming_id == NAMINGS.c.id)
    articles = _counts(connection, sa.select(naming, sa.func.count(NAMINGS.c.article_id.distinct())), naming, ids)
    mentions = _counts(connection, places, naming, ids)
    quoted = _counts(connection, sa.select(said, sa.func.count()), said, ids)
    roles = _roles(connection, which)
    found = [
        KnownPerson(
            row.id, row.name, row.kind, row.gender, roles[row.id],
            articles.get(row.id, 0), quoted.get(row.id, 0), mentions.get(row.id, 0),
        )
        for row in connection.execute(sa.select(PEOPLE).where(which))
    ]  # fmt: skip
    return sorted(found, key=lambda person: (-person.quotations, person.name, person.id))


def mentions(connection: sa.Connection, person_id: int) -> list[Mention]:
    """Return the places that name somebody, of the newest article first, then in the order of the text."""
    start, end = MENTIONS.c.start, MENTIONS.c.end
    columns: list[Any] = [*(ARTICLES.c[name] for name in CARD), start, end, NAMINGS.c.name]
    columns.append(sa.func.substr(ARTICLES.c.text, start + 1, end - start).label("words"))
    joined = sa.select(*columns).select_from(MENTIONS).join(NAMINGS, NAMINGS.c.id == MENTIONS.c.naming_id)
    whose = joined.join(ARTICLES, ARTICLES.c.id == NAMINGS.c.article_id).where(NAMINGS.c.person_id == person_id)
    rows = connection.execute(whose.order_by(*NEWEST, start, end))
    return [Mention(to_card(row), row.start, row.end, row.words, row.name) for row in rows]


def _counts(
    connection: sa.Connection, counting: sa.Select[Any], person: sa.Column[Any], ids: _Ids | None
) -> dict[int, int]:
    """Return how many of something some people have, or all."""
    counting = counting if ids is None else counting.where(person.in_(ids))
    return {row[0]: row[1] for row in connection.execute(counting.group_by(person))}


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


def people_named(connection: sa.Connection, name: str) -> list[KnownPerson]:
    """Return the people of a name as it is written, those with most quotations first."""
    alike = sa.select(PEOPLE.c.id).where(PEOPLE.c.folded == words(name), PEOPLE.c.name == name)
    return people(connection, list(connection.scalars(alike)))


def speaking_with_role(connection: sa.Connection, word: str) -> list[KnownPerson]:
    """Return the people who are quoted and in whose printed roles a folded word stands, the most quoted first."""
    held = sa.literal(" ").concat(ROLES.c.folded).concat(" ").contains(f" {word} ", autoescape=True)
    with_role = sa.select(NAMINGS.c.person_id).join(ROLES, ROLES.c.naming_id == NAMINGS.c.id).where(held)
    quoted = sa.select(QUOTATIONS.c.speaker_id).where(QUOTATIONS.c.speaker_id.in_(with_role)).distinct()
    return people(connection, list(connection.scalars(quoted)))


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

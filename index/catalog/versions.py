"""What a text that comes in is to those stored: new, a new version, there already, or there with other metadata."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, count
from typing import Any, Literal

import sqlalchemy as sa

from index.catalog.provenance import held_at, same_place
from index.catalog.rows import DESCRIPTION, description_values
from index.catalog.tables import ARTICLES, COPIES
from index.catalog.whole_texts import set_whole_text
from index.catalog.writing import Reading, delete, insert, next_revision, rewrite
from index.corrections import FIELDS
from index.models import Article
from index.text.fingerprint import Fingerprint, may_be_versions

Outcome = Literal["added", "unchanged", "updated"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is stored of an article's text.

    Attributes:
        table: of the row; None: the text is not stored, or not as of this place.
        row: the article's or the copy's; None as above.
        stored: whether the text is stored at all.
        changes: the columns whose values differ now.
    """

    table: sa.Table | None
    row: sa.Row[Any] | None
    stored: bool
    changes: dict[str, Any]

    @property
    def to_be_read(self) -> bool:
        """Whether the article has to be read (again): its title and language have a say in what is found in it."""
        return not self.stored or (self.table is ARTICLES and bool({"title", "lang"} & self.changes.keys()))


def placed(connection: sa.Connection, article: Article) -> Article:
    """Return an article with the origin that is its own: beside that of another text of one name ("news.txt (2)").

    Files of one name and of texts that are not alike are two articles; else the second is a version of the first.
    What an address shows is always the same article.
    """
    if article.origin is None or "://" in article.origin:
        return article
    names = chain([article.origin], (f"{article.origin} ({number})" for number in count(2)))
    return replace(article, origin=next(name for name in names if _may_stand_at(connection, name, article)))


def _may_stand_at(connection: sa.Connection, origin: str, article: Article) -> bool:
    copied = sa.select(COPIES.c.article_id).where(COPIES.c.origin == origin)
    there = sa.or_(ARTICLES.c.origin == origin, ARTICLES.c.id.in_(copied))
    held = connection.execute(sa.select(ARTICLES.c.id, ARTICLES.c.text).where(there)).all()
    return not held or any(row.id == article.id or may_be_versions(row.text, article.text) for row in held)


def standing(connection: sa.Connection, article: Article) -> Standing:
    """Return what is stored of an article's text."""
    row = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article.id)).first()
    if row is None:
        return Standing(None, None, False, {})
    held_too = sa.select(COPIES).where(COPIES.c.article_id == article.id).order_by(COPIES.c.rowid)
    copies = connection.execute(held_too).all()
    for table, held in [(ARTICLES, row), *((COPIES, copy) for copy in copies)]:
        if same_place(held, article):
            return Standing(table, held, True, _changes(held, article))
    return Standing(None, None, True, {})


def is_settled(found: Standing, article: Article) -> bool:
    """Tell whether an article is stored, from this place or from nowhere in particular, with all that it tells."""
    nowhere = article.origin is None and article.url is None
    return found.stored and not found.changes and (found.row is not None or nowhere)


def settle(connection: sa.Connection, found: Standing, article: Article) -> Outcome:
    """Take in an article whose text is stored and need not be read again."""
    if is_settled(found, article):
        return "unchanged"
    if found.table is not None and found.row is not None:
        return _describe(connection, found.table, found.row, found.changes)
    earlier = _vacate(connection, article)
    connection.execute(sa.insert(COPIES), {"article_id": article.id} | description_values(article))
    return "updated" if earlier else "unchanged"


def store(connection: sa.Connection, found: Standing, reading: Reading, print_: Fingerprint | None) -> Outcome:
    """Store an article that was read, in place of its earlier version if there is one."""
    now = _now()
    if found.row is not None:
        rewrite(connection, reading, **found.changes, version=found.row.version + 1, updated_at=now)
        return "updated"
    earlier = _vacate(connection, reading.article)
    if earlier is None:
        insert(connection, reading, print_, added_at=now)
        return "added"
    insert(connection, reading, print_, version=earlier.version + 1, added_at=earlier.added_at, updated_at=now)
    return "updated"


def describe(connection: sa.Connection, article: Article, reading: Reading | None) -> None:
    """Store what is known of a stored article, and what was read in it if it was read again."""
    known = {name: getattr(article, name) for name in FIELDS}
    if reading is not None:
        rewrite(connection, reading, **known)
    else:
        values = {"revision": next_revision(connection)} | known
        connection.execute(sa.update(ARTICLES).where(ARTICLES.c.id == article.id).values(values))
        set_whole_text(connection, article.id)


@dataclass(frozen=True, slots=True)
class _Earlier:
    version: int
    added_at: datetime | None


def _vacate(connection: sa.Connection, article: Article) -> _Earlier | None:
    """Remove the text at an article's place; a text that is at another place too stays there."""
    earlier = None
    for table, row in held_at(connection, article):
        if table is COPIES:
            connection.execute(sa.delete(COPIES).where(COPIES.c.rowid == row.rowid))
            earlier = earlier or _Earlier(1, None)
        else:
            earlier = _Earlier(row.version, row.added_at)
            if not _keep_elsewhere(connection, row.id):
                delete(connection, row.id)
    return earlier


def _keep_elsewhere(connection: sa.Connection, article_id: str) -> bool:
    """Let an article be known by the place of its first copy; False when there is none."""
    copy = connection.execute(
        sa.select(COPIES).where(COPIES.c.article_id == article_id).order_by(COPIES.c.rowid).limit(1)
    ).first()
    if copy is None:
        return False
    values = {name: getattr(copy, name) for name in (*DESCRIPTION, "address")}
    values |= {"revision": next_revision(connection)}
    connection.execute(sa.update(ARTICLES).where(ARTICLES.c.id == article_id).values(values))
    set_whole_text(connection, article_id)
    connection.execute(sa.delete(COPIES).where(COPIES.c.rowid == copy.rowid))
    return True


def _describe(connection: sa.Connection, table: sa.Table, row: sa.Row[Any], changes: dict[str, Any]) -> Outcome:
    if table is COPIES:
        connection.execute(sa.update(COPIES).where(COPIES.c.rowid == row.rowid).values(changes))
    else:
        values = {"version": row.version + 1, "updated_at": _now(), "revision": next_revision(connection)} | changes
        connection.execute(sa.update(ARTICLES).where(ARTICLES.c.id == row.id).values(values))
    return "updated"


def _changes(row: sa.Row[Any], article: Article) -> dict[str, Any]:
    """The columns whose values an article of the same text and place changes.

    From the same address but another origin, what is missing is not deleted, and the origin's own facts stay.
    """
    told = description_values(article) | ({"lang": article.lang} if hasattr(row, "lang") else {})
    if row.origin != article.origin:
        told = {name: told[name] for name in ("title", "published", "source", "author") if told[name] is not None}
    return {name: value for name, value in told.items() if value != getattr(row, name)}


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)

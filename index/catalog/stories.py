"""Stories: groups of articles that are near-duplicates, or near-duplicates of those.

The story of an article is the least id among them, so it depends on what articles there are, not on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import sqlalchemy as sa

from index.catalog.dialects.values import among
from index.catalog.tables import ARRIVAL, ARTICLES, BANDS
from index.models import Finding
from index.text.fingerprint import PLACES, Fingerprint, bands, fingerprint, near_duplicates

_STORED = np.dtype("<u4")


def join(connection: sa.Connection, article_id: str, print_: Fingerprint | None) -> None:
    """Give a stored article its fingerprint, and one story with its near-duplicates."""
    if print_ is None:
        return
    keys = bands(print_)
    banded = sa.select(BANDS.c.article_id).where(BANDS.c.band.in_(keys)).distinct()
    rows = connection.execute(
        sa.select(ARTICLES.c.story, ARTICLES.c.fingerprint).where(ARTICLES.c.id.in_(banded))
    ).all()
    near = near_duplicates(print_, _prints([row.fingerprint for row in rows]))
    stories = {row.story for row, is_near in zip(rows, near, strict=True) if is_near}
    story = min(stories | {article_id})
    _tell_story(connection, ARTICLES.c.story.in_(stories), story)
    connection.execute(
        sa.update(ARTICLES).where(ARTICLES.c.id == article_id).values(fingerprint=_packed(print_), story=story)
    )
    connection.execute(sa.insert(BANDS), [{"band": band, "article_id": article_id} for band in dict.fromkeys(keys)])


def leave(connection: sa.Connection, article_id: str) -> None:
    """Remove an article from its story before it is deleted; articles that only it linked get stories of their own."""
    connection.execute(sa.delete(BANDS).where(BANDS.c.article_id == article_id))
    story = sa.select(ARTICLES.c.story).where(ARTICLES.c.id == article_id).scalar_subquery()
    rows = connection.execute(
        sa.select(ARTICLES.c.id, ARTICLES.c.story, ARTICLES.c.fingerprint)
        .where(ARTICLES.c.story == story, ARTICLES.c.id != article_id)
        .order_by(ARTICLES.c.id)
    ).all()
    connection.execute(sa.update(ARTICLES).where(ARTICLES.c.id == article_id).values(fingerprint=None, story=None))
    if not rows:
        return
    for group in _groups(_prints([row.fingerprint for row in rows])):
        ids = [rows[at].id for at in group]
        if rows[group[0]].story != min(ids):
            _tell_story(connection, ARTICLES.c.id.in_(ids), min(ids))


def stories(connection: sa.Connection, article_ids: Collection[str]) -> dict[str, str]:
    """Return the story of each of some articles that is long enough to have one."""
    told = sa.select(ARTICLES.c.id, ARTICLES.c.story)
    known = told.where(ARTICLES.c.id.in_(among(article_ids)), ARTICLES.c.story.is_not(None))
    return {row.id: row.story for row in connection.execute(known)}


def near(connection: sa.Connection, article_id: str, most: int) -> list[str]:
    """Return the ids of the first so many other articles of an article's story."""
    story = sa.select(ARTICLES.c.story).where(ARTICLES.c.id == article_id).scalar_subquery()
    others = sa.select(ARTICLES.c.id).where(ARTICLES.c.story == story, ARTICLES.c.id != article_id)
    return list(connection.scalars(others.order_by(ARRIVAL).limit(most)))


def findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield what is wrong with each article's fingerprint, with the looking up of it, and with its story."""
    rows = connection.execute(
        sa.select(ARTICLES.c.id, ARTICLES.c.text, ARTICLES.c.fingerprint, ARTICLES.c.story).order_by(ARTICLES.c.id)
    )
    stored: dict[str, tuple[bytes | None, str | None]] = {}
    prints: dict[str, Fingerprint] = {}
    for article_id, text, print_, story in rows:
        stored[article_id] = print_, story
        if (told := fingerprint(text)) is not None:
            prints[article_id] = told
    banded = defaultdict[str, set[int]](set)
    for band, article_id in connection.execute(sa.select(BANDS.c.band, BANDS.c.article_id)):
        banded[article_id].add(band)
    wanted = _stories_of(prints)
    for article_id, (print_, story) in stored.items():
        own = prints.get(article_id)
        if print_ != (None if own is None else _packed(own)):
            yield Finding("stories", article_id, "its fingerprint is not that of its text")
        if banded[article_id] != (set() if own is None else set(bands(own))):
            yield Finding("stories", article_id, "its near-duplicates are not found by its fingerprint")
        if story != wanted.get(article_id):
            yield Finding("stories", article_id, "its story is not that of its near-duplicates")


def remake(connection: sa.Connection) -> None:
    """Compute every article's fingerprint and story again from its text."""
    connection.execute(sa.delete(BANDS))
    connection.execute(sa.update(ARTICLES).values(fingerprint=None, story=None))
    for article_id in connection.scalars(sa.select(ARTICLES.c.id).order_by(ARTICLES.c.id)).all():
        text = connection.scalar(sa.select(ARTICLES.c.text).where(ARTICLES.c.id == article_id))
        join(connection, article_id, fingerprint(text or ""))


def _stories_of(prints: Mapping[str, Fingerprint]) -> dict[str, str]:
    """Return the story that each of some fingerprinted articles must have, by what ``join`` promises."""
    story: dict[str, str] = {}
    tellers = dict[str, list[str]]()
    banded = defaultdict[int, list[str]](list)
    for article_id, print_ in sorted(prints.items()):
        keys = bands(print_)
        others = list(dict.fromkeys(other for key in keys for other in banded[key]))
        near = near_duplicates(print_, np.array([prints[other] for other in others]).reshape(-1, PLACES))
        joined = {story[other] for other, is_near in zip(others, near, strict=True) if is_near}
        least = min(joined | {article_id})
        tellers[least] = [article_id, *(teller for one in joined for teller in tellers.pop(one))]
        story |= dict.fromkeys(tellers[least], least)
        for key in keys:
            banded[key].append(article_id)
    return story


def _groups(prints: np.typing.NDArray[np.uint32]) -> list[list[int]]:
    """Return the rows that near-duplicates join, however far the chain, each row in one group."""
    left = np.arange(len(prints))
    groups = []
    while left.size:
        group, left = [int(left[0])], left[1:]
        for at in group:  # grows as it is gone through
            near = near_duplicates(prints[at], prints[left])
            group += left[near].tolist()
            left = left[~near]
        groups.append(group)
    return groups


def _prints(stored: Sequence[bytes]) -> np.typing.NDArray[np.uint32]:
    return np.frombuffer(b"".join(stored), dtype=_STORED).reshape(-1, PLACES)


def _packed(print_: Fingerprint) -> bytes:
    return print_.astype(_STORED).tobytes()


def _tell_story(connection: sa.Connection, which: sa.ColumnElement[bool], story: str) -> None:
    connection.execute(sa.update(ARTICLES).where(which).values(story=story))

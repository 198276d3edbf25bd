"""Where articles come from: whether two come from the same place, where one text follows another."""

from __future__ import annotations

from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

import sqlalchemy as sa

from index.catalog.tables import ARRIVAL, ARTICLES, COPIES

_TRACKING = ("utm_", "fbclid", "gclid")


class Sourced(Protocol):
    """What comes from somewhere: an article, or a row of one."""

    @property
    def origin(self) -> str | None:
        """See ``Article.origin``."""

    @property
    def url(self) -> str | None:
        """See ``Article.url``."""


_USUAL = (None, 80, 443)


def address(url: str | None) -> str | None:
    """Return the part of an address by which articles differ; None when it is no address of one article.

    Scheme, capitals of the host, the last slash, the fragment and marks of newsletters ("utm_source") do not count.
    """
    try:
        parts = urlsplit((url or "").strip())
        host, path, port = parts.hostname, parts.path.rstrip("/"), parts.port
    except ValueError:  # brackets without an end, a port that is none
        return None
    query = _without_tracking(parts.query)
    if parts.scheme.lower() not in ("http", "https") or not host or not (path or query):
        return None  # a home page shows another article every day
    return "".join((host, "" if port in _USUAL else f":{port}", path, query and f"?{query}"))


def _without_tracking(query: str) -> str:
    return urlencode([pair for pair in parse_qsl(query, True) if not pair[0].startswith(_TRACKING)])


def same_place(one: Sourced, other: Sourced) -> bool:
    """Tell whether two texts are versions of one article: from one origin, or one address.

    Entries of one file ("news.jsonl#1", "news.jsonl#2") are articles of their own, whatever addresses they give.
    """
    if one.origin is not None and one.origin == other.origin:
        return True
    if _entries_of_one_file(one.origin, other.origin):
        return False
    where = address(one.url)
    return where is not None and where == address(other.url)


def held_at(connection: sa.Connection, place: Sourced) -> list[tuple[sa.Table, sa.Row[Any]]]:
    """Return the rows of articles and copies that stand at a place.

    Those of its origin; else the one of its address: among several, none counts as the earlier version.
    """
    if place.origin is not None:
        found = _rows(connection, lambda table: table.c.origin == place.origin)
        if found:
            return found
    where = address(place.url)
    found = _rows(connection, lambda table: table.c.address == where) if where else []
    found = [(table, row) for table, row in found if not _entries_of_one_file(row.origin, place.origin)]
    return found if len(found) == 1 else []


def _rows(connection: sa.Connection, condition: Any) -> list[tuple[sa.Table, sa.Row[Any]]]:
    return [
        (table, row)
        for table, came in ((ARTICLES, ARRIVAL), (COPIES, COPIES.c.rowid))
        for row in connection.execute(sa.select(table).where(condition(table)).order_by(came)).all()
    ]


def _entries_of_one_file(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return False
    file, mark, _ = one.partition("#")
    return bool(mark) and other.startswith(f"{file}#")

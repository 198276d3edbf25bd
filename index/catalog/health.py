"""Whether the catalog is as it must be: what a damaged disk or a hand in its file could have changed."""

from __future__ import annotations

from collections import Counter

import numpy as np
import sqlalchemy as sa

from index.catalog.tables import ARTICLES, PASSAGES, UNITS

BYTES_A_NUMBER = np.dtype(np.float16).itemsize


def unit_counts(connection: sa.Connection) -> dict[str, int]:
    """Return how many passages and quotations each article has."""
    counts: Counter[str] = Counter()
    for table in UNITS.values():
        counted = sa.select(table.c.article_id, sa.func.count()).group_by(table.c.article_id)
        counts.update({article: count for article, count in connection.execute(counted)})
    return dict(counts)


def dimensions(connection: sa.Connection) -> int | None:
    """Return the dimensions of the vectors of the article that was written last; None when there is none."""
    length = sa.select(sa.func.length(PASSAGES.c.vector)).join(ARTICLES, ARTICLES.c.id == PASSAGES.c.article_id)
    found = connection.scalar(length.order_by(ARTICLES.c.revision.desc()).limit(1))
    return None if found is None else int(found) // BYTES_A_NUMBER

"""The catalog -> Chroma, in a folder or on a server: what has changed since it was written last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from index.catalog import Catalog
from index.vectors.chroma import ChromaFolder, Row
from index.vectors.seal import PARTIAL

Item = TypeVar("Item")

ARTICLES = 200
"""Articles whose units are read, or deleted, at once."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Articles by their ids.

    Attributes:
        stale: in Chroma, and changed or gone, or there in part.
        new: to be written, each with its revision.
    """

    stale: list[str]
    new: dict[str, int]

    def units(self, catalog: Catalog) -> int:
        """About how many units there are to be written or deleted."""
        return len(self.stale) + sum(catalog.unit_counts(self.new).values())


def changes(stored: Mapping[str, int], wanted: Mapping[str, int]) -> Changes:
    """Compare the revisions of the articles in Chroma with the catalog's."""
    return Changes(
        [article for article, at in stored.items() if wanted.get(article) != at],
        {article: at for article, at in wanted.items() if stored.get(article) != at},
    )


def take_up(
    found: Changes,
    store: ChromaFolder,
    stored: dict[str, int],
    catalog: Catalog,
    batch: int,
    done: Callable[[], None] = lambda: None,
) -> None:
    """Write changes into a folder, so many units at once.

    ``stored`` tells at any moment what is in as a whole; ``done`` is called after each batch.

    Raises:
        StoreError: they cannot be written; the next time goes on.
    """
    for articles in batches(found.stale, ARTICLES):
        stored.update(dict.fromkeys(articles, PARTIAL))
        store.delete(articles)
        for article in articles:
            del stored[article]
        done()
    for articles in batches(list(found.new), ARTICLES):
        stored.update(dict.fromkeys(articles, PARTIAL))  # until all of it is in: a failure leaves it to be done again
        units = sorted(catalog.units_of(articles), key=lambda unit: unit.article_id)  # an article after the other
        # while a reindex by another model is half way, the others' vectors have no place here
        fitting = [unit for unit in units if unit.vector.size == store.dimensions]
        for some in batches(fitting, batch):
            store.upsert(some, found.new)
            done()
        stored.update({article: found.new[article] for article in articles})


def lacking_of(rows: Sequence[Row], wanted: Mapping[str, int], counts: Mapping[str, int]) -> list[str]:
    """Return the articles of which not all units are there as they are now."""
    current = Counter(row.article_id for row in rows if row.revision == wanted.get(row.article_id))
    return [article for article in wanted if current[article] != counts.get(article, 0)]


def strays_of(rows: Sequence[Row], wanted: Mapping[str, int]) -> list[str]:
    """Return the ids of rows that are of another revision, or of no article."""
    return [row.id for row in rows if row.revision != wanted.get(row.article_id)]


def batches(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    """Yield items, so many at once."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch

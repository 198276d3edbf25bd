"""Vectors of one article after the other are taken up at once, not each by itself."""

from __future__ import annotations

from index.catalog import Catalog
from index.vectors import CatalogVectors, PacedVectors


class Counted(CatalogVectors):
    """Counts how often it is kept up."""

    times = 0

    def sync(self) -> None:
        self.times += 1


def test_what_was_taken_up_lately_is_taken_up_later_or_when_somebody_says_so(catalog: Catalog) -> None:
    counted = Counted(catalog)
    paced = PacedVectors(counted, 3600)
    for _ in range(5):
        paced.sync()
    assert counted.times == 1
    paced.take_up()
    assert counted.times == 2
    at_once = PacedVectors(counted, 0)
    at_once.sync()
    at_once.sync()
    assert counted.times == 4

"""Nothing leaves that the articles do not bear out: a real catalog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.answers.verifier import Verifier
from assistant.models import Citation
from index.catalog import Catalog, Reading
from index.catalog.database import open_database
from index.models import Article, Passage, Quotation, content_id
from tests.invented import answer, citation

TEXT = "Le port rouvre. « Oui », dit Ana Ruiz. « Non », dit Luc Mas."
ARTICLE = Article(content_id(TEXT), "port", "Le port rouvre", "fr", text=TEXT)


class Counting(Catalog):
    """Counts how often it is read."""

    reads: Counter[str]

    def article(self, article_id: str) -> Article:
        self.reads["article"] += 1
        return super().article(article_id)

    def quotations(self, article_id: str | None = None) -> list[Quotation]:
        self.reads["quotations"] += 1
        return super().quotations(article_id)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Counting]:
    catalog = Counting(open_database(tmp_path))
    catalog.reads = Counter()
    said = [Quotation(ARTICLE.id, 18, 21, "direct", "Ana Ruiz"), Quotation(ARTICLE.id, 41, 44, "direct", "Luc Mas")]
    vectors = np.full((2, 4), 0.5, np.float32)
    catalog.add(Reading(ARTICLE, [Passage(ARTICLE.id, 0, len(TEXT))], said, vectors[:1], vectors, "m"))
    yield catalog
    catalog.close()


def cited(start: int, end: int, speaker: str | None, quote: str | None = None) -> Citation:
    return citation(quote or TEXT[start:end], id=ARTICLE.id, start=start, end=end, speaker=speaker)


@pytest.mark.parametrize(
    ("citations", "holds"),
    [
        ([cited(18, 21, "Ana Ruiz")], True),
        ([cited(18, 21, "Ana Ruiz"), cited(41, 44, "Luc Mas")], True),
        ([cited(0, 15, None)], True),
        ([cited(18, 21, "Luc Mas")], False),
        ([cited(0, 15, "Ana Ruiz")], False),
        ([cited(18, 21, "Ana Ruiz", "Ouï")], False),
        ([cited(18, 21, "Ana Ruiz"), cited(41, 44, "Ana Ruiz")], False),
        ([], True),
    ],
)
def test_every_citation_is_a_slice_under_the_stored_name(
    catalog: Counting, citations: list[Citation], holds: bool
) -> None:
    assert Verifier(catalog).verified(answer(*citations)) is holds


def test_an_article_is_read_once(catalog: Counting) -> None:
    assert Verifier(catalog).verified(answer(cited(18, 21, "Ana Ruiz"), cited(41, 44, "Luc Mas"), cited(0, 15, None)))
    assert catalog.reads == {"article": 1, "quotations": 1}


def test_an_article_that_is_gone_bears_nothing_out(catalog: Counting) -> None:
    catalog.remove(ARTICLE.id)
    assert not Verifier(catalog).verified(answer(cited(18, 21, "Ana Ruiz")))

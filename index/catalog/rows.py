"""Rows of the catalog and the nouns they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from index.catalog.provenance import address
from index.catalog.tables import ARTICLES
from index.models import Article, ArticleCard, Quotation, UnitKind

Vectors = NDArray[np.float32]
BYTES_A_NUMBER: Final = np.dtype(np.float16).itemsize
"""Of a stored vector."""

DESCRIPTION: Final = ("key", "title", "published", "source", "author", "url", "origin", "form", "pages", "times")
"""What is known of an article beside its text and the language of the text."""
CARD: Final = tuple(known.name for known in fields(ArticleCard))
"""The columns that a card fills."""
NEWEST: Final = (sa.nulls_last(ARTICLES.c.published.desc()), ARTICLES.c.revision.desc())
"""The order of articles: the newest first, those without a date last."""
QUOTATION: Final = tuple(known.name for known in fields(Quotation))
"""The columns that a quotation fills, but for its vector."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stored passage or quotation with its vector (float32, the model's dimensions)."""

    kind: UnitKind
    article_id: str
    start: int
    end: int
    vector: Vectors


def description_values(article: Article) -> dict[str, Any]:
    """Return the columns that tell of an article, without its text and language."""
    values = {name: getattr(article, name) for name in DESCRIPTION}
    places = {"pages": list(article.pages) or None, "times": [list(time) for time in article.times] or None}
    return values | places | {"address": address(article.url)}


def article_values(article: Article) -> dict[str, Any]:
    """Return the columns that an article fills."""
    return {"id": article.id, "text": article.text, "lang": article.lang} | description_values(article)


def to_article(row: sa.Row[Any]) -> Article:
    """Return the article that a row holds."""
    return Article(**_values(row, CARD), text=row.text, pages=tuple(row.pages or ()), times=_times(row.times))


def _times(stored: list[list[int]] | None) -> tuple[tuple[int, int], ...]:
    return tuple((begin, second) for begin, second in stored or ())


def to_card(row: sa.Row[Any]) -> ArticleCard:
    """Return what a row tells of an article but its text."""
    return ArticleCard(**_values(row, CARD))


def quotation_values(quotation: Quotation) -> dict[str, Any]:
    """Return the columns that a quotation fills, but for its vector."""
    return {name: getattr(quotation, name) for name in QUOTATION}


def to_quotation(row: sa.Row[Any]) -> Quotation:
    """Return the quotation that a row holds."""
    return Quotation(**_values(row, QUOTATION))


def _values(row: sa.Row[Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def packed(vector: Vectors) -> bytes:
    """Return a vector as it is stored: in half precision."""
    return vector.astype(np.float16).tobytes()


def unpacked(vector: bytes) -> Vectors:
    """Return a stored vector."""
    return np.frombuffer(vector, dtype=np.float16).astype(np.float32)

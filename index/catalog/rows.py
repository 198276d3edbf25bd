"""Rows of the catalog and the nouns they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from index.catalog.provenance import address
from index.models import Article, Quotation, UnitKind

Vectors = NDArray[np.float32]
BYTES_A_NUMBER: Final = np.dtype(np.float16).itemsize
"""Of a stored vector."""

DESCRIPTION: Final = ("key", "title", "published", "source", "author", "url", "origin", "form", "pages")
"""What is known of an article beside its text and the language of the text."""
_ARTICLE_FIELDS = ("id", "text", "lang", *DESCRIPTION)
_QUOTATION_FIELDS = ("article_id", "start", "end", "kind", "speaker", "speaker_as_written", "cue", "via")


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
    return values | {"pages": list(article.pages) or None, "address": address(article.url)}


def article_values(article: Article) -> dict[str, Any]:
    """Return the columns that an article fills."""
    return {"id": article.id, "text": article.text, "lang": article.lang} | description_values(article)


def to_article(row: sa.Row[Any]) -> Article:
    """Return the article that a row holds."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _ARTICLE_FIELDS}
    return Article(**values | {"pages": tuple(row.pages or ())})


def quotation_values(quotation: Quotation) -> dict[str, Any]:
    """Return the columns that a quotation fills, but for its vector."""
    return {name: getattr(quotation, name) for name in _QUOTATION_FIELDS}


def to_quotation(row: sa.Row[Any]) -> Quotation:
    """Return the quotation that a row holds."""
    return Quotation(**{name: getattr(row, name) for name in _QUOTATION_FIELDS})


def packed(vector: Vectors) -> bytes:
    """Return a vector as it is stored: in half precision."""
    return vector.astype(np.float16).tobytes()


def unpacked(vector: bytes) -> Vectors:
    """Return a stored vector."""
    return np.frombuffer(vector, dtype=np.float16).astype(np.float32)

"""What an article does not vouch for is told with the word that says so."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from index.models import Article, content_id
from index.quotations.extractor import extract_quotations

TABLE = tomllib.loads((Path(__file__).parents[3] / "data/vouching.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("lang", "row"), [(lang, row) for lang, rows in TABLE.items() for row in rows], ids=lambda value: str(value)[:60]
)
def test_who_vouches_is_kept_with_the_words(lang: str, row: dict[str, Any]) -> None:
    article = Article(content_id(row["text"]), "example", "", lang, text=row["text"])
    first, *_ = extract_quotations(article)
    assert (first.speaker is not None, first.hedge, first.via) == (True, row.get("hedge"), row.get("via"))

"""Words that somebody is said not to have said are nobody's, whoever the sentence names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from index.models import Article, Quotation, content_id
from index.quotations.extractor import extract_quotations

TABLE = tomllib.loads((Path(__file__).parents[3] / "data/denied.toml").read_text(encoding="utf-8"))
ROWS = [(lang, row) for lang, rows in TABLE.items() for row in rows]


def _first(text: str, lang: str) -> Quotation:
    return next(iter(extract_quotations(Article(content_id(text), "example", "", lang, text=text))))


@pytest.mark.parametrize(("lang", "row"), [pair for pair in ROWS if "of" in pair[1]], ids=lambda value: str(value)[:60])
def test_denied_words_are_nobodys(lang: str, row: dict[str, Any]) -> None:
    words = _first(row["text"], lang)
    assert (words.speaker, words.disclaimed) == (None, row["of"])
    assert words.denial_start is not None and words.denial_end is not None
    assert words.denial_start <= words.start < words.end <= words.denial_end


@pytest.mark.parametrize(
    ("lang", "row"), [pair for pair in ROWS if "speaker" in pair[1]], ids=lambda value: str(value)[:60]
)
def test_words_beside_a_negation_stay_somebodys(lang: str, row: dict[str, Any]) -> None:
    words = _first(row["text"], lang)
    assert (words.speaker, words.disclaimed, words.denial_start) == (row["speaker"], None, None)

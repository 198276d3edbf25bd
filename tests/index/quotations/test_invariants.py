"""Whatever the text: slices of it, in order, without overlap, and never an exception."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.models import Article, content_id
from index.quotations.extractor import extract_quotations

LABELLED = Path(__file__).parents[2] / "data" / "eval"
MARKS = "«»“”„\"'’‘"
SCRAPS = st.sampled_from(
    [
        *MARKS,
        "\n\n",
        "\n",
        " ",
        ", ",
        ". ",
        ": ",
        "? ",
        "Jeanne Morel",
        "le maire",
        "elle",
        "a dit",
        "said",
        "que",
        "that",
    ]
    + [
        "Jeanne Morel : ",
        "Q. ",
        "R. ",
        "M. Paul Attal. ",
        "— Non, dit-elle",
        "(Rires.)",
        "selon",
        "d’",
        "-t-il",
        "Le pont tiendra",
        "the bridge",
        "…",
        "(",
        ")",
        "[",
        "]",
        "—",
        "1",
        "é",
        "\u00a0",
        "🙂",
    ]
)


def check(text: str, lang: str) -> None:
    last = 0
    for found in extract_quotations(Article(content_id(text), "x", "", lang, text=text)):
        assert last <= found.start < found.end <= len(text)
        last = found.end


@settings(deadline=None)
@given(st.lists(SCRAPS, max_size=40).map("".join), st.sampled_from(["fr", "en", "de"]))
def test_any_text_yields_slices_in_order(text: str, lang: str) -> None:
    check(text, lang)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["fr", "en"]))
def test_any_characters_do(text: str, lang: str) -> None:
    check(text, lang)


def damaged(text: str, seed: int) -> Iterator[str]:
    """Return the text with a third of its marks deleted, doubled, and swapped for others."""
    chance = random.Random(seed)
    for change in ("", None, MARKS):
        yield "".join(
            c
            if c not in MARKS or chance.random() > 0.33
            else c * 2
            if change is None
            else chance.choice(change or [""])
            for c in text
        )


@pytest.mark.parametrize("folder", ["fr-dev", "en-dev"])
def test_damaged_marks_break_nothing(folder: str) -> None:
    articles = sorted((LABELLED / folder / "articles").glob("*.txt"))
    if not articles:
        pytest.skip(f"no labelled articles in {LABELLED / folder}")
    for seed, path in enumerate(articles):
        for text in damaged(path.read_text(encoding="utf-8"), seed):
            check(text, folder[:2])

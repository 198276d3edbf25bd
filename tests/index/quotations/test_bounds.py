"""What no article of the press holds must not make its reading endless."""

from __future__ import annotations

import pytest

from index.quotations.parse import read


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
@pytest.mark.parametrize("text", ["Il dit " + "dit " * 1_000, "mot, " * 1_000, "« " * 500, '"' * 2_000 + " a"])
def test_sentences_are_of_bounded_length_and_tile_the_tokens(text: str, lang: str) -> None:
    for paragraph in read(text, [], lang):
        ends = [0, *(last for _, last in paragraph.sentences)]
        assert [first for first, _ in paragraph.sentences] == ends[:-1]
        assert ends[-1] == len(paragraph.tokens)
        assert all(last - first <= 200 for first, last in paragraph.sentences)
        assert all(text[token.start : token.end].strip() for token in paragraph.tokens if token.text.strip())

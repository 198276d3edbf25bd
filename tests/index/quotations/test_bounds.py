"""What no article of the press holds must not make its reading endless."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.loaders import load_text
from index.quotations.extractor import extract_quotations
from index.quotations.syntax.parser import read
from index.quotations.text.windows import LONGEST, stretches
from index.text.marks import paragraph_spans


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
@pytest.mark.parametrize("text", ["Il dit " + "dit " * 1_000, "mot, " * 1_000, "« " * 500, '"' * 2_000 + " a"])
def test_sentences_are_of_bounded_length_and_tile_the_tokens(text: str, lang: str) -> None:
    for paragraph in read(text, [], lang):
        ends = [0, *(last for _, last in paragraph.sentences)]
        assert [first for first, _ in paragraph.sentences] == ends[:-1]
        assert ends[-1] == len(paragraph.tokens)
        assert all(last - first <= 200 for first, last in paragraph.sentences)
        assert all(text[token.start : token.end].strip() for token in paragraph.tokens if token.text.strip())


SAID = "« Le quai numéro {} rouvrira lundi », a déclaré Maud Lorne, la maire.\n\n"


PARTS = ["mot " * 9_000, "Un.\n\n", "a\n" * 30_000, "x" * 120_000, "\n\n"]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, len(PARTS) - 1), max_size=8))
def test_stretches_tile_a_text_and_end_between_paragraphs(parts: list[int]) -> None:
    text = "".join(PARTS[part] for part in parts)
    spans = list(stretches(text))
    assert "".join(text[start:end] for start, end in spans) == text
    starts = {start for start, _ in paragraph_spans(text)}
    assert all(start in starts for start, _ in spans[1:])
    read = (paragraph_spans(text[start:end]) for start, end in spans)
    assert all(len(paragraphs) < 2 or paragraphs[-1][1] <= LONGEST for paragraphs in read)


def test_a_text_of_several_stretches_gives_the_words_of_each_where_they_stand() -> None:
    text = "".join(SAID.format(n) + "x" * LONGEST + "\n\n" for n in range(3))
    found = extract_quotations(load_text(text, key="long", lang="fr"))
    assert [text[q.start : q.end] for q in found] == [f"Le quai numéro {n} rouvrira lundi" for n in range(3)]
    assert {q.speaker for q in found} == {"Maud Lorne"}

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from index.languages.patterns import one_of

WORDS = st.sets(st.text("abé- '.", min_size=1, max_size=5), min_size=1, max_size=20)


@given(WORDS, st.text("abé- '.", max_size=5))
def test_it_matches_the_words_and_no_others(words: set[str], other: str) -> None:
    pattern = re.compile(one_of(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert bool(pattern.fullmatch(other)) == (other in words)


def test_the_longest_of_the_words_that_fit_is_taken() -> None:
    assert re.compile(one_of(["dit", "dite", "dites"])).match("dites").group() == "dites"  # type: ignore[union-attr]


def test_letters_that_words_share_are_tried_once() -> None:
    assert one_of(["dit", "dite", "dira"]) == "di(?:ra|t(?:e)?)"

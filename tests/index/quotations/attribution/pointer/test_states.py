"""What the pointer sees of states: of the tokens beside words and mentions; and whom it points at by them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding.token_states import MOST, Floats, Tokens, TokenStates, open_token_states
from index.models import Article, content_id
from index.quotations.attribution.features.evidence import seen_states
from index.quotations.attribution.pointer.inputs import PointerInput, pointer_input
from index.quotations.attribution.pointer.network import Pointing, fitted_state_pointer
from index.quotations.attribution.pointer.states import AFTER, BEFORE, ArticleStates, SeenStates
from index.quotations.attribution.reader import open_reader
from index.quotations.attribution.surroundings import Surroundings
from index.settings import IndexSettings

WORD = 4
"""Characters of a word of the texts here, with the space after it."""


class Counted(TokenStates):
    """Gives each word its number, from 1, for a state; counts what it is asked."""

    def __init__(self) -> None:
        super().__init__(Path())
        object.__setattr__(self, "asked", [])

    __slots__ = ("asked",)

    def tokens(self, text: str) -> Tokens:
        starts = np.arange(0, len(text), WORD)
        return Tokens(range(1, len(starts) + 1), starts, starts + WORD - 1)

    def states(self, ids: Sequence[int]) -> Floats:
        self.asked.append((ids[0], ids[-1]))
        return np.array([[number, 1.0] for number in ids], dtype=np.float32)


def place(first: int, last: int) -> tuple[int, int]:
    """Return the offsets of words by their numbers."""
    return (first - 1) * WORD, last * WORD - 1


def numbers(states: Floats) -> list[float]:
    return [float(number) for number in states[..., 0].ravel()]


def test_the_tokens_beside_words_and_mentions_are_seen() -> None:
    states = ArticleStates("abc " * 50, [place(10, 12)], Counted())
    seen = states.seen(place(10, 12), [place(5, 6), place(1, 1)])
    assert numbers(seen.words) == [11, 8, 9, 13, 14, 10, 12]
    assert numbers(seen.mentions) == [5.5, 4, 7, 1, 0, 2]  # before the first word there is nothing


def test_a_mention_that_was_not_read_is_nothing() -> None:
    states = ArticleStates("abc " * 900, [place(10, 12)], Counted())
    seen = states.seen(place(10, 12), [place(800, 801)])
    assert not seen.mentions.any()


@pytest.mark.parametrize(
    ("places", "asked"),
    [
        ([(300, 310)], [(300 - BEFORE, 310 + AFTER)]),
        ([(300, 310), (330, 340)], [(300 - BEFORE, 340 + AFTER)]),
        ([(5, 6)], [(1, 6 + AFTER)]),
        ([(300, 310), (1600, 1610)], [(300 - BEFORE, 310 + AFTER), (1600 - BEFORE, 1610 + AFTER)]),
        ([(300, 1700)], [(300 - BEFORE, 300 - BEFORE + MOST - 1)]),
        ([], []),
    ],
)
def test_words_near_each_other_are_read_together(places: list[tuple[int, int]], asked: list[tuple[int, int]]) -> None:
    model = Counted()
    states = ArticleStates("abc " * 2000, [place(*words) for words in places], model)
    for words in places:
        states.seen(place(*words), [])
    assert model.asked == asked


def pointed(text: str, lang: str, words: str) -> tuple[PointerInput, SeenStates, Pointing]:
    model = open_token_states(IndexSettings().cache, lambda _: None)
    mentions = open_reader(Article(content_id(text), "example", "", lang, text=text), model=model).mentions()
    around = Surroundings(mentions, next(span for span in mentions.found if words in text[span.start : span.end]))
    given = pointer_input(around)
    seen = seen_states(around, given)
    assert seen is not None
    return given, seen, fitted_state_pointer().point(given, seen)


@pytest.mark.parametrize(
    ("text", "lang", "words", "speaker"),
    [
        ("Tom Reed was there. “Nobody will be paid late,” said Ada Pike.", "en", "paid", "Ada Pike"),
        ("« Le pont tiendra », a déclaré Jeanne Morel. Paul Ruiz n'en croit rien.", "fr", "pont", "Jeanne Morel"),
        ("Tom Reed was there. “Nobody will be paid late,” frumbled Ada Pike.", "en", "paid", "Ada Pike"),
    ],
)
def test_it_points_at_who_speaks(text: str, lang: str, words: str, speaker: str) -> None:
    given, _, pointing = pointed(text, lang, words)
    best = max(range(len(given.mentions)), key=lambda n: pointing.mentions[n])
    assert given.mentions[best].mention.speaker.name == speaker
    assert pointing.mentions[best] > pointing.nobody
    assert sum(pointing.mentions) + pointing.nobody == pytest.approx(1, abs=1e-4)


def test_without_mentions_it_points_at_nobody() -> None:
    given, seen, _ = pointed("« Le pont tiendra », a dit Jeanne Morel.", "fr", "pont")
    nothing = SeenStates(seen.words, seen.mentions[:0])
    pointing = fitted_state_pointer().point(PointerInput(given.symbols, given.kind, ()), nothing)
    assert (list(pointing.mentions), pointing.nobody) == ([], 1.0)

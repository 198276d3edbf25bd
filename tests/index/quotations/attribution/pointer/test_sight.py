"""What is in sight of some words: their tokens and those around, each marked as what it is."""

from __future__ import annotations

import numpy as np
import pytest

from index.embedding.token_states import TokenWindow
from index.models import Article
from index.quotations.attribution.pointer.sight import AFTER, BEFORE, ENDS, MARKS, Place, Sight, sight
from index.quotations.attribution.pointer.states import ArticleStates

WORD = 4
"""Characters of a word of the texts here, with the space after it."""


def window(count: int) -> TokenWindow:
    """Return words whose states are their numbers, from 1."""
    starts = np.arange(0, count * WORD, WORD)
    states = np.arange(1, count + 1, dtype=np.float32)[:, None].repeat(2, axis=1)
    return TokenWindow(starts, starts + WORD - 1, states)


def place(first: int, last: int) -> Place:
    """Return the offsets of words by their numbers."""
    return (first - 1) * WORD, last * WORD - 1


def seen(
    words: Place,
    said: list[Place] | None = None,
    mentioned: list[tuple[Place, int]] | None = None,
    breaks: tuple[int, ...] = (),
    count: int = 400,
) -> Sight:
    return sight(
        window(count), np.array(breaks, np.int64), words, np.array(said or [], np.int64).reshape(-1, 2), mentioned or []
    )


def numbers(found: Sight) -> list[int]:
    return [int(number) for number in found.states[:, 0]]


def test_so_many_tokens_before_and_after_are_in_sight() -> None:
    found = seen(place(200, 202))
    assert numbers(found) == list(range(200 - BEFORE, 202 + AFTER + 1))
    assert [numbers(found)[at] for at in found.words] == [200, 202]


def test_of_long_words_the_ends_are_in_sight() -> None:
    found = numbers(seen(place(200, 300)))
    assert [n for n in found if 200 <= n <= 300] == [*range(200, 200 + ENDS), *range(301 - ENDS, 301)]


@pytest.mark.parametrize(("first", "last", "expected"), [(1, 2, (1, 2 + AFTER)), (399, 400, (399 - BEFORE, 400))])
def test_beyond_the_text_there_is_nothing(first: int, last: int, expected: tuple[int, int]) -> None:
    assert numbers(seen(place(first, last))) == list(range(expected[0], expected[1] + 1))


def test_each_token_is_marked_as_what_it_is() -> None:
    mentioned = [(place(9, 10), 1), (place(14, 14), 3), (place(390, 391), 2)]
    found = seen(place(11, 12), said=[place(5, 6), place(11, 12)], mentioned=mentioned, breaks=(27,), count=16)
    role, distance, paragraph, form = found.marks.T
    assert role.tolist() == [0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]
    assert distance.tolist() == [7, 8, 8, 8, 8, 9, 9, 9, 10, 11, 12, 12, 13, 14, 15, 15]
    assert paragraph.tolist() == [1] * 7 + [2] * 9
    assert form.tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 3, 0, 0]
    assert found.mentions.tolist() == [[8, 10], [13, 14], [-1, -1]]
    assert (found.marks < np.array(MARKS)).all()


def test_words_without_a_token_have_the_nearest() -> None:
    found = seen((WORD * 20 - 1, WORD * 20), count=30)  # the space between two words
    assert [numbers(found)[at] for at in found.words] == [21, 21]
    behind = seen((500, 520), count=30)
    assert [numbers(behind)[at] for at in behind.words] == [30, 30]


class Nothing:
    """Gives no token: a text of which nothing could be read."""

    def window(self, article: Article, start: int, end: int) -> TokenWindow:
        return TokenWindow(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 2), np.float32))


def test_a_text_without_tokens_is_no_error() -> None:
    article = Article("a", "a", "", "en", text="abc " * 5)
    found = ArticleStates(Nothing(), article, 0, 20).sight((4, 7), np.array([[4, 7]]), [((8, 11), 1)])
    assert found.states.tolist() == [[0, 0]]
    assert found.words.tolist() == [0, 0]

"""The states of the embedding model's tokens beside some words, and beside the mentions near them.

States tell what words mean where they stand; the parser's tokens of ``inputs`` tell how they hang together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.embedding.token_states import MOST, TokenStates

BEFORE, AFTER = 130, 70
"""Tokens before and after some words that are read with them."""
BESIDE_WORDS = 2
"""Tokens before some words, and as many after them, that the pointer sees."""
BESIDE_MENTION = 1

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenWindow:
    """Tokens of a text in order: where each starts and ends, and its state."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    states: Floats

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the first token that is between two offsets, and one past the last."""
        first = int(np.searchsorted(self.ends, start, "right"))
        return first, max(int(np.searchsorted(self.starts, end)), first)

    def beside(self, start: int, end: int, count: int) -> list[Floats]:
        """Return the mean of the states between two offsets, then those before and after; zeros: there are none."""
        first, last = self.bounds(start, end)
        if first == last:
            return [self._nothing] * (1 + 2 * count)
        around = (*range(first - count, first), *range(last, last + count))
        return [self.states[first:last].mean(axis=0), *map(self.at, around)]

    def at(self, token: int) -> Floats:
        """Return the state of a token; zeros: there is none."""
        state: Floats = self.states[token] if 0 <= token < len(self.states) else self._nothing
        return state

    @property
    def _nothing(self) -> Floats:
        return np.zeros(self.states.shape[1], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class SeenStates:
    """What the pointer sees: states beside words, (tokens, size), and beside mentions, (mentions, tokens, size)."""

    words: Floats
    mentions: Floats


class ArticleStates:
    """The states of the tokens around the words that an article quotes, computed when they are first asked for.

    Args:
        text: the article's.
        places: where the words start and end, in order.
        model: gives the states.
    """

    def __init__(self, text: str, places: Sequence[tuple[int, int]], model: TokenStates) -> None:
        self._text, self._places, self._model = text, places, model

    def seen(self, place: tuple[int, int], mentions: Sequence[tuple[int, int]]) -> SeenStates:
        """Return the states beside the words of a place, and beside mentions by their places."""
        stretch = self._stretches[place]
        first, last = stretch.bounds(*place)
        words = [*stretch.beside(*place, BESIDE_WORDS), stretch.at(first), stretch.at(max(last - 1, first))]
        beside = [stretch.beside(*mention, BESIDE_MENTION) for mention in mentions]
        shape = (len(mentions), 1 + 2 * BESIDE_MENTION, len(words[0]))
        return SeenStates(np.stack(words), np.array(beside, dtype=np.float32).reshape(shape))

    @cached_property
    def _stretches(self) -> dict[tuple[int, int], TokenWindow]:
        """The stretch that each place is in; those that are near share one."""
        tokens = self._model.tokens(self._text)
        whole = TokenWindow(tokens.starts, tokens.ends, np.empty((0, 0), dtype=np.float32))
        wanted = [whole.bounds(*place) for place in self._places]
        found: dict[tuple[int, int], TokenWindow] = {}
        for first, last, count in _merged(wanted, len(tokens.ids)):
            states = self._model.states(tokens.ids[first:last])
            stretch = TokenWindow(tokens.starts[first:last], tokens.ends[first:last], states)
            found |= dict.fromkeys(self._places[len(found) : len(found) + count], stretch)
        return found


def _merged(wanted: Sequence[tuple[int, int]], most: int) -> Iterator[tuple[int, int, int]]:
    """Yield stretches of tokens that hold words with what is around them, and how many words each holds."""
    first = last = count = 0
    for start, end in wanted:
        stop = min(end + AFTER, most)
        if count and stop - first > MOST:
            yield first, last, count
            count = 0
        if not count:
            first = max(start - BEFORE, 0)
        last, count = min(stop, first + MOST), count + 1
    if count:
        yield first, last, count

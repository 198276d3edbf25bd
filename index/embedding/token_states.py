"""Texts -> the states of their tokens half way through the bundled model, by which articles are read.

The bundled model's file gives one vector a text; cut off after its layer ``LAYER`` it gives one for each token, for
half the work. The shorter file has a folder of its own: the name of the other one stands in catalogs, whose vectors
would have to be made anew. It is the bundled model's whatever model is set for searching, as what reads states was
fitted on these.
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

from index.embedding.bundled_model import MODEL, ONNX_FILE, PASSAGE, TOKENIZER_FILE, Report, bundled_model
from index.embedding.bundled_weights import SHA256
from index.embedding.model_cache import kept_folder
from index.embedding.sessions import load_session, load_tokenizer, valid
from index.errors import ModelError

LAYER = 6
MOST = 500
"""Tokens that the model takes at once, without those that are added to them."""

_RECIPE = 1
"""To be raised with every change of what the folder holds."""
_ROOM = 300_000_000
_CUT = f"/bert/encoder/layer.{LAYER - 1}/output/LayerNorm/LayerNormalization_output_0"
_FIRST, _LAST = 0, 2
"""The tokens that stand before and after every text."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The model's tokens of a text: their numbers, and where each starts and ends in the text."""

    ids: Sequence[int]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TokenStates:
    """The shorter model, by its folder; each process loads it when it is first asked.

    A text goes through it alone, as through ``BundledEmbedder`` and for the same reason.
    """

    folder: Path

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of a text of any length."""
        encoding = load_tokenizer(self.folder / TOKENIZER_FILE).encode(valid(text), add_special_tokens=False)
        places = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        return Tokens(encoding.ids, places[:, 0], places[:, 1])

    def states(self, ids: Sequence[int]) -> Floats:
        """Return the states of ``MOST`` tokens or fewer, each of mean 0 and variance 1."""
        prefix = load_tokenizer(self.folder / TOKENIZER_FILE).encode(PASSAGE, add_special_tokens=False).ids
        tokens = np.array([[_FIRST, *prefix, *ids, _LAST]], dtype=np.int64)
        (states,) = load_session(self.folder / ONNX_FILE).run(
            None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        )
        inner: Floats = states[0, 1 + len(prefix) : -1]
        centred = inner - inner.mean(axis=1, keepdims=True)
        scaled: Floats = centred / (centred.std(axis=1, keepdims=True) + np.float32(1e-5))
        return scaled


def open_token_states(cache: Path, report: Report) -> TokenStates | None:
    """Return the shorter model; it is made below ``cache`` where it is missing.

    None, and ``report`` is told why, where it cannot be had: articles can be read without it.
    """

    def build(folder: Path) -> dict[str, Any]:
        _cut_off(bundled_model(cache, report), folder)
        return {"weights": SHA256, "recipe": _RECIPE, "onnx": version("onnx")}

    try:
        return TokenStates(kept_folder(cache, f"{MODEL}-{SHA256[:8]}-states-{_RECIPE}", build, _ROOM))
    except ModelError as error:
        report(f"Speakers are told without the embedding model: {error}")
        return None


def _cut_off(whole: Path, folder: Path) -> None:
    import onnx

    onnx.utils.extract_model(whole / ONNX_FILE, folder / ONNX_FILE, ["input_ids", "attention_mask"], [_CUT])
    shutil.copyfile(whole / TOKENIZER_FILE, folder / TOKENIZER_FILE)

"""The tokens in sight of some words -> where a network points that reads on from their states.

Its first layers are the embedding model's next three, taught to tell who speaks (fine-tuning, Devlin et al. 2019); then
it points as ``network`` does. ``python -m tests.evaluation --fit tuned`` writes its file, for onnxruntime.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding.sessions import load_session
from index.quotations.attribution.pointer.inputs import LIE, PointerInput
from index.quotations.attribution.pointer.network import NOWHERE, Pointing, pointing
from index.quotations.attribution.pointer.sight import Sight

WEIGHTS = Path(__file__).with_name("tuned.onnx")


def point(given: PointerInput, seen: Sight, file: Path = WEIGHTS) -> Pointing:
    """Return how strongly the network of a file points to each mention."""
    if not given.mentions:
        return NOWHERE
    scores, written, nobody = load_session(file).run(None, inputs(given, seen))
    return pointing(scores, written, float(nobody[0]))


def inputs(given: PointerInput, seen: Sight) -> dict[str, NDArray[Any]]:
    """Return what the network is given, by name."""
    return {
        "states": seen.states.astype(np.float32, copy=False),
        "marks": seen.marks,
        "words": seen.words,
        "mentions": seen.mentions,
        "lie": np.array([m.lie for m in given.mentions], np.int64).reshape(-1, len(LIE)),
        "kind": np.array([given.kind], np.int64),
    }

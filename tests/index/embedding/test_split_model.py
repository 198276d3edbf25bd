"""The two halves give what the whole file gives."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from index.embedding.bundled_model import ONNX_FILE, bundled_model
from index.embedding.split_model import POSITIONS, SplitModel, open_split_model
from index.settings import IndexSettings


@pytest.fixture(scope="module")
def model() -> SplitModel:
    return open_split_model(IndexSettings().cache, lambda _: None)


@pytest.fixture(scope="module")
def whole() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(bundled_model(IndexSettings().cache, lambda _: None) / ONNX_FILE), options)


@pytest.mark.parametrize("text", ["", "Le pont", "« Le pont tiendra », a déclaré Jeanne Morel. " * 9, "mot " * 2000])
def test_the_vector_is_that_of_the_whole_file(
    model: SplitModel, whole: onnxruntime.InferenceSession, text: str
) -> None:
    read = model.half_read(text)
    ids = model._tokenizer.encode(text).ids
    ids = ids if len(ids) <= POSITIONS else [*ids[: POSITIONS - 1], ids[-1]]
    tokens = np.array([ids], dtype=np.int64)
    (vectors,) = whole.run(None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)})
    assert len(read.states) == len(ids)
    assert np.array_equal(model.vector(read), vectors[0])

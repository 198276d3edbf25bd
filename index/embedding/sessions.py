"""Files of the bundled model -> its network on onnxruntime, and its tokenizer."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import onnxruntime
from tokenizers import Tokenizer

_loading = threading.Lock()  # or else threads that ask at once each load it


def load_tokenizer(path: Path) -> Tokenizer:
    """Return the tokenizer of a file."""
    with _loading:
        return _tokenizer(path)


def load_session(path: Path) -> Any:
    """Return the network of a file, which takes one core."""
    with _loading:
        return _session(path)


@lru_cache(maxsize=2)  # as of the weights below
def _tokenizer(path: Path) -> Tokenizer:
    return Tokenizer.from_file(str(path))


# Two halves, and the pointer's layers. Whoever opens a model again in one process shares its weights (250 MB), as
# threads may.
@lru_cache(maxsize=3)
def _session(path: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts side by side, not one text cut up
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def valid(text: str) -> str:
    """Return the text with a question mark for each lone surrogate, which tokenizers refuse."""
    return text.encode("utf-8", "replace").decode("utf-8")

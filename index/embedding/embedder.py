"""Texts -> vectors: the bundled model on onnxruntime alone, any other through sentence-transformers.

Neither torch nor sentence-transformers is imported before a model that needs them is opened (seconds, and 400 MB).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding.bundled_model import NAME, PASSAGE, Report
from index.embedding.sessions import valid
from index.embedding.split_model import CHARACTERS_A_TOKEN, DIMENSIONS, POSITIONS, SplitModel, open_split_model
from index.errors import ModelError
from index.pytorch import import_torch
from index.settings import BUNDLED, IndexSettings
from index.workers import cores

Vectors = NDArray[np.float32]

_NO_LIMIT = 8192
"""Tokens of a text for a model that sets none."""
_QUERY = "query: "


class Embedder(Protocol):
    """Turns texts into vectors of length 1, whose dot product says how near they are; goes from process to process.

    Attributes:
        name: which model made the vectors, with its precision; stored beside them in the catalog.
        dimensions: numbers in a vector.
        max_tokens: what ``count_tokens`` may say of a text that is embedded whole; the rest of a longer one is ignored.
        split: the bundled model's halves, if its they are: an article whose tokens' states are wanted too goes through
            them once; None: of another model.
    """

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """The longest text."""
        ...

    @property
    def split(self) -> SplitModel | None:
        """The halves."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the model's tokens in each text, without those that the model adds of its own."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts to be found, shape (len(texts), dimensions)."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimensions,)."""
        ...


def open_embedder(settings: IndexSettings, report: Report) -> Embedder:
    """Open the embedding model that is set; the bundled one is built first where it is missing.

    ``report`` is called with a sentence for each step that takes long.

    Raises:
        ModelError: there is no such model on this machine, or it cannot be built or loaded.
    """
    if settings.embedding_model == BUNDLED:
        return BundledEmbedder(open_split_model(settings.cache, report))
    return SentenceEmbedder(settings.embedding_model, report)


@dataclass(frozen=True, slots=True)
class BundledEmbedder:
    """multilingual-e5-small, quantised to int8; its texts go through the network side by side, each alone."""

    split: SplitModel
    name: str = f"{NAME}-int8"
    dimensions: int = DIMENSIONS

    @property
    def max_tokens(self) -> int:
        """See ``Embedder``."""
        added = 2  # the tokens before and after every text
        return POSITIONS - added - max(self.count_tokens([_QUERY, PASSAGE]))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See ``Embedder``."""
        return self.split.count_tokens(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder``."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        with ThreadPoolExecutor(cores()) as pool:
            for row, vector in enumerate(pool.map(self._vector, [PASSAGE + text for text in texts])):
                vectors[row] = vector
        return vectors

    def embed_query(self, text: str) -> Vectors:
        """See ``Embedder``."""
        return self._vector(_QUERY + text)

    def _vector(self, text: str) -> Vectors:
        return self.split.vector(self.split.half_read(text))


class SentenceEmbedder:
    """Any model that sentence-transformers can open, from a folder or from the machine's model cache."""

    split: None = None

    def __init__(self, model: str, report: Report) -> None:
        """Open a model by its folder or its name.

        Raises:
            ModelError: it is not on this machine, or cannot be loaded.
        """
        self._opened = model
        report(f"Opening the embedding model {model}…")
        named = Path(model).expanduser()
        self._model = _load_sentence_transformer(str(named) if named.is_dir() else _cached_folder(model))
        self._tokenizer = self._model.tokenizer
        self.name = f"{named.resolve().name if named.is_dir() else model}-{_fingerprint(self._model)}"
        self.dimensions = int(self._model.get_embedding_dimension())
        tokens = int(min(self._model.max_seq_length or _NO_LIMIT, _NO_LIMIT))
        prompts = [prompt for prompt in self._model.prompts.values() if prompt]
        self.max_tokens = tokens - len(self._ids([""], special=True)[0]) - max(self.count_tokens(prompts), default=0)
        self._most = tokens * CHARACTERS_A_TOKEN

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See ``Embedder``."""
        return [len(ids) for ids in self._ids([valid(text) for text in texts], special=False)]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder``."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return self._encode(self._model.encode_document, [valid(text[: self._most]) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        """See ``Embedder``."""
        return self._encode(self._model.encode_query, valid(text[: self._most]))

    def __reduce__(self) -> tuple[Any, ...]:
        """Have another process open the same model, once."""
        return _reopened, (self._opened,)

    def _encode(self, encode: Callable[..., Any], texts: str | list[str]) -> Vectors:
        vectors = encode(texts, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(vectors, dtype=np.float32)

    def _ids(self, texts: list[str], special: bool) -> list[list[int]]:
        if not texts:
            return []
        if isinstance(self._tokenizer, Tokenizer):  # of a static model
            return [e.ids for e in self._tokenizer.encode_batch_fast(texts, add_special_tokens=special)]
        ids: list[list[int]] = self._tokenizer(texts, add_special_tokens=special, verbose=False)["input_ids"]
        return ids


@lru_cache(maxsize=1)
def _reopened(model: str) -> SentenceEmbedder:
    return SentenceEmbedder(model, lambda _: None)


def _cached_folder(model: str) -> str:
    from huggingface_hub import snapshot_download

    try:
        # A name is looked up on this machine alone: sentence-transformers would ask the network too, and wait for it.
        return snapshot_download(_repository(model), local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"No embedding model {model!r} on this machine; Dixit does not download. Fetch it with `hf download "
            f"{_repository(model)}`, or set DIXIT_EMBEDDING_MODEL to a sentence-transformers folder or to {BUNDLED}."
        ) from error


def _repository(model: str) -> str:
    return model if "/" in model else f"sentence-transformers/{model}"


def _load_sentence_transformer(folder: str) -> Any:
    import_torch()
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(folder, local_files_only=True)
    except (OSError, ValueError, KeyError, ImportError, RuntimeError, SafetensorError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise ModelError(
            f"{folder} is not a whole sentence-transformers model ({reason}). Fetch it again, or set "
            f"DIXIT_EMBEDDING_MODEL to another folder or to {BUNDLED}."
        ) from error


def _fingerprint(model: Any) -> str:
    """Return eight digits that change with the weights, their precision or the prompts: vectors must not be mixed."""
    digest = hashlib.sha256(json.dumps(model.prompts, sort_keys=True).encode())
    for name, tensor in model.state_dict().items():
        start = tensor.detach().flatten()[:1024].float().cpu().numpy()
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}".encode() + start.tobytes())
    return digest.hexdigest()[:8]

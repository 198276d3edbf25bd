"""An article -> the states of its tokens half way through the bundled model, by which it is read.

They are those of the passages that are embedded, each with the article's title before it, so that whoever embeds an
article has them for nothing. They are the bundled model's whatever model is set for searching, as what reads them was
fitted on these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding.bundled_model import PASSAGE, Report
from index.embedding.split_model import DIMENSIONS, Floats, HalfRead, SplitModel, open_split_model
from index.errors import ModelError
from index.models import Article, Passage
from index.settings import IndexSettings
from index.text.chunker import chunk


@dataclass(frozen=True, slots=True)
class TokenWindow:
    """Tokens of a text in order: where each starts and ends, and its state."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    states: Floats

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the first token that is between two offsets, and one past the last."""
        first = int(np.searchsorted(self.ends, start, "right"))
        return first, max(int(np.searchsorted(self.starts, end)), first)


class TokenStates(Protocol):
    """Gives the states of an article's tokens."""

    def window(self, article: Article, start: int, end: int) -> TokenWindow:
        """Return the tokens of the passages that a stretch of an article's text lies in, by offsets into the text."""
        ...


@dataclass(frozen=True, slots=True)
class ReadStates:
    """Reads an article for its states alone, half way through the model.

    Attributes:
        passage_tokens: the longest passage, as for searching.
    """

    model: SplitModel
    passage_tokens: int

    def window(self, article: Article, start: int, end: int) -> TokenWindow:
        """See ``TokenStates``."""
        passages = [p for p in _passages(self, article) if p.start < end and start < p.end]
        return window(article, passages, [half_read(self.model, article, p) for p in passages])


def open_token_states(settings: IndexSettings, report: Report) -> ReadStates | None:
    """Return what reads an article for its states.

    None, and ``report`` is told why, where the model cannot be had: articles can be read without it.
    """
    try:
        return ReadStates(open_split_model(settings.cache, report), settings.passage_tokens)
    except ModelError as error:
        report(f"Speakers are told without the embedding model: {error}")
        return None


def passage_words(article: Article, passage: Passage) -> str:
    """Return the words that a passage's vector is made of: a passage alone often does not name what it is about."""
    return f"{article.title}\n{article.text[passage.start : passage.end]}"


def half_read(model: SplitModel, article: Article, passage: Passage) -> HalfRead:
    """Take a passage half way through the model."""
    return model.half_read(PASSAGE + passage_words(article, passage))


def window(article: Article, passages: Sequence[Passage], read: Sequence[HalfRead]) -> TokenWindow:
    """Return the tokens of passages that follow one another, by offsets into the article's text."""
    head = len(PASSAGE) + len(article.title) + 1
    starts, ends = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    states = [np.empty((0, DIMENSIONS), np.float32)]
    for passage, half in zip(passages, read, strict=True):
        own = half.ends > head  # not the title's, nor those that the model adds
        starts.append(half.starts[own] - head + passage.start)
        ends.append(half.ends[own] - head + passage.start)
        states.append(half.states[own])
    return TokenWindow(np.concatenate(starts), np.concatenate(ends), np.concatenate(states))


@lru_cache(maxsize=1)  # a long article is asked for stretch by stretch
def _passages(states: ReadStates, article: Article) -> list[Passage]:
    return chunk(article, states.model.count_tokens, states.passage_tokens)

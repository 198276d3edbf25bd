"""The states of tokens: where each token stands, what its state depends on, and that articles do without."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from index.embedding.token_states import MOST, TokenStates, open_token_states
from index.settings import IndexSettings


@pytest.fixture(scope="module")
def model() -> TokenStates:
    model = open_token_states(IndexSettings().cache, lambda _: None)
    assert model is not None
    return model


@pytest.mark.parametrize(
    "text",
    [
        "« Le pont tiendra », a déclaré Jeanne Morel.",
        "“Nobody’s late,” said Ada Pike.\n\nHe left.",
        "",
        "half \ud83d of",
    ],
)
def test_tokens_stand_where_the_text_has_them(model: TokenStates, text: str) -> None:
    tokens = model.tokens(text)
    assert len(tokens.ids) == len(tokens.starts) == len(tokens.ends)
    assert "".join(text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)).split() == [
        word for word in ["".join(text.split())] if word
    ]


def test_every_token_has_a_state_of_mean_0_and_variance_1(model: TokenStates) -> None:
    ids = model.tokens("The bridge will hold, said Ada Pike. " * 60).ids[:MOST]
    states = model.states(ids)
    assert states.shape[0] == len(ids) == MOST
    assert np.allclose(states.mean(axis=1), 0, atol=1e-4)
    assert np.allclose(states.std(axis=1), 1, atol=1e-3)


def test_the_same_word_has_another_state_elsewhere(model: TokenStates) -> None:
    one, other = (model.states(model.tokens(text).ids) for text in ("The bank of the river.", "The bank of England."))
    assert 0.3 < float(np.mean(one[1] * other[1])) < 0.98


def test_what_is_handed_to_other_processes_is_small(model: TokenStates) -> None:
    model.states(model.tokens("Loaded.").ids)
    handed = pickle.dumps(model)
    assert len(handed) < 1_000
    assert pickle.loads(handed) == model  # noqa: S301 - made here


def test_where_it_cannot_be_kept_it_is_told_and_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    told: list[str] = []
    assert open_token_states(blocked, told.append) is None
    assert len(told) == 1
    assert "without the embedding model" in told[0]

"""The states of tokens: where each token stands, what its state depends on, and that articles do without."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embedding.encoded_article import EncodedArticle
from index.embedding.token_states import ReadStates, open_token_states
from index.models import Article, content_id
from index.settings import IndexSettings
from index.text.chunker import chunk


@pytest.fixture(scope="module")
def model() -> ReadStates:
    model = open_token_states(IndexSettings(), lambda _: None)
    assert model is not None
    return model


def article(text: str, title: str = "Le pont") -> Article:
    return Article(content_id(text), "example", title, "fr", text=text)


@pytest.mark.parametrize(
    "text",
    [
        "« Le pont tiendra », a déclaré Jeanne Morel.",
        "“Nobody’s late,” said Ada Pike.\n\nHe left.",
        "",
        "half \ud83d of",
        "Le pont tiendra, dit-elle. " * 80,
    ],
)
@pytest.mark.parametrize("title", ["", "Le pont", "Le pont " * 30])
def test_tokens_stand_where_the_text_has_them(model: ReadStates, text: str, title: str) -> None:
    read = model.window(article(text, title), 0, len(text))
    assert len(read.starts) == len(read.ends) == len(read.states)
    found = "".join(text[s:e] for s, e in zip(read.starts, read.ends, strict=True))
    assert "".join(found.split()) == "".join(text.split())


def test_the_same_word_has_another_state_elsewhere(model: ReadStates) -> None:
    one, other = (
        model.window(article(text), 0, len(text)).states for text in ("The bank of the river.", "The bank of England.")
    )
    assert 0.3 < float(np.corrcoef(one[1], other[1])[0, 1]) < 0.98


def test_a_stretch_has_the_states_that_the_whole_text_gives_it(model: ReadStates) -> None:
    long = article("Le pont tiendra, dit-elle, quoi qu'il arrive. " * 60)
    whole, part = model.window(long, 0, len(long.text)), model.window(long, 1200, 1300)
    first = int(np.searchsorted(whole.starts, part.starts[0]))
    assert part.starts[0] <= 1200
    assert part.ends[-1] >= 1300
    assert np.array_equal(whole.states[first : first + len(part.states)], part.states)


def test_who_embeds_an_article_has_the_same_states_for_nothing(model: ReadStates) -> None:
    read = article("Le pont tiendra, dit-elle, quoi qu'il arrive. " * 60)
    encoded = EncodedArticle(model.model, read, chunk(read, model.model.count_tokens, model.passage_tokens))
    own, alone = encoded.window(read, 0, 2000), model.window(read, 0, 2000)
    assert np.array_equal(own.states, alone.states)
    assert np.array_equal(own.starts, alone.starts)


def test_what_is_handed_to_other_processes_is_small(model: ReadStates) -> None:
    model.window(article("Loaded."), 0, 7)
    handed = pickle.dumps(model)
    assert len(handed) < 1_000
    assert pickle.loads(handed) == model  # noqa: S301 - made here


def test_where_it_cannot_be_kept_it_is_told_and_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    told: list[str] = []
    assert open_token_states(replace(IndexSettings(), cache=blocked), told.append) is None
    assert len(told) == 1
    assert "without the embedding model" in told[0]

"""Fitting the pointer: it learns who speaks, the kept network answers as the learnt one, runs repeat."""

import json
import random
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from index.quotations.attribution.candidates import PlacedMention
from index.quotations.attribution.pointer.inputs import NOTHING, Pointed, PointerInput, Symbol
from index.quotations.attribution.pointer.network import packed, parts, pointer
from index.quotations.attribution.pointer.states import SeenStates
from tests.evaluation.labels import Said
from tests.evaluation.pointer import (
    PointedCase,
    fitted_pointer,
    fitted_state_pointer,
    pointed_unseen,
    pointer_text,
    pointings,
    vocabulary,
    written_place,
)

SAID: Symbol = ("said", "VERB", "ROOT")
MET: Symbol = ("met", "VERB", "ROOT")
WORDS = (NOTHING,) * 10


def mention(candidate: int, governor: Symbol) -> Pointed:
    placed = cast(PlacedMention, SimpleNamespace(start=0, end=1))
    return Pointed(candidate, placed, (*(NOTHING,) * 8, governor), (12, 12, 2, 0, 0, 0))


def drawn(count: int, seed: int) -> list[PointedCase]:
    """Words near two mentions, one of which stands before "said"."""
    chance = random.Random(seed)
    cases = []
    for _ in range(count):
        first = chance.random() < 0.5
        mentions = (mention(0, SAID if first else MET), mention(1, MET if first else SAID))
        cases.append(PointedCase(PointerInput(WORDS, 0, mentions), (first, not first), (first, not first)))
    return cases


@pytest.fixture(scope="module")
def learnt() -> dict[str, Any]:
    return fitted_pointer(drawn(600, seed=1))


def test_it_learns_what_tells_who_speaks(learnt: dict[str, Any]) -> None:
    network = pointer(learnt)
    for case in drawn(20, seed=2):
        pointing = network.point(case.given)
        assert case.right[int(np.argmax(pointing.mentions))]
        assert max(pointing.mentions) > 0.8
        assert case.right[int(np.argmax(pointing.written))]


def test_runs_repeat(learnt: dict[str, Any]) -> None:
    assert fitted_pointer(drawn(600, seed=1)) == learnt


def seen(count: int, seed: int) -> list[PointedCase]:
    """Words near two mentions; before whoever speaks stands a token whose state differs in one number of eight."""
    rng = np.random.default_rng(seed)
    cases = []
    for case in drawn(count, seed):
        mentions = rng.normal(size=(2, 3, 8)).astype(np.float16)
        mentions[:, 1, 0] = [4 if right else -4 for right in case.right]
        states = SeenStates(rng.normal(size=(7, 8)).astype(np.float16), mentions)
        blank = tuple(replace(m, symbols=(NOTHING,) * 9) for m in case.given.mentions)
        cases.append(replace(case, given=replace(case.given, mentions=blank), seen=states))
    return cases


def test_it_learns_from_states_what_tells_who_speaks() -> None:
    learnt = fitted_state_pointer(seen(600, seed=1))
    asked = seen(20, seed=2)
    for case, pointing in zip(asked, pointings(learnt, asked), strict=True):
        assert case.right[int(np.argmax(pointing.mentions))]
        assert max(pointing.mentions) > 0.8
    assert fitted_state_pointer(seen(600, seed=1)) == learnt


def test_words_without_states_teach_nothing_of_them() -> None:
    with pytest.raises(ValueError, match="without the embedding model"):
        fitted_state_pointer(drawn(5, seed=1))


def test_no_article_is_told_by_a_pointer_that_saw_it() -> None:
    cases = drawn(200, seed=3)
    articles = [f"a{n}" for n in range(len(cases))]
    found = pointed_unseen(cases, articles)
    seen = pointer(fitted_pointer(cases))
    assert len(found) == len(cases)
    assert found[0].mentions != seen.point(cases[0].given).mentions


def test_the_file_holds_the_network() -> None:
    cases = drawn(200, seed=4)
    text = pointer_text("a command", cases, [f"a{n}" for n in range(len(cases))])
    kept = json.loads(text)
    assert kept["command"] == "a command"
    assert kept["cross_validated"]["words"] == len(cases)
    assert pointer(kept).point(cases[0].given) == pointer(fitted_pointer(cases)).point(cases[0].given)


def test_rare_words_are_not_in_the_vocabulary() -> None:
    rare = PointedCase(PointerInput((("muttered", "VERB", "ROOT"),), 0, ()), (), None)
    words = vocabulary([*drawn(5, seed=5), rare])
    assert "w:said" in words
    assert "w:muttered" not in words


def test_the_parts_of_a_symbol() -> None:
    assert parts(SAID) == ("w:said", "p:VERB", "d:ROOT")
    assert parts(NOTHING) == ("", "", "")


def test_arrays_are_kept_in_half_precision() -> None:
    values = np.array([[0.5, -2.0], [0.25, 3.0]], dtype=np.float32)
    network = pointer({"vocabulary": [], "weights": {"some": packed(values)}})
    assert network.weights["some"].tolist() == values.tolist()


@pytest.mark.parametrize(
    ("text", "words", "mention", "expected"),
    [
        ("He left. “Nobody,” he said.", "Nobody", "he", 19),
        ("She said “he left”, he thinks. She left.", "he left", "She", 0),
        ("Ada said “Ada will”.", "Ada will", "Ada", 0),
        ("The day came. “Nobody,” they said.", "Nobody", "he", None),
        ("“Nobody,” they said.", "Nobody", None, None),
    ],
)
def test_where_the_mention_of_a_label_stands(text: str, words: str, mention: str | None, expected: int | None) -> None:
    start = text.index(words)
    place = written_place(text, Said("a", start, start + len(words), words, "direct", "Ada Pike", mention))
    assert (place[0] if place else None) == expected

"""Fitting the pointer: it learns who speaks, the kept network answers as the learnt one, runs repeat."""

import json
import random
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray

from index.embedding.bundled_weights import Weights
from index.embedding.split_model import LAYER
from index.quotations.attribution.candidates import PlacedMention
from index.quotations.attribution.features.evidence import Seen
from index.quotations.attribution.pointer import tuned
from index.quotations.attribution.pointer.inputs import NOTHING, Pointed, PointerInput, Symbol
from index.quotations.attribution.pointer.network import packed, parts, pointer, pointing
from index.quotations.attribution.pointer.sight import Sight
from index.quotations.attribution.pointer.states import SeenStates
from tests.evaluation.labels import Said
from tests.evaluation.pointer import (
    PointedCase,
    fitted_pointer,
    fitted_state_pointer,
    pointed_unseen,
    pointer_text,
    vocabulary,
    written_place,
)
from tests.evaluation.tuned_network import LAYERS, TunedCase, taught, write

SAID: Symbol = ("said", "VERB", "ROOT")
MET: Symbol = ("met", "VERB", "ROOT")
WORDS = (NOTHING,) * 10
UNSEEN = Sight(
    np.zeros((1, 8), np.float32), np.zeros((1, 4), np.int64), np.zeros(2, np.int64), np.zeros((2, 2), np.int64)
)


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
    return fitted_pointer(drawn(600, seed=1)).kept


def test_it_learns_what_tells_who_speaks(learnt: dict[str, Any]) -> None:
    network = pointer(learnt)
    for case in drawn(20, seed=2):
        found = network.point(case.given)
        assert case.right[int(np.argmax(found.mentions))]
        assert max(found.mentions) > 0.8
        assert case.right[int(np.argmax(found.written))]


def test_runs_repeat(learnt: dict[str, Any]) -> None:
    assert fitted_pointer(drawn(600, seed=1)).kept == learnt


def seen(count: int, seed: int) -> list[PointedCase]:
    """Words near two mentions; before whoever speaks stands a token whose state differs in one number of eight."""
    rng = np.random.default_rng(seed)
    cases = []
    for case in drawn(count, seed):
        mentions = rng.normal(size=(2, 3, 8)).astype(np.float16)
        mentions[:, 1, 0] = [4 if right else -4 for right in case.right]
        states = Seen(SeenStates(rng.normal(size=(7, 8)).astype(np.float16), mentions), UNSEEN)
        blank = tuple(replace(m, symbols=(NOTHING,) * 9) for m in case.given.mentions)
        cases.append(replace(case, given=replace(case.given, mentions=blank), seen=states))
    return cases


def test_it_learns_from_states_what_tells_who_speaks() -> None:
    learnt = fitted_state_pointer(seen(600, seed=1))
    asked = seen(20, seed=2)
    for case, found in zip(asked, learnt.pointings(asked), strict=True):
        assert case.right[int(np.argmax(found.mentions))]
        assert max(found.mentions) > 0.8
    assert fitted_state_pointer(seen(600, seed=1)) == learnt


TINY = 8
"""States so small that a network of theirs learns in a moment."""


def tiny_model() -> Weights:
    """Return an embedding model whose layers have learnt nothing."""
    rng = np.random.default_rng(0)

    def drawn_layer(number: int) -> dict[str, NDArray[np.float32]]:
        shapes = {"q": TINY, "k": TINY, "v": TINY, "ao": TINY, "fi": 2 * TINY, "fo": 2 * TINY}
        norms = {f"{name}.{part}": np.full(TINY, part == "w") for name in ("aln", "oln") for part in "wb"}
        weights = {f"{name}.w": rng.normal(scale=0.2, size=TINY * size) for name, size in shapes.items()}
        biases = {f"{name}.b": np.zeros(2 * TINY if name == "fi" else TINY) for name in shapes}
        layer = norms | weights | biases
        return {f"l{number}.{name}": values.astype(np.float32) for name, values in layer.items()}

    tensors = {name: values for n in range(LAYERS) for name, values in drawn_layer(LAYER + n).items()}
    return Weights(TINY, 12, 2, 2 * TINY, 0, 0, 0, 1e-5, [], tensors)


def in_sight(count: int, seed: int) -> list[TunedCase]:
    """Words after two mentions; that of who speaks is known by the first number of its state alone."""
    rng = np.random.default_rng(seed)
    cases = []
    for case in drawn(count, seed):
        states = rng.normal(size=(6, TINY)).astype(np.float32)
        states[:, 0] = 0
        states[0 if case.right[0] else 2, 0] = 6
        forms = np.array([1, 0, 1, 0, 0, 0])
        marks = np.stack([np.array([0, 0, 0, 0, 1, 1]), np.full(6, 12), np.full(6, 2), forms], axis=1)
        sight = Sight(states, marks, np.array([4, 5]), np.array([[0, 1], [2, 3]]))
        cases.append(TunedCase(case.given, sight, case.right, case.written))
    return cases


def test_it_reads_on_from_states_to_who_speaks(tmp_path: Path) -> None:
    network = taught(in_sight(1500, seed=1), tiny_model())
    write(network, tmp_path / "tuned.onnx", {"command": "a command"})
    asked = in_sight(60, seed=2)
    found = [tuned.point(case.given, case.seen, tmp_path / "tuned.onnx") for case in asked]
    right = [case.right[int(np.argmax(points.mentions))] for case, points in zip(asked, found, strict=True)]
    assert sum(right) > 50
    for points in found:
        assert sum(points.mentions) + points.nobody == pytest.approx(1, abs=1e-4)


def test_the_file_of_what_reads_on_answers_as_what_was_taught(tmp_path: Path) -> None:
    network = taught(in_sight(40, seed=1), tiny_model())
    write(network, tmp_path / "tuned.onnx", {"command": "a command"})
    for case in in_sight(10, seed=2):
        given = {name: torch.from_numpy(values) for name, values in tuned.inputs(case.given, case.seen).items()}
        with torch.no_grad():
            scores, written, nobody = network(**given)
        exact = pointing(scores.numpy(), written.numpy(), float(nobody[0]))
        kept = tuned.point(case.given, case.seen, tmp_path / "tuned.onnx")
        assert kept.mentions == pytest.approx(exact.mentions, abs=0.05)  # seven bits
    about = {prop.key: prop.value for prop in onnx.load(tmp_path / "tuned.onnx").metadata_props}
    assert json.loads(about["command"]) == "a command"


def test_a_mention_out_of_sight_is_no_error(tmp_path: Path) -> None:
    write(taught(in_sight(40, seed=1), tiny_model()), tmp_path / "tuned.onnx", {})
    case = in_sight(1, seed=2)[0]
    seen = replace(case.seen, mentions=np.array([[0, 1], [-1, -1]]))
    assert len(tuned.point(case.given, seen, tmp_path / "tuned.onnx").mentions) == 2


def test_words_without_states_teach_nothing_of_them() -> None:
    with pytest.raises(ValueError, match="without the embedding model"):
        fitted_state_pointer(drawn(5, seed=1))


def test_no_article_is_told_by_a_pointer_that_saw_it() -> None:
    cases = drawn(200, seed=3)
    articles = [f"a{n}" for n in range(len(cases))]
    found = pointed_unseen(cases, articles, fitted_pointer)
    seen = pointer(fitted_pointer(cases).kept)
    assert len(found) == len(cases)
    assert found[0].mentions != seen.point(cases[0].given).mentions


def test_the_file_holds_the_network() -> None:
    cases = drawn(200, seed=4)
    text = pointer_text("a command", cases, [f"a{n}" for n in range(len(cases))], fitted_pointer)
    kept = json.loads(text)
    assert kept["command"] == "a command"
    assert kept["cross_validated"]["words"] == len(cases)
    assert pointer(kept).point(cases[0].given) == pointer(fitted_pointer(cases).kept).point(cases[0].given)


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

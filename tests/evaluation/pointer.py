"""Labelled articles -> the pointers, and where they point in articles that they never saw."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import numpy as np
import torch

from index.quotations.attribution.features.evidence import Seen
from index.quotations.attribution.pointer import tuned
from index.quotations.attribution.pointer.inputs import PointerInput, Symbol
from index.quotations.attribution.pointer.network import (
    Directions,
    Pointing,
    mean,
    numbered,
    packed,
    parts,
    pointer,
    state_pointer,
    symbol_ids,
)
from index.quotations.attribution.pointer.states import SeenStates
from tests.evaluation.labels import Said
from tests.evaluation.pointer_network import Numbers, StateNetwork, SymbolNetwork, taught
from tests.evaluation.trees import FOLDS, fold_of
from tests.evaluation.tuned_network import TunedCase, TunedNetwork, write
from tests.evaluation.tuned_network import taught as taught_tuned

FEWEST = 3
"""How many labelled words must have a word beside them for it to be in the vocabulary."""
DIRECTIONS = 160
"""In so many the states of the embedding model are seen."""
NEAR = (1200, 800)
"""Characters before and after some words in which the label's mention is looked for."""
_PARAGRAPH = 60


@dataclass(frozen=True, slots=True)
class PointedCase:
    """Some labelled words as the pointer sees them.

    Attributes:
        right: whether each mention is of who spoke.
        written: whether each mention is the one that the label names; None: the label names none.
        seen: the states, in half precision; None: the embedding model was not asked.
    """

    given: PointerInput
    right: tuple[bool, ...]
    written: tuple[bool, ...] | None
    seen: Seen | None = None


NOT_POINTED = PointedCase(PointerInput((), 0, ()), (), None)
"""Words that the pointer has not looked at."""


def pointed_case(text: str, given: PointerInput, seen: Seen | None, right: Sequence[bool], said: Said) -> PointedCase:
    """Return labelled words as the pointer sees them; ``right`` is of the candidates."""
    place = written_place(text, said)
    mentions = given.mentions
    written = tuple(m.mention.start < place[1] and place[0] < m.mention.end for m in mentions) if place else None
    if seen is not None:  # there are many: half the room is enough for them
        beside = SeenStates(seen.beside.words.astype(np.float16), seen.beside.mentions.astype(np.float16))
        seen = Seen(beside, replace(seen.sight, states=seen.sight.states.astype(np.float16)))
    return PointedCase(given, tuple(right[m.candidate] for m in mentions), written, seen)


def written_place(text: str, said: Said) -> tuple[int, int] | None:
    """Return where the mention stands that a label names: the nearest to the words, in their paragraph if it can."""
    if not said.mention:
        return None
    first = max(0, said.start - NEAR[0])
    whole = re.compile(rf"(?<!\w){re.escape(said.mention)}(?!\w)")
    found = [(m.start() + first, m.end() + first) for m in whole.finditer(text[first : said.end + NEAR[1]])]
    outside = [place for place in found if place[1] <= said.start or place[0] >= said.end]
    return min(outside, key=lambda place: _away(text, said, *place), default=None)


def _away(text: str, said: Said, start: int, end: int) -> int:
    between = (end, said.start) if end <= said.start else (said.end, start)
    return between[1] - between[0] + _PARAGRAPH * text.count("\n\n", *between)


class Learnt(Protocol):
    """A pointer that some cases taught."""

    def pointings(self, cases: Sequence[PointedCase]) -> list[Pointing]:
        """Return where it points."""
        ...


Fit = Callable[[Sequence[PointedCase]], Learnt]
"""Returns the pointer that some cases teach."""


def pointed_unseen(cases: Sequence[PointedCase], articles: Sequence[str], fit: Fit) -> list[Pointing]:
    """Return where pointers point that never saw the article of what they are asked about."""
    folds = [fold_of(article) for article in articles]
    found: dict[int, Pointing] = {}
    for n in range(FOLDS):
        learnt = fit([case for case, fold in zip(cases, folds, strict=True) if fold != n])
        at = [at for at, fold in enumerate(folds) if fold == n]
        found |= zip(at, learnt.pointings([cases[a] for a in at]), strict=True)
    return [found[at] for at in range(len(cases))]


@dataclass(frozen=True, slots=True)
class KeptPointer:
    """A pointer over symbols (see ``network.pointer``) or over states (``network.state_pointer``), as it is kept."""

    kept: dict[str, Any]

    def pointings(self, cases: Sequence[PointedCase]) -> list[Pointing]:
        """See ``Learnt``."""
        if "vocabulary" in self.kept:
            network = pointer(self.kept)
            return [network.point(case.given) for case in cases]
        over_states = state_pointer(self.kept)
        return [over_states.point(case.given, _asked(case).beside) for case in cases]


@dataclass(frozen=True, slots=True)
class TunedPointer:
    """A pointer that reads on from states (see ``pointer.tuned``)."""

    network: TunedNetwork

    def pointings(self, cases: Sequence[PointedCase]) -> list[Pointing]:
        """See ``Learnt``; by a file, as articles are read."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "tuned.onnx"
            write(self.network, file, {})
            return [tuned.point(case.given, _asked(case).sight, file) for case in cases]


@dataclass(frozen=True, slots=True)
class TwoPointers:
    """Both that see states, as articles are read."""

    over_states: KeptPointer
    tuned: TunedPointer

    def pointings(self, cases: Sequence[PointedCase]) -> list[Pointing]:
        """See ``Learnt``."""
        return list(map(mean, self.over_states.pointings(cases), self.tuned.pointings(cases)))


def pointer_text(
    command: str,
    cases: Sequence[PointedCase],
    articles: Sequence[str],
    fit: Callable[[Sequence[PointedCase]], KeptPointer],
) -> str:
    """Return the text of a refitted pointer's file; its figures are of pointers that never saw the article."""
    head = about(command, cases, pointed_unseen(cases, articles, fit)) | fit(cases).kept
    weights = head.pop("weights")
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    arrays = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in weights.items())
    return "{\n" + ",\n".join(lines) + f',\n"weights": {{\n{arrays}\n}}\n}}\n'


def tuned_file(command: str, cases: Sequence[PointedCase], articles: Sequence[str]) -> bytes:
    """Return the file of a refitted ``pointer.tuned``, with the same figures."""
    told = about(command, cases, pointed_unseen(cases, articles, fitted_tuned_pointer))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tuned.onnx"
        write(fitted_tuned_pointer(cases).network, file, told)
        return file.read_bytes()


def about(command: str, cases: Sequence[PointedCase], unseen: Sequence[Pointing]) -> dict[str, Any]:
    """Return what a pointer's file tells of it: how it was made, and how right pointers are that saw nothing."""
    return {"command": command, "cross_validated": _figures(cases, unseen)}


def _figures(cases: Sequence[PointedCase], found: Sequence[Pointing]) -> dict[str, float]:
    """Return how often the mention most pointed at is right, and is the one that is written beside the words."""
    asked = [(case, pointing) for case, pointing in zip(cases, found, strict=True) if case.right]
    right = [case.right[int(np.argmax(p.mentions))] for case, p in asked if any(case.right)]
    written = [case.written[int(np.argmax(p.written))] for case, p in asked if case.written is not None]
    return {"words": len(cases), "right": round(float(np.mean(right)), 3), "written": round(float(np.mean(written)), 3)}


def fitted_pointer(cases: Sequence[PointedCase]) -> KeptPointer:
    """Return the pointer over the parser's tokens that some cases teach."""
    words = vocabulary(cases)
    known = numbered(words)
    torch.manual_seed(0)
    network = SymbolNetwork(len(known))
    weights = taught(network, [_numbers(case, known) for case in cases])
    return KeptPointer({"vocabulary": words, "weights": weights})


def fitted_state_pointer(cases: Sequence[PointedCase]) -> KeptPointer:
    """Return the pointer over states that some cases teach."""
    directions = _directions(cases)
    torch.manual_seed(0)
    weights = taught(StateNetwork(), [_state_numbers(case, directions) for case in cases])
    kept = {"mean": packed(directions.mean), "directions": packed(directions.directions)}
    return KeptPointer({"weights": kept | weights})


def fitted_tuned_pointer(cases: Sequence[PointedCase]) -> TunedPointer:
    """Return the pointer reading on from states that some cases teach."""
    seen = [TunedCase(case.given, _asked(case).sight, case.right, case.written) for case in cases]
    return TunedPointer(taught_tuned(seen))


def fitted_two_pointers(cases: Sequence[PointedCase]) -> TwoPointers:
    """Return both pointers that see states."""
    return TwoPointers(fitted_state_pointer(cases), fitted_tuned_pointer(cases))


def _directions(cases: Sequence[PointedCase]) -> Directions:
    """Return the directions in which the states of some cases differ most, scaled so that they differ alike in each."""
    size = _asked(cases[0]).beside.words.shape[-1]
    states = np.concatenate(
        [part.reshape(-1, size) for c in cases for part in (_asked(c).beside.words, _asked(c).beside.mentions)]
    )
    states = states[states.any(axis=1)].astype(np.float32)
    mean = states.mean(axis=0)
    states -= mean
    values, vectors = np.linalg.eigh(states.T @ states / np.float32(len(states)))
    count = min(DIRECTIONS, size - 1)
    order = np.argsort(-values, kind="stable")
    scaled = vectors[:, order[:count]] / np.sqrt(values[order[:count]] + values[order[count]] + 1e-6)
    return Directions(mean, scaled.astype(np.float32))


def _asked(case: PointedCase) -> Seen:
    if case.seen is None:
        raise ValueError(
            "These words were read without the embedding model: no pointer over its states learns of them."
        )
    return case.seen


def vocabulary(cases: Iterable[PointedCase]) -> list[str]:
    """Return the parts of symbols that stand beside enough labelled words or their mentions, in order."""
    counts: Counter[str] = Counter()
    for case in cases:
        symbols: set[Symbol] = {*case.given.symbols, *(s for m in case.given.mentions for s in m.symbols)}
        counts.update({part for symbol in symbols for part in parts(symbol) if part})
    return sorted(part for part, count in counts.items() if count >= FEWEST)


def _numbers(case: PointedCase, known: dict[str, int]) -> Numbers:
    given = case.given
    return _numbered(case, symbol_ids(given.symbols, known), [symbol_ids(m.symbols, known) for m in given.mentions])


def _state_numbers(case: PointedCase, directions: Directions) -> Numbers:
    seen = _asked(case).beside
    return _numbered(case, directions.seen(seen.words[None])[0], directions.seen(seen.mentions))


def _numbered(case: PointedCase, words: Any, seen: Sequence[Any]) -> Numbers:
    mentions = case.given.mentions
    return Numbers(
        words,
        case.given.kind,
        seen,
        [m.lie for m in mentions],
        case.right,
        case.written or (False,) * len(mentions),
        case.written is not None,
    )

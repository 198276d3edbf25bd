"""Labelled articles -> the trees that tell who spoke, and how often they are right about articles they never saw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from index.embedding.token_states import TokenStates
from index.models import Article, content_id
from index.quotations.attribution.doubt import doubt_evidence
from index.quotations.attribution.features.evidence import read_evidence, seen_states, with_pointing
from index.quotations.attribution.pointer.inputs import pointer_input
from index.quotations.attribution.pointer.network import Pointing
from index.quotations.attribution.reader import open_reader
from index.quotations.attribution.scorer import Bars
from index.quotations.attribution.surroundings import Surroundings
from tests.evaluation.labels import LabelledSet, Said
from tests.evaluation.naming import bare, same_person
from tests.evaluation.overlap import likeness, trimmed
from tests.evaluation.pointer import (
    NOT_POINTED,
    Fit,
    PointedCase,
    fitted_pointer,
    fitted_state_pointer,
    fitted_two_pointers,
    pointed_case,
    pointed_unseen,
    pointer_text,
    tuned_file,
)
from tests.evaluation.trees import FOLDS, by_set, cross_validated, fitted, weights_text

MOST_SURE = 0.02
"""The share of the words shown as sure that may stand under somebody else."""
LIKE_MARKED = 0.8
_LIKE = {"indirect": 0.5}
"""How alike a found span and a labelled one must be to be the same words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Words of a labelled article, and everybody who may have spoken them.

    Attributes:
        names: of the candidates; ``evidence`` has a row for each, ``right`` tells who did speak.
        rules: whom the rules name.
        pointed: the words as the pointer sees them; its evidence is not in ``evidence`` yet.
    """

    labelled: str
    lang: str
    article: str
    said: Said
    rules: str | None
    names: tuple[str, ...]
    evidence: tuple[dict[str, float], ...]
    pointed: PointedCase = NOT_POINTED

    @property
    def place(self) -> str:
        """Its set and article: what is in one of them is never told by what was learnt from it."""
        return f"{self.labelled}/{self.article}"

    @property
    def right(self) -> list[bool]:
        """Whether each candidate is who is labelled."""
        return [self.said.speaker is not None and same_person(name, self.said.speaker) for name in self.names]


def choices(labelled: LabelledSet, model: TokenStates | None = None) -> Iterator[Choice]:
    """Yield the words of a set that the rules find, that are labelled, and of which the speaker is weighed."""
    for key, text in labelled.texts.items():
        said = [row for row in labelled.quotations if row.article == key]
        article = Article(content_id(text), key, text.partition("\n")[0], labelled.lang, text=text)
        reader = open_reader(article, model=model)
        mentions = reader.mentions()
        for span in mentions.found:
            label = None if span.is_settled else _label(text, span.start, span.end, said)
            if label is None:
                continue
            around = Surroundings(mentions, span)
            read = Choice(
                labelled.name,
                labelled.lang,
                key,
                label,
                span.speaker.name if span.speaker else None,
                tuple(c.speaker.name for c in around.candidates),
                tuple(read_evidence(around)),
            )
            given = pointer_input(around)
            yield replace(read, pointed=pointed_case(text, given, seen_states(around, given), read.right, label))


def _label(text: str, start: int, end: int, said: Sequence[Said]) -> Said | None:
    place = trimmed(text, start, end)
    best = max(said, key=lambda row: likeness(place, trimmed(text, row.start, row.end)), default=None)
    if best is None or likeness(place, trimmed(text, best.start, best.end)) < _LIKE.get(best.kind, LIKE_MARKED):
        return None
    return best


def weighed(learnt: Sequence[Choice]) -> list[list[float]]:
    """Return how probable each candidate is by trees that never saw its article."""
    return cross_validated([c.evidence for c in learnt], [c.right for c in learnt], [c.place for c in learnt])


@dataclass(frozen=True, slots=True)
class Doubts:
    """Whether each choice's most probable name is somebody else's, and the evidence by which that is told.

    Both are lists by choice, as ``cross_validated`` takes them: of one row, or of none where there is no candidate.
    """

    evidence: list[list[dict[str, float]]]
    other: list[list[bool]]


def doubts(learnt: Sequence[Choice], found: Sequence[Sequence[float]]) -> Doubts:
    """Return what there is to learn of doubt from how probable candidates are by trees that never saw them."""
    named = [(choice, told) for choice, told in zip(learnt, found, strict=True)]
    return Doubts(
        [[doubt_evidence(choice.names, told, choice.evidence)] if told else [] for choice, told in named],
        [[is_somebody_else(_top(choice, told).name, choice.said)] if told else [] for choice, told in named],
    )


def doubted(learnt: Sequence[Choice], known: Doubts) -> list[float]:
    """Return how probably each choice's name is somebody else's, by trees that never saw its article."""
    told = cross_validated(known.evidence, known.other, [choice.place for choice in learnt])
    return [next(iter(doubt), 1.0) for doubt in told]


@dataclass(frozen=True, slots=True)
class Figures:
    """How often speakers are right, as shares of the words that were found and are labelled.

    Attributes:
        rules: the rules alone are right; ``right``: the most probable candidate is.
        reachable: who spoke is among the candidates.
        other: the name shown is somebody else's (see ``is_somebody_else``); ``named``: anybody is named.
        error: expected calibration error over ten bins of the probability.
        sure: shown as sure; ``sure_other``: of those, under somebody else.
    """

    words: int
    rules: float
    right: float
    reachable: float
    named: float
    other: float
    error: float
    sure: float
    sure_other: float


def figures(learnt: Sequence[Choice], found: Sequence[Sequence[float]], doubt: Sequence[float], bars: Bars) -> Figures:
    """Return the figures of choices by how probable their candidates are, and how probably somebody else."""
    tops = [_top(choice, probabilities) for choice, probabilities in zip(learnt, found, strict=True)]
    shown = [top.name if top.probability >= bars.named else None for top in tops]
    right = [same_person(name, c.said.speaker) for name, c in zip(shown, learnt, strict=True)]
    other = [is_somebody_else(name, c.said) for name, c in zip(shown, learnt, strict=True)]
    sure = [at for at, name in enumerate(shown) if name is not None and doubt[at] <= bars.doubt]
    return Figures(
        words=len(learnt),
        rules=share(same_person(c.rules, c.said.speaker) for c in learnt),
        right=share(right),
        reachable=share(any(c.right) or c.said.speaker is None for c in learnt),
        named=share(name is not None for name, c in zip(shown, learnt, strict=True) if c.said.speaker),
        other=share(other),
        error=calibration_error([top.probability for top in tops], [top.right for top in tops]),
        sure=len(sure) / len(learnt),
        sure_other=share(other[at] for at in sure),
    )


@dataclass(frozen=True, slots=True)
class _Top:
    name: str | None
    probability: float
    right: bool


def _top(choice: Choice, probabilities: Sequence[float]) -> _Top:
    if not probabilities:
        return _Top(None, 0.0, False)
    at = int(np.argmax(probabilities))
    return _Top(choice.names[at], probabilities[at], choice.right[at])


def is_somebody_else(name: str | None, said: Said) -> bool:
    """Tell whether a name shares no word of its own with who spoke, neither the name nor the mention."""
    if name is None or same_person(name, said.speaker):
        return False
    own = {word for word in bare(name) if len(word) > 2}
    known = {*bare(said.speaker), *(bare(said.mention) if len(said.mention or "") > 4 else ())}
    return not own & known


def calibration_error(probabilities: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error over ten bins of equal width (Guo et al. 2017), 0 to 1."""
    told, hits = np.array(probabilities), np.array(right, dtype=float)
    bins = np.minimum((told * 10).astype(int), 9)
    shares = [(bins == n) for n in range(10) if (bins == n).any()]
    return sum(abs(float(told[here].mean() - hits[here].mean())) * float(here.mean()) for here in shares)


def fitted_bars(learnt: Sequence[Choice], found: Sequence[Sequence[float]], doubt: Sequence[float]) -> Bars:
    """Return the bar to be named, which names most right for each wrong one, and the bars to be shown as sure.

    Of what is shown as sure hardly any is under somebody else (``MOST_SURE``).
    """
    grid = [n / 100 for n in range(5, 100)]
    by_bar = {bar: figures(learnt, found, doubt, Bars(bar, 1.0, 0.0)) for bar in grid}
    named = max(grid, key=lambda bar: round(by_bar[bar].right - by_bar[bar].other, 3))
    tops = [_top(choice, told) for choice, told in zip(learnt, found, strict=True)]
    shown = [at for at, top in enumerate(tops) if top.probability >= named]
    other = [is_somebody_else(tops[at].name, learnt[at].said) for at in shown]
    sure = 1 - _most_doubt([1 - tops[at].probability for at in shown], other)
    return Bars(named, round(sure, 3), _most_doubt([doubt[at] for at in shown], other))


def _most_doubt(doubt: Sequence[float], other: Sequence[bool]) -> float:
    """Return the highest doubt up to which hardly any name is somebody else's, in thousandths."""
    doubts, wrong = np.array(doubt), np.array(other, dtype=float)
    bars = (n / 1000 for n in range(999, 0, -1))
    return next((bar for bar in bars if (doubts <= bar).any() and wrong[doubts <= bar].mean() <= MOST_SURE), 0.0)


def share(values: Iterable[bool]) -> float:
    """Return how many of some are true; 0 of none."""
    counted = list(values)
    return sum(counted) / len(counted) if counted else 0.0


def attribution_text(
    sets: Sequence[LabelledSet], command: str, report: Callable[[str], None], model: TokenStates | None = None
) -> str:
    """Return the text of a refitted file of trees: what it was fitted on, figures, bars and trees.

    The figures are of trees that saw no word of the article they are asked about, and so is what they learn from: the
    pointer's evidence, and for the trees of doubt how probable the candidates are. With a model it sees states.
    """
    learnt = with_unseen_pointing(_all_choices("attribution", sets, report, model))
    report(f"attribution: fitting on {len(learnt)} words in {FOLDS} folds")
    found = weighed(learnt)
    known = doubts(learnt, found)
    doubt = doubted(learnt, known)
    bars = fitted_bars(learnt, found, doubt)

    def told(cases: Sequence[int]) -> Figures:
        return figures([learnt[at] for at in cases], [found[at] for at in cases], [doubt[at] for at in cases], bars)

    trees = fitted([choice.evidence for choice in learnt], [choice.right for choice in learnt])
    further = {"doubt": fitted(known.evidence, known.other)}
    return weights_text(command, by_set([choice.labelled for choice in learnt], told), asdict(bars), trees, further)


def pointer_weights_text(sets: Sequence[LabelledSet], command: str, report: Callable[[str], None]) -> str:
    """Return the text of a refitted ``pointer.json`` (see ``pointer.pointer_text``)."""
    learnt = _all_choices("pointer", sets, report)
    report(f"pointer: fitting on {len(learnt)} words in {FOLDS} folds")
    return pointer_text(
        command, [choice.pointed for choice in learnt], [choice.place for choice in learnt], fitted_pointer
    )


def state_weights_text(
    sets: Sequence[LabelledSet], command: str, report: Callable[[str], None], model: TokenStates
) -> str:
    """Return the text of a refitted ``states.json`` (see ``pointer.pointer_text``)."""
    learnt = _all_choices("states", sets, report, model)
    report(f"states: fitting on {len(learnt)} words in {FOLDS} folds")
    return pointer_text(
        command, [choice.pointed for choice in learnt], [choice.place for choice in learnt], fitted_state_pointer
    )


def tuned_weights(
    sets: Sequence[LabelledSet], command: str, report: Callable[[str], None], model: TokenStates
) -> bytes:
    """Return a refitted ``tuned.onnx`` (see ``pointer.tuned_file``)."""
    learnt = _all_choices("tuned", sets, report, model)
    report(f"tuned: fitting on {len(learnt)} words in {FOLDS} folds")
    return tuned_file(command, [choice.pointed for choice in learnt], [choice.place for choice in learnt])


def _all_choices(
    name: str, sets: Sequence[LabelledSet], report: Callable[[str], None], model: TokenStates | None = None
) -> list[Choice]:
    learnt = []
    for labelled in sets:
        report(f"{name}: reading {labelled.name}")
        learnt += list(choices(labelled, model))
    return learnt


def with_unseen_pointing(learnt: Sequence[Choice]) -> list[Choice]:
    """Return choices with the evidence of pointers that never saw their articles (but states, if there are any)."""
    cases = [choice.pointed for choice in learnt]
    fit: Fit = fitted_two_pointers if all(case.seen for case in cases) else fitted_pointer
    return pointed_by(learnt, pointed_unseen(cases, [choice.place for choice in learnt], fit))


def pointed_by(learnt: Sequence[Choice], pointed: Sequence[Pointing]) -> list[Choice]:
    """Return choices with the evidence of where a pointer points."""
    return [
        replace(choice, evidence=tuple(with_pointing(choice.evidence, choice.pointed.given, pointing)))
        for choice, pointing in zip(learnt, pointed, strict=True)
    ]

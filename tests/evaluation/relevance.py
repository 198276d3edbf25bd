"""Decisions of the finder -> the weights and bars of ``assistant/search/relevance.toml``, and how well such a fit does.

Each model is a logistic regression over all places that it weighed. The bars are chosen together: of the questions that
cannot be answered, 85 in 100 must let no place pass; under that, the evidence must be among the places shown as often
as can be. Bars are chosen on scores of sets that the weights were not fitted on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from operator import add

from assistant.answers.kinds import aggregate, check, fact, speaker, statement
from tests.evaluation.regression import fit_weights, probabilities
from tests.evaluation.weighing import Decision

Weights = Mapping[str, Mapping[str, float]]
"""The file: its sections, the last of which is "threshold"."""

_ALL = "words sentence whole cosine cosine_whole article asked words_behind cosine_behind lead short"
FEATURES = {
    "own": f"{_ALL} around cosine_gap coverage_gap",
    "own_foreign": "words whole cosine asked words_behind cosine_behind lead",
    "quotation": f"{_ALL} around cosine_gap coverage_gap",
    "quotation_foreign": "words sentence whole cosine cosine_whole article asked words_behind cosine_behind lead",
    "sentence": "words sentence around whole answer_type fitting cosine cosine_whole coverage_gap article asked"
    " words_behind cosine_behind lead short",
    "sentence_foreign": "words sentence whole answer_type fitting cosine_whole article asked words_behind"
    " cosine_behind lead short",
}
"""What each model looks at, beside its bias: see ``assistant.search.relevance.features``."""
SHOWN = {
    "statement": statement.MOST,
    "speaker": speaker.MOST,
    "check": check.MOST,
    "aggregate": aggregate.EACH * aggregate.MOST_SPEAKERS,
    "fact": fact.MOST,
}
"""How many places answer a kind of question at most."""
BARS = [step / 200 for step in range(1, 141)]
"""What bars are chosen from: .005 to .7."""
REFUSED = 0.85
"""The share of what cannot be answered that must be refused."""
TELLING = 10
"""Questions that cannot be answered from which a bar is chosen; with fewer it stays as it is."""
WORTH = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
"""How many answers a refusal may be worth."""
THRESHOLD = "threshold"
FEWEST = 3
"""Sets that it takes: one to be scored by weights of others, whose bars are chosen by holding out each in turn."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model makes of one decision.

    Attributes:
        answerable: there is evidence to be shown.
        reach: the highest bar at which it is (0: at none); when there is none, the score of the best place, which
            a bar must be above.
    """

    answerable: bool
    reach: float

    def right(self, bar: float) -> bool:
        """Whether the evidence is shown, or rightly nothing."""
        return (self.reach >= bar) == self.answerable


@dataclass(frozen=True, slots=True)
class Score:
    """How many of some decisions are right: of those that can be answered, and of those that cannot."""

    shown: int = 0
    answerable: int = 0
    refused: int = 0
    unanswerable: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*map(add, astuple(self), astuple(other)))


def fit(decisions: Sequence[Decision], present: Weights) -> dict[str, dict[str, float]]:
    """Return weights and bars fitted on decisions of at least two sets.

    What no labelled question tells about stays as it is in ``present``.
    """
    return {**_models(decisions, present), THRESHOLD: _bars(decisions, present)}


def kept(decisions: Sequence[Decision], present: Weights) -> list[str]:
    """Return the models and bars that no labelled question tells about."""
    models = [model for model in FEATURES if _fitted(decisions, model) is None]
    return models + sorted(set(present[THRESHOLD]) - {_bar(decision) for decision in decisions})


def cross_validated(learning: Sequence[Decision], measuring: Sequence[Decision], present: Weights) -> dict[str, Score]:
    """Score each set by a fit on the learning sets, itself left out."""
    found = {}
    for name in _sets([*learning, *measuring]):
        held_out = [decision for decision in (*learning, *measuring) if decision.labelled == name]
        fitted = fit([decision for decision in learning if decision.labelled != name], present)
        found[name] = score(held_out, fitted)
    return found


def score(decisions: Iterable[Decision], weights: Weights) -> Score:
    """Count what is right of some decisions."""
    outcomes = [(outcome(decision, weights), weights[THRESHOLD][_bar(decision)]) for decision in decisions]
    right = [(out.answerable, out.right(bar)) for out, bar in outcomes]
    return Score(
        shown=right.count((True, True)),
        answerable=sum(answerable for answerable, _ in right),
        refused=right.count((False, True)),
        unanswerable=sum(not answerable for answerable, _ in right),
    )


def outcome(decision: Decision, weights: Weights) -> Outcome:
    """Rank the places of a decision."""
    scores = probabilities([place.features for place in decision.places], weights[_model(decision)])
    ranked = sorted(zip(scores.tolist(), decision.places, strict=True), key=lambda pair: -pair[0])
    if not decision.answerable:
        return Outcome(False, ranked[0][0])
    shown = ranked[: SHOWN[decision.kind]]
    return Outcome(True, max((value for value, place in shown if place.right), default=0.0))


def best_bars(outcomes: Mapping[str, Sequence[Outcome]]) -> dict[str, float]:
    """Return the bars at which enough is refused of all that must be, and most is shown under that.

    A refusal is worth so many answers, the same for each kind of question, as it takes to refuse enough of them all.
    """
    unanswerable = [(bar, out) for bar, all_of_bar in outcomes.items() for out in all_of_bar if not out.answerable]
    bars: dict[str, float] = {}
    for worth in WORTH:
        bars = {bar: best_bar(all_of_bar, worth) for bar, all_of_bar in outcomes.items()}
        if sum(out.right(bars[bar]) for bar, out in unanswerable) >= REFUSED * len(unanswerable):
            break
    return bars


def best_bar(outcomes: Sequence[Outcome], worth: float) -> float:
    """Return the bar at which most outcomes are right, a refusal worth so many answers; of several, the middle one."""
    right = {bar: sum((1 if out.answerable else worth) for out in outcomes if out.right(bar)) for bar in BARS}
    best = [bar for bar in BARS if right[bar] == max(right.values())]
    return best[len(best) // 2]


def _models(decisions: Sequence[Decision], present: Weights) -> dict[str, dict[str, float]]:
    return {model: _fitted(decisions, model) or dict(present[model]) for model in FEATURES}


def _fitted(decisions: Sequence[Decision], model: str) -> dict[str, float] | None:
    places = [place for decision in decisions if _model(decision) == model for place in decision.places]
    return fit_weights([p.features for p in places], [p.right for p in places], FEATURES[model].split())


def _bars(decisions: Sequence[Decision], present: Weights) -> dict[str, float]:
    by_bar: dict[str, list[Outcome]] = defaultdict(list)
    for name in _sets(decisions):
        models = _models([decision for decision in decisions if decision.labelled != name], present)
        for decision in decisions:
            if decision.labelled == name:
                by_bar[_bar(decision)].append(outcome(decision, models))
    return {**present[THRESHOLD], **best_bars({bar: found for bar, found in by_bar.items() if _tells(found)})}


def _tells(outcomes: Iterable[Outcome]) -> bool:
    """Tell whether enough questions that cannot be answered come to a bar for it to be chosen by them."""
    return sum(not outcome.answerable for outcome in outcomes) >= TELLING


def _sets(decisions: Iterable[Decision]) -> list[str]:
    return sorted({decision.labelled for decision in decisions})


def _model(decision: Decision) -> str:
    return _suffixed(decision.model, decision.foreign)


def _bar(decision: Decision) -> str:
    return _suffixed(decision.kind, decision.foreign)


def _suffixed(name: str, foreign: bool) -> str:
    return f"{name}_foreign" if foreign else name

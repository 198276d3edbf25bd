"""Everybody who may have spoken some words -> who did, how probably, and who else it may have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.quotations.attribution.candidates import Candidate
from index.quotations.attribution.doubt import is_sure
from index.quotations.attribution.features.evidence import Evidence, evidence
from index.quotations.attribution.scorer import WEIGHTS, WITH_STATES, bars, probabilities
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.cues.analysed_sentences import AttributedSpan

MOST_LOST = 0.9
"""How much of what is probable the bodies may take when it is known that none of them spoke."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate, how probably the words are its own, 0 to 1, and the evidence that tells it."""

    candidate: Candidate
    probability: float
    evidence: Evidence


def decide(span: AttributedSpan, ranking: Sequence[Ranked], file: Path) -> AttributedSpan:
    """Return words under the most probable speaker, under nobody when none is probable enough by the bars of a file."""
    best = ranking[0] if ranking else None
    named = bars(file).named
    if best is None or best.probability < named:
        return replace(span, speaker=None, confidence=None, alternative=best.candidate.speaker if best else None)
    second = ranking[1] if len(ranking) > 1 and ranking[1].probability >= named / 2 else None
    return replace(
        span,
        speaker=best.candidate.speaker,
        confidence=best.probability,
        sure=_is_sure(ranking, file),
        alternative=second.candidate.speaker if second is not None else None,
    )


def _is_sure(ranking: Sequence[Ranked], file: Path) -> bool:
    names = [ranked.candidate.speaker.name for ranked in ranking]
    return is_sure(names, [ranked.probability for ranked in ranking], [ranked.evidence for ranked in ranking], file)


def rank(around: Surroundings, file: Path) -> list[Ranked]:
    """Return everybody who may have spoken some words, the most probable first, by the trees of a file."""
    told = evidence(around)
    ranked = [Ranked(*one) for one in zip(around.candidates, probabilities(told, file), told, strict=True)]
    if around.is_of_a_person:
        ranked = _persons(ranked)
    return sorted(ranked, key=lambda r: -r.probability)


def _persons(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the persons alone, each as probable as when no body may have spoken."""
    bodies = max((r.probability for r in ranked if not r.candidate.speaker.person), default=0.0)
    left = 1.0 - min(bodies, MOST_LOST)
    persons = [r for r in ranked if r.candidate.speaker.person]
    return [replace(r, probability=min(r.probability / left, 1.0)) for r in persons]


def weights_file(with_states: bool) -> Path:
    """Return the file of the trees that weigh the evidence, with the states of the embedding model or without."""
    return WITH_STATES if with_states else WEIGHTS

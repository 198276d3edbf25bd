"""Everybody who may have spoken some words -> who did, how probably, and who else it may have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.quotations.attribution.candidates import Candidate
from index.quotations.attribution.features.evidence import evidence
from index.quotations.attribution.scorer import bars, probabilities
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.cues.analysed_sentences import AttributedSpan


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate, and how probably the words are its own, 0 to 1."""

    candidate: Candidate
    probability: float


def decide(span: AttributedSpan, ranking: Sequence[Ranked]) -> AttributedSpan:
    """Return words under the most probable speaker, under nobody when none is probable enough."""
    best = ranking[0] if ranking else None
    if best is None or best.probability < bars().named:
        return replace(span, speaker=None, confidence=None, alternative=best.candidate.speaker if best else None)
    second = ranking[1] if len(ranking) > 1 and ranking[1].probability >= bars().named / 2 else None
    return replace(
        span,
        speaker=best.candidate.speaker,
        confidence=best.probability,
        alternative=second.candidate.speaker if second is not None else None,
    )


def rank(around: Surroundings) -> list[Ranked]:
    """Return everybody who may have spoken some words, the most probable first."""
    ranked = [Ranked(c, p) for c, p in zip(around.candidates, probabilities(evidence(around)), strict=True)]
    return sorted(ranked, key=lambda r: -r.probability)

"""Where a candidate is mentioned: how far from the words, as what, and who is mentioned nearer."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotations.attribution.candidates import Candidate, PlacedMention
from index.quotations.attribution.features.words import FORMS
from index.quotations.attribution.surroundings import Surroundings

FAR = 40.0
"""Tokens and beyond: a mention so far from the words is as good as absent from their sentence."""
ABSENT = 9.0
"""Sentences, or candidates mentioned nearer, when somebody is not mentioned at all."""
_SUBJECTS = (1.0, 2.0)
_DEPENDENCIES = {"nsubj": 1.0, "nsubj:pass": 2.0, "nsubjpass": 2.0, "obj": 3.0, "dobj": 3.0, "obl": 4.0, "pobj": 4.0}
_OTHER_DEPENDENCY = 5.0


def of_places(around: Surroundings, candidate: Candidate) -> dict[str, float]:
    """Return where a candidate is mentioned, in the words' sentence and around it."""
    mentions = candidate.mentions
    here = [m for m in mentions if m.sentence == around.span.sentence]
    left = [m for m in mentions if m.start < around.span.start]
    right = [m for m in mentions if m.start >= around.span.end]
    return {
        "as_subject": float(sum(_dependency(around, m) in _SUBJECTS for m in mentions)),
        **_in_sentence(around, here),
        **_left(around, candidate, left),
        "sentences_right": min((float(m.sentence - around.span.sentence) for m in right), default=ABSENT),
    }


def _in_sentence(around: Surroundings, here: Sequence[PlacedMention]) -> dict[str, float]:
    start = around.span.start
    near = min(here, key=lambda m: _distance(around, m), default=None)
    return {
        "here": float(len(here)),
        "tokens_left": min((_distance(around, m) for m in here if m.start < start), default=FAR),
        "tokens_right": min((_distance(around, m) for m in here if m.start >= around.span.end), default=FAR),
        "form_near": FORMS[near.form if near is not None else None],
        "role_near": _dependency(around, near),
        "governs": float(any(_is_source(around, m) for m in here)),
        "named_here": float(any(m.form == "name" for m in here)),
    }


def _left(around: Surroundings, candidate: Candidate, left: Sequence[PlacedMention]) -> dict[str, float]:
    last = left[-1] if left else None
    return {
        "sentences_left": min((float(around.span.sentence - m.sentence) for m in left), default=ABSENT),
        "role_left": _dependency(around, last),
        "form_left": FORMS[last.form if last is not None else None],
        "nearer_left": float(_nearer(around, candidate, last.start)) if last is not None else ABSENT,
    }


def _distance(around: Surroundings, m: PlacedMention) -> float:
    gap = around.first - m.head if m.start < around.span.start else m.head - around.last
    return min(max(float(gap), 0.0), FAR)


def _dependency(around: Surroundings, m: PlacedMention | None) -> float:
    if m is None:
        return 0.0
    tokens = around.article.sentences[m.sentence].sentence.tokens
    return _DEPENDENCIES.get(tokens[m.head].dep, _OTHER_DEPENDENCY)


def _nearer(around: Surroundings, candidate: Candidate, start: int) -> int:
    """Count the other candidates mentioned between a place and the words."""
    others = (other for other in around.candidates if other is not candidate)
    return sum(any(start < m.start < around.span.start for m in other.mentions) for other in others)


def _is_source(around: Surroundings, m: PlacedMention) -> bool:
    return any(c.source is not None and c.source.first <= m.head < c.source.last for c in around.analysed.cues)

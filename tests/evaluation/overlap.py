"""How much two places of an article have in common."""

from __future__ import annotations

from tests.evaluation.labels import Place
from tests.evaluation.naming import folded

Span = tuple[int, int]

_EDGES = " \t\r\n\u00a0\u202f\"'«»“”„‟‘’‹›.,;:!?…-–—()"
_HALF = 0.5
_WORDS = 3
"""Words in a row that make a repetition elsewhere in the article (in its headline, say) as good as the place."""


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the marks, punctuation and spaces at its edges."""
    kept = text[start:end]
    start += len(kept) - len(kept.lstrip(_EDGES))
    return start, max(start, start + len(kept.strip(_EDGES)))


def likeness(one: Span, other: Span) -> float:
    """Return the intersection of two spans over their union, 0 to 1."""
    common = _common(one, other)
    return common / (one[1] - one[0] + other[1] - other[0] - common) if common else 0.0


def is_inside(inner: Span, outer: Span) -> bool:
    """Tell whether a span lies wholly within another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def covers(cited: Place, wanted: Place) -> bool:
    """Tell whether one place shows what the other does: half of the shorter, or three of its words in a row."""
    if cited.article != wanted.article:
        return False
    common = _common((cited.start, cited.end), (wanted.start, wanted.end))
    if common and common >= _HALF * min(cited.end - cited.start, wanted.end - wanted.start):
        return True
    short, long = sorted((folded(cited.quote), folded(wanted.quote)), key=len)
    return len(short.split()) >= _WORDS and f" {short} " in f" {long} "


def _common(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))

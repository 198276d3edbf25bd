"""A clause that its cue parts in two: "The snag, the harbour master said later, was that the crane had rusted"."""

from __future__ import annotations

from collections.abc import Iterable

from index.quotations.cues.cues import Cue
from index.quotations.syntax.noun_phrases import Sentence

_LONGEST_CUE = 9
_SHORTEST_PART = 3
"""Tokens both."""
_STOPS = (",", "-")


def parted_clause(s: Sentence, cue: Cue) -> list[tuple[int, int]]:
    """Return the parts of a clause before and behind a cue between commas, or nothing when the cue stands elsewhere.

    The part before is left out where it is but the subject of the part behind, or a lead such as "In March".
    """
    between = _between_commas(s, cue)
    if between is None:
        return []
    opening, closing = between
    before, behind = _before(s, opening), (closing + 1, s.last)
    if before is not None and _breaks_off(s, opening, closing):
        return [before, behind]
    if not has_verb(s, *behind):
        return []
    if _is_predicate(s, closing + 1):
        return [] if before is not None and cue.kind == "preposition" else [behind]
    return [behind] if before is None or s.has(opening - 1, "clauses.relatives") else [before, behind]


def _before(s: Sentence, opening: int) -> tuple[int, int] | None:
    """Return the part before a cue, when it has a verb."""
    first = next((i for i in range(s.first, opening) if s.tokens[i].pos not in ("CCONJ", "PUNCT")), s.first)
    leading = s.has(first, "grammar.subordinators")
    said = opening - first >= _SHORTEST_PART and has_verb(s, first + leading, opening)
    return (first, opening) if said else None


def _between_commas(s: Sentence, cue: Cue) -> tuple[int, int] | None:
    """Return the commas or dashes around a cue and its source."""
    if cue.source is None or not (cue.kind == "preposition" or cue.is_in("say") or cue.is_in("think")):
        return None
    opening = _next_stop(s, range(cue.start - 1, max(cue.start - 4, s.first), -1))
    closing = _next_stop(s, range(cue.end, min(cue.end + 5, s.last - 2)))
    if opening is None or closing is None or closing - opening > _LONGEST_CUE or s.pos(closing + 1) == "CCONJ":
        return None
    others = [*range(opening, cue.first), *range(cue.last, closing)]
    return None if _is_mixed(s, others, closing) else (opening, closing)


def _next_stop(s: Sentence, places: Iterable[int]) -> int | None:
    return next((i for i in places if s.tokens[i].low in _STOPS), None)


def _is_mixed(s: Sentence, others: Iterable[int], closing: int) -> bool:
    """Tell whether another verb stands between the commas of a cue, or marks stand before their end."""
    return any(s.is_finite(i) for i in others) or any(t.quote >= 0 for t in s.tokens[s.first : closing + 2])


def _breaks_off(s: Sentence, opening: int, closing: int) -> bool:
    """Tell whether the part before a cue lacks its end: "One child was, police said, on the ferry"."""
    return s.tokens[opening - 1].pos == "AUX" and s.last - closing > _SHORTEST_PART


def _is_predicate(s: Sentence, i: int) -> bool:
    return s.is_finite(i) or (s.pos(i) == "ADV" and s.is_finite(i + 1))


def has_verb(s: Sentence, first: int, last: int) -> bool:
    """Tell whether a finite verb comes before any clause that depends on a word: "a week after the storm came"."""
    finite = next((i for i in range(first, last) if s.is_finite(i)), None)
    return finite is not None and not any(_depends(s, i) for i in range(first, finite))


def _depends(s: Sentence, i: int) -> bool:
    """Tell whether the word at i opens a clause that depends on another: "who", "when"."""
    return s.has(i, "clauses.relatives") or s.has(i, "grammar.subordinators")

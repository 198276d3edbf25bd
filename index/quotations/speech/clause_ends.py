"""Where the clause that a cue reports ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.quotations.cues.cues import Cue
from index.quotations.speech.parted_clause import has_verb
from index.quotations.syntax.noun_phrases import Sentence
from index.quotations.syntax.parser import QUOTE

_SHORTEST = 3
"""Tokens of a clause before marks that take over."""
_FULL_STOPS = (".", "!", "?", "…", "...")


def clause_end(s: Sentence, first: int, cue: Cue, cues: Sequence[Cue]) -> int:
    """Return where a clause ends: before the sentence's next cue, an aside of the reporter, or the full stop."""
    starts = _starts([c for c in cues if c.first > first])
    relative = s.has(cue.first - 1, "subjects.subject_relatives")
    for i in range(first + 1, s.last):
        if i - first > _SHORTEST and _is_before_marks(s, i):
            return i - 1
        ends = _goes_over(s, i, cues, starts) or _is_stop(s, i) or _is_aside(s, i, cues, relative)
        if ends and not s.is_marked(i):
            return i
    return s.last


def _is_before_marks(s: Sentence, i: int) -> bool:
    """Tell whether a whole quotation stands at i, behind a comma: "dit que le pont tient, « ... »"."""
    return s.pos(i) == QUOTE and s.low(i - 1) == ","


def _starts(cues: Sequence[Cue]) -> set[int]:
    """Return where cues begin, and where the sources before them do."""
    named = {c.source.first for c in cues if c.source is not None and not c.inverted and c.source.first < c.first}
    return named | {c.first for c in cues}


def _goes_over(s: Sentence, i: int, cues: Sequence[Cue], starts: Collection[int]) -> bool:
    """Tell whether the reporter speaks again at i: "et a demandé", ", ajoutant", ", selon"."""
    if s.has(i, "clauses.coordinators"):
        return i + 1 in starts
    if s.low(i) not in (",", "-"):
        return False
    if s.has(i + 1, "clauses.coordinators"):
        return i + 2 in starts
    cue = next((c for c in cues if i + 1 in (c.first, c.source.first if c.source is not None else -1)), None)
    return cue is not None and _speaks_apart(s, cue)


def _speaks_apart(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue behind a comma ends the clause before it: "selon X", "dit X", "ajoutant"."""
    participle = s.lex.ends("endings.present_participle", s.low(cue.at))
    return cue.kind == "preposition" or cue.inverted or participle


def _is_stop(s: Sentence, i: int) -> bool:
    """Tell whether a clause ends: at a full stop, at "despite", at a colon before marks or a new clause, no list."""
    if s.low(i) == ":":
        return any(t.quote >= 0 for t in s.tokens[i : i + 3]) or has_verb(s, i + 1, s.last)
    return s.low(i) in _FULL_STOPS or s.has(i, "grammar.apart_always") or _is_before_infinitive(s, i)


def _is_before_infinitive(s: Sentence, i: int) -> bool:
    """Tell whether the reporter goes on at i: "avant de quitter la salle"."""
    return s.has_pair(i, "verb_groups.before_infinitive") and i + 2 < s.last and s.tokens[i + 2].form == "Inf"


def _is_aside(s: Sentence, i: int, cues: Sequence[Cue], relative: bool) -> bool:
    """Tell whether the reporter goes on behind a comma at i; ``relative``: the cue stands in a relative clause."""
    if s.low(i) != "," or i + 1 >= s.last:
        return False
    goes_on = relative and s.tokens[i + 1].form == "Fin"  # "X, qui dit que le pont tient, est venu"
    return goes_on or s.has(i + 1, "grammar.apart") or _is_comment(s, i, cues)


def _is_comment(s: Sentence, i: int, cues: Sequence[Cue]) -> bool:
    """Tell whether a comment follows a comma: "ce qui étonne", "contrairement au maire", "comme l'a dit X"."""
    if i + 2 >= s.last:
        return False
    reports = any(c.first > i and c.kind == "verb" for c in cues)
    likened = s.has(i + 1, "clauses.reminders") and reports
    return likened or s.has(i + 1, "clauses.contrasts") or s.has_pair(i + 1, "clauses.sentence_relatives")

"""A reported clause and the marks that stand in it: where the clause ends, whose words it holds."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from index.quotations.cues.analysed_sentences import AnalysedSentence
from index.quotations.cues.cues import Cue
from index.quotations.speech.indirect import Clause
from index.quotations.syntax.noun_phrases import Sentence
from index.quotations.syntax.parser import Token

_FEWEST = 4
"""Tokens of a clause that says something before marks."""
_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))


def is_hearsay(analysed: AnalysedSentence, clause: Clause) -> bool:
    """Tell whether a reported clause reports in turn what somebody else said, whose words it then holds."""
    inner = (cue for cue in analysed.cues if cue is not clause.cue and _is_within(clause, cue))
    return clause.cue.source is not None and any(_leads_to_marks(analysed, clause, cue) for cue in inner)


def _is_within(clause: Clause, cue: Cue) -> bool:
    """Tell whether somebody named within a clause says something there: "dit que | X a parlé de « ... »"."""
    if cue.kind != "verb" or cue.inverted or cue.source is None or cue.source.pronoun:
        return False
    return clause.first <= cue.source.first and cue.last <= clause.last


def _leads_to_marks(analysed: AnalysedSentence, clause: Clause, cue: Cue) -> bool:
    return any(cue.last <= q.first < clause.last for q in analysed.quotes)


def around_marks(clause: Clause, s: Sentence, quoted: Container[int]) -> list[Clause]:
    """Return what a reported clause says outside the marks that stand in it, of five words at least.

    Example: "a admis que le but était de gagner du temps et « de créer une armée »" says that the aim was to gain time.

    Args:
        clause: the clause that a cue reports.
        s: its sentence.
        quoted: the numbers of the marks that hold somebody's words.
    """
    pieces: list[Clause] = []
    first = clause.first
    for i in range(clause.first, clause.last + 1):
        if i < clause.last and s.tokens[i].quote not in quoted:
            continue
        pieces.append(_trimmed(replace(clause, first=first, last=i), s))
        first = i + 1
    if len(pieces) == 1:
        return [] if _is_stump(s, clause) else [clause]
    return [piece for piece in pieces if _says_something(s, piece)]


def _says_something(s: Sentence, piece: Clause) -> bool:
    """Tell whether the words before or behind marks tell more than what leads to them: five, two of them full."""
    words = [t for t in s.tokens[piece.first : piece.last] if t.text[:1].isalnum()]
    if s.is_marked(piece.last) and words and s.lex.has("grammar.copulas", words[-1].low):
        return False  # "says that the candidates are “hypocrites”"
    return len(words) > _FEWEST and sum(t.pos in _CONTENT for t in words) > 1


def _trimmed(clause: Clause, s: Sentence) -> Clause:
    """Return a clause without the commas and conjunctions at its ends."""
    first, last = clause.first, clause.last
    while first < last and s.tokens[first].pos in ("PUNCT", "CCONJ"):
        first += 1
    while first < last and s.tokens[last - 1].pos in ("PUNCT", "CCONJ"):
        last -= 1
    return replace(clause, first=first, last=last)


def _is_stump(s: Sentence, clause: Clause) -> bool:
    """Tell whether marks take over a clause before it says anything: "explique qu'au-delà du gardien, « ... »"."""
    if s.tokens[clause.last - 1].pos == "AUX" and clause.last - clause.first < _FEWEST:
        return True  # "It was, in her words, “...”"
    marks = s.is_marked(clause.last + (s.low(clause.last) == ","))
    return marks and _breaks_off([t for t in s.tokens[clause.first : clause.last] if t.pos != "PUNCT"])


def _breaks_off(words: Sequence[Token]) -> bool:
    """Tell whether words are no whole clause: no finite verb, or an auxiliary, a preposition, an article at the end."""
    return not any(t.form == "Fin" for t in words) or words[-1].pos in ("AUX", "ADP", "DET")

"""A reported clause and the marks that stand in it: where the clause ends, whose words it holds."""

from __future__ import annotations

from dataclasses import replace

from index.quotations.cues.analysed_sentences import AnalysedSentence
from index.quotations.speech.indirect import Clause
from index.quotations.syntax.noun_phrases import Sentence


def is_hearsay(analysed: AnalysedSentence, clause: Clause) -> bool:
    """Tell whether a reported clause reports in turn what somebody else said, whose words it then holds."""
    if clause.cue.source is None:
        return False
    return any(
        c.kind == "verb"
        and c is not clause.cue
        and c.source is not None
        and not c.source.pronoun
        and clause.first <= c.source.first
        and c.last <= clause.last
        and not c.inverted
        and any(c.last <= q.first < clause.last for q in analysed.quotes)
        for c in analysed.cues
    )


def before_fragment(analysed: AnalysedSentence, clause: Clause) -> Clause:
    """Cut a clause before the marks that "et" adds to it, when it stands without them.

    Example: "a admis que le but était de gagner du temps et « de créer une armée »".
    """
    s = analysed.sentence
    first = next((q.first for q in analysed.quotes if clause.first < q.first < clause.last), None)
    if first is None or s.tokens[first - 1].low not in ("et", "and"):
        return clause
    alone = any(t.form == "Fin" for t in s.tokens[clause.first : first - 1])
    return replace(clause, last=first - 1) if alone and clause.cue.is_in("say") else clause


def joined_clause(analysed: AnalysedSentence, clause: Clause) -> Clause | None:
    """Return the clause that "et que" adds behind marks: "a dit que « le but » était atteint et qu'il partait"."""
    s = analysed.sentence
    behind = max((q.last for q in analysed.quotes if clause.first <= q.first < clause.last), default=clause.last)
    for i in range(behind, clause.last - 2):
        if s.tokens[i].low in ("et", "and") and s.tokens[i + 1].low in ("que", "qu'", "that"):
            return replace(clause, first=i + 2)
    return None


def is_stump(s: Sentence, clause: Clause) -> bool:
    """Tell whether marks take over a clause before it says anything: "explique qu'au-delà du gardien, « ... »"."""
    if s.tokens[clause.last - 1].pos == "AUX" and clause.last - clause.first < 4:
        return True  # "It was, in her words, “...”"
    after = clause.last + (clause.last < s.last and s.tokens[clause.last].low == ",")
    if after >= s.last or s.tokens[after].quote < 0:
        return False
    words = [t for t in s.tokens[clause.first : clause.last] if t.pos != "PUNCT"]
    unfinished = not words or words[-1].pos in ("AUX", "ADP", "DET") or words[-1].low in ("est", "is", "was")
    return unfinished or not any(t.form == "Fin" for t in words)

"""Who vouches for what an article reports: a source that passes it on, or nobody for sure ("aurait dit")."""

from __future__ import annotations

from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan
from index.quotations.cues.cues import Cue
from index.quotations.syntax.noun_phrases import Sentence
from index.quotations.syntax.proper_names import text_of

_BESIDE = 2
"""Tokens before a cue among which an adverb belongs to it."""


def vouched(analysed: AnalysedSentence, words: AttributedSpan) -> tuple[str | None, str | None]:
    """Return the source that passes words on, and the word that leaves open whether they were said, as printed.

    Examples: "According to the Herald, Burrows said ..."; "Burrows allegedly said ...". None: there is no such.
    """
    cue = _cue_of(analysed, words)
    if cue is None or cue.kind != "verb":
        return None, None
    return _relayed_by(analysed, cue), _hedge(analysed.sentence, cue)


def _hedge(s: Sentence, cue: Cue) -> str | None:
    around = range(max(s.first, cue.first - _BESIDE), min(cue.last + 1, s.last))
    found = (i for i in around if s.tokens[i].quote < 0 and _hedges(s, i, cue))
    return next((s.tokens[i].text for i in found), None)


def _relayed_by(analysed: AnalysedSentence, cue: Cue) -> str | None:
    tokens = analysed.sentence.tokens
    sources = (c.source for c in analysed.cues if c.kind == "preposition" and c.last <= cue.first)
    return next(
        (text_of(tokens, source.first, source.last) for source in sources if source and not source.pronoun), None
    )


def _hedges(s: Sentence, i: int, cue: Cue) -> bool:
    """An adverb beside the cue ("allegedly"), or an auxiliary of hearsay within it ("aurait")."""
    low = s.tokens[i].low
    inside = cue.first <= i < cue.at
    return s.lex.has("sources.hedges", low) or (inside and s.lex.has("sources.hearsay_auxiliaries", low))


def _cue_of(analysed: AnalysedSentence, words: AttributedSpan) -> Cue | None:
    """The cue of a sentence that the words were given to: the one printed so that is nearest to them."""
    printed = words.quotation.cue
    tokens = analysed.sentence.tokens
    same = [
        cue
        for cue in analysed.cues
        if printed and printed.endswith(tokens[cue.last - 1].text) and tokens[cue.first].text in printed
    ]
    return min(same, key=lambda cue: abs(tokens[cue.first].start - words.start), default=None)

"""Whether marked words are an utterance of their own, or part of the sentence around them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.quotations.cues.analysed_sentences import AnalysedSentence, QuotedTokens
from index.quotations.syntax.noun_phrases import Sentence
from index.quotations.syntax.parser import Token

_FEW = 4
"""Words of an utterance at least, unless its punctuation says that it is one."""


def opens_sentence(s: Sentence, q: QuotedTokens) -> bool:
    """Tell whether nothing of the sentence comes before the marks, or only what leads to a colon."""
    before = _outside(s.tokens[s.first : q.first], ("(", "-", "[", ".", "»", "”"))
    return not before or before[-1].low == ":"


def is_fragment(analysed: AnalysedSentence, q: QuotedTokens, inside: str) -> bool:
    """Tell whether marked words are part of the sentence around them, no utterance of their own."""
    s = analysed.sentence
    before = _outside(s.tokens[s.first : q.first], ("(", "-", "["))
    if not before:
        return len(inside.split()) < _FEW and inside[-1:] not in ".!?…," and not _leads_on(s, q)
    capital = inside[:1].isupper()
    whole = capital and (inside[-1:] in ".!?…" or len(inside.split()) >= _FEW)
    return not whole and before[-1].low != ":"


def _outside(tokens: Sequence[Token], but: Collection[str]) -> list[Token]:
    return [t for t in tokens if t.quote < 0 and t.low not in but]


def _leads_on(s: Sentence, q: QuotedTokens) -> bool:
    """Tell whether a comma follows the marks: "Non", a-t-il dit."""
    after = _outside(s.tokens[q.last : s.last], ())
    return bool(after) and after[0].low == ","

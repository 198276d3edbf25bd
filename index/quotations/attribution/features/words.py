"""The words themselves, the rule that found them, and the mention beside them: the same for every candidate."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.data_files import languages
from index.languages.lexicon import Lexicon
from index.quotations.attribution.rules.listing import RULES
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.syntax.parser import Token

LONG = 60
"""Words and beyond: all as long."""
MANY = 40
"""Tokens of a sentence and beyond."""
_PARAGRAPHS = 10
FORMS: dict[str | None, float] = {None: 0.0, "pronoun": 1.0, "noun": 2.0, "name": 3.0}
_NOUNS = ("roles.any", "roles.bodies", "roles.media", "nouns.documents", "nouns.crowds", "kin.all")


def of_words(around: Surroundings) -> dict[str, float]:
    """Return what holds whoever spoke."""
    span, inside = around.span, set(around.words)
    first_person = around.lex.words
    return {
        **{f"rule_{rule.name}": float(span.rule == rule.name) for rule in RULES},
        "language": float(list(languages()).index(around.lex.lang)),
        "indirect": float(span.quotation.kind == "indirect"),
        "mixed": float(span.quotation.kind == "mixed"),
        "length": float(min(len(around.words), LONG)),
        "singular_i": float(bool(inside & first_person["grammar.first_singular"])),
        "plural_we": float(bool(inside & first_person["grammar.first_plural"])),
        "candidates": float(len(around.candidates)),
        "picked": float(span.speaker is not None),
        "cued": float(span.quotation.cue is not None),
        **_sentence(around),
        **_mention(around),
    }


def _sentence(around: Surroundings) -> dict[str, float]:
    span, s = around.span, around.analysed.sentence
    paragraph = [other for other in around.article.found if other.paragraph == span.paragraph]
    outside = [t for t in s.tokens[s.first : s.last] if t.quote < 0 and t.pos != "PUNCT"]
    return {
        "opens": float(around.first <= s.first + 1),
        "alone": float(not outside),
        "outside": float(min(len(outside), MANY)),
        "cues": float(len(around.analysed.cues)),
        "ordinal": float(paragraph.index(span)),
        "paragraph": float(min(span.paragraph, _PARAGRAPHS)),
    }


def _mention(around: Surroundings) -> dict[str, float]:
    first, last = around.mention
    tokens = around.tokens[first:last]
    return _nouns(tokens, around.lex) | {
        "mention": FORMS[around.mention_form],
        "mention_length": float(len(tokens)),
        "mention_capitals": float(sum(t.capital for t in tokens)),
        "mention_plural": float(any(t.number == "Plur" and t.pos == "NOUN" for t in tokens)),
        "mention_owned": float(any(t.low in ("'s", "'") for t in tokens)),
        "mention_person": float(any(t.ent in ("PER", "PERSON") for t in tokens)),
        "mention_org": float(any(t.ent == "ORG" for t in tokens)),
        "mention_first_name": float(any(t.capital and around.lex.is_first_name(t.text) for t in tokens)),
        **_determiner(tokens, around.lex),
    }


def _nouns(tokens: Sequence[Token], lex: Lexicon) -> dict[str, float]:
    """Tell which kinds of nouns stand in the mention."""
    lows = [form for t in tokens for form in (t.low, t.low.removesuffix("s"))]
    return {f"mention_{key.split('.')[1]}": float(any(lex.has(key, low) for low in lows)) for key in _NOUNS}


def _determiner(tokens: Sequence[Token], lex: Lexicon) -> dict[str, float]:
    det = tokens[0] if tokens else None
    return {
        "mention_det": float(det is not None and det.pos == "DET"),
        "mention_indefinite": float(det is not None and lex.has("grammar.indefinite_articles", det.low)),
        "mention_possessive": float(det is not None and lex.has("grammar.possessive", det.low)),
    }

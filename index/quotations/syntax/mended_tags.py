"""What a parser takes for something else, and the words around it show what it is."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.syntax.parser import Paragraph, Token

_VERBAL = ("VERB", "AUX")
_TEXT = 7
"""Tokens between a text and its verb."""
_NAMING = ("roles.speaking", "not_speech.before", "nouns.words")
_TAKEN_FOR = ("NOUN", "X", "ADJ", "VERB", "PROPN", "ADV")


def mend_trades(paragraphs: Sequence[Paragraph], lex: Lexicon) -> None:
    """Make nouns of trades that the parser takes for verbs between a preposition and a name: "to engineer Ada Pike"."""
    for paragraph in paragraphs:
        tokens = paragraph.tokens
        for before, t, name in zip(tokens, tokens[1:], tokens[2:], strict=False):
            verb = t.pos == "VERB" and t.text.islower() and lex.has("roles.any", t.low)
            if verb and before.pos == "ADP" and name.pos == "PROPN" and name.capital:
                t.pos, t.form = "NOUN", ""


def mend_inverted_verbs(paragraphs: Sequence[Paragraph], lex: Lexicon) -> None:
    """Make French verbs of what the parser takes for nouns behind marks and a comma: « ... », | zozote | Odile."""
    if not lex.has("syntax.traits", "inversion"):
        return
    for paragraph in paragraphs:
        tokens = paragraph.tokens
        for i in range(2, len(tokens) - 1):
            if _is_inverted_verb(tokens, i, lex):
                tokens[i].pos, tokens[i].form = "VERB", "Fin"


def _is_inverted_verb(tokens: Sequence[Token], i: int, lex: Lexicon) -> bool:
    """Tell whether a word in small letters right behind marks and a comma can only be a verb before its subject."""
    reflexive = lex.has("verb_groups.reflexives", tokens[i - 1].low)
    if not _may_be_verb(tokens[i]) or not _is_behind_marks(tokens, i - 1 - reflexive):
        return False
    if reflexive:
        return tokens[i].form != "Part"
    named = any(lex.has(key, tokens[i].low) for key in _NAMING)
    return not named and lex.ends("suffixes.third_person", tokens[i].low) and _leads_to_subject(tokens, i + 1, lex)


def _may_be_verb(t: Token) -> bool:
    """Tell whether a word in small letters may be a finite verb though the parser sees none."""
    seen = t.pos in _VERBAL and t.form == "Fin"
    return t.quote < 0 and t.text.islower() and t.pos in _TAKEN_FOR and not seen


def _is_behind_marks(tokens: Sequence[Token], comma: int) -> bool:
    return comma > 0 and tokens[comma].low == "," and tokens[comma - 1].quote >= 0


def _leads_to_subject(tokens: Sequence[Token], i: int, lex: Lexicon) -> bool:
    """Tell whether an article or a name follows a word, or small words that part a verb from its subject."""
    t = tokens[i]
    linked = lex.has("grammar.links", t.low) and not (i + 1 < len(tokens) and tokens[i + 1].pos == "DET")
    return not linked and (t.capital or t.pos in ("DET", "ADP", "ADV") or t.low.startswith("-"))


def mend_reading(paragraphs: Sequence[Paragraph], lex: Lexicon) -> None:
    """Make a verb of "read" behind a text and whose it is: "A statement from the family | read: “...”"."""
    for paragraph in paragraphs:
        for i in range(2, len(paragraph.tokens) - 1):
            if _reads(paragraph.tokens, i, lex):
                paragraph.tokens[i].pos, paragraph.tokens[i].form = "VERB", "Fin"


def _reads(tokens: Sequence[Token], i: int, lex: Lexicon) -> bool:
    """Tell whether a word that the parser takes for a noun is what a text before it does."""
    if tokens[i].pos != "NOUN" or not lex.has("verb_groups.reading", tokens[i].low):
        return False
    ends = tokens[i + 1].low in (":", ".", ",") or tokens[i + 1].quote >= 0
    return ends and any(lex.has("nouns.documents", t.low) for t in tokens[max(i - _TEXT, 0) : i])

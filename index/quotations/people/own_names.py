"""French names that hold somebody else's: "le comité Nobel" is no Mr Nobel, "Le Parisien" no man of Paris."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import EntityTable
from index.quotations.people.speaker import Speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import text_of

_OPENING = frozenset((".", "!", "?", ":", "-", "–", "—", "«", "»", "“", "”", '"'))


def own_name(tokens: Sequence[Token], phrase: Phrase, table: EntityTable, lex: Lexicon) -> Speaker | None:
    """Return who a phrase is by its own name, None when it may stand for somebody named before."""
    if phrase.pronoun:
        return None
    if _is_title(tokens, phrase, lex):
        return Speaker(text_of(tokens, phrase.first, phrase.last), None, tokens[phrase.head].gender, kind="body")
    if _is_body_of_name(tokens, phrase, table, lex):
        return Speaker(text_of(tokens, phrase.head, phrase.last), None, tokens[phrase.head].gender, kind="body")
    if _is_ranked(tokens, phrase, lex):
        return Speaker(text_of(tokens, phrase.head, phrase.last), None, tokens[phrase.head].gender)
    return None


def _is_title(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> bool:
    """Tell whether article and noun both bear a capital within a sentence: "selon Le Parisien"."""
    first = phrase.first
    within = first > 0 and tokens[first - 1].low not in _OPENING and tokens[first - 1].quote < 0
    article = tokens[first].capital and lex.has("determiners.of_titles", tokens[first].low)
    noun = tokens[first + 1] if first + 1 < phrase.last else None
    return within and article and noun is not None and noun.capital and lex.has("roles.any", noun.low)


def _is_body_of_name(tokens: Sequence[Token], phrase: Phrase, table: EntityTable, lex: Lexicon) -> bool:
    """Tell whether a body's noun stands right before a person's name: "le comité Nobel"."""
    head = phrase.head
    definite = lex.has("determiners.definite", tokens[phrase.first].low) and lex.has("naming.traits", "noun_first")
    bodies = lex.has("roles.bodies", tokens[head].low) and not lex.has("roles.media", tokens[head].low)
    two = phrase.first + 1 == head == phrase.last - 2 and not tokens[head].capital and tokens[head + 1].capital
    if not definite or not bodies or not two:
        return False
    return any(e.kind == "person" for e in table.named([tokens[head + 1].text]))


def _is_ranked(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> bool:
    """Tell whether the parser takes a rank and the name behind its "de" for one person: "le général de Gaulle"."""
    inside = tokens[phrase.head : phrase.last]
    person = bool(inside) and all(t.ent == "PER" for t in inside) and lex.has("roles.any", inside[0].low)
    linked = len(inside) > 1 and lex.has("joining.of_name", inside[1].low)
    return person and linked and all(t.capital for t in inside[2:])

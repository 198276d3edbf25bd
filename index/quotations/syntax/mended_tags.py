"""What a parser takes for something else, and the words around it show what it is."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.syntax.parser import Paragraph


def mend_trades(paragraphs: Sequence[Paragraph], lex: Lexicon) -> None:
    """Make nouns of trades that the parser takes for verbs between a preposition and a name: "to engineer Ada Pike"."""
    for paragraph in paragraphs:
        tokens = paragraph.tokens
        for before, t, name in zip(tokens, tokens[1:], tokens[2:], strict=False):
            verb = t.pos == "VERB" and t.text.islower() and lex.has("roles.any", t.low)
            if verb and before.pos == "ADP" and name.pos == "PROPN" and name.capital:
                t.pos, t.form = "NOUN", ""

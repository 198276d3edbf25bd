"""Whose voice a French body speaks by: "le pays a répondu par la voix du colonel X"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.languages.lexicon import Lexicon
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase, phrase_at
from index.quotations.syntax.parser import Token

Resolve = Callable[[Sequence[Token], Phrase, Position], Speaker | None]
_FARTHEST_VOICE = 12  # tokens from a body to "par la voix de X"


def spoken_through(
    tokens: Sequence[Token], phrase: Phrase, position: Position, resolve: Resolve, lex: Lexicon
) -> Speaker | None:
    """Return by whose voice somebody speaks: "le pays a répondu par la voix du colonel X"."""
    for i in range(phrase.last, min(phrase.last + _FARTHEST_VOICE, len(tokens) - 4)):
        if tokens[i].low in (".", "!", "?", ";") or tokens[i].quote >= 0:
            return None
        by = lex.has("joining.by", tokens[i].low) and lex.has("determiners.definite", tokens[i + 1].low)
        by_voice = by and lex.has("grammar.voices", tokens[i + 2].low)
        if by_voice and lex.has("joining.of_somebody", tokens[i + 3].low):
            voice = phrase_at(tokens, i + 4, len(tokens), lex)
            return resolve(tokens, voice, position) if voice is not None else None
    return None

"""French pronouns whose own sentence tells whom they mean: "le Pentagone a précisé qu'il"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.languages.lexicon import Lexicon
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase, is_pronoun, phrase_around, phrase_at
from index.quotations.syntax.parser import Token

Resolve = Callable[[Sequence[Token], Phrase, Position], Speaker | None]
_FARTHEST_VOICE = 12  # tokens from a body to "par la voix de X"


def of_own_clause(
    tokens: Sequence[Token], phrase: Phrase, position: Position, resolve: Resolve, lex: Lexicon
) -> Speaker | None:
    """Return the body that says something of itself in the clause of a pronoun, None when it is no body's."""
    if lex.lang != "fr" or phrase.first <= 1 or tokens[phrase.first - 1].low not in ("que", "qu'"):
        return None
    feminine = lex.has("grammar.pronouns_f", tokens[phrase.head].low)
    saying = tokens[tokens[phrase.head].head].head
    for i in range(phrase.first - 1):
        t = tokens[i]
        subject = t.head == saying and t.dep == "nsubj" and t.quote < 0 and not is_pronoun(t, lex)
        if subject and t.gender in ("", "Fem" if feminine else "Masc") and t.number != "Plur":
            owner = phrase_around(tokens, i, 0, phrase.first, lex)
            speaker = resolve(tokens, owner, position) if owner is not None else None
            return speaker if speaker is not None and not speaker.person else None
    return None


def spoken_through(
    tokens: Sequence[Token], phrase: Phrase, position: Position, resolve: Resolve, lex: Lexicon
) -> Speaker | None:
    """Return by whose voice somebody speaks: "le pays a répondu par la voix du colonel X"."""
    if lex.lang != "fr":
        return None
    for i in range(phrase.last, min(phrase.last + _FARTHEST_VOICE, len(tokens) - 4)):
        if tokens[i].low in (".", "!", "?", ";") or tokens[i].quote >= 0:
            return None
        by = tokens[i].low == "par" and tokens[i + 1].low in ("la", "le", "l'")
        by_voice = by and lex.has("grammar.voices", tokens[i + 2].low)
        if by_voice and tokens[i + 3].low in ("de", "du", "d'"):
            voice = phrase_at(tokens, i + 4, len(tokens), lex)
            return resolve(tokens, voice, position) if voice is not None else None
    return None

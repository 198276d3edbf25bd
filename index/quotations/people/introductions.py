"""People, sources and texts that a French article introduces at length once, and calls by one noun afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.quotations.people.speaker import Speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import name_run, text_of

_COUPLE = 3  # tokens of "Thierry et Véronique"
_ARTICLE_AND_NOUN = 2


@dataclass(slots=True)
class Introductions:
    """What the article has introduced so far.

    Attributes:
        called: noun -> the phrase that introduced it ("un communiqué du syndicat").
        pair: the two people named last who speak as one.
    """

    called: dict[str, Speaker] = field(default_factory=dict)
    pair: Speaker | None = None

    def pair_at(self, tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> Speaker | None:
        """Return two people who speak as one: "Thierry et Véronique Roy"."""
        if not lex.has("naming.traits", "couples"):
            return None
        first, last = _with_joined(tokens, phrase, lex)
        governed = first > 0 and tokens[first - 1].pos == "ADP"
        if last - first < _COUPLE or governed:
            return None
        if not all(lex.is_first_name(tokens[i].low) for i in (first, _after_and(tokens, first, lex))):
            return None
        self.pair = Speaker(text_of(tokens, first, last), None, plural=True)
        return self.pair

    def find(self, tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> Speaker | None:
        """Return whom or what a phrase takes up: "ces manifestants", "le texte", "le couple"."""
        if not lex.has("naming.traits", "introductions"):
            return None
        det, noun = tokens[phrase.first].low, tokens[phrase.head].low
        if self.pair is not None and lex.has("determiners.of_pairs", det) and lex.has("roles.pairs", noun):
            return self.pair
        if lex.has("determiners.indefinite", det) or lex.has("determiners.indefinite_plural", det):
            self._introduce(tokens, phrase, lex)
            return None
        return self._taken_up(det, noun, lex) if phrase.last - phrase.first == _ARTICLE_AND_NOUN else None

    def _introduce(self, tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> None:
        """Remember what "un communiqué du syndicat" introduces, under each of its nouns."""
        several = lex.has("determiners.indefinite_plural", tokens[phrase.first].low)
        introduced = Speaker(text_of(tokens, phrase.first, phrase.last), plural=several)
        for t in tokens[phrase.first : phrase.last]:
            if t.pos == "NOUN":
                self.called.setdefault(t.low, introduced)

    def _taken_up(self, det: str, noun: str, lex: Lexicon) -> Speaker | None:
        """Return what "ces manifestants" or "le texte" takes up."""
        if lex.has("determiners.demonstrative", det) or lex.has("determiners.demonstrative_plural", det):
            return self.called.get(noun)
        if not lex.has("nouns.documents", noun):
            return None
        texts = (self.called[word] for word in reversed(self.called) if lex.has("nouns.documents", word))
        return self.called.get(noun) or next(texts, None)


def _with_joined(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> tuple[int, int]:
    """Return where a phrase begins and ends with the names joined to it, behind it or before."""
    first, last = phrase.first, phrase.last
    if last + 1 < len(tokens) and lex.has("joining.and", tokens[last].low):
        return first, name_run(tokens, last + 1, len(tokens), lex)
    if first > 1 and lex.has("joining.and", tokens[first - 1].low):
        first -= 2
        while first > 0 and tokens[first - 1].capital and tokens[first - 1].pos == "PROPN":
            first -= 1
    return first, last


def _after_and(tokens: Sequence[Token], first: int, lex: Lexicon) -> int:
    """Return the word behind the next "et"."""
    near = range(first, min(first + 6, len(tokens) - 1))
    return next((i + 1 for i in near if lex.has("joining.and", tokens[i].low)), first)

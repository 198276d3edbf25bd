"""People, sources and texts that a French article introduces at length once, and calls by one noun afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.quotations.people.speaker import Speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import name_run, text_of


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
        if lex.lang != "fr":
            return None
        first, last = phrase.first, phrase.last
        if last + 1 < len(tokens) and tokens[last].low == "et":
            last = name_run(tokens, last + 1, len(tokens), lex)
        elif first > 1 and tokens[first - 1].low == "et":
            first -= 2
            while first > 0 and tokens[first - 1].capital and tokens[first - 1].pos == "PROPN":
                first -= 1
        if last - first < 3:
            return None
        governed = first > 0 and tokens[first - 1].pos == "ADP"
        if governed or not all(lex.is_first_name(tokens[i].low) for i in (first, _after_and(tokens, first))):
            return None
        self.pair = Speaker(text_of(tokens, first, last), None, plural=True)
        return self.pair

    def find(self, tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> Speaker | None:
        """Return whom or what a phrase takes up: "ces manifestants", "le texte", "le couple"."""
        if lex.lang != "fr":
            return None
        det, noun = tokens[phrase.first].low, tokens[phrase.head].low
        if self.pair is not None and det in ("le", "l'", "les") and lex.has("roles.pairs", noun):
            return self.pair
        if det in ("un", "une", "des"):
            introduced = Speaker(text_of(tokens, phrase.first, phrase.last), plural=det == "des")
            for t in tokens[phrase.first : phrase.last]:
                if t.pos == "NOUN":
                    self.called.setdefault(t.low, introduced)
            return None
        if phrase.last - phrase.first != 2:
            return None
        if det in ("ce", "cet", "cette", "ces"):
            return self.called.get(noun)
        if lex.has("nouns.documents", noun):
            texts = (self.called[word] for word in reversed(self.called) if lex.has("nouns.documents", word))
            return self.called.get(noun) or next(texts, None)
        return None


def _after_and(tokens: Sequence[Token], first: int) -> int:
    return next((i + 1 for i in range(first, min(first + 6, len(tokens) - 1)) if tokens[i].low == "et"), first)

"""The noun or name at the head of a phrase, with the adjectives and names beside it and its complements.

Examples: "Union des cheminots | valsonnais", "political scholar Kelly Oke", "secrétaire | de l'Union des cheminots".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.languages.lexicon import Lexicon
from index.quotations.syntax.parser import Token
from index.quotations.syntax.time_words import is_date

_NOMINAL = frozenset(("NOUN", "PROPN"))
_INSIDE = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "X", "SYM"))
_MOST_COMPLEMENTS = 4


def is_nominal(token: Token) -> bool:
    """Tell whether a token can be (part of) a name or the noun of a phrase."""
    if token.quote >= 0 or is_date(token):
        return False
    return token.pos in _NOMINAL or (
        token.capital and token.pos not in ("PUNCT", "PRON", "DET", "ADP", "SCONJ", "CCONJ")
    )


def is_determiner(token: Token, lex: Lexicon) -> bool:
    """Tell whether a word may stand before the noun of its phrase: an article, a number, an adjective, "his"."""
    return token.quote < 0 and (token.pos in ("DET", "NUM", "ADJ") or lex.has("grammar.possessive", token.low))


def chunk(tokens: Sequence[Token], j: int, stop: int, lex: Lexicon) -> tuple[int, int]:
    """Return the end of the run of nouns, names and adjectives from j, and its head."""
    run = _Chunk(tokens, stop, lex, j + 1, j, tokens[j].capital and tokens[j].pos == "PROPN")
    while run.k < stop and tokens[run.k].quote < 0 and run.goes_on():
        pass
    return run.k, run.head


@dataclass(slots=True)
class _Chunk:
    """A run of nouns, names and adjectives, read word by word.

    Attributes:
        k: the next word.
        head: the noun or name at its head.
        named: whether a name has been read, behind which no common noun belongs to the run.
    """

    tokens: Sequence[Token]
    stop: int
    lex: Lexicon
    k: int
    head: int
    named: bool

    def goes_on(self) -> bool:
        """Take the next word in, or tell that the run ends before it."""
        t = self.tokens[self.k]
        if is_date(t) or self._is_verb(t):
            return False
        if self.lex.has("determiners.genitive", t.low):
            return self._take_owned()
        step = self._small_words(t)
        if step:
            self.k += step
            return True
        return self._take(t)

    def _is_verb(self, t: Token) -> bool:
        """Tell whether a word is the verb of saying behind the run, though the parser may take it for a noun."""
        return t.low in self.lex.verbs and (t.pos in ("VERB", "AUX") or _ends_clause(self.tokens, self.k, self.lex))

    def _take_owned(self) -> bool:
        """Take the noun behind "'s" in as the head: "the county's | answer"."""
        k = self.k + 1
        if k >= self.stop or self.tokens[k].quote >= 0 or self.tokens[k].pos not in _INSIDE | {"VERB"}:
            return False
        self.k = self.head = k
        self.named = False
        return True

    def _small_words(self, t: Token) -> int:
        """Return how many words go on with the run though they are no noun, name or adjective, 0 for none."""
        if self.named and self._is_before_capital() and self._is_particle(t):
            return 1
        if self._is_article_of_surname(t):
            self.named = True
            return 1
        if t.text == "&" and self._is_before_capital():
            return 2
        return int(self._is_participle(t))

    def _is_before_capital(self) -> bool:
        """Tell whether the word behind the next has a capital."""
        return self.k + 1 < self.stop and self.tokens[self.k + 1].capital

    def _is_particle(self, t: Token) -> bool:
        """Tell whether a word is a particle of names, and no "de" that a complement begins with: "van"."""
        return self.lex.has("grammar.particles", t.low) and not self.lex.has("grammar.links", t.low)

    def _is_article_of_surname(self, t: Token) -> bool:
        """Tell whether a capital article begins a surname behind a title: "le cabinet de M. | Le Roux"."""
        article = t.capital and self.lex.has("determiners.of_surnames", t.low)
        return article and self.lex.has("names.titles", self.tokens[self.k - 1].text)

    def _is_participle(self, t: Token) -> bool:
        """Tell whether a participle belongs to the noun before it: "un père endeuillé a résumé"."""
        participle = t.form == "Part" and t.pos == "VERB" and self.lex.has("naming.traits", "noun_first")
        return participle and _is_adjective(self.tokens, self.k, self.stop, self.lex)

    def _take(self, t: Token) -> bool:
        """Take a noun, a name or an adjective in, unless it is of another phrase."""
        if self.named and not self._may_follow_name(t):
            return False
        if not _may_be_inside(t) or _is_apart(t, self.tokens[self.head], self.lex):
            return False  # "dans un communiqué Étienne Lacombrade": the note is not part of the name
        self.named = self.named or (t.capital and t.pos in ("PROPN", "NOUN", "X", "ADJ"))
        if is_nominal(t) and self.lex.has("naming.traits", "noun_last"):
            self.head = self.k
        self.k += 1
        return True

    def _may_follow_name(self, t: Token) -> bool:
        """Tell whether a word goes on with a run behind a name in it: a capital, a hyphen, some common words.

        Examples: "Union des cheminots | valsonnais", "Hask University | political scholar Kelly Oke".
        """
        if t.capital or t.low == "-":
            return True
        if self.lex.has("naming.traits", "noun_last"):
            return _goes_on_to_noun(self.tokens, self.k, self.stop)
        return t.pos == "ADJ" and self.tokens[self.k - 1].ent == "ORG"


def _may_be_inside(t: Token) -> bool:
    """Tell whether a word may be part of a run of nouns, names and adjectives."""
    return t.pos in _INSIDE or t.low == "-" or is_nominal(t)


def _is_apart(name: Token, noun: Token, lex: Lexicon) -> bool:
    """Tell whether a person's name is no part of the phrase of a noun for words before it."""
    person = name.ent in ("PER", "PERSON") and name.capital
    return person and not noun.capital and lex.has("nouns.words", noun.low)


def _goes_on_to_noun(tokens: Sequence[Token], k: int, stop: int) -> bool:
    """Tell whether a noun stands at k, adjectives left out: "Hask University | political scholar Kelly Oke"."""
    while k < stop and tokens[k].pos == "ADJ" and not tokens[k].capital and tokens[k].quote < 0:
        k += 1
    return k < stop and tokens[k].pos == "NOUN" and tokens[k].quote < 0


def _is_adjective(tokens: Sequence[Token], k: int, stop: int, lex: Lexicon) -> bool:
    """Tell whether a French participle belongs to the noun before it: "un père endeuillé a résumé"."""
    after = tokens[k + 1] if k + 1 < stop else None
    noun = tokens[k - 1].pos == "NOUN" and not lex.ends("suffixes.present_participle", tokens[k].low)
    return noun and after is not None and after.pos in ("AUX", "VERB") and after.form == "Fin"


def _ends_clause(tokens: Sequence[Token], k: int, lex: Lexicon) -> bool:
    """Tell whether a verb that the parser takes for a noun ends a French clause: "La direction du site conteste."."""
    if not lex.ends("suffixes.third_person", tokens[k].low):
        return False
    after = tokens[k + 1].low if k + 1 < len(tokens) else "."
    return after in (".", ":", ";") or lex.has("grammar.that", after)


def complements(tokens: Sequence[Token], k: int, stop: int, head: int, lex: Lexicon) -> int:
    """Extend a phrase over "de ...", "of ...", and for people by their trade over "at ...", "for ..."."""
    links = _links(tokens, k, head, lex)
    for _ in range(_MOST_COMPLEMENTS):
        if k >= stop or tokens[k].quote >= 0:
            return k
        if tokens[k].low not in links and not _leads_to_what_for(tokens, k, stop, head, lex):
            return k
        j = _behind_link(tokens, k, stop, lex)
        if j < stop and _is_day_of_paper(tokens[j], tokens[head], lex):
            return j + 1
        if j >= stop or not is_nominal(tokens[j]):
            return k
        k, _inner = chunk(tokens, j, stop, lex)
    return k


def _behind_link(tokens: Sequence[Token], k: int, stop: int, lex: Lexicon) -> int:
    """Return the position after a preposition and the determiners behind it: "de la | mairie"."""
    j = k + 1
    while j < stop and is_determiner(tokens[j], lex) and not (tokens[j].pos == "ADJ" and tokens[j].capital):
        j += 1
    return j


def _is_day_of_paper(day: Token, paper: Token, lex: Lexicon) -> bool:
    """Tell whether a word of time ends a newspaper's name: "Le Journal du | dimanche"."""
    return is_date(day) and paper.capital and lex.has("roles.media", paper.low)


def _links(tokens: Sequence[Token], k: int, head: int, lex: Lexicon) -> frozenset[str]:
    """Return the prepositions that may lead to a complement: those behind a trade are more in English."""
    noun = tokens[head].low
    trade = lex.has("roles.any", noun) or lex.has("roles.any", noun.removesuffix("s"))
    loose = trade and not tokens[k - 1].capital and lex.has("naming.traits", "loose_complements")
    return lex.words["grammar.links"] | lex.words["grammar.loose_links"] if loose else lex.words["grammar.links"]


def _leads_to_what_for(tokens: Sequence[Token], k: int, stop: int, head: int, lex: Lexicon) -> bool:
    """Tell whether a word within a body's name leads to what the body is for: "the Institute | for Tides"."""
    capitals = k + 1 < stop and tokens[k + 1].capital and tokens[k - 1].capital
    return capitals and lex.has("joining.body_for", tokens[k].low) and lex.has("roles.bodies", tokens[head].low)

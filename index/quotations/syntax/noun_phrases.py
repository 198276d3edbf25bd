"""Tokens -> the noun phrases that name somebody.

Examples: "le secrétaire de l'Union des cheminots", "her spokesman", "Mayor Ruiz".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.languages.calendar import time_words
from index.languages.lexicon import Lexicon
from index.quotations.syntax.parser import Token
from index.quotations.syntax.time_words import is_date

_NOMINAL = frozenset(("NOUN", "PROPN"))
_INSIDE = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "X", "SYM"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: a run of tokens of one paragraph.

    Attributes:
        first: position of its first token.
        last: one past its last token.
        head: position of the noun, name or pronoun at its head.
    """

    first: int
    last: int
    head: int
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A range of one paragraph's tokens; what is asked of a place outside the sentence is empty, or false."""

    tokens: Sequence[Token]
    first: int
    last: int
    lex: Lexicon

    def low(self, i: int) -> str:
        """Return the word at i, in lower case."""
        return self.tokens[i].low if self.first <= i < self.last else ""

    def pos(self, i: int) -> str:
        """Return the part of speech at i."""
        return self.tokens[i].pos if self.first <= i < self.last else ""

    def has(self, i: int, key: str) -> bool:
        """Tell whether the word at i is in a list of the lexicon: "clauses.relatives" has "who"."""
        return self.low(i) in self.lex.words[key]

    def has_pair(self, i: int, key: str) -> bool:
        """Tell whether the words at i and behind it are in a list of the lexicon: "avant d'"."""
        return f"{self.low(i)} {self.low(i + 1)}" in self.lex.words[key]

    def is_marked(self, i: int) -> bool:
        """Tell whether the word at i stands in quotation marks."""
        return self.first <= i < self.last and self.tokens[i].quote >= 0

    def is_finite(self, i: int) -> bool:
        """Tell whether a finite verb stands at i, outside marks."""
        return self.pos(i) in ("VERB", "AUX") and self.tokens[i].form == "Fin" and self.tokens[i].quote < 0


def is_nominal(token: Token) -> bool:
    """Tell whether a token can be (part of) a name or the noun of a phrase."""
    if token.quote >= 0 or is_date(token):
        return False
    return token.pos in _NOMINAL or (
        token.capital and token.pos not in ("PUNCT", "PRON", "DET", "ADP", "SCONJ", "CCONJ")
    )


def _governs(tokens: Sequence[Token], i: int, lex: Lexicon) -> bool:
    """Tell whether a word that opens a sentence leads to a phrase and names nobody: "Following", "Contrary"."""
    opens = i == 0 or tokens[i - 1].low in (".", "!", "?", ":") or tokens[i - 1].pos == "QUOTE"
    return tokens[i].capital and opens and lex.has("grammar.governing", tokens[i].low)


def is_pronoun(token: Token, lex: Lexicon) -> bool:
    """Tell whether a token is a pronoun that can stand for a speaker."""
    return token.quote < 0 and (
        lex.has("grammar.pronouns_m", token.low)
        or lex.has("grammar.pronouns_f", token.low)
        or lex.has("grammar.pronouns_plural", token.low)
        or lex.has("grammar.pronouns_body", token.low)
    )


def phrase_at(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> Phrase | None:
    """Return the noun phrase that begins at i, or None when none does."""
    if i >= stop:
        return None
    if _governs(tokens, i, lex):
        return None  # "Following the vote", "Contrary to his claim"
    owns = _is_possessive(tokens[i], lex) and i + 1 < stop and (is_nominal(tokens[i + 1]) or tokens[i + 1].pos == "ADJ")
    if is_pronoun(tokens[i], lex) and not owns:
        return Phrase(i, i + 1, i, pronoun=True)
    j = _after_determiners(tokens, i, stop, lex)
    dated = j < stop and j > i and tokens[j].low in time_words() and tokens[j - 1].text[:1].isdigit()
    if dated:
        return None  # "le 26 mars"
    if (j >= stop or not is_nominal(tokens[j])) and j > i and tokens[j - 1].pos in ("ADJ", "NUM"):
        j -= 1  # "l'intéressé", "le premier": an adjective that serves as noun
    elif j >= stop or not is_nominal(tokens[j]):
        return _pronominal(tokens, i, j, stop, lex)
    end, head = _chunk(tokens, j, stop, lex)
    end = _complements(tokens, end, stop, head, lex)
    return Phrase(i, end, head)


def _after_determiners(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> int:
    """Return the position after the articles, numbers and adjectives that begin a phrase at i."""
    j = i
    while (
        j < stop
        and tokens[j].quote < 0
        and (tokens[j].pos in ("DET", "NUM", "ADJ") or _is_possessive(tokens[j], lex))
        and not (tokens[j].capital and j > i and tokens[j].pos != "DET")
    ):
        j += 1
    return j


def _pronominal(tokens: Sequence[Token], i: int, j: int, stop: int, lex: Lexicon) -> Phrase | None:
    """Return "(l')un de ses avocats", "one of her aides"."""
    k = i
    while k < stop and tokens[k].low in ("l'", "un", "une", "l'un", "l'une", "one"):
        k += 1
    if k == i or k >= stop or tokens[k].low not in lex.words["grammar.links"] or tokens[k - 1].low == "l'":
        return None
    end = _complements(tokens, k, stop, k - 1, lex)
    return Phrase(i, end, end - 1) if end > k else None


def _is_possessive(token: Token, lex: Lexicon) -> bool:
    return lex.has("grammar.possessive", token.low)


def _chunk(tokens: Sequence[Token], j: int, stop: int, lex: Lexicon) -> tuple[int, int]:
    """Return the end of the run of nouns, names and adjectives from j, and its head."""
    head, k = j, j + 1
    named = tokens[j].capital and tokens[j].pos == "PROPN"
    while k < stop and tokens[k].quote < 0:
        t = tokens[k]
        if is_date(t) or (t.low in lex.verbs and (t.pos in ("VERB", "AUX") or _ends_clause(tokens, k, stop, lex))):
            break
        if t.low in ("'s", "'") and lex.lang == "en":
            k += 1
            named = False
            if k < stop and tokens[k].quote < 0 and tokens[k].pos in _INSIDE | {"VERB"}:
                head = k
                continue
            return k - 1, head
        if (
            lex.has("grammar.particles", t.low)
            and t.low not in lex.words["grammar.links"]
            and named
            and k + 1 < stop
            and tokens[k + 1].capital
        ):
            k += 1
            continue
        if t.text in ("Le", "La", "Du", "Des") and lex.has("names.titles", tokens[k - 1].text):
            named = True
            k += 1  # "le cabinet de M. Le Roux"
            continue
        if t.text == "&" and k + 1 < stop and tokens[k + 1].capital:
            k += 2
            continue
        if lex.lang == "fr" and t.form == "Part" and t.pos == "VERB" and _is_adjective(tokens, k, stop):
            k += 1
            continue
        if t.pos not in _INSIDE and not is_nominal(t) and t.low != "-":
            break
        if named and not t.capital and t.low != "-" and not (lex.lang == "en" and _goes_on_to_noun(tokens, k, stop)):
            if lex.lang == "fr" and t.pos == "ADJ" and tokens[k - 1].ent == "ORG":
                k += 1
                continue
            break
        if _is_apart(t, tokens[head], lex):
            break  # "dans un communiqué Étienne Lacombrade": the note is not part of the name
        if t.capital and t.pos in ("PROPN", "NOUN", "X", "ADJ"):
            named = True
        if lex.lang == "en" and is_nominal(t):
            head = k
        k += 1
    return k, head


def _is_apart(name: Token, noun: Token, lex: Lexicon) -> bool:
    """Tell whether a person's name is no part of the phrase of a noun for words before it."""
    person = name.ent in ("PER", "PERSON") and name.capital
    return person and not noun.capital and lex.has("nouns.words", noun.low)


def _goes_on_to_noun(tokens: Sequence[Token], k: int, stop: int) -> bool:
    """Tell whether a noun stands at k, adjectives left out: "Hask University | political scholar Kelly Oke"."""
    while k < stop and tokens[k].pos == "ADJ" and not tokens[k].capital and tokens[k].quote < 0:
        k += 1
    return k < stop and tokens[k].pos == "NOUN" and tokens[k].quote < 0


def _is_adjective(tokens: Sequence[Token], k: int, stop: int) -> bool:
    """Tell whether a French participle belongs to the noun before it: "un père endeuillé a résumé"."""
    after = tokens[k + 1] if k + 1 < stop else None
    noun = tokens[k - 1].pos == "NOUN" and not tokens[k].low.endswith("ant")
    return noun and after is not None and after.pos in ("AUX", "VERB") and after.form == "Fin"


def _ends_clause(tokens: Sequence[Token], k: int, stop: int, lex: Lexicon) -> bool:
    """Tell whether a verb that the parser takes for a noun ends a French clause: "La direction du site conteste."."""
    after = tokens[k + 1].low if k + 1 < len(tokens) else "."
    return lex.lang == "fr" and tokens[k].low.endswith(("e", "ent")) and after in (".", "que", "qu'", ":", ";")


def _complements(tokens: Sequence[Token], k: int, stop: int, head: int, lex: Lexicon) -> int:
    """Extend a phrase over "de ...", "of ...", and for people by their trade over "at ...", "for ..."."""
    links = lex.words["grammar.links"]
    trade = lex.has("roles.any", tokens[head].low) or lex.has("roles.any", tokens[head].low.removesuffix("s"))
    if trade and not tokens[k - 1].capital:
        links = links | lex.words["grammar.loose_links"] if lex.lang == "en" else links
    for _ in range(4):
        named = lex.lang == "en" and k + 1 < stop and tokens[k].low in ("for", "on") and tokens[k + 1].capital
        named = named and tokens[k - 1].capital and lex.has("roles.bodies", tokens[head].low)
        if k >= stop or not (tokens[k].low in links or named) or tokens[k].quote >= 0:
            return k
        j = k + 1
        while (
            j < stop
            and tokens[j].quote < 0
            and (tokens[j].pos in ("DET", "NUM", "ADJ") or _is_possessive(tokens[j], lex))
            and not (tokens[j].pos == "ADJ" and tokens[j].capital)
        ):
            j += 1
        if j < stop and is_date(tokens[j]) and tokens[head].capital and lex.has("roles.media", tokens[head].low):
            return j + 1  # "Le Journal du dimanche"
        if j >= stop or not is_nominal(tokens[j]):
            return k
        k, _inner = _chunk(tokens, j, stop, lex)
    return k


def phrase_around(tokens: Sequence[Token], head: int, start: int, stop: int, lex: Lexicon) -> Phrase | None:
    """Return the noun phrase whose noun or name stands at ``head``."""
    if is_pronoun(tokens[head], lex):
        return Phrase(head, head + 1, head, pronoun=True)
    first = head
    while first > start:
        t = tokens[first - 1]
        if t.quote >= 0 or is_date(t) or _governs(tokens, first - 1, lex):
            break
        if not _joins(t, lex) and not _is_particle(tokens, first, start, lex):
            break
        first -= 1
        if t.pos == "DET" and not (first > start and tokens[first - 1].low in ("tous", "toutes")):
            break
    if tokens[first].low == "-" and first < head:
        first += 1  # "23 mars. - Paul Morel"
    return phrase_at(tokens, first, stop, lex)


def _joins(t: Token, lex: Lexicon) -> bool:
    """Tell whether a word before a noun is of its phrase."""
    return t.pos in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "X") or _is_possessive(t, lex) or t.low in ("'s", "'", "-")


def _is_particle(tokens: Sequence[Token], first: int, start: int, lex: Lexicon) -> bool:
    """Tell whether the word before ``first`` is a particle between two capitals of a name."""
    between = first - 2 >= start and tokens[first].capital and tokens[first - 2].capital
    return between and lex.has("grammar.particles", tokens[first - 1].low)


def bare_phrases(tokens: Sequence[Token], start: int, stop: int, lex: Lexicon) -> list[Phrase]:
    """Return the phrases between two positions that no preposition governs, verbs and clauses skipped."""
    found, i = [], start
    while i < stop:
        t = tokens[i]
        if t.quote >= 0 or t.pos in ("PUNCT", "ADV", "CCONJ"):
            i += 1
            continue
        if t.low == "d'" and i + 1 < stop and tokens[i + 1].pos == "ADV":
            i += 2  # "confiait d'ailleurs X"
            continue
        phrase = phrase_at(tokens, i, stop, lex)
        if phrase is None:
            if _leads(tokens, i, lex):
                i = _after_governed(tokens, i + 1, stop, lex)
                continue
            i += 1
            continue
        found.append(phrase)
        i = phrase.last
    return found


def _leads(tokens: Sequence[Token], i: int, lex: Lexicon) -> bool:
    """Tell whether a word governs the phrase after it: "in", "de", "Following"."""
    link = tokens[i].low in lex.words["grammar.links"] | lex.words["grammar.loose_links"]
    return link or tokens[i].pos == "ADP" or _governs(tokens, i, lex)


def _after_governed(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> int:
    """Return the position after the phrase that a preposition governs, with its participles: "in a written note"."""
    for j in range(i, min(i + 4, stop)):
        phrase = phrase_at(tokens, j, stop, lex)
        if phrase is not None:
            return _before_person(tokens, phrase, lex)
        if tokens[j].quote >= 0 or tokens[j].pos not in ("DET", "ADJ", "ADV", "VERB", "NUM"):
            return i
    return i


def _before_person(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> int:
    """Return the end of a governed phrase, before the person whom no comma parts from it.

    Example: "a déclaré à Interligne Sébastien Moulinot".
    """
    if lex.lang != "fr" or lex.is_first_name(tokens[phrase.head].low):
        return phrase.last
    for i in range(phrase.head + 1, phrase.last - 1):
        if tokens[i].capital and tokens[i - 1].capital and lex.is_first_name(tokens[i].low):
            return i
    return phrase.last


def is_silent(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> bool:
    """Tell whether a phrase is a word that names no speaker: "on", "it", "everybody"."""
    return phrase.last - phrase.first == 1 and lex.has("grammar.never", tokens[phrase.first].low)

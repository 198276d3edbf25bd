"""Tokens -> the noun phrases that name somebody.

Examples: "le secrétaire de l'Union des cheminots", "her spokesman", "Mayor Ruiz".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.languages.calendar import time_words
from index.languages.lexicon import Lexicon
from index.quotations.syntax.chunks import chunk, complements, is_determiner, is_nominal
from index.quotations.syntax.parser import Token
from index.quotations.syntax.time_words import PEOPLE, is_date

_TWO = 2
"""Words of a whole name."""

__all__ = [
    "Phrase",
    "Sentence",
    "bare_phrases",
    "is_nominal",
    "is_pronoun",
    "is_silent",
    "phrase_around",
    "phrase_at",
]


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
    if i >= stop or _governs(tokens, i, lex):
        return None  # "Following the vote", "Contrary to his claim"
    if is_pronoun(tokens[i], lex) and not _owns(tokens, i, stop, lex):
        return Phrase(i, i + 1, i, pronoun=True)
    if tokens[i].pos == "PRON" and tokens[i].quote < 0 and lex.has("pronouns.another", tokens[i].low):
        return Phrase(i, i + 1, i)  # "Another, who would not give her name, said"
    return None if _is_side(tokens, i, lex) else _noun_phrase(tokens, i, stop, lex)


def _is_side(tokens: Sequence[Token], i: int, lex: Lexicon) -> bool:
    """Tell whether a noun is of a preposition: "du | côté de la préfecture"."""
    return i > 0 and tokens[i - 1].pos == "ADP" and lex.has("joining.side", tokens[i].low)


def _noun_phrase(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> Phrase | None:
    """Return the phrase with a noun or a name that begins at i."""
    j = _after_determiners(tokens, i, stop, lex)
    if _is_day(tokens, i, j, stop):
        return None  # "le 26 mars"
    if j >= stop or not is_nominal(tokens[j]):
        if j == i or tokens[j - 1].pos not in ("ADJ", "NUM"):
            return _pronominal(tokens, i, stop, lex)
        j -= 1  # "l'intéressé", "le premier": an adjective that serves as noun
    end, head = chunk(tokens, j, stop, lex)
    phrase = Phrase(i, complements(tokens, end, stop, head, lex), head)
    return _with_second_role(tokens, _without_owner(tokens, phrase, lex), stop, lex)


def _without_owner(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> Phrase:
    """Return a person's name without the place or the body whose they are: "West Hask's | Ada Pike"."""
    for i in range(phrase.first + 1, phrase.last - _TWO):
        name = tokens[i + 1 : phrase.last]
        if lex.has("determiners.genitive", tokens[i].low) and all(t.ent in PEOPLE for t in name):
            return Phrase(i + 1, phrase.last, phrase.head)
    return phrase


def _with_second_role(tokens: Sequence[Token], phrase: Phrase, stop: int, lex: Lexicon) -> Phrase:
    """Return a role with the one joined to it, whose name is that of both: "le maire | et sénateur Paul Morel"."""
    at = phrase.last
    joined = at + 1 < stop and tokens[at].quote < 0 and lex.has("joining.and", tokens[at].low)
    if not joined or not _is_role(tokens[phrase.head], lex) or tokens[at + 1].pos not in ("NOUN", "ADJ"):
        return phrase
    second = phrase_at(tokens, at + 1, stop, lex)
    if second is None or not _ends_in_name(tokens, second):
        return phrase
    return Phrase(phrase.first, second.last, second.head)


def _is_role(token: Token, lex: Lexicon) -> bool:
    """Tell whether a noun is one person's role: no body's, and not several people's."""
    role = lex.has("roles.any", token.low) and not lex.has("roles.bodies", token.low)
    return role and token.pos == "NOUN" and token.number != "Plur"


def _ends_in_name(tokens: Sequence[Token], phrase: Phrase) -> bool:
    return tokens[phrase.last - 1].pos == "PROPN" and tokens[phrase.head].number != "Plur"


def _owns(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> bool:
    """Tell whether a word is a possessive before its noun, not a pronoun: "her | lawyer"."""
    owns = i + 1 < stop and lex.has("grammar.possessive", tokens[i].low)
    return owns and (is_nominal(tokens[i + 1]) or tokens[i + 1].pos == "ADJ")


def _is_day(tokens: Sequence[Token], i: int, j: int, stop: int) -> bool:
    """Tell whether a number and a month stand where a noun would: "le 26 | mars"."""
    return i < j < stop and tokens[j].low in time_words() and tokens[j - 1].text[:1].isdigit()


def _after_determiners(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> int:
    """Return the position after the articles, numbers and adjectives that begin a phrase at i."""
    j = i
    while j < stop and is_determiner(tokens[j], lex):
        if j > i and (_is_name_begun(tokens[j]) or (tokens[j].pos == "DET" and tokens[j - 1].pos == "NUM")):
            break  # "dès 2014 | l'urbaniste"
        j += 1
    return j


def _is_name_begun(t: Token) -> bool:
    return t.capital and t.pos != "DET"


def _pronominal(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> Phrase | None:
    """Return "(l')un de ses avocats", "one of her aides"."""
    k = i
    while k < stop and lex.has("pronouns.one_of", tokens[k].low):
        k += 1
    if k == i or k >= stop or not lex.has("grammar.links", tokens[k].low):
        return None
    if lex.has("determiners.elided", tokens[k - 1].low):
        return None
    end = complements(tokens, k, stop, k - 1, lex)
    return Phrase(i, end, end - 1) if end > k else None


def phrase_around(tokens: Sequence[Token], head: int, start: int, stop: int, lex: Lexicon) -> Phrase | None:
    """Return the noun phrase whose noun or name stands at ``head``."""
    if is_pronoun(tokens[head], lex):
        return Phrase(head, head + 1, head, pronoun=True)
    first = head
    while first > start and _goes_left(tokens, first, start, lex):
        first -= 1
        if tokens[first].pos == "DET" and not _is_before_another(tokens, first, start, lex):
            break
    if tokens[first].low == "-" and first < head:
        first += 1  # "23 mars. - Paul Morel"
    return phrase_at(tokens, first, stop, lex)


def _goes_left(tokens: Sequence[Token], first: int, start: int, lex: Lexicon) -> bool:
    """Tell whether the word before ``first`` is of its phrase."""
    t = tokens[first - 1]
    if t.quote >= 0 or is_date(t) or _governs(tokens, first - 1, lex):
        return False
    return _joins(t, lex) or _is_particle(tokens, first, start, lex)


def _is_before_another(tokens: Sequence[Token], first: int, start: int, lex: Lexicon) -> bool:
    """Tell whether a determiner stands behind another: "tous | les élus"."""
    return first > start and lex.has("determiners.before_another", tokens[first - 1].low)


def _joins(t: Token, lex: Lexicon) -> bool:
    """Tell whether a word before a noun is of its phrase."""
    if t.pos in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "X") or t.low == "-":
        return True
    return lex.has("grammar.possessive", t.low) or lex.has("determiners.genitive", t.low)


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
        if lex.has("joining.before_adverb", t.low) and i + 1 < stop and tokens[i + 1].pos == "ADV":
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
    if not lex.has("naming.traits", "subjects_behind") or lex.is_first_name(tokens[phrase.head].low):
        return phrase.last
    behind = range(phrase.head + 1, phrase.last)
    return next((i for i in behind if _begins_person(tokens, i, phrase.last, lex)), phrase.last)


def _begins_person(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> bool:
    """Tell whether a name of its own begins within a governed phrase: "à l'AFP | M. Faure", "au téléphone | Odile"."""
    if lex.has("names.titles", tokens[i].text):
        return i < stop - 1
    beside = tokens[i - 1].capital and i < stop - 1
    return tokens[i].capital and lex.is_first_name(tokens[i].low) and (beside or _is_plain(tokens[i - 1], lex))


def _is_plain(noun: Token, lex: Lexicon) -> bool:
    """Tell whether a noun is bare of the name behind it: "au téléphone | Odile", not "rue Paul Doumer"."""
    named = lex.has("roles.speaking", noun.low) or lex.has("grammar.spots", noun.low) or lex.has("kin.all", noun.low)
    return noun.pos == "NOUN" and not noun.capital and not named


def is_silent(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> bool:
    """Tell whether a phrase is a word that names no speaker: "on", "it", "everybody"."""
    return phrase.last - phrase.first == 1 and lex.has("grammar.never", tokens[phrase.first].low)

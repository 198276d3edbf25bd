"""Some words and the mentions near them -> what the pointer looks at: the tokens beside both, and how they lie."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

from index.languages.data_files import languages
from index.quotations.attribution.candidates import Form, PlacedMention
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.syntax.parser import QUOTE, Token

Symbol = tuple[str, str, str]
"""A token as the pointer sees it: its word in small letters, its part of speech, its dependency."""

NOTHING: Symbol = ("", "", "")
BESIDE_WORDS = 4
"""Tokens before some words, and as many after them."""
BESIDE_MENTION = 3
FORMS: tuple[Form, ...] = ("name", "noun", "pronoun")
_FARTHEST = 12
_STEPS = 1.5
_LETTERS = 6
"""Characters of a word and the space after it, about."""
_MOST_BETWEEN = 7
_PLACES = 6

LIE = (2 * _FARTHEST + 1, 2 * _FARTHEST + 1, _PLACES, len(FORMS), _MOST_BETWEEN + 1, 3)
"""How many values each number of ``Pointed.lie`` has."""
KINDS = 2 * len(languages())


@dataclass(frozen=True, slots=True)
class Pointed:
    """A mention as the pointer sees it.

    Attributes:
        candidate: the number of who is mentioned, among the candidates.
        symbols: the tokens before and after it, its first one, its head and what governs that.
        lie: how far it is from the words, and what governs it; whether it is in their sentence and their paragraph;
            its form; how many mentions, and how many words of somebody, are between.
    """

    candidate: int
    mention: PlacedMention
    symbols: tuple[Symbol, ...]
    lie: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PointerInput:
    """Some words as the pointer sees them: the tokens around, their own first and last; the mentions near them."""

    symbols: tuple[Symbol, ...]
    kind: int
    mentions: tuple[Pointed, ...]


def pointer_input(around: Surroundings) -> PointerInput:
    """Return what the pointer looks at."""
    tokens, words = around.tokens, around.words or [""]
    before = _symbols(tokens, around.first - BESIDE_WORDS, around.first)
    after = _symbols(tokens, around.last, around.last + BESIDE_WORDS)
    ends = [(word, QUOTE, "") for word in (words[0], words[-1])]
    kind = 2 * list(languages()).index(around.lex.lang) + (around.span.quotation.kind == "indirect")
    return PointerInput((*before, *after, *ends), kind, tuple(_pointed(around)))


def _pointed(around: Surroundings) -> Iterator[Pointed]:
    every = sorted(m.start for candidate in around.candidates for m in candidate.mentions)
    said = [other.start for other in around.article.found]
    for number, candidate in enumerate(around.candidates):
        for m in candidate.mentions:
            tokens = around.article.sentences[m.sentence].sentence.tokens
            governor = tokens[tokens[m.head].head]
            lie = (
                _distance(around, m.start, m.end),
                _distance(around, governor.start, governor.end),
                _place(around, m),
                FORMS.index(m.form),
                min(_between(around, m, every), _MOST_BETWEEN),
                min(_between(around, m, said), 2),
            )
            yield Pointed(number, m, tuple(_beside(tokens, m)), lie)


def _beside(tokens: Sequence[Token], m: PlacedMention) -> Iterator[Symbol]:
    first = bisect_left(tokens, m.start, key=lambda t: t.start)
    last = max(bisect_left(tokens, m.end, key=lambda t: t.start), first + 1)
    yield from _symbols(tokens, first - BESIDE_MENTION, first)
    yield from _symbols(tokens, last, last + BESIDE_MENTION)
    yield from (_symbol(tokens[first]), _symbol(tokens[m.head]), _symbol(tokens[tokens[m.head].head]))


def _symbols(tokens: Sequence[Token], first: int, last: int) -> list[Symbol]:
    return [_symbol(tokens[i]) if 0 <= i < len(tokens) else NOTHING for i in range(first, last)]


def _symbol(token: Token) -> Symbol:
    """Return a token as the pointer sees it; names are all one word, and so are numbers, and so is what is in marks."""
    if token.quote >= 0 or token.pos == QUOTE:
        return "", QUOTE, ""
    word = "" if token.pos in ("PROPN", "NUM") else token.low
    return word, token.pos, token.dep


def _distance(around: Surroundings, start: int, end: int) -> int:
    """Return how far a stretch is from the words on a scale of logarithms: 12 within them, less before, more after."""
    gap = max(around.span.start - end, 0) or -max(start - around.span.end, 0)
    steps = min(int(_STEPS * log2(abs(gap) / _LETTERS + 1)), _FARTHEST)
    return _FARTHEST - steps if gap > 0 else _FARTHEST + steps


def _place(around: Surroundings, m: PlacedMention) -> int:
    above = around.article.sentences[m.sentence].position.paragraph - around.span.paragraph
    return 2 * (min(max(above, -1), 1) + 1) + (m.sentence == around.span.sentence)


def _between(around: Surroundings, m: PlacedMention, starts: Sequence[int]) -> int:
    """Count what begins between a mention and the words."""
    low, high = (m.end, around.span.start) if m.start < around.span.start else (around.span.end, m.start)
    return max(bisect_left(starts, high) - bisect_left(starts, low), 0)

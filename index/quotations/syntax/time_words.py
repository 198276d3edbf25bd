"""Days, months and other words of time: they name nobody, and stand between a verb and its subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.languages.calendar import time_words
from index.quotations.syntax.parser import Paragraph, Token

PEOPLE = ("PER", "PERSON")
_BEFORE_A_DATE = ("ADP", "DET", "NUM", "ADJ", "PROPN")


def name_people(paragraphs: Sequence[Paragraph]) -> None:
    """Let a word of time that ends a person's name be that person where no date stands: "Nora Day", then "Day said"."""
    pairs = list(pairwise(token for paragraph in paragraphs for token in paragraph.tokens))
    named = {last.low for first, last in pairs if first.ent in PEOPLE and last.ent in PEOPLE}
    surnames = named & time_words()
    for before, token in pairs:
        if token.low in surnames and not token.ent and _may_be_name(before, token):
            token.ent = PEOPLE[-1]


def _may_be_name(before: Token, token: Token) -> bool:
    return token.capital and token.pos == "PROPN" and before.pos not in _BEFORE_A_DATE


def is_date(token: Token) -> bool:
    """Tell whether a token is a day, a month or another word of time, not the surname "May"."""
    return token.low in time_words() and not (token.capital and token.ent in PEOPLE)


def after_dates(tokens: Sequence[Token], i: int, stop: int) -> int:
    """Return the position after the adverbs and dates at i: "a annoncé | ce mardi 8 mars | sa famille"."""
    words = time_words()
    while i < stop and tokens[i].quote < 0:
        small = tokens[i].pos in ("DET", "ADP", "NUM", "ADJ") and not tokens[i].capital
        dated = small and any(t.low in words for t in tokens[i + 1 : min(i + 3, stop)])
        if not is_date(tokens[i]) and tokens[i].pos != "ADV" and not dated:
            break
        i += 1
    return i

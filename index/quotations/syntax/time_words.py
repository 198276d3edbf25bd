"""Days, months and other words of time: they name nobody, and stand between a verb and its subject."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.calendar import time_words
from index.quotations.syntax.parser import Token


def is_date(token: Token) -> bool:
    """Tell whether a token is a day, a month or another word of time, not the surname "May"."""
    return token.low in time_words() and not (token.capital and token.ent in ("PER", "PERSON"))


def after_dates(tokens: Sequence[Token], i: int, stop: int) -> int:
    """Return the position after the adverbs and dates at i: "a annoncé | ce mardi 8 mars | sa famille"."""
    words = time_words()
    while i < stop and tokens[i].quote < 0:
        small = tokens[i].pos in ("DET", "ADP", "NUM", "ADJ") and not tokens[i].capital
        dated = small and any(t.low in words for t in tokens[i + 1 : min(i + 3, stop)])
        if tokens[i].low not in words and tokens[i].pos != "ADV" and not dated:
            break
        i += 1
    return i

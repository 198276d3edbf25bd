"""Many words -> one regular expression that tries each letter once, however many they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

_SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest where several fit; letters they share are tried once.

    Thousands of words in a row of alternatives would be tried one by one at each place of a text.
    """
    return _branch(sorted(set(words)))


def _branch(words: list[str]) -> str:
    whole = bool(words) and not words[0]
    branches = [_stem(first, list(rest)) for first, rest in groupby(words[whole:], key=lambda word: word[0])]
    if not branches:
        return ""
    if len(branches) == 1 and not whole:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if whole else ''}"


def _stem(first: str, words: list[str]) -> str:
    return _SPECIAL.sub(r"\\\g<0>", first) + _branch([word[1:] for word in words])

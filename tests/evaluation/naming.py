"""Whether two names name one person."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

_TITLES = Path(__file__).with_name("titles.txt")


def folded(text: str | None) -> str:
    """Return the text's words in lower case without accents, joined by one space."""
    plain = unicodedata.normalize("NFKD", (text or "").casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))


@functools.cache
def bare(name: str | None) -> tuple[str, ...]:
    """Return the words of a name without titles and articles, unless it has no others."""
    words = tuple(folded(name).split())
    return tuple(word for word in words if word not in _titles()) or words


@functools.cache
def same_person(one: str | None, other: str | None) -> bool:
    """Tell whether all words of one name stand in the other, and it is more than a first name; nobody is nobody."""
    short, long = sorted((bare(one), bare(other)), key=len)
    if not short:
        return not long
    return set(short) <= set(long) and (len(short) > 1 or short[-1] == long[-1])


def is_credited(name: str | None, person: str) -> bool:
    """Tell whether a name stands for a person when even a part of the person's name does."""
    return bool(bare(name)) and set(bare(name)) <= set(folded(person).split())


@functools.cache
def _titles() -> frozenset[str]:
    lines = _TITLES.read_text(encoding="utf-8").splitlines()
    return frozenset(folded(" ".join(line for line in lines if not line.startswith("#"))).split())

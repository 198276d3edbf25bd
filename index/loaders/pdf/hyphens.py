"""Lines of print -> running text: words that a line's end parts are made whole."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files

HYPHENS = "-\u2010\u00ad"
"""What parts a word at a line's end; the last is never a real hyphen."""

_BEFORE = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?$")
_AFTER = re.compile(r"[^\W\d_][\w-]*\w|[^\W\d_]")
_WORD = re.compile(r"\w[\w-]*\w")

_LONGEST = 60  # letters of a word
_TELLING = 4

Known = Callable[[str], bool]
"""Whether a word is known, in small letters."""


def joined_lines(lines: Iterable[str], known: Known) -> str:
    """Return lines as one text (see ``joined``)."""
    return functools.reduce(lambda text, line: joined(text, line, known), lines, "")


def joined(text: str, line: str, known: Known) -> str:
    """Return a text with one more line: parted words are joined, real hyphens kept.

    The document itself is asked first: a word that it holds whole elsewhere is joined, one with its hyphen is
    not. Then a list of words that keep their hyphen ("porte-parole", "dit-il", "long-term") decides.
    """
    if not text or not text.endswith(tuple(HYPHENS)):
        return f"{text} {line}" if text else line
    before, after = _BEFORE.search(text[-_LONGEST:-1]), _AFTER.match(line)
    if not before or not after:  # a dash, a number, a bare hyphen
        return text + line if text[-2:-1].isalnum() else f"{text} {line}"
    if text[-1] == "\u00ad" or _is_parted(before[0], after[0], known):
        return text[:-1] + line
    return text + line


def words(lines: Iterable[str]) -> frozenset[str]:
    """Return the words that stand whole in lines, those of several parts with their hyphens."""
    return frozenset(word.lower() for line in lines for word in _WORD.findall(line))


def _is_parted(before: str, after: str, known: Known) -> bool:
    whole, hyphened = (before + after).lower(), f"{before}-{after}".lower()
    if known(whole) != known(hyphened):
        return known(whole)
    if not after[0].islower() or "-" in before:  # "Jean-Pierre", "state-of-the-art"
        return False
    first, second, kept = re.split(r"['’]", before.lower())[-1], after.lower(), _kept()
    if first in kept["perhaps_before"] and len(second) >= _TELLING and known(second):
        return False
    return first not in kept["before"] and second not in kept["after"]


@functools.cache
def _kept() -> Mapping[str, frozenset[str]]:
    path = files("index.loaders.pdf") / "hyphens.toml"
    return {name: frozenset(values) for name, values in tomllib.loads(path.read_text(encoding="utf-8")).items()}

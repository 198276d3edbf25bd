"""Whether a text gives an office to a name: "X, maire de Morvillac", "the contractor, X", "X is the mayor"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import dropwhile, takewhile

from index.languages.data_files import languages
from index.languages.lexicon import lexicon
from index.languages.stopwords import all_stopwords
from index.languages.thesaurus import translations
from index.typography import fold

Token = tuple[str, str]
"""A word or a mark as it stands in a text, and folded."""

REACH = 12
"""Words and marks beside a name in which its office is told."""
MODIFIERS = 3
"""Words that may stand before an office: "the town's only baker"."""
_TOKEN = re.compile(r"\w[\w-]*(?:['’]s\b)?['’]?|[^\w\s]")
_PAUSES = frozenset(",(–—-")


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of a text."""
    return [(token, fold(token).rstrip("'")) for token in _TOKEN.findall(text)]


def holds_office(tokens: Sequence[Token], name: str, office: Sequence[str]) -> bool:
    """Tell whether a text says that somebody holds an office, right beside the name, not merely near it.

    Args:
        tokens: the text.
        name: the folded last word of the name.
        office: the folded words of the office, in their order.
    """
    places = (at for at, (_, word) in enumerate(tokens) if word == name)
    return any(
        _is_behind(tokens[at + 1 : at + 1 + REACH], office) or _is_before(tokens[max(at - REACH, 0) : at], office)
        for at in places
    )


def _is_behind(tokens: Sequence[Token], office: Sequence[str]) -> bool:
    """Tell whether what stands behind a name begins with its office: ", 45 ans, le maire", "is the town's mayor"."""
    words = [word for _, word in _without_age(tokens)]
    if not words or words[0] not in _PAUSES | _words("be"):
        return False
    first = next((at for at, word in enumerate(words) if at and word not in _words("leads")), len(words))
    starts = range(first, first + MODIFIERS + 1)
    at = next((at for at in starts if words[at : at + len(office)] == list(office)), None)
    return at is not None and all(map(_tells, words[first:at]))


def _tells(word: str) -> bool:
    """Tell whether it is a word, and no function word."""
    return word[0].isalnum() and word not in all_stopwords()


def _without_age(tokens: Sequence[Token]) -> Sequence[Token]:
    aged = len(tokens) > 1 and tokens[0][1] in _PAUSES and tokens[1][1].isdigit()
    behind = next((at for at in range(2, len(tokens)) if tokens[at][1] in _PAUSES), 0) if aged else 0
    return tokens[behind:]


def _is_before(tokens: Sequence[Token], office: Sequence[str]) -> bool:
    """Tell whether what stands before a name ends with its office: "le maire de Morvillac, Jean"."""
    end = len(tokens)
    while end and tokens[end - 1][0][:1].isupper() and tokens[end - 1][1] != office[-1]:
        end -= 1  # first names, and a town that nothing parts from them
    paused = end > 0 and tokens[end - 1][1] in _PAUSES
    words = [word for _, word in tokens[: end - paused]]
    starts = range(len(words) - len(office), -1, -1)
    at = next((at for at in starts if words[at : at + len(office)] == list(office)), None)
    return at is not None and _is_complement(words[at + len(office) :], paused)


def _is_complement(words: Sequence[str], paused: bool) -> bool:
    """Tell whether words tell more of an office, and nothing else: "de la verrerie"."""
    if not words:
        return True
    if words[0] not in _words("complement") or any(word in _words("be") or not word[0].isalnum() for word in words):
        return False
    return paused or len(words) == 1 or words[-2] in all_stopwords()


@cache
def _words(key: str) -> frozenset[str]:
    """The folded words of a list of any language."""
    return frozenset(fold(word).rstrip("'") for lang in languages() for word in lexicon(lang).words[f"asked.{key}"])


def office_of(role: str) -> tuple[list[str], set[str]]:
    """Return the words of the office that a role names, in their order, and those that only tell more of it.

    "le maire socialiste de Morvillac" is a "maire" of whom the article tells the rest anywhere.
    """
    words = [word for _, word in tokens_of(role)]
    words = list(dropwhile(lambda word: word in all_stopwords(), words))
    office = list(takewhile(lambda word: word not in _words("complement"), words))
    if any(lexicon(lang).has("roles.any", word) for lang in languages() for word in office[:1]):
        office = office[:1]
    return office, set(filter(_tells, words[len(office) :]))


def translated(role: str, lang: str) -> list[str]:
    """Return what articles in other languages may call a role: "the mayor of Hask" -> "maire hask".

    ``lang`` is the language of the question that names it.
    """
    office, rest = office_of(role)
    more = [word for _, word in tokens_of(role) if word in rest]
    return [" ".join((called, *more)) for called in translations(" ".join(office), lang)]

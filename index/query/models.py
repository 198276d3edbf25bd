"""The nouns of an exact search: what a query asks of an article, as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Field = Literal["any", "title", "text", "author", "outlet", "speaker", "quoted"]
"""Where words are looked for; any: in the text and the title."""


Order = Literal["newest", "relevance"]
"""Which of the articles that are found comes first: the newest, or the one that holds most of it for its length."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that stand one after the other.

    ``prefix``: the last of them is the beginning of a word.
    """

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases in any order; at most ``distance`` words stand between the end of each and the beginning of the last."""

    phrases: tuple[Phrase, ...]
    distance: int


Pattern = Phrase | Near


@dataclass(frozen=True, slots=True)
class Holds:
    """The article holds words in its text, its title, or the name of its author or outlet."""

    field: Field
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Said:
    """The article has a quotation whose speaker's name and whose words hold all of these."""

    speaker: tuple[Pattern, ...] = ()
    words: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """The article is of some days, both ends included; None: that end is open. Undated articles are of no day."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The article is in a language, by its ISO 639-1 code."""

    lang: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts are so."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts is so, or more."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is not so."""

    part: Query


Query = Holds | Said | Dated | InLanguage | And | Or | Not

"""Who speaks for a body that is not quoted itself: "the museum's spokesman, X", "X, directrice du musée"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.search.article_cache import CachedArticle
from assistant.search.speakers import name_words
from index.languages.data_files import languages
from index.languages.lexicon import lexicon
from index.languages.patterns import one_of
from index.typography import fold

BESIDE = 45
"""Characters between a name and the office that its bearer holds."""
HELD = 40
"""Characters between an office and the body of which it is held."""
BEFORE = 250
"""Characters before "its engineer" in which the body is named."""


def speaks_for(cached: CachedArticle, speaker: str, body: Sequence[str]) -> bool:
    """Tell whether an article says that somebody holds an office of a body, from which one speaks for it.

    Args:
        cached: the article.
        speaker: the name.
        body: the folded words by which the body is called, the last of which will do ("museum").
    """
    text, name = cached.folded, name_words(speaker)[-1]
    return any(_beside(text, match.span(), body[-1]) for match in re.finditer(rf"\b{re.escape(name)}\b", text))


def _beside(text: str, name: tuple[int, int], body: str) -> bool:
    first = max(name[0] - BESIDE, 0)
    for office in _offices().finditer(text, first, min(name[1] + BESIDE, len(text))):
        near = text[max(office.start() - HELD, 0) : office.end() + HELD]
        before = text[max(office.start() - BEFORE, 0) : office.start()]
        if _holds(near, body) or (office["its"] and _holds(before, body)):
            return True
    return False


def _holds(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


@cache
def _offices() -> re.Pattern[str]:
    """The offices from which one speaks for a body, with the possessive that may stand before them."""
    offices, its = (one_of({fold(word) for lang in languages() for word in lexicon(lang).words[key]}) for key in _LISTS)
    return re.compile(rf"\b(?P<its>{its} (?:[\w-]+ )?)?(?:{offices})\b")


_LISTS = ("roles.voices", "roles.owned")

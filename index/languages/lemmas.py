"""A word -> its dictionary form: "coûtera" and "coûterait" are "coûter"."""

from __future__ import annotations

from functools import lru_cache

import simplemma

from index.languages.data_files import languages
from index.typography import fold


@lru_cache(maxsize=100_000)
def lemma(word: str, lang: str) -> str:
    """Return the folded dictionary form of a word; the folded word itself when its language is not read as a whole."""
    return fold(simplemma.lemmatize(word, lang)) if lang in languages() else fold(word)


@lru_cache(maxsize=20_000)
def is_word(word: str, lang: str) -> bool:
    """Tell whether the dictionary of a language that is read as a whole has a word."""
    return lang in languages() and simplemma.is_known(word, lang)

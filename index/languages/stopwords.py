"""The stop words of a language: they say nothing of what a text is about."""

from __future__ import annotations

import functools

from index.languages.data_files import every, table


@functools.cache
def stopwords(lang: str) -> frozenset[str]:
    """Return a language's function words, folded as by ``typography.fold``; none when it has no list."""
    return frozenset(table(lang, "function_words").get("stopwords", {}).get("folded", "").split())


@functools.cache
def all_stopwords() -> frozenset[str]:
    """Return the function words of all languages together."""
    return frozenset(word for data in every("function_words") for word in data["stopwords"]["folded"].split())

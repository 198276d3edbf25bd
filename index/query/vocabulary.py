"""The words of exact search, of all languages at once: a written word -> what it means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from index.languages.data_files import every
from index.typography import fold


@cache
def operators() -> Mapping[str, str]:
    """Return "and", "or", "not" or "near" by each word for it, as it is written (in capitals)."""
    return {word: meaning for data in every("search") for meaning, said in data["operators"].items() for word in said}


@cache
def fields() -> Mapping[str, str]:
    """Return what each folded name of a field stands for: a ``Field``, "date" and the like, or "language"."""
    return _named("fields")


@cache
def languages_by_name() -> Mapping[str, str]:
    """Return the code of each language by its folded names."""
    return _named("languages")


@cache
def headings() -> frozenset[str]:
    """Return what may stand above the first column of a list, folded."""
    return frozenset(fold(word) for data in every("search") for word in data["lists"]["headings"])


def _named(table: str) -> dict[str, str]:
    return {fold(name): meaning for data in every("search") for meaning, said in data[table].items() for name in said}

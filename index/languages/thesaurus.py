"""Words of one meaning: a word, or a phrase, as terms -> what else says it, in its own language and in the others."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from index.languages.data_files import languages, shared
from index.languages.terms import terms
from index.typography import fold

Phrase = tuple[str, ...]
"""One word or several, as terms (see ``index.languages.terms``)."""
LONGEST = 4
"""Terms of the longest phrase that is looked up."""


def same_meaning(words: Phrase, lang: str) -> frozenset[Phrase]:
    """Return what else says the same as a word or phrase of a language: synonyms, translations, exonyms."""
    return _meanings().get(lang, {}).get(words, frozenset())


def translations(words: str, lang: str) -> list[str]:
    """Return what other languages call what a word or phrase of a language calls, written out and folded."""
    wanted = tuple(terms(words, lang))
    return list(dict.fromkeys(_written().get((lang, wanted), ()))) if wanted else []


@functools.cache
def _written() -> Mapping[tuple[str, Phrase], list[str]]:
    """The words of the other languages in the thesaurus, by the terms of a word of one."""
    found: dict[tuple[str, Phrase], list[str]] = defaultdict(list)
    for line in _lines():
        for (lang, own), (_, others) in permutations(line, 2):
            for word in own:
                found[lang, tuple(terms(word, lang))] += map(fold, others)
    return found


@functools.cache
def _meanings() -> Mapping[str, Mapping[Phrase, frozenset[Phrase]]]:
    found: dict[str, dict[Phrase, set[Phrase]]] = {lang: defaultdict(set) for lang in languages()}
    for meaning in (*_words(), *_names()):
        for (lang, one), (_, other) in permutations(meaning, 2):
            if one != other:
                found[lang][one].add(other)
    return {lang: {one: frozenset(others) for one, others in each.items()} for lang, each in found.items()}


def _words() -> Iterator[list[tuple[str, Phrase]]]:
    """Each line of the thesaurus, as terms."""
    for line in _lines():
        yield list(_phrases((lang, word) for lang, words in line for word in words))


def _lines() -> Iterator[list[tuple[str, list[str]]]]:
    """Each line of the thesaurus: its words in the order of the languages, parted by bars."""
    for line in shared("thesaurus")["meanings"].strip().splitlines():
        yield [
            (lang, [word.strip() for word in side.split(",")])
            for lang, side in zip(languages(), line.split("|"), strict=True)
        ]


def _names() -> Iterator[list[tuple[str, Phrase]]]:
    """Each name that languages write differently; in whichever of them a text may have any of its forms."""
    for forms in shared("exonyms")["names"]:
        yield list(_phrases((lang, form) for form in forms for lang in languages()))


def _phrases(words: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> Iterator[tuple[str, Phrase]]:
    for lang, word in words:
        if phrase := tuple(terms(word, lang)):
            yield lang, phrase

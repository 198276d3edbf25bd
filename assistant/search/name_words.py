"""The words of names and roles that tell: a name's own, the noun by which somebody or a body is called."""

from __future__ import annotations

import re
from functools import cache

from index.languages.data_files import languages
from index.languages.lexicon import lexicon
from index.languages.patterns import one_of
from index.languages.stopwords import all_stopwords
from index.typography import fold

_WORD = re.compile(r"\w+")
_PERSONS = ("roles.any", "roles.offices", "roles.voices")


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, without those that every name may have ("la", "de", "the", "of")."""
    words = tuple(_WORD.findall(fold(name)))
    unwanted = all_stopwords()
    return tuple(word for word in words if word not in unwanted) or words


def is_persons(role: str) -> bool:
    """Tell whether a role is one that people have ("le gérant", "the museum director"), no body ("le musée")."""
    return bool(name_words(role)) and noun_of(role) in nouns_of(_PERSONS)


def noun_of(phrase: str) -> str:
    """Return the folded noun by which somebody or a body is called, without what tells more of it.

    "le musée de la mer" is a museum, "the museum director" a director.
    """
    words = name_words(_complement().split(fold(phrase), maxsplit=1)[0]) or name_words(phrase)
    for at, lang in sorted((-1 if lexicon(lang).has("roles.head", "last") else 0, lang) for lang in languages()):
        if words[at] in nouns_of(("roles.speaking",), lang):
            return words[at]
    return words[-1]


@cache
def _complement() -> re.Pattern[str]:
    """What stands between a noun and its complement."""
    return re.compile(rf"\b(?:{one_of(nouns_of(('roles.of',)))})(?: |(?<='))")


@cache
def nouns_of(keys: tuple[str, ...], lang: str | None = None) -> frozenset[str]:
    """The folded nouns of some lists, of a language or of all."""
    read = [lang] if lang else languages()
    return frozenset(fold(word) for each in read for key in keys for word in lexicon(each).words[key])

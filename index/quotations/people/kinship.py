"""Relatives: "la mère du suspect" is "la mère de Paul Morel", when the article has one of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from index.languages.data_files import languages
from index.languages.lexicon import lexicon
from index.models import Quotation


def name_relatives(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Give relatives of somebody called by a common noun the name under which the article quotes them elsewhere.

    Nothing changes where the article quotes two of one relation: each may be another's.
    """
    speakers = [quotation.speaker or "" for quotation in quotations]
    named, unnamed = (_relatives(pattern, speakers) for pattern in _patterns())
    same = {
        name: next(iter(named[kin]))
        for kin, names in unnamed.items()
        for name in names
        if len(names) == len(named.get(kin, ())) == 1
    }
    return [replace(q, speaker=same[q.speaker]) if q.speaker in same else q for q in quotations]


def _relatives(pattern: re.Pattern[str], speakers: Sequence[str]) -> dict[str, set[str]]:
    """Return the speakers that a pattern takes for relatives, by their relation."""
    found = defaultdict[str, set[str]](set)
    for speaker in speakers:
        if match := pattern.match(speaker):
            found[match[1]].add(speaker)
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns for "la mère de Paul Morel" and for "la mère du suspect", in any language."""
    article, kin = _any_of(_words("determiners.definite")), "|".join(map(re.escape, _words("persons.relatives")))
    named, unnamed = _any_of(_words("joining.of_name")), _any_of(_words("joining.of_noun"))
    return (
        re.compile(rf"(?:{article})?({kin}) (?:{named})[A-ZÀ-Þ]"),
        re.compile(rf"(?:{article})?({kin}) (?:{unnamed})[a-zà-ÿ]"),
    )


def _words(key: str) -> list[str]:
    """Return the words of a list in all languages, the longest first."""
    words = {word for lang in languages() for word in lexicon(lang).words[key]}
    return sorted(words, key=lambda word: (-len(word), word))


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of some words and what parts it from the next: "la ", "l'", with a capital or not."""
    return "|".join(
        f"[{word[0].upper()}{word[0]}]{re.escape(word[1:-1])}['’]"
        if word.endswith("'")
        else f"[{word[0].upper()}{word[0]}]{re.escape(word[1:])} "
        for word in words
    )

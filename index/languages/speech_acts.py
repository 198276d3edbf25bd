"""What somebody does by saying something: the words of a reporting verb -> the speech act (Austin, Searle)."""

from __future__ import annotations

import re
from functools import cache

from index.languages.conjugation import forms
from index.languages.data_files import every, languages, table
from index.languages.patterns import one_of
from index.typography import fold


def speech_act(words: str) -> str | None:
    """Return the speech act of a verb or a cue ("a promis", "vowed" -> "promise"), None for one that only says."""
    folded = fold(words)
    return next((act for act, verbs in _acts() if verbs.search(folded)), None)


def act_forms(lang: str, act: str) -> set[str]:
    """Return the forms of a language's verbs that do an act; of a phrase ("mettre en garde") all its words."""
    data = table(lang, "verbs")
    phrases = [phrase.split(maxsplit=1) for phrase in data["acts"].get(act, [])]
    return {" ".join([form, *rest]) for head, *rest in phrases for form in forms(head, data)}


@cache
def acts() -> tuple[str, ...]:
    """Return the acts that the languages' data define, in order: the first that fits some words counts."""
    return tuple(dict.fromkeys(act for data in every("verbs") for act in data["acts"]))


@cache
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each act with a pattern for its verbs in any language."""
    return tuple((act, re.compile(rf"\b{one_of(_folded(act))}\b")) for act in acts())


def _folded(act: str) -> set[str]:
    return {fold(form) for lang in languages() for form in act_forms(lang, act)}

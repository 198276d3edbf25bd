"""An infinitive -> its forms, by the paradigms of its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


def forms(lemma: str, data: Mapping[str, Any]) -> set[str]:
    """Return the forms of a verb, the infinitive among them.

    Args:
        lemma: the infinitive.
        data: a language's verbs: ``irregular`` lists a verb's forms; else ``paradigms`` tell them by its longest
            ending, and ``alternation`` adds those whose stem changes ("marteler": "martèle").
    """
    irregular = data.get("irregular", {}).get(lemma)
    return {lemma, *irregular.split()} if irregular else _regular(lemma, data)


def _regular(lemma: str, data: Mapping[str, Any]) -> set[str]:
    paradigms: Mapping[str, str] = data["paradigms"]
    endings = [ending for ending in paradigms if lemma.endswith(ending)]
    if not endings:
        return {lemma}
    ending = max(endings, key=len)
    stem = lemma.removesuffix(ending)
    return {lemma, *(stem + form for form in paradigms[ending].split()), *_alternating(lemma, data)}


def _alternating(lemma: str, data: Mapping[str, Any]) -> set[str]:
    rule = data.get("alternation")
    if not rule:
        return set()
    changed = re.sub(rule["pattern"], rule["becomes"], lemma)
    stem = changed.removesuffix(rule["ending"])
    return {stem + form for form in rule["forms"].split()} if changed != lemma else set()

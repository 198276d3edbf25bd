from __future__ import annotations

import pytest

from index.languages.conjugation import forms
from index.languages.data_files import table


@pytest.mark.parametrize(
    ("lang", "verb", "some"),
    [
        ("fr", "pérorer", "pérore péroré pérorait pérorent"),
        ("fr", "marteler", "martèle martèlent martelait"),
        ("fr", "répéter", "répète répété répètera"),
        ("fr", "enjoindre", "enjoint enjoignait"),
        ("fr", "requérir", "requiert requis"),
        ("fr", "tweeter", "tweete tweeté"),
        ("fr", "exclure", "exclut exclu"),
        ("en", "state", "states stated stating"),
        ("en", "reply", "replies replied replying"),
        ("en", "convey", "conveys conveyed conveying"),
        ("en", "confess", "confesses confessed confessing"),
        ("en", "say", "says said saying"),
    ],
)
def test_forms_follow_from_the_ending(lang: str, verb: str, some: str) -> None:
    assert {verb, *some.split()} <= forms(verb, table(lang, "verbs"))


def test_a_verb_without_a_paradigm_has_its_infinitive() -> None:
    assert forms("xyz", {"paradigms": {"er": "e"}}) == {"xyz"}

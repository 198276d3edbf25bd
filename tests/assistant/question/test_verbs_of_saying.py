"""Every verb of saying of the lexicon is understood in a question of each pattern, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.question import Conversation, NameBook, Question, understand
from index.languages.data_files import languages, table
from index.languages.lexicon import lexicon

LEFT_OUT = {
    "maintenant": "the adverb, in every question but one in a thousand",
    "table": "the noun",
    "signifie": "« Que signifie X ? » asks what X means",
    "signifient": "the same",
    "signifié": "the same without its accent; « Qu'a signifié X ? » is tried below",
}
PATTERNS = [
    ("fr", "Qu'a {} Claire Besson ?", "statement"),
    ("fr", "Qu'aurait {} Claire Besson ?", "statement"),
    ("fr", "Que {} Claire Besson ?", "statement"),
    ("fr", "Que {} Claire Besson du pont ?", "statement"),
    ("fr", "Qu'est-ce que Claire Besson a {} ?", "statement"),
    ("fr", "Qu'est-ce que Claire Besson {} ?", "statement"),
    ("fr", "Claire Besson a {} quoi ?", "statement"),
    ("fr", "Claire Besson, qu'a-t-elle {} ?", "statement"),
    ("fr", "De quoi s'est {} Claire Besson ?", "statement"),
    ("fr", "Claire Besson a-t-elle {} que le pont fermera ?", "check"),
    ("fr", "Est-ce que Claire Besson a {} que le pont fermera ?", "check"),
    ("fr", "Qui a {} que le pont fermera ?", "speaker"),
    ("fr", "Qui s'est {} du prix du pont ?", "speaker"),
    ("en", "What did Joan Pike {}?", "statement"),
    ("en", "What has Joan Pike {}?", "statement"),
    ("en", "What does Joan Pike {} about the bridge?", "statement"),
    ("en", "How did Joan Pike {}?", "statement"),
    ("en", "Joan Pike {} what?", "statement"),
    ("en", "List everything Joan Pike {} about the bridge", "statement"),
    ("en", "Did Joan Pike {} that the bridge will close?", "check"),
    ("en", "Has Joan Pike {} that the bridge will close?", "check"),
    ("en", "Who {} that the bridge will close?", "speaker"),
]
ASKED_OF_NOBODY = ("speaker", "aggregate")
FORMS = 5
"""Forms of a verb that each pattern is tried with: the shortest are the present, the participles, the infinitive."""


class _Names:
    def speakers(self) -> Sequence[str]:
        return ["Claire Besson", "Joan Pike"]

    def names(self) -> Sequence[str]:
        return []

    def outlets(self) -> Sequence[str]:
        return []


BOOK = NameBook(_Names())


def ask(question: str) -> Question:
    return understand(question, Conversation(), BOOK)


def forms(lang: str, group: str) -> list[list[str]]:
    """The forms of each verb of a group, the shortest first."""
    verbs: dict[str, list[str]] = {}
    for form, verb in lexicon(lang).verbs.items():
        if group in verb.groups and form not in LEFT_OUT:
            verbs.setdefault(verb.lemma, []).append(form)
    return [sorted(found, key=lambda form: (len(form), form)) for found in verbs.values()]


def is_understood(question: str, kind: str) -> bool:
    asked = ask(question)
    if kind in ASKED_OF_NOBODY:
        return asked.kind in ASKED_OF_NOBODY
    return asked.kind == kind and [person.name for person in asked.people] in (["Claire Besson"], ["Joan Pike"])


@pytest.mark.parametrize(("lang", "pattern", "kind"), PATTERNS)
def test_every_verb_of_saying_is_understood(lang: str, pattern: str, kind: str) -> None:
    tried = [form for found in forms(lang, "say") for form in found[:FORMS]]
    assert [form for form in tried if not is_understood(pattern.format(form), kind)] == []


@pytest.mark.parametrize(("lang", "pattern"), [("fr", "Qu'a {} Claire Besson ?"), ("en", "What did Joan Pike {}?")])
def test_every_form_of_it_is(lang: str, pattern: str) -> None:
    tried = [form for found in forms(lang, "say") for form in found]
    assert [form for form in tried if not is_understood(pattern.format(form), "statement")] == []


@pytest.mark.parametrize(("lang", "pattern"), [("fr", "Qui a {} le capitaine ?"), ("en", "Who {} the captain?")])
def test_a_verb_that_tells_a_deed_as_often_asks_for_no_words_without_a_claim(lang: str, pattern: str) -> None:
    tried = [form for found in forms(lang, "deed") for form in found]
    assert [form for form in tried if ask(pattern.format(form)).kind != "fact"] == []


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Qui a été exclu du match ?", "fact"),
        ("Quels joueurs ont été exclus du match ?", "fact"),
        ("Comment avance le chantier ?", "fact"),
        ("Que signifie la réforme ?", "fact"),
        ("Qu'a signifié Claire Besson ?", "statement"),
        ("Quel navire commandait Claire Besson ?", "fact"),
        ("Qui a commandé le navire ?", "fact"),
        ("Who ruled the islands?", "fact"),
        ("which team won the counter-strike final", "fact"),
        ("Qui a révélé le montant ?", "speaker"),
        ("Qui a dévoilé le tracé ?", "speaker"),
        ("Qui a exclu que le pont ferme ?", "speaker"),
    ],
)
def test_words_that_look_like_it_are_read_as_they_are(question: str, kind: str) -> None:
    assert ask(question).kind == kind


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("Qu'a promis Claire Besson ?", "promise"),
        ("Qu'a démenti Claire Besson ?", "deny"),
        ("What did Joan Pike reply?", "answer"),
        ("Qu'a exclu Claire Besson ?", None),
    ],
)
def test_it_tells_the_act(question: str, act: str | None) -> None:
    assert ask(question).act == act


def test_what_is_left_out_is_named_here() -> None:
    assert {form for lang in languages() for form in table(lang, "questions")["lexicon"]["unasked"]} <= set(LEFT_OUT)

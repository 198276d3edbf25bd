from __future__ import annotations

from typing import get_args

import pytest

from assistant.rendering.sentences import doubts, perhaps
from assistant.rendering.speaker_kinds import counted, kinds_of, mark
from assistant.texts.catalogue import texts_of
from index.models import Article, SpeakerKind, Statement
from index.text.context import in_context
from tests.invented import quotation


def test_a_speaker_is_what_most_quotations_tell() -> None:
    told = [("Ana", None), ("Bo", "body"), ("Ana", "person"), ("Bo", "person"), ("Bo", "body"), ("Old", None)]
    said = [quotation("Oui", speaker=name, speaker_kind=kind) for name, kind in told]
    assert kinds_of([quotation("Oui", speaker=None), *said]) == {"Ana": "person", "Bo": "body", "Old": None}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_kind_is_counted_and_only_people_bear_no_mark(lang: str) -> None:
    texts = texts_of(lang)
    for kind in get_args(SpeakerKind):
        assert counted([kind], texts).startswith("1 ")
        assert bool(mark(kind, texts)) == (kind != "person")
    assert (counted([], texts), mark(None, texts)) == ("", "")
    assert (
        counted(["body", "person", None, "person"], texts)
        == {
            "fr": "2 personnes, 1 institution et 1 voix",
            "en": "2 people, 1 organisation and 1 voice",
        }[lang]
    )


def test_in_an_answer_of_another_language_a_description_stays_within_the_sentence() -> None:
    text = "Une équipe du port attend. La Ligue aussi. Oui"
    article = Article("0f" * 8, "a", "Le port", "fr", text=text)
    for other, told in {"Une équipe du port": "or perhaps une équipe du port", "Ligue": "or perhaps Ligue"}.items():
        said = quotation("Oui", start=len(text) - 3, end=len(text), confidence=0.7, alternative=other)
        stated = in_context(Statement(article.card, said, "Oui"), article)
        assert doubts(stated, texts_of("en"))[1] == told


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("Luc Mas", "ou peut-être Luc Mas"),
        ("un médecin", "ou peut-être un médecin"),
        ("l'adjoint", "ou peut-être l'adjoint"),
        ("tête des ouvrages", ""),
        ("dernier peloton d’Ana Ruiz", ""),
        ("Julius Farrow's questions", ""),
        ("Julius Farrow’s questions", ""),
        ("The Lantern's front page", ""),
        ("Julius Farrow's lawyer", "ou peut-être Julius Farrow's lawyer"),
        ("Julius Farrow's sister Ann", "ou peut-être Julius Farrow's sister Ann"),
        ("les questions d'Ana Ruiz", ""),
        ("Les propos de la maire", ""),
        ("la une du Fanal", ""),
        ("les riverains de la rue Basse", "ou peut-être les riverains de la rue Basse"),
        ("l'avocate d'Ana Ruiz", "ou peut-être l'avocate d'Ana Ruiz"),
        ("une source de l'exécutif", "ou peut-être une source de l'exécutif"),
        ("Carter's Yard", "ou peut-être Carter's Yard"),
        ("Yolande Perchat", ""),
        (None, ""),
    ],
)
def test_only_somebody_with_a_name_or_a_description_may_have_spoken_instead(other: str | None, told: str) -> None:
    assert perhaps(quotation("Oui", confidence=0.7, alternative=other), texts_of("fr")) == told

"""Whom a question means, among those who speak in the articles."""

from __future__ import annotations

import pytest

from assistant.question import Person
from assistant.search.article_cache import CachedArticle
from assistant.search.speakers import SpeakerIndex, has_role
from index.models import Article


@pytest.mark.parametrize(
    ("speaker", "name", "same"),
    [
        ("Ghislaine Ormancey", "Ghislaine Ormancey", True),
        ("Ghislaine Ormancey", "Ormancey", True),
        ("Ghislaine Ormancey", "ghislaine ormancey", True),
        ("Étienne Lacombrade", "etienne lacombrade", True),
        ("président Paul Vidal", "Paul Vidal", True),
        ("Ghislaine Ormancey", "Ghislaine", False),
        ("Étienne Lacombrade", "Hervé Lacombrade", False),
        ("équipe de Paul Vidal", "Paul Vidal", False),
        ("l'avocat d'Ana Ruiz", "Ana Ruiz", False),
        ("mère de Paul Vidal", "mère de Paul Vidal", True),
        ("Ministry of Fisheries", "Ministry of Fisheries", True),
    ],
)
def test_names_of_one_speaker(speaker: str, name: str, same: bool) -> None:
    assert SpeakerIndex([speaker]).same(speaker, name) is same


def test_homonyms_are_all_meant() -> None:
    speaker_index = SpeakerIndex(["Étienne Lacombrade", "Hervé Lacombrade", "Ana Ruiz"])
    person = Person("Étienne Lacombrade", "Lacombrade", "speaker", others=("Hervé Lacombrade",))
    assert speaker_index.of(person) == {"Étienne Lacombrade", "Hervé Lacombrade"}


@pytest.mark.parametrize(
    ("speaker", "role", "given"),
    [
        ("Marc Delorme", "le maire de Morvillac", True),
        ("Jeanne Pic", "la bouchère", True),
        ("Jeanne Pic", "le maire de Morvillac", False),
        ("Marc Delorme", "le maire de Tarvelle", False),
        ("Marc Delorme", "la maire de Morvillac", False),
        ("Jeanne Pic", "les bouchères", False),
        ("une bouchère", "les bouchères", True),
        ("des bouchères", "les bouchères", True),
    ],
)
def test_a_function_is_borne_by_whom_the_article_gives_it_to(speaker: str, role: str, given: bool) -> None:
    text = (
        "Conseil à Morvillac\n\nLe maire, Marc Delorme, a ouvert la séance devant une salle comble et bruyante, "
        "où l'on parlait surtout du prix de la viande.\n\nJeanne Pic, la bouchère, lui a répondu."
    )
    cached = CachedArticle(Article("id", "key", "Conseil à Morvillac", "fr", text=text))
    assert has_role(cached, speaker, role) is given

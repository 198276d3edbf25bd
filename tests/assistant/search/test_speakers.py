"""Whom a question means, among those who speak in the articles."""

from __future__ import annotations

import pytest

from assistant.question import AskedPerson
from assistant.search.article_cache import CachedArticle
from assistant.search.speakers import SpeakerIndex, has_role, holders, is_several
from assistant.workspace import Workspace
from index.models import Article, KnownPerson, SpeakerKind


@pytest.mark.parametrize(
    ("role", "several"),
    [
        ("les habitants", True),
        ("the neighbours", True),
        ("la ministre des transports", False),
        ("le patron des pompiers", False),
        ("l'avocat des victimes", False),
    ],
)
def test_a_role_of_one_may_name_many(role: str, several: bool) -> None:
    assert is_several(role) is several


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
        ("Ana Ruiz's lawyer", "Ana Ruiz", False),
        ("Ana Ruiz’s lawyer", "Ana Ruiz", False),
        ("Ana Ruiz's lawyer", "Ana Ruiz's lawyer", True),
        ("Ana Ruiz's view", "Ana Ruiz", True),
        ("mère de Paul Vidal", "mère de Paul Vidal", True),
        ("Ministry of Fisheries", "Ministry of Fisheries", True),
    ],
)
def test_names_of_one_speaker(speaker: str, name: str, same: bool) -> None:
    assert SpeakerIndex([speaker]).same(speaker, name) is same


def test_homonyms_are_all_meant() -> None:
    speaker_index = SpeakerIndex(["Étienne Lacombrade", "Hervé Lacombrade", "Ana Ruiz"])
    person = AskedPerson("Étienne Lacombrade", "Lacombrade", "speaker", others=("Hervé Lacombrade",))
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


def known(name: str, gender: str = "", kind: SpeakerKind = "person") -> KnownPerson:
    return KnownPerson(len(name), name, kind, gender, (), 1, 1)


@pytest.mark.parametrize(
    ("role", "called", "name"),
    [
        ("le maire", [known("Paul Vidal", "Masc")], "Paul Vidal"),
        ("la maire", [known("Ana Ruiz", "Fem"), known("Paul Vidal", "Masc")], "Ana Ruiz"),
        ("la maire", [known("Paul Vidal", "Masc")], None),
        ("le maire", [known("Ana Ruiz", "Fem"), known("Paul Vidal", "Masc")], None),
        ("the mayor", [known("Hask", kind="body"), known("Ana Ruiz")], "Ana Ruiz"),
        ("les maires", [known("Ana Ruiz")], None),
        ("the mayors", [known("Ana Ruiz")], None),
        ("le maire", [], None),
    ],
)
def test_a_role_means_its_only_holder(role: str, called: list[KnownPerson], name: str | None) -> None:
    found = holders(role, called)
    holder = found[0] if len(found) == 1 else None
    assert (holder and holder.name) == name


RIBBON = "Le pont rouvre\n\nLe pont a rouvert mardi. Claire Besson, la maire de Morvillac, a coupé le ruban."
ROOF = "Le toit refait\n\n« Les enfants seront au sec à la rentrée », a déclaré Claire Besson."
QUAY = "A new quay\n\nThe quay opened on Monday. Ada Lorne, the mayor of Hask, cut the ribbon."
BUSES = 'Late buses\n\n"Nobody should walk home in the rain," said Ada Lorne.'


def test_a_role_that_another_article_tells_is_answered_with_what_its_only_holder_said(workspace: Workspace) -> None:
    for text in (RIBBON, ROOF, QUAY, BUSES):
        workspace.add_text(text)
    asked = ["Que dit la maire ?", "Que dit la maire de Morvillac ?", "What did the mayor of Hask say?"]
    answers = [workspace.answer(question) for question in asked]
    assert [[cited.speaker for cited in answer.citations] for answer in answers] == [
        ["Claire Besson"], ["Claire Besson"], ["Ada Lorne"],
    ]  # fmt: skip
    for nobody in ("Que dit le boulanger ?", "What did the mayor of Dorn say?"):
        assert workspace.answer(nobody).abstained

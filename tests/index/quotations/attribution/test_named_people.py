"""The people whom an article names, with what it calls them."""

import pytest

from index.models import Article, Person, content_id
from index.quotations.extractor import extract


def people(text: str, lang: str) -> dict[str, Person]:
    found = extract(Article(content_id(text), "example", "", lang, text=text)).people
    return {person.name: person for person in found}


BRIDGE = (
    "Le pont de Morvillac fermera lundi, a annoncé la maire de Morvillac Jeanne Morel.\n\n"
    "Mme Morel a reçu Paul Ruiz, qui dirige la société Ponts & Chaussées. La maire n'a pas cédé."
)


def test_people_have_their_kind_and_gender() -> None:
    found = people(BRIDGE, "fr")
    assert (found["Jeanne Morel"].kind, found["Jeanne Morel"].gender) == ("person", "Fem")
    assert (found["Paul Ruiz"].kind, found["Paul Ruiz"].gender) == ("person", "Masc")


def test_roles_are_told_as_printed() -> None:
    assert "maire de Morvillac" in people(BRIDGE, "fr")["Jeanne Morel"].roles


@pytest.mark.parametrize(
    ("lang", "sentence", "name", "roles"),
    [
        ("fr", "Attendu en Argentine Emmanuel Vauquier a dit son espoir.", "Emmanuel Vauquier", ()),
        ("fr", "L'Argentine Lola Perchat a dit son espoir.", "Lola Perchat", ("Argentine",)),
        ("fr", "Le discours du Président Emmanuel Vauquier a plu.", "Emmanuel Vauquier", ("Président",)),
        ("fr", "Le choix polonais Gaston Vauquier a surpris.", "Gaston Vauquier", ()),
        ("fr", "Le tireur hongrois Gaston Vauquier a souri.", "Gaston Vauquier", ("tireur hongrois",)),
        ("fr", "L'ancien Premier ministre Gaston Vauquier a souri.", "Gaston Vauquier", ("ancien Premier ministre",)),
        ("fr", "La maire de Metz Lola Perchat a souri.", "Lola Perchat", ("maire de Metz",)),
        ("en", "Australian mayor Lola Perchat smiled.", "Lola Perchat", ("Australian mayor",)),
        ("en", "The Australian mortar Lola Perchat found was old.", "Lola Perchat", ()),
        ("en", "The release of President Gaston Wroth is near.", "Gaston Wroth", ("President",)),
        ("en", "Department of Trade official Gaston Wroth smiled.", "Gaston Wroth", ("Department of Trade official",)),
        ("en", "The former mayor Gaston Wroth smiled.", "Gaston Wroth", ("former mayor",)),
        ("en", "He smiled with Prime Minister Gaston Wroth.", "Gaston Wroth", ("Prime Minister",)),
    ],
)
def test_words_beside_a_name_are_a_role_when_a_role_heads_them(
    lang: str, sentence: str, name: str, roles: tuple[str, ...]
) -> None:
    assert people(f"Titre\n\n{sentence}", lang)[name].roles == roles


def test_mentions_are_places_of_the_text() -> None:
    printed = [BRIDGE[start:end] for start, end in people(BRIDGE, "fr")["Jeanne Morel"].mentions]
    assert printed == ["la maire de Morvillac Jeanne Morel", "Mme Morel", "La maire"]


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
def test_an_empty_article_names_nobody(lang: str) -> None:
    assert people("", lang) == {}

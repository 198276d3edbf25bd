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


def test_mentions_are_places_of_the_text() -> None:
    printed = [BRIDGE[start:end] for start, end in people(BRIDGE, "fr")["Jeanne Morel"].mentions]
    assert printed == ["la maire de Morvillac Jeanne Morel", "Mme Morel", "La maire"]


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
def test_an_empty_article_names_nobody(lang: str) -> None:
    assert people("", lang) == {}

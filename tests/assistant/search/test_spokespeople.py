"""Who speaks for a body, by the office that an article gives them."""

from __future__ import annotations

import pytest

from assistant.search.article_cache import CachedArticle
from assistant.search.name_words import is_persons
from assistant.search.spokespeople import speaks_for
from index.models import Article


@pytest.mark.parametrize(
    ("text", "speaker", "body", "told"),
    [
        ("“It rang,” said the museum’s director, Judith Lorne.", "Judith Lorne", "museum", True),
        ("“It rang,” said Judith Lorne, who is the president of the museum.", "Judith Lorne", "museum", True),
        ("The yard sees it differently. According to Bo Lund, its chief engineer, it leaks.", "Bo Lund", "yard", True),
        ("« On ferme », a dit Paul Sorel, directeur du musée.", "Paul Sorel", "musee", True),
        ("Le club se tait. « Rien », a lâché sa présidente, Ana Ruiz.", "Ana Ruiz", "club", True),
        ("“It rang,” said museum director Judith Lorne.", "Judith Lorne", "the museum", True),
        ("“It rang,” said Judith Lorne, 45, the museum’s new director.", "Judith Lorne", "museum", True),
        ("“It rang,” said the director of the Pellow museum, Judith Lorne.", "Judith Lorne", "Pellow Museum", True),
        ("« On ferme », a dit le directeur du musée de la mer, Paul Sorel.", "Paul Sorel", "le musée de la mer", True),
        ("À Lorbec, Paul Sorel, 52 ans, directrice adjointe de la mairie.", "Paul Sorel", "la mairie de Lorbec", True),
        ("“It rang,” said Judith Lorne, a visitor to the museum.", "Judith Lorne", "museum", False),
        # the office is another's
        (
            "“The tickets are too dear,” said Paul Marin, a visitor. The director of the gallery did not answer.",
            "Paul Marin",
            "the gallery",
            False,
        ),
        ("“It rang,” said Ann Bly, who accuses the museum’s director of theft.", "Ann Bly", "museum", False),
        ("Ann Bly, accusing museum director Judith Lorne of theft, left.", "Ann Bly", "museum", False),
        ("The director of the museum thanked Ann Bly.", "Ann Bly", "museum", False),
        # held no more
        ("« On ferme », a dit Paul Sorel, ancien directeur du musée.", "Paul Sorel", "musee", False),
        ("« On ferme », a dit l’ex-directeur du musée, Paul Sorel.", "Paul Sorel", "musee", False),
        ("“It rang,” said the museum’s former director, Judith Lorne.", "Judith Lorne", "museum", False),
        # of another body of the place
        (
            "La mairie se tait. « On joue », a dit Paul Sorel, directeur du théâtre de Lorbec.",
            "Paul Sorel",
            "la mairie de Lorbec",
            False,
        ),
        ("“It rang,” said the director of the zoo, Judith Lorne.", "Judith Lorne", "museum", False),
    ],
)
def test_an_office_of_the_body_stands_beside_the_name(text: str, speaker: str, body: str, told: bool) -> None:
    assert speaks_for(CachedArticle(Article("id", "key", "", "en", text=text)), speaker, body) is told


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("le gérant", True),
        ("the mayor", True),
        ("the fire chief", True),
        ("the museum director", True),
        ("the finance minister", True),
        ("le maire de Lorbec", True),
        ("le musée", False),
        ("le parti socialiste", False),
        ("le conseil des ministres", False),
        ("the town council", False),
        ("the teachers' union", False),
    ],
)
def test_a_person_is_no_body(role: str, told: bool) -> None:
    assert is_persons(role) is told

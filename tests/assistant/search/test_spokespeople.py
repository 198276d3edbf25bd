"""Who speaks for a body, by the office that an article gives them."""

from __future__ import annotations

import pytest

from assistant.search.article_cache import CachedArticle
from assistant.search.speakers import is_persons
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
        ("“It rang,” said Judith Lorne, a visitor to the museum.", "Judith Lorne", "museum", False),
        ("“It rang,” said the director of the zoo, Judith Lorne.", "Judith Lorne", "museum", False),
    ],
)
def test_an_office_of_the_body_stands_beside_the_name(text: str, speaker: str, body: str, told: bool) -> None:
    assert speaks_for(CachedArticle(Article("id", "key", "", "en", text=text)), speaker, [body]) is told


@pytest.mark.parametrize(("role", "told"), [("le gérant", True), ("the mayor", True), ("le musée", False)])
def test_a_person_is_no_body(role: str, told: bool) -> None:
    assert is_persons(role) is told

"""The words that a question asks for, and what holds them."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.question import Conversation, NameBook, understand
from assistant.search.article_cache import CachedArticle
from assistant.search.asked import Asked, asked_names, asked_words
from index.languages.terms import terms
from index.models import Article


def held(asked: str, lang: str, words: str, in_lang: str) -> list[bool]:
    """Which of the asked words some words hold."""
    return [word.is_in(frozenset(terms(words, in_lang))) for word in asked_words(asked, lang)]


@pytest.mark.parametrize(
    ("asked", "lang", "words", "in_lang", "expected"),
    [
        ("les camions", "fr", "Forty lorries a day", "en", [True]),
        ("the yellow vests", "en", "les gilets jaunes ont défilé", "fr", [True, True]),
        ("the yellow vests", "en", "un maillot jaune", "fr", [True, False]),
        ("la mairie", "fr", "the town hall is closed", "en", [True]),
        ("la mairie", "fr", "the town is closed", "en", [False]),
        ("l'or", "fr", "le cours de l'or", "fr", [True]),
    ],
)
def test_words_are_held_by_words_of_their_meaning(
    asked: str, lang: str, words: str, in_lang: str, expected: list[bool]
) -> None:
    assert held(asked, lang, words, in_lang) == expected


def test_function_words_of_the_language_of_the_question_are_not_asked_for() -> None:
    assert [sorted(word.forms) for word in asked_words("the price of the ferry", "en")] == [
        ["pric", "price"],
        ["ferri", "ferry"],
    ]


def test_rarity_is_of_the_commonest_form_that_articles_have() -> None:
    (word,) = asked_words("camions", "fr")
    rarity = dict.fromkeys(word.terms, 9.0)
    assert word.weighed(rarity | {"camion": 2.0}).weight == 2.0
    assert word.weighed(rarity | {"lorri": 3.0}).weight == 3.0
    assert word.weighed(rarity).weight == 9.0


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Notre-Dame-des-Landes", "Une attaque à Notre-Dame de Paris, une tempête dans les Landes.", False),
        ("Notre-Dame", "La zone de Notre-Dame-des-Landes est évacuée.", False),
        ("Notre-Dame", "Devant Notre-Dame, la foule attend.", True),
        ("notre dame des landes", "L’aéroport de Notre-Dame-des-Landes", True),
        ("Jean-Michel Ravel", "Jean-Marie Ravel a parlé, Michel aussi.", False),
        ("Port-Guéran", "La ligne Tarvelle–Port-Guéran", True),
        ("Denis", "À Saint-Denis, le marché rouvre.", False),
        ("Américains", "Un navire américain", True),
        ("Rook", "Rook's book", True),
    ],
)
def test_a_name_is_in_an_article_whole_or_not_at_all(name: str, text: str, expected: bool) -> None:
    article = Article(id="0f" * 8, key="a", title="", text=text, lang="fr")
    assert CachedArticle(article).names(name) == expected


@pytest.mark.parametrize(
    ("question", "text", "lang", "expected"),
    [
        (
            "Qui a parlé de Notre-Dame-des-Landes ?",
            "Notre-Dame attaquée, tempête dans les Landes.",
            "fr",
            False,
        ),
        ("Qui a parlé de Notre-Dame ?", "Une attaque à Notre-Dame.", "fr", True),
        ("Qui parle du Brexit ?", "Le Brexit occupe Londres.", "fr", True),
        ("Who spoke about NATO?", "L’Otan se réunit.", "fr", True),
        ("Who spoke about NATO?", "Le climat se réchauffe.", "fr", False),
        ("Who spoke about the European Parliament?", "Le Parlement européen a voté.", "fr", True),
        ("Who spoke about Tarvelle?", "Le maire de Tarvelle a dit non.", "fr", True),
        ("Who spoke about Tarvelle?", "Le maire de Morvillac a dit non.", "fr", False),
        ("Qui a parlé de la grève ?", "Le climat se réchauffe.", "fr", True),
    ],
)
def test_an_article_is_asked_about_when_it_holds_the_names_in_the_topic(
    question: str, text: str, lang: str, expected: bool
) -> None:
    understood = understand(question, Conversation(), NameBook(Names()))
    words = asked_words(understood.topic, understood.lang)
    vector = np.array([1.0], dtype=np.float32)
    asked = Asked(words, vector, vector, understood.lang, names=asked_names(understood))
    assert asked.names_are_in(CachedArticle(Article(id="0f" * 8, key="a", title="", text=text, lang=lang))) == expected


class Names:
    """A vocabulary of one name that is mentioned."""

    def speakers(self) -> list[str]:
        return []

    def names(self) -> list[str]:
        return ["Notre-Dame"]

    def outlets(self) -> list[str]:
        return []

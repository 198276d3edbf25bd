"""How French newspapers attribute words: one row a rule, invented sentences, rows where nothing is said included."""

from __future__ import annotations

import pytest

from index.models import Article, content_id
from index.quotations.extractor import extract_quotations


def said(text: str) -> list[tuple[str | None, str]]:
    article = Article(content_id(text), "test", text.split("\n")[0], text, "fr")
    return [(q.speaker, text[q.start : q.end]) for q in extract_quotations(article)]


ROWS = [
    # sources that hold a pronoun
    (
        "Jeanne Morel a visité le quai. À ses yeux, la digue a cédé trop tôt.",
        [("Jeanne Morel", "la digue a cédé trop tôt")],
    ),
    (
        "Jeanne Morel a visité le quai. À l’entendre, la digue a cédé trop tôt.",
        [("Jeanne Morel", "la digue a cédé trop tôt")],
    ),
    # what is promised, past an aside or after "à"
    ("Jeanne Morel s’est engagée à réparer le pont.", [("Jeanne Morel", "réparer le pont")]),
    ("Jeanne Morel a menacé, cet été, de fermer le pont.", [("Jeanne Morel", "fermer le pont")]),
    ("La mairie, elle, dit « suivre le chantier avec soin ».", [("mairie", "suivre le chantier avec soin")]),
    # whoever is told the words does not say them
    ("« Le pont tiendra », a déclaré à Littoral Jeanne Morel.", [("Jeanne Morel", "Le pont tiendra")]),
    # kin, couples, and what was introduced at length
    (
        "Paul Morel et sa fille Jeanne vivent ici. « Le pont tiendra », a lancé le père.",
        [("Paul Morel", "Le pont tiendra")],
    ),
    (
        "Paul et Jeanne Morel, restaurateurs, ont écrit au maire. « Le pont tiendra », assure le couple.",
        [("Paul et Jeanne Morel", "Le pont tiendra")],
    ),
    (
        "Un communiqué du syndicat est paru lundi. Le texte affirme que le pont tiendra.",
        [("Un communiqué du syndicat", "le pont tiendra")],
    ),
    (
        "Le pont\n\n8 mars 2016. – Paul et Jeanne Morel ont écrit au maire. « Le pont tiendra », assurent-ils.",
        [("Paul et Jeanne Morel", "Le pont tiendra")],
    ),
    # below the quotation
    (
        "La foule attend. « Je vends tout demain matin. » C’est une brocanteuse qui pose ses cartons.",
        [("une brocanteuse", "Je vends tout demain matin.")],
    ),
    # a clause that stands without the fragment that "et" adds to it
    (
        "Jeanne Morel a admis que le but était de gagner du temps et « lever une armée de maçons ».",
        [("Jeanne Morel", "le but était de gagner du temps"), ("Jeanne Morel", "lever une armée de maçons")],
    ),
    # outlets go by their name
    ("Le site d’information Ardoise, citant deux élus, affirme que le pont fermera.", [("Ardoise", "le pont fermera")]),
    # no words of anybody
    ("Jeanne Morel a été mise en examen pour « abus de biens sociaux ».", []),
    ("Le site internet « Ponts et Rives » a fermé.", []),
    ("Jeanne Morel raille le maire, alors que le pont tient bon.", []),
    ("Jeanne Morel rend hommage aux maçons ainsi qu’à tous les blessés.", []),
    ("Jeanne Morel se promène tandis qu’en ville le pont tient bon.", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_reads_french_newspapers(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(text) == expected

"""How French newspapers attribute words: one row a rule, invented sentences, rows where nothing is said included."""

from __future__ import annotations

import pytest

from index.models import Article, content_id
from tests.rules import quotations_by_rule


def said(text: str) -> list[tuple[str | None, str]]:
    article = Article(content_id(text), "test", text.split("\n")[0], "fr", text=text)
    return [(q.speaker, text[q.start : q.end]) for q in quotations_by_rule(article)]


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
    # an aside, an office or a lone word between the speaker and the words
    (
        "Paul Oke, très ému, commente les propos du préfet : « Le pont tiendra »",
        [("Paul Oke", "Le pont tiendra")],
    ),
    (
        "La secrétaire d’État à l’Économie et aux finances, Jeanne Morel, a affirmé que le pont tiendrait.",
        [("Jeanne Morel", "le pont tiendrait")],
    ),
    (
        "Selon Jeanne Morel, secrétaire d’État auprès du ministre des transports, le pont tiendra.",
        [("Jeanne Morel", "le pont tiendra")],
    ),
    (
        "Le pont, qui rouille depuis mai, tiendra, a expliqué Jeanne Morel.",
        [("Jeanne Morel", "Le pont, qui rouille depuis mai, tiendra")],
    ),
    (
        "Jeanne Morel sourit. Non, assure-t-elle, le pont ne sera pas vendu.",
        [("Jeanne Morel", "le pont ne sera pas vendu")],
    ),
    ("Paul Oke a présenté des excuses et promis de réparer le pont.", [("Paul Oke", "réparer le pont")]),
    (
        "L’élue a promis de partir si le service fermait et a rappelé que le pont tenait. Jeanne Morel, élue, insiste.",
        [("Jeanne Morel", "partir si le service fermait"), ("Jeanne Morel", "le pont tenait")],
    ),
    ("Paul Oke jure que le pont tient, contrairement à ce qu’avait dit la presse.", [("Paul Oke", "le pont tient")]),
    # the verb stands within the marks
    (
        "La ministre, Jeanne Morel, « félicite chaleureusement » les maçons.",
        [("Jeanne Morel", "félicite chaleureusement")],
    ),
    # bodies by the name that they were given in full
    (
        "L’Agence de santé du Sarron l’a confirmé. Plus tard, l’Agence dément avoir fermé le pont.",
        [("Agence de santé du Sarron", "avoir fermé le pont")],
    ),
    (
        "La cour d’appel de Metz a jugé Paul Oke. Elle se tait. Mardi, la cour a estimé que le pont tenait.",
        [("cour d'appel de Metz", "le pont tenait")],
    ),
    (
        "Le Fanal enchanté révèle que le pont fermera. Le Fanal enchanté insiste.",
        [("Fanal enchanté", "le pont fermera")],
    ),
    (
        "L’agence régionale, elle, se tait. Dans une note, elle assure que le pont tient.",
        [("agence régionale", "le pont tient")],
    ),
    # people by their country, their trade, their turn
    ("Le Danois Lars Holm gagne. « Le pont tiendra », a jugé le Danois.", [("Lars Holm", "Le pont tiendra")]),
    ("Jeanne Morel, sage-femme, attend. « Le pont tiendra », dit la soignante.", [("Jeanne Morel", "Le pont tiendra")]),
    (
        "Paul Oke et Jean Morel se disputent. « Le pont tient », répète le premier. « Il tombe », répond le second.",
        [("Paul Oke", "Le pont tient"), ("Jean Morel", "Il tombe")],
    ),
    ("Quelqu’un crie. « Vous vendez le pont ! » C’était Paul Oke.", [("Paul Oke", "Vous vendez le pont !")]),
    # a dialogue, and words that go on in the next paragraph
    (
        "« Assez », a coupé Jeanne Morel.\n\n« Jamais de la vie », a riposté Paul Oke.\n\n« Alors sortez d’ici. »",
        [("Jeanne Morel", "Assez"), ("Paul Oke", "Jamais de la vie"), ("Jeanne Morel", "Alors sortez d’ici.")],
    ),
    (
        "Jeanne Morel répond :\n\n« Le pont est vieux.\n\n» Il tiendra pourtant. »",
        [("Jeanne Morel", "Le pont est vieux."), ("Jeanne Morel", "Il tiendra pourtant.")],
    ),
    # nobody in particular, results, stumps
    ("Alors que le dialogue semble rompu, beaucoup craignent que le pont ne tombe.", []),
    ("Les résultats montrent que le pont tient.", []),
    (
        "Jeanne Morel explique qu’au-delà du pont, « la rive est sûre et solide ».",
        [("Jeanne Morel", "la rive est sûre et solide")],
    ),
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

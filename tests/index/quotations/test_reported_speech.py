"""What is reported without marks: one row a construction. A journalist may add rows; the sentences are invented."""

from __future__ import annotations

import pytest

from index.models import Article, content_id
from tests.rules import quotations_by_rule


def reported(text: str, lang: str) -> list[tuple[str | None, str]]:
    article = Article(content_id(text), "test", text.split("\n")[0], lang, text=text)
    return [(q.speaker, text[q.start : q.end]) for q in quotations_by_rule(article)]


FRENCH = [
    # what a clause says around the marks that stand in it
    (
        "Jeanne Morel a expliqué que les maçons du pont travaillaient avec « une lenteur de tortue ».",
        [
            ("Jeanne Morel", "les maçons du pont travaillaient avec"),
            ("Jeanne Morel", "une lenteur de tortue"),
        ],
    ),
    (
        "Jeanne Morel affirme que « les mêmes maçons » ne peuvent réparer tous les ponts de la vallée.",
        [
            ("Jeanne Morel", "les mêmes maçons"),
            ("Jeanne Morel", "ne peuvent réparer tous les ponts de la vallée"),
        ],
    ),
    # a cue between commas within its clause, a source within the clause of a cue
    ("Le pont, estime Jeanne Morel, rouvrira en mai.", [("Jeanne Morel", "rouvrira en mai")]),
    ("Selon certains experts, dont Jeanne Morel, le pont a bougé.", [("certains experts", "le pont a bougé")]),
    ("D'après Paul Roy, interrogé par la chaîne, le pont rouvrira.", [("Paul Roy", "le pont rouvrira")]),
    (
        "Selon le maire, fermée par arrêté, l'école rouvrira lundi.",
        [("maire", "fermée par arrêté, l'école rouvrira lundi")],
    ),
    # a list behind a colon belongs to its clause, another sentence does not
    (
        "Jeanne Morel affirme que le pont a deux défauts : une pile fendue et des câbles usés.",
        [("Jeanne Morel", "le pont a deux défauts : une pile fendue et des câbles usés")],
    ),
    (
        "Jeanne Morel affirme que le pont a bougé : les câbles sont usés.",
        [("Jeanne Morel", "le pont a bougé")],
    ),
    # what somebody hopes to do is no speech
    ("Jeanne Morel espère réparer le pont avant mai.", []),
    # a participle belongs to the subject of its sentence
    (
        "Jeanne Morel s’est excusée dans un communiqué en expliquant que le pont avait bougé.",
        [("Jeanne Morel", "le pont avait bougé")],
    ),
    ("Le préfet annonce un renfort de gendarmes ainsi que la fin du chantier.", []),
]

ENGLISH = [
    # what a clause says around the marks that stand in it
    (
        "Nora Pike said the ferry had been sold twice with “hardly a murmur” by the two boards of the harbour.",
        [
            ("Nora Pike", "the ferry had been sold twice with"),
            ("Nora Pike", "hardly a murmur"),
            ("Nora Pike", "by the two boards of the harbour"),
        ],
    ),
    ("Nora Pike said two of the ferries were “rotten”.", [("Nora Pike", "rotten")]),
    # a clause without "that", past an aside, a relative clause, where and when it was said
    (
        "Nora Pike suggested the ferry, like many boats, might sink before May.",
        [("Nora Pike", "the ferry, like many boats, might sink before May")],
    ),
    (
        "Nora Pike found when prices rose, they fell again in a month.",
        [("Nora Pike", "when prices rose, they fell again in a month")],
    ),
    (
        "Nora Pike announced on Radio Hask on Tuesday there were two new ferries.",
        [("Nora Pike", "there were two new ferries")],
    ),
    (
        "Nora Pike said the rule of an old harbour law, that women were unfit to steer, no longer held.",
        [("Nora Pike", "the rule of an old harbour law, that women were unfit to steer, no longer held")],
    ),
    ("Nora Pike maintains her innocence and blames the board.", []),
    # a pronoun that may mean several keeps its clause
    (
        "Eleven towns are suing. They argue that the harbour board went too far.",
        [(None, "the harbour board went too far")],
    ),
    # a study tells, a result does not
    ("Two formal studies indicated it had less use in winter.", [("Two formal studies", "it had less use in winter")]),
    # a cue between commas within its clause
    (
        "The snag, Nora Pike said later, was that the crane had rusted.",
        [("Nora Pike", "was that the crane had rusted")],
    ),
    ("In March, Nora Pike said, the crane had rusted.", [("Nora Pike", "the crane had rusted")]),
    (
        "Because the crane is old, says Nora Pike, it turns too slowly.",
        [("Nora Pike", "Because the crane is old"), ("Nora Pike", "it turns too slowly")],
    ),
    ("One child was, according to Nora Pike, among the crew.", [("Nora Pike", "among the crew")]),
    ("The harbour has 40 accidents per 1,000 ships.", []),
    # a clause before its cue
    (
        "The harbour law is not for judges to mend, argued the board’s lawyer, Nora Pike.",
        [("Nora Pike", "The harbour law is not for judges to mend")],
    ),
    ("Wash your hands before lunch, say doctors", [("doctors", "Wash your hands before lunch")]),
    # promises, and what is none
    ("Nora Pike committed to mending the crane in May.", [("Nora Pike", "to mending the crane in May")]),
    ("Nora Pike agreed to a meeting in May.", []),
    ("The council projected the crane would cost 40 crowns.", [("council", "the crane would cost 40 crowns")]),
    # what the reporter adds
    ("Nora Pike said the tram was late, without naming a day.", [("Nora Pike", "the tram was late")]),
    ("Nora Pike said on Thursday it would rain.", [("Nora Pike", "it would rain")]),
    ("According to Nora Pike, speaking to the Ledger, the tram is late.", [("Nora Pike", "the tram is late")]),
    ("Nora Pike said the tram had won despite two late stops.", [("Nora Pike", "the tram had won")]),
    ("Nora Pike agreed to mend the crane.", []),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_reported_speech(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert reported(text, "fr") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_reported_speech(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert reported(text, "en") == expected

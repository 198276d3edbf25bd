"""Under which name somebody's words are shown: whole, and the right one's. The sentences are invented."""

from __future__ import annotations

import pytest

from index.models import Article, content_id
from tests.rules import quotations_by_rule


def speakers(text: str, lang: str) -> list[str | None]:
    article = Article(content_id(text), "test", text.split("\n")[0], lang, text=text)
    return [q.speaker for q in quotations_by_rule(article)]


TRADE_BETWEEN_NAMES = [
    ("According to Hask University political scholar Kelly Oke, it rains.", ["Kelly Oke"]),
    ("Porters' trade union Aslor general secretary Mick Wheeler said “it rains”.", ["Mick Wheeler"]),
    ("Harbour Red Cross chair Paul Oke said “it rains”.", ["Paul Oke"]),
    ("Harbour Red Cross chair Paul Oke, in remarks to the Ledger, said “Many have lost their homes”.", ["Paul Oke"]),
    ("Dane Whitlock slept. Whitlock loyalist Jesse Morrow said it rained.", ["Jesse Morrow"]),
    ("Lydia Crane leads the polls. Crane spokesman Jesse Morrow said Friday that it rained.", ["Jesse Morrow"]),
]
BEHIND_A_ROLE_AND_ITS_OFFICE = [
    (
        "“It rains,” Liberal Leader and former Environment Minister under Jean Morel, Stéphane Dubosc, said today.",
        ["Stéphane Dubosc"],
    ),
    (
        "The work was led by Mark Feld, a marine ecologist and Regents Professor at TH, who said “It rains on us all”.",
        ["Mark Feld"],
    ),
    (
        "Following the mayor's announcements, the director of Calder's Amnesty House, Mariela Ruiz, said it rained.",
        ["Mariela Ruiz"],
    ),
    (
        "One of the study's authors, herpetologist David Blackwood, told Calder Magazine the frogs were old.",
        ["David Blackwood"],
    ),
]
TITLES = [
    ("Karl Pruitt spoke. “It rains,” Pruitt said. Speaker Paul Ridd said it was over.", ["Karl Pruitt", "Paul Ridd"]),
    ("House Speaker Paul Ridd said the row was over.", ["Paul Ridd"]),
    ("United States House of Representatives Speaker Paul Ridd said the row was over.", ["Paul Ridd"]),
    ("US President Oke says it rains\n\nUS President Karl Oke said it rained.", ["Karl Oke", "Karl Oke"]),
]
WHOLE_NAMES = [
    ("The New York Times reported on Monday that the ferry had been sold twice.", ["New York Times"]),
]
TEXTS_AND_THEIR_AUTHORS = [
    ("The Harbour Board issued a statement calling the spill “a plain breach of the permit.”", ["Harbour Board"]),
    (
        "The Emergencies Ministry has, in a statement, called on drivers to “not forget that lives depend on you.”",
        ["Emergencies Ministry"],
    ),
    ("Per numbers reported by the Calder Post, 400 priests are there.", ["Calder Post"]),
    ("According to a recent report by the Calder Post, the tower keeps a list.", ["Calder Post"]),
    ("Pope Francis met. According to LHO's statistics, it rains a lot.", ["LHO"]),
]
WHOSE_A_ROLE_OR_BODY_IS = [
    ("President Samuel Okafor met a lawyer. The Okafor administration said it rained.", ["Okafor administration"]),
    ("Samuel Okafor is ill. The Okafor lawyer said it rained.", ["Okafor lawyer"]),
]
FULLEST_NAMES = [
    ("Calder Motor Company announced a check. Calder said in a filing that it rained.", ["Calder Motor Company"]),
    (
        "The Harbour Rain Office is old. “It rains,” said the HRO.",
        ["Harbour Rain Office"],
    ),
    (
        "The Emergency Situations Ministry is old. The Emergencies Ministry said it rained.",
        ["Emergency Situations Ministry"],
    ),
]
TWO_WHO_SPEAK_AS_ONE = [
    ("Mr. Grady and Mr. Lowell wrote that the board must go.", ["Grady and Lowell"]),
    ("Paul Grady and Ann Lowell met. The two ministers said it rained.", ["Paul Grady and Ann Lowell"]),
]
NAMESAKES_AND_HEADLINES = [
    (
        "Ted Brannigan spoke on Monday. Ted Brannigan left. Gary Holt mocked a portrait of Heidi Brannigan.\n\n"
        "“I do not shake hands with men who insult my wife,” Brannigan said.",
        ["Ted Brannigan"],
    ),
    (
        "Okafor on the Drought\n\nMr. Okafor is a former senator.\n\n"
        "What Mr. Okafor has seen are the maps of a shrinking lake. “And they frighten me,” he said.",
        ["Okafor"],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    TRADE_BETWEEN_NAMES
    + BEHIND_A_ROLE_AND_ITS_OFFICE
    + TITLES
    + WHOLE_NAMES
    + TEXTS_AND_THEIR_AUTHORS
    + WHOSE_A_ROLE_OR_BODY_IS
    + FULLEST_NAMES
    + TWO_WHO_SPEAK_AS_ONE
    + NAMESAKES_AND_HEADLINES,
)
def test_names_shown_in_english(text: str, expected: list[str | None]) -> None:
    assert speakers(text, "en") == expected


FRENCH_TEXTS_AND_THEIR_AUTHORS = [
    ("Le pont a tenu, d'après les informations du parquet de Metz.", ["parquet de Metz"]),
    (
        "Le zoo de Tarvelle a annoncé trois naissances dans un communiqué. Ces espèces sont touchées par un "
        "« braconnage meurtrier », rappelle le communiqué.",
        ["zoo de Tarvelle"],
    ),
]
FRENCH_OWN_NAMES = [
    ("Paul Morel aurait, d'après Le Parisien, découvert cet or dans un immeuble de Tarvelle.", ["Le Parisien"]),
    ("Le prix Alfred Nobel est vieux. Le comité Nobel explique que tout va bien.", ["comité Nobel"]),
    (
        "Sa pièce, représentant le général Franco, est censurée par le général de Gaulle, qui qualifie Gatti de "
        "« poète surchauffé ».",
        ["général de Gaulle"],
    ),
    (
        "Le suspect se dénommerait Omar Daskan, un Français vivant à Metz et né en 1986.\n\n"
        "Selon le directeur de la discothèque, interrogé par le Littoral, les tirs ont débuté vers 2 heures.",
        ["directeur de la discothèque"],
    ),
]
FRENCH_VOICES = [
    (
        "Le Rwanda a répondu par la voix du colonel René Ndaki, porte-parole de l'armée : « Le pays n'a rien fait ». "
        "Il demande que tout soit dit.",
        ["René Ndaki", "René Ndaki"],
    ),
    (
        "Le collectif exige « 2,5 milliards d’euros tout de suite », comme l'a lancé un de ses porte-paroles, "
        "Olivier Goudet.",
        ["Olivier Goudet"],
    ),
]
FRENCH_GROUPS = [
    (
        "Le pont a plié, a dit Paul Oke. L'attentat a été revendiqué par les rebelles tarves, liés au clan. "
        "« Un courageux soldat a visé un hôtel », ont-ils écrit.",
        ["Paul Oke", "les rebelles tarves"],
    ),
    (
        "Agnès Morel, ministre de la Santé, et Gérald Dubosc, ministre du Budget, ont annoncé que le déficit baisse. "
        "Les deux ministres soulignent que le pont tiendra.",
        ["Agnès Morel", "Agnès Morel et Gérald Dubosc"],
    ),
]
FRENCH_REASONS = [
    (
        "Anne Morel a reçu le prix avec Paul Oke en 2002, pour leurs « découvertes majeures sur la régulation du "
        "développement des organes ».",
        [None],
    ),
    (
        "Paul Oke a décidé de se rendre à Metz pour « un moment d'échange, de convivialité et de fraternité autour "
        "d'un thé ».",
        [None],
    ),
]
FRENCH_WHOM_IT_IS_ABOUT = [
    (
        "Gérard Morel, député, a assigné Jean Vasseur et Christophe Bordes, chargé de l'organisation. "
        "Pour le plaignant, « l'organisation semble arbitraire ».",
        ["Gérard Morel"],
    ),
]
FRENCH_FULLEST_NAMES = [
    ("Le YSK (Haut-Conseil électoral) se réunit. Le YSK affirme que le pont tiendra.", ["Haut-Conseil électoral"]),
    (
        "Agnès Morel et Gérald Dubosc ont signé. Les deux ministres soulignent que le pont tiendra.",
        ["Agnès Morel et Gérald Dubosc"],
    ),
    (
        "Une alerte a été lancée à Tarvelle. « Le pont tiendra bon », dit la Ville dans un communiqué.",
        ["Tarvelle"],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    FRENCH_TEXTS_AND_THEIR_AUTHORS
    + FRENCH_OWN_NAMES
    + FRENCH_VOICES
    + FRENCH_GROUPS
    + FRENCH_REASONS
    + FRENCH_WHOM_IT_IS_ABOUT
    + FRENCH_FULLEST_NAMES,
)
def test_names_shown_in_french(text: str, expected: list[str | None]) -> None:
    assert speakers(text, "fr") == expected

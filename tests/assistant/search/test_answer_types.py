"""The kind of thing that a question of fact wants, found in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import Wants
from assistant.search.answer_types import answer_spans


@pytest.mark.parametrize(
    ("sentence", "wants", "lang", "found"),
    [
        ("Les travaux commenceront le 14 mai, après la foire.", "time", "fr", "le 14 mai"),
        ("Il est né en 1957 à Tarvelle.", "time", "fr", "en 1957"),
        ("La séance reprend mardi prochain.", "time", "fr", "mardi prochain"),
        ("Le bateau part à 22 h 15.", "time", "fr", "à 22 h 15"),
        ("Un entrepôt de 2\u202f400 mètres carrés a brûlé.", "quantity", "fr", "2\u202f400 mètres carrés"),
        ("Trois, puis quarante-deux brebis ont disparu.", "quantity", "fr", "quarante-deux brebis"),
        ("L'usine a coûté 41 millions d'euros.", "quantity", "fr", "41 millions d'euros"),
        ("Dès mars, deux sages-femmes doivent arriver.", "quantity", "fr", "deux sages-femmes"),
        ("Le texte est rejeté par 38 voix contre 19.", "score", "fr", "38 voix contre 19"),
        ("Il habite à Port-Guéran depuis peu.", "place", "fr", "à Port-Guéran"),
        ("La foire est annulée en raison de la tempête.", "reason", "fr", "en raison de la tempête"),
        ("Ferries will not sail before noon on Friday.", "time", "en", "before noon"),
        ("The hearing opens on 3 June 2025.", "time", "en", "on 3 June 2025"),
        ("Some 6,450 people watched the final.", "quantity", "en", "6,450 people"),
        ("The bridge cost $2.5 million.", "quantity", "en", "$2.5 million"),
        ("The port lost two fishing-boats.", "quantity", "en", "two fishing-boats"),
        ("A second voyage is planned for April.", "time", "en", "for April"),
        ("Le procès est fixé pour mars.", "time", "fr", "pour mars"),
        ("The wood has lain there for about 800 years.", "age", "en", "lain there for about 800 years"),
        ("La scierie, fondée en 1887, ferme.", "age", "fr", "fondée en 1887"),
        ("They won 3-1 after extra time.", "score", "en", "3-1"),
        ("The road is shut because of the flood.", "reason", "en", "because of the flood"),
        ("Personne ne le sait.", "time", "fr", None),
        ("Nobody knows.", "quantity", "en", None),
        ("Il pleut à verse le 3 mai.", "manner", "fr", None),
        ("Es regnet am 3. Mai.", "time", "de", None),
    ],
)
def test_what_is_wanted_is_told_apart(sentence: str, wants: Wants, lang: str, found: str | None) -> None:
    spans = [sentence[start:end] for start, end in answer_spans(sentence, wants, lang)]
    assert (found in spans) if found else not spans


def test_what_the_question_says_answers_nothing() -> None:
    sentence = "En mars 2018, l'usine employait 240 ouvriers."
    spans = answer_spans(sentence, "quantity", "fr", "Combien d'ouvriers l'usine employait-elle en mars 2018 ?")
    assert [sentence[start:end] for start, end in spans][0] == "240 ouvriers"


@given(st.text(max_size=200), st.sampled_from(["time", "quantity", "place", "person", "reason", "score", "manner"]))
def test_spans_are_slices_of_any_text(text: str, wants: Wants) -> None:
    for lang in ("fr", "en", "de"):
        assert all(0 <= start < end <= len(text) for start, end in answer_spans(text, wants, lang))

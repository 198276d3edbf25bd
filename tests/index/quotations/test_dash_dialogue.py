"""Dialogue by dashes: who speaks in which words; the sentences are invented."""

from __future__ import annotations

import pytest

from index.models import Article, content_id
from index.quotations.extractor import extract_quotations

Said = list[tuple[str | None, str]]

ROWS: list[tuple[str, str, Said]] = [
    (
        "fr",
        "Le bac\n\n— Je suis en retard… murmura l’enfant.\n\n— Et où vas-tu ? demanda la gardienne.\n\n"
        "— Chez ma tante, à Port-Abri, répondit Ferdinand.",
        [
            ("enfant", "Je suis en retard…"),
            ("gardienne", "Et où vas-tu ?"),
            ("Ferdinand", "Chez ma tante, à Port-Abri"),
        ],
    ),
    # words on both sides of the cue; a pronoun; a turn without a cue
    (
        "fr",
        "Le bac\n\nLucie attend Marcel.\n\n– Tu es en retard, dit Lucie. Le bac part.\n– Il partira sans moi, "
        "répondit Marcel, et sans toi.\n– Alors courons !\n– Courons, cria-t-il.",
        [
            ("Lucie", "Tu es en retard"),
            ("Lucie", "Le bac part."),
            ("Marcel", "Il partira sans moi"),
            ("Marcel", "et sans toi."),
            ("Lucie", "Alors courons !"),
            ("Marcel", "Courons"),
        ],
    ),
    (
        "en",
        "The ferry\n\n— I am late, said Ned.\n\n— Where to? asked the guard.\n\n— To my aunt, in Leedale, Ned replied.",
        [("Ned", "I am late"), ("guard", "Where to?"), ("Ned", "To my aunt, in Leedale")],
    ),
    # a list is no dialogue
    ("fr", "Mesures\n\n– Une hausse de 3 %, a indiqué le ministre.\n– Une baisse.\n– Un gel.\n– Un impôt.", []),
    ("en", "Agenda\n\n- Open the pool.\n- Close the road.\n- Paint the bridge.", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), ROWS)
def test_turns_behind_dashes(lang: str, text: str, expected: Said) -> None:
    found = extract_quotations(Article(content_id(text), "test", "", lang, text=text))
    assert [(q.speaker, text[q.start : q.end]) for q in found if q.turn] == expected

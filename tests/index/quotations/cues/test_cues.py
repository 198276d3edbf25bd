"""A sentence and its cues: the verb or preposition that tells that somebody speaks, and the phrase that names who."""

from __future__ import annotations

import pytest

from index.languages.lexicon import lexicon
from index.quotations.cues.analysed_sentences import analyse_sentences
from index.quotations.syntax.parser import read
from index.text.marks import find_marked


def cues(lang: str, text: str) -> list[tuple[str, str | None]]:
    """The cues of a sentence, and who speaks as it is printed; those that are denied are left out."""
    (paragraph,) = read(text, find_marked(text, lang), lang)
    found = [(s.sentence.tokens, cue) for s in analyse_sentences([paragraph], lexicon(lang)) for cue in s.cues]
    return [
        (tokens[c.at].low, text[tokens[c.source.first].start : tokens[c.source.last - 1].end] if c.source else None)
        for tokens, c in found
        if not c.negated
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Le pont, estime la maire, tiendra encore dix ans.", [("estime", "la maire")]),
        ("fr", "« Le pont tiendra », a-t-elle dit.", [("dit", "-elle")]),
        ("fr", "« Le pont tiendra », dit-on.", [("dit", None)]),
        ("fr", "Comme l'a dit la maire, le pont tiendra.", [("dit", "la maire")]),
        ("fr", "La maire refuse de dire que le pont rouille.", [("refuse", "La maire")]),
        ("fr", "La maire n'a jamais affirmé que le pont rouille.", []),
        ("fr", "La loi annoncée hier par le gouvernement entre en vigueur.", []),
        ("fr", "Selon la maire, le pont tiendra.", [("selon", "la maire")]),
        ("fr", "Selon les informations que la maire a confiées au Fanal, le pont tiendra.", [("selon", "la maire")]),
        ("fr", "À ses yeux, le pont tiendra.", [("à", "ses")]),
        ("en", "The pier will hold, said the mayor.", [("said", "the mayor")]),
        ("en", "The mayor did not say that the pier was rusting.", []),
        ("en", "The mayor declined to say whether the pier was rusting.", []),
        ("en", "Moss mocked the plan, saying that the pier would rust.", [("mocked", "Moss"), ("saying", "Moss")]),
        ("en", "According to the mayor, the pier will hold.", [("according", "the mayor")]),
        ("en", "In the mayor's view, the pier will hold.", [("in", "the mayor")]),
        ("en", "The plan was praised by the mayor.", []),
    ],
)
def test_cues_and_who_speaks(lang: str, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert cues(lang, text) == expected

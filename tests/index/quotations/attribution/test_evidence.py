"""What the evidence tells of candidates, in articles where a reader sees it at once."""

from math import isnan

import pytest

from index.models import Article, content_id
from index.quotations.attribution.features.evidence import evidence
from index.quotations.attribution.reader import ArticleReader, open_reader
from index.quotations.attribution.scorer import WEIGHTS
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.forest import fitted_forest


def reader(text: str, lang: str) -> ArticleReader:
    return open_reader(Article(content_id(text), "example", "", lang, text=text))


def told(text: str, lang: str, words: str) -> dict[str, dict[str, float]]:
    """Return the evidence on each candidate for some words, by the candidate's name."""
    read = reader(text, lang)
    mentions = read.mentions()
    span = next(span for span in mentions.found if words in text[span.start : span.end])
    around = Surroundings(mentions, span)
    names = [candidate.speaker.name for candidate in around.candidates]
    return dict(zip(names, evidence(around), strict=True))


BRIDGE = (
    "Jeanne Morel, maire de Morvillac, a reçu Paul Ruiz lundi. « Le pont tiendra », a-t-elle déclaré. "
    "Paul Ruiz n'en croit rien."
)
FERRY = (
    "The union met on Monday.\n\nFerry union chair Ada Pike, in remarks to reporters, said “nobody will be paid late”."
)

CASES = [
    (BRIDGE, "fr", "Le pont", "Jeanne Morel", {"vote_pick": 1.0, "gender": 1.0, "kind": 0.0, "entity": 1.0}),
    (BRIDGE, "fr", "Le pont", "Paul Ruiz", {"vote_pick": 0.0, "gender": 0.0, "sentences_right": 1.0}),
    (FERRY, "en", "nobody", "Ada Pike", {"here": 1.0, "m_last_name": 1.0, "m_name_ends": 1.0, "indirect": 0.0}),
]


@pytest.mark.parametrize(("text", "lang", "words", "name", "expected"), CASES)
def test_evidence(text: str, lang: str, words: str, name: str, expected: dict[str, float]) -> None:
    found = told(text, lang, words)[name]
    assert {key: found[key] for key in expected} == expected


def test_what_cannot_be_told_is_not_a_number() -> None:
    found = told("« Le pont tiendra », a dit Jeanne Morel.", "fr", "Le pont")
    assert isnan(found["Jeanne Morel"]["gender"])  # no pronoun stands beside the words


def test_the_trees_ask_for_nothing_that_the_evidence_lacks() -> None:
    found = told(BRIDGE, "fr", "Le pont")["Jeanne Morel"]
    assert set(fitted_forest(WEIGHTS).names) == set(found)


def test_nobody_is_a_candidate_twice() -> None:
    read = reader(BRIDGE, "fr")
    mentions = read.mentions()
    for span in mentions.found:
        names = [candidate.speaker.name for candidate in mentions.candidates(span)]
        assert len(names) == len(set(names))

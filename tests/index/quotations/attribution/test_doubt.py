"""How sure a speaker is: told by more than how probably the name is exactly right."""

from __future__ import annotations

from math import isnan

import pytest

from index.models import Article, Quotation, content_id
from index.quotations.attribution.doubt import doubt_evidence, fitted_doubt
from index.quotations.attribution.features.evidence import evidence
from index.quotations.attribution.reader import open_reader
from index.quotations.attribution.scorer import bars, probabilities
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.extractor import extract_quotations

EVIDENCE = {"vote_pick": 0.0, "votes_share": 0.25, "pointed": 0.5}
PICKED = {"vote_pick": 1.0, "votes_share": 0.75, "pointed": 0.25}


def said(text: str, lang: str) -> list[Quotation]:
    return extract_quotations(Article(content_id(text), "example", "", lang, text=text))


@pytest.mark.parametrize(
    ("names", "found", "expected"),
    [
        (("Ada Pike", "Tom Reed"), (0.7, 0.2), {"second": 0.2, "unlike": 0.2, "alike": 0.7, "all": 0.9}),
        (("Tom Reed", "Ada Pike"), (0.2, 0.7), {"second": 0.2, "unlike": 0.2, "alike": 0.7, "all": 0.9}),
        (("Ada Pike", "Pike", "Tom Reed"), (0.5, 0.3, 0.1), {"second": 0.3, "unlike": 0.1, "alike": 0.8, "all": 0.9}),
        (("Le Havre", "Le Mans"), (0.5, 0.3), {"second": 0.3, "unlike": 0.3, "alike": 0.5, "all": 0.8}),
        (("Ada Pike",), (0.9,), {"second": 0.0, "unlike": 0.0, "alike": 0.9, "all": 0.9}),
    ],
)
def test_who_else_it_may_be_is_told_apart_from_the_same_by_another_name(
    names: tuple[str, ...], found: tuple[float, ...], expected: dict[str, float]
) -> None:
    told = doubt_evidence(names, found, [EVIDENCE] * len(names))
    assert told["probability"] == max(found)
    assert {name: told[f"probability_{name}"] for name in expected} == pytest.approx(expected)


def test_the_evidence_is_that_on_the_most_probable_and_in_part_that_on_the_next() -> None:
    told = doubt_evidence(("Tom Reed", "Ada Pike"), (0.2, 0.7), (EVIDENCE, PICKED))
    assert PICKED.items() <= told.items()
    assert {name: told[f"second_{name}"] for name in EVIDENCE} == EVIDENCE
    assert all(isnan(doubt_evidence(("Ada Pike",), (0.7,), (PICKED,))[f"second_{name}"]) for name in EVIDENCE)


def test_the_trees_ask_for_nothing_that_the_evidence_lacks() -> None:
    text = "“The bridge will hold,” said Ada Pike. Mayor Tom Reed disagreed."
    mentions = open_reader(Article(content_id(text), "example", "", "en", text=text)).mentions()
    around = Surroundings(mentions, mentions.found[0])
    read = evidence(around)
    told = doubt_evidence([c.speaker.name for c in around.candidates], probabilities(read), read)
    assert set(fitted_doubt().names) == set(told)


def test_to_be_sure_takes_little_doubt() -> None:
    assert 0 < bars().doubt < 0.5


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("“The bridge will hold until the spring,” said Ada Pike, the mayor of Morvale, on Monday.", "en"),
        ("« Le pont tiendra jusqu'au printemps », a déclaré lundi Jeanne Morel, maire de Morvillac.", "fr"),
    ],
)
def test_a_name_beside_the_words_is_sure(text: str, lang: str) -> None:
    (words,) = said(text, lang)
    assert words.sure is True


def test_where_nobody_is_named_nothing_is_told() -> None:
    (words,) = said("“The bridge will hold until the spring.”", "en")
    assert (words.speaker, words.sure) == (None, None)


def test_turns_are_sure_by_their_confidence() -> None:
    asked = "Ada Pike: Will the bridge hold?\n\nTom Reed: It will.\n\n"
    text = asked + "Ada Pike: Until when?\n\nTom Reed: Until the spring.\n"
    turns = [words for words in said(text, "en") if words.turn]
    assert turns
    assert {words.sure for words in turns} == {None}

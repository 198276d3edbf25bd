"""Words of one meaning, across forms and languages."""

from __future__ import annotations

import pytest

from index.languages.data_files import languages, shared
from index.languages.terms import terms
from index.languages.thesaurus import LONGEST, same_meaning, translations


@pytest.mark.parametrize(
    ("one", "lang", "other", "in_lang"),
    [
        ("camions", "fr", "lorries", "en"),
        ("trucks", "en", "camion", "fr"),
        ("grève", "fr", "strikes", "en"),
        ("gilets jaunes", "fr", "yellow vests", "en"),
        ("yellow vests", "en", "gilets jaunes", "fr"),
        ("mairie", "fr", "town hall", "en"),
        ("town hall", "en", "mairie", "fr"),
        ("election", "en", "élire", "fr"),
        ("élection", "fr", "élu", "fr"),
        ("OTAN", "fr", "NATO", "en"),
        ("NATO", "en", "OTAN", "fr"),
        ("United States", "en", "États-Unis", "fr"),
    ],
)
def test_words_of_one_meaning_are_found_from_each_other(one: str, lang: str, other: str, in_lang: str) -> None:
    assert tuple(terms(other, in_lang)) in same_meaning(tuple(terms(one, lang)), lang)


@pytest.mark.parametrize(
    ("words", "lang", "other"),
    [
        ("mayor", "en", "maire"),
        ("Prime Minister", "en", "premier ministre"),
        ("lawyers", "en", "avocate"),
        ("infirmière", "fr", "nurse"),
    ],
)
def test_words_are_translated_as_they_are_written(words: str, lang: str, other: str) -> None:
    assert other in translations(words, lang)


@pytest.mark.parametrize(("words", "lang"), [("ferry", "de"), ("xylophone", "fr"), ("", "fr")])
def test_of_what_stands_in_no_line_nothing_else_is_known(words: str, lang: str) -> None:
    assert same_meaning(tuple(terms(words, lang)), lang) == frozenset()


def test_every_phrase_is_short_enough_to_be_looked_up() -> None:
    for line in shared("thesaurus")["meanings"].strip().splitlines():
        for lang, side in zip(languages(), line.split("|"), strict=True):
            for words in side.split(","):
                assert len(terms(words, lang)) <= LONGEST, words

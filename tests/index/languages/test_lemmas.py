"""The dictionary form of a word."""

from __future__ import annotations

import pytest

from index.languages.lemmas import is_word, lemma


@pytest.mark.parametrize(
    ("lang", "forms", "base"),
    [
        ("fr", "coûtera coûterait coûte", "couter"),
        ("fr", "tient tiendra tiendrait tenaient", "tenir"),
        ("fr", "valent valaient vaudra", "valoir"),
        ("en", "takes took taken", "take"),
        ("en", "lorries lorry", "lorry"),
        ("de", "Über", "uber"),
    ],
)
def test_the_forms_of_a_word_have_one_dictionary_form(lang: str, forms: str, base: str) -> None:
    assert {lemma(form, lang) for form in forms.split()} == {base}


@pytest.mark.parametrize(
    ("word", "lang", "known"), [("mill", "en", True), ("contre", "fr", True), ("velloso", "en", False)]
)
def test_a_word_of_a_language_is_told_from_a_name(word: str, lang: str, known: bool) -> None:
    assert is_word(word, lang) is known

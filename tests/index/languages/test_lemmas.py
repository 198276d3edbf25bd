"""The dictionary form of a word."""

from __future__ import annotations

import pytest

from index.languages.lemmas import lemma


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

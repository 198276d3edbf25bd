"""The lexicons: every form of a reporting verb is known, whatever the parser makes of it."""

from __future__ import annotations

import pytest

from index.languages.data_files import languages
from index.languages.lexicon import lexicon


@pytest.mark.parametrize(
    ("lang", "form", "lemma"),
    [
        ("fr", "affirmait", "affirmer"),
        ("fr", "annonçait", "annoncer"),
        ("fr", "rappelle", "rappeler"),
        ("fr", "martèle", "marteler"),
        ("fr", "espère", "espérer"),
        ("fr", "dément", "démentir"),
        ("fr", "promit", "promettre"),
        ("fr", "soutient", "soutenir"),
        ("fr", "craint", "craindre"),
        ("fr", "écrivait", "écrire"),
        ("fr", "maintenir", "maintenir"),
        ("fr", "révèle", "révéler"),
        ("en", "said", "say"),
        ("en", "denied", "deny"),
        ("en", "notes", "note"),
        ("en", "vowing", "vow"),
    ],
)
def test_a_form_leads_to_its_verb(lang: str, form: str, lemma: str) -> None:
    assert lexicon(lang).verbs[form].lemma == lemma


@pytest.mark.parametrize(("lang", "word"), [("fr", "maison"), ("fr", "courir"), ("en", "house"), ("en", "run")])
def test_other_words_are_no_cues(lang: str, word: str) -> None:
    assert word not in lexicon(lang).verbs


@pytest.mark.parametrize(
    ("lang", "plural", "singular"),
    [("fr", "élus", "élu"), ("fr", "généraux", "général"), ("en", "officials", "official"), ("en", "bodies", "body")],
)
def test_a_plural_leads_to_its_singular(lang: str, plural: str, singular: str) -> None:
    assert {plural, singular} <= set(lexicon(lang).singulars(plural))


@pytest.mark.parametrize(
    ("lang", "key", "word", "ends"),
    [
        ("fr", "suffixes.feminine", "directrice", True),
        ("fr", "suffixes.feminine", "directeur", False),
        ("en", "suffixes.feminine", "directrice", False),
        ("en", "suffixes.aged", "52-year-old", True),
        ("fr", "suffixes.aged", "52-year-old", False),
    ],
)
def test_a_word_has_the_endings_of_its_own_language(lang: str, key: str, word: str, ends: bool) -> None:
    assert lexicon(lang).ends(key, word) is ends


@pytest.mark.parametrize("lang", languages())
def test_no_first_name_is_in_both_lists(lang: str) -> None:
    lex = lexicon(lang)
    assert not lex.feminine & lex.masculine
    assert not lex.either & (lex.feminine | lex.masculine)


@pytest.mark.parametrize(
    ("lang", "word", "gender"),
    [
        ("en", "Joan", "Fem"),
        ("fr", "Élodie", "Fem"),
        ("fr", "Jean-Luc", "Masc"),
        ("en", "Barnaby", "Masc"),
        ("en", "Bridge", ""),
        ("fr", "Pont", ""),
    ],
)
def test_a_first_name_tells_its_gender(lang: str, word: str, gender: str) -> None:
    assert lexicon(lang).gender_of(word) == gender

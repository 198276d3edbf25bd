from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.languages.terms import all_terms, query_terms, terms


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("L’élue n'a pas parlé des écoles", "fr", ["elu", "parl", "ecol"]),
        ("Qu’en disent les maires d'Évreux ?", "fr", ["disent", "mair", "evreux"]),
        ("The mayor’s decision isn't final.", "en", ["mayor", "decis", "final"]),
        ("U.S. sanctions, says the U.N.", "en", ["us", "sanction", "say", "un"]),
        ("les Œuvres de 2025", "fr", ["oeuvr", "2025"]),
        ("Łódź und Ørsted", "de", ["lodz", "und", "orsted"]),
        ("北京市長", "zh", ["北京", "京市", "市長"]),
        ("« … »", "fr", []),
        ("", "en", []),
    ],
)
def test_terms(text: str, lang: str, expected: list[str]) -> None:
    assert terms(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "held"),
    [
        ("Nous perdons 4 millions", "fr", {"perdon", "perdr", "4", "million"}),
        ("Ils tiendront", "fr", {"tiendront", "ten"}),
        ("The mill was sold", "en", {"mill", "sold", "sell"}),
        ("Two children paid", "en", {"two", "children", "child", "paid", "pay"}),
        ("北京", "zh", {"北京"}),
    ],
)
def test_all_terms_have_dictionary_forms_too(text: str, lang: str, held: set[str]) -> None:
    assert all_terms(text, lang) == held


@pytest.mark.parametrize(
    ("one", "other"), [("déclaré", "declare"), ("ÉCOLE", "écoles"), ("e\u0301lu", "élus"), ("loi", "lois")]
)
def test_same_term_in_french(one: str, other: str) -> None:
    assert terms(one, "fr") == terms(other, "fr")


@pytest.mark.parametrize(
    ("question", "present", "absent"),
    [
        ("Qui a parlé des mairies ?", {"parl", "mair", "mairi"}, {"qui", "a", "des"}),
        ("Who said the car tax was wrong?", {"car", "tax", "wrong"}, {"who", "the", "was"}),
        ("car tax", {"car", "tax"}, set()),
        ("la main de son fils", {"main", "fil"}, {"son", "la"}),
        ("Qui est-il ?", set(), {"qui", "est", "il"}),
    ],
)
def test_query_terms_are_those_of_both_languages(question: str, present: set[str], absent: set[str]) -> None:
    found = query_terms(question)
    assert present <= set(found)
    assert not absent & set(found)
    assert len(found) == len(set(found))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())), st.sampled_from(["fr", "en", "de", "zh", "xx"]))
def test_terms_of_any_text_are_letters_and_digits(text: str, lang: str) -> None:
    assert all(term.isalnum() for term in terms(text, lang) + query_terms(text))


def test_threads_stem_side_by_side() -> None:
    text = " ".join(f"déclarations{chr(97 + i % 26)}{chr(97 + i // 26)}ement" for i in range(600))
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: terms(text, "fr"), range(8)))
    assert all(result == terms(text, "fr") for result in results)

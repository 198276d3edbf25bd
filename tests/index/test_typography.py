import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.typography import fold, may_cut, shadow, words

any_text = st.text(st.characters(exclude_categories=()))


@given(any_text)
def test_shadow_keeps_every_offset(text: str) -> None:
    assert len(shadow(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’ÉLUE", "l'elue"),
        ("Cœur, Æsir", "coeur, aesir"),
        ("e\u0301cole", "ecole"),
        ("Łódź – Ørsted – Diyarbakır", "lodz - orsted - diyarbakir"),
        ("10\u00a0000", "10 000"),
        ("ﬁnance", "finance"),
        ("Straße", "strasse"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.characters(codec="ascii")))
def test_fold_of_plain_letters_is_lower_case(text: str) -> None:
    assert fold(text) == fold(text + "é")[:-1]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("« Rien n’est joué »", '"Rien n\'est joué"', True),
        ("Le\u00a0budget :\u202f3 %", "Le budget : 3 %", True),
        ("Rien n'est joué", "Rien n'est jouer", False),
    ],
)
def test_equality_of_words(one: str, other: str, equal: bool) -> None:
    assert (words(one) == words(other)) is equal


@pytest.mark.parametrize(
    ("text", "at", "allowed"),
    [
        ("ab", 1, True),
        ("e\u0301a", 1, False),
        ("e\u0301a", 2, True),
        ("a\r\nb", 2, False),
        ("a\r\nb", 3, True),
        ("👍🏽", 1, False),
        ("👩\u200d🚀", 1, False),
        ("👩\u200d🚀", 2, False),
        ("🇫🇷🇧🇪", 1, False),
        ("🇫🇷🇧🇪", 2, True),
        ("🇫🇷🇧🇪", 3, False),
        ("\u1112\u1161\u11ab", 1, False),
        ("❤\ufe0f", 1, False),
        ("\u0301a", 0, True),
        ("ab", 2, True),
    ],
)
def test_where_a_slice_may_begin(text: str, at: int, allowed: bool) -> None:
    assert may_cut(text, at) is allowed

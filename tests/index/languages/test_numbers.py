"""Which numbers a text names."""

from __future__ import annotations

import pytest

from index.languages.numbers import numbers


@pytest.mark.parametrize(
    ("lang", "text", "named"),
    [
        ("fr", "Nous perdons 4,6\u202fmillions d’euros par an", {4_600_000}),
        ("fr", "trois cent vingt mille euros", {320_000}),
        ("fr", "deux millions d’euros, soit 2 000 000", {2_000_000}),
        ("fr", "200 milliards", {200_000_000_000}),
        ("fr", "neuf poissons sur dix", {9, 10}),
        ("fr", "une personne, un chien", set()),
        ("fr", "90 pour cent", {90}),
        ("en", "nine million crowns", {9_000_000}),
        ("en", "18,000 pounds", {18_000}),
        ("en", "at 38 percent", {38}),
        ("en", "one of them", set()),
        ("de", "zwei oder 3", {3}),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(lang: str, text: str, named: set[float]) -> None:
    assert numbers(text, lang) == named

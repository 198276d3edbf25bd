from __future__ import annotations

import pytest

from index.languages.calendar import month_numbers, months, time_words
from index.languages.data_files import languages


@pytest.mark.parametrize("lang", languages())
def test_a_language_has_twelve_months(lang: str) -> None:
    assert len(months(lang)) == len(set(months(lang))) == 12


@pytest.mark.parametrize(
    ("word", "number"),
    [("janvier", 1), ("fevr", 2), ("aout", 8), ("sept", 9), ("decembre", 12), ("jan", 1), ("may", 5), ("sep", 9)],
)
def test_months_are_known_whole_and_short_in_any_language(word: str, number: int) -> None:
    assert month_numbers()[word] == number


def test_words_of_time_are_in_lower_case() -> None:
    assert {"mardi", "lendemain", "tuesday", "march", "yesterday"} <= time_words()
    assert all(word == word.lower() for word in time_words())

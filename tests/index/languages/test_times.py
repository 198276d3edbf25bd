"""Times that people name -> days, counted from Thursday 12 March 2026."""

from __future__ import annotations

from datetime import date

import pytest

from index.languages.times import Period, named_times

THURSDAY = date(2026, 3, 12)


def days(plain: str) -> list[tuple[str, date | None, date | None]]:
    return [(plain[t.start : t.end], t.period.after, t.period.before) for t in named_times(plain, THURSDAY)]


@pytest.mark.parametrize(
    ("plain", "after", "before"),
    [
        ("en mars 2018", date(2018, 3, 1), date(2018, 3, 31)),
        ("in early march 2018", date(2018, 3, 1), date(2018, 3, 31)),
        ("mars 2018", date(2018, 3, 1), date(2018, 3, 31)),
        ("le 1er juin 2017", date(2017, 6, 1), date(2017, 6, 1)),
        ("on march 3, 2022", date(2022, 3, 3), date(2022, 3, 3)),
        ("on the 3rd of march 2022", date(2022, 3, 3), date(2022, 3, 3)),
        ("lundi 3 mars 2025", date(2025, 3, 3), date(2025, 3, 3)),
        ("03/02/2020", date(2020, 2, 3), date(2020, 2, 3)),
        ("2020-02-03", date(2020, 2, 3), date(2020, 2, 3)),
        ("en 2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("depuis 2017", date(2017, 1, 1), None),
        ("depuis debut mars", date(2026, 3, 1), None),
        ("since december 2018", date(2018, 12, 1), None),
        ("since december", date(2025, 12, 1), None),
        ("apres mars 2017", date(2017, 4, 1), None),
        ("avant fevrier 2016", None, date(2016, 1, 31)),
        ("before 2017", None, date(2016, 12, 31)),
        ("jusqu'en 2017", None, date(2017, 12, 31)),
        ("hier", date(2026, 3, 11), date(2026, 3, 11)),
        ("today", THURSDAY, THURSDAY),
        ("depuis mardi", date(2026, 3, 10), None),
        ("on tuesday", date(2026, 3, 10), date(2026, 3, 10)),
        ("jeudi dernier", date(2026, 3, 5), date(2026, 3, 5)),
        ("jeudi", THURSDAY, THURSDAY),
        ("last week", date(2026, 3, 2), date(2026, 3, 8)),
        ("cette semaine", date(2026, 3, 9), date(2026, 3, 15)),
        ("le mois dernier", date(2026, 2, 1), date(2026, 2, 28)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("entre janvier et mars 2017", date(2017, 1, 1), date(2017, 3, 31)),
        ("from 2016 to 2018", date(2016, 1, 1), date(2018, 12, 31)),
        ("entre decembre et fevrier", date(2025, 12, 1), date(2026, 2, 28)),
        ("de juin a avril", date(2024, 6, 1), date(2025, 4, 30)),
        ("l' annee derniere", date(2025, 1, 1), date(2025, 12, 31)),
        ("aujourd' hui", THURSDAY, THURSDAY),
    ],
)
def test_a_time_is_so_many_days(plain: str, after: date | None, before: date | None) -> None:
    assert days(plain) == [(plain, after, before)]


@pytest.mark.parametrize(
    "plain", ["she may say", "on february 31, 2022", "apres le vote", "12 brebis", "en tout", "2017"]
)
def test_words_that_are_no_time_are_none(plain: str) -> None:
    assert days(plain) == []


def test_a_time_without_its_year_is_of_any() -> None:
    march, june, feast = (time.period for time in named_times("en mars, in june, le 14 juillet", THURSDAY))
    assert (march, june, feast) == (Period(month=3), Period(month=6), Period(month=7, day=14))
    assert feast.holds(date(1999, 7, 14))
    assert not feast.holds(date(1999, 7, 15))


@pytest.mark.parametrize("plain", ["la loi du 3 mars 2017", "the meeting of march 2017", "le marche du mardi"])
def test_a_time_that_belongs_to_a_noun_is_told(plain: str) -> None:
    assert [time.attached for time in named_times(plain, THURSDAY)] == [True]


def test_without_a_day_to_count_from_what_is_relative_is_left_out() -> None:
    assert [t.period for t in named_times("hier, mardi, last week, en mars 2017", None)] == [
        Period(date(2017, 3, 1), date(2017, 3, 31))
    ]

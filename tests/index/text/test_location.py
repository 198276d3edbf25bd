"""The page that a place in an article is on, and the time at which it is said."""

from __future__ import annotations

import pytest

from index.models import Article
from index.text.location import page_at, time_at


@pytest.mark.parametrize(
    ("pages", "at", "page"), [((), 0, None), ((0,), 5, 1), ((0, 10, 20), 9, 1), ((0, 10, 20), 10, 2), ((0, 10), 99, 2)]
)
def test_the_page_of_a_place(pages: tuple[int, ...], at: int, page: int | None) -> None:
    assert page_at(Article("0f" * 8, "a", "A", "fr", text="x" * 100, pages=pages), at) == page


@pytest.mark.parametrize(
    ("times", "at", "time"),
    [
        ((), 0, None),
        (((0, 4),), 5, "00:00:04"),
        (((0, 4), (9, 75)), 9, "00:01:15"),
        (((0, 4), (9, 45_296)), 99, "12:34:56"),
    ],
)
def test_the_time_of_a_place(times: tuple[tuple[int, int], ...], at: int, time: str | None) -> None:
    assert time_at(Article("0f" * 8, "a", "A", "fr", text="x" * 100, times=times), at) == time

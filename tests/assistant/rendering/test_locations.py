"""Where words are looked up: the file that an article came in, and the page in it."""

from __future__ import annotations

import pytest

from assistant.rendering.locations import file_name, page_at, time_at
from index.models import Article


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        (None, None),
        ("/home/ana/articles/budget 2025.pdf", "budget 2025.pdf"),
        ("C:\\articles\\budget.pdf", "budget.pdf"),
        ("upload:budget.pdf", "budget.pdf"),
        ("upload:news.jsonl#n-1", "news.jsonl"),
        ("upload:budget.pdf (2)", "budget.pdf (2)"),
        ("/in/news.zip#monday/budget.pdf (2)", "budget.pdf (2)"),
        ("/x/news.jsonl#12", "news.jsonl"),
        ("/x/archive.zip#mars/budget.pdf", "budget.pdf"),
        ("/x/mail.eml#budget.docx", "budget.docx"),
        ("/x/feed.xml#https://fanal.example/a.html", "feed.xml"),
        ("https://fanal.example/a.html", None),
        ("https://fanal.example/feed.xml#a.html", None),
        ("sample:fr-ferry.txt", None),
    ],
)
def test_the_file_of_an_article(origin: str | None, name: str | None) -> None:
    assert file_name(origin) == name


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

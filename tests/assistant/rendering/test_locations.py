"""Where words are looked up: the file that an article came in."""

from __future__ import annotations

import pytest

from assistant.rendering.locations import file_name


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

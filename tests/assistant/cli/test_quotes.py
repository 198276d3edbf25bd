"""``dixit quotes``: what it cannot read is told, and its status tells so too."""

from __future__ import annotations

import pytest

from assistant.cli.quotes import those_read
from index.models import Article, Quotation


def article(key: str) -> Article:
    return Article(key, key, "", "fr", text="Le pont rouvrira.")


def test_an_article_that_ends_whoever_reads_it_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    read: list[tuple[Article, list[Quotation] | None]] = [(article("pont"), []), (article("quai"), None)]
    refused: list[str] = []
    assert [one.key for one, _ in those_read(read, refused)] == ["pont"]
    (line,) = refused  # the command ends with 1 then
    assert line.startswith("quai: reading it ended the program")
    assert line in capsys.readouterr().err

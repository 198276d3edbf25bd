"""What a visitor looks for exactly, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from assistant.page.searching import ExactSearching
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Visitor
from assistant.texts.catalogue import texts_of
from tests.markup import seen
from tests.page.browser import ARTICLES
from tests.page.stand_in import StandIn

READER = Visitor("reader", "en", "reader")


@pytest.fixture
def searching(tmp_path: Path) -> Iterator[ExactSearching]:
    workspace = StandIn(tmp_path, ARTICLES)
    yield ExactSearching(workspace, Rates(read="600/minute"))  # type: ignore[arg-type]
    workspace.catalog.close()


def test_what_is_found_says_how_much_and_leads_to_its_place(searching: ExactSearching) -> None:
    shown = searching.find({"query": "crane"}, READER)
    assert "1 article, 1 place" in seen(shown)
    article = searching.workspace.article(shown.split("#dixit-")[1].split('"')[0].split("-")[0])
    at = article.text.index("crane")
    assert f'href="#dixit-{article.id}-{at}-{at + 5}"' in shown


def test_what_articles_and_readers_write_stays_text(searching: ExactSearching) -> None:
    shown = searching.find({"query": "script", "shown": "1"}, READER) + searching.find({"query": "<b>:x"}, READER)
    assert "<script>" in unescape(shown)
    assert "<script" not in shown
    assert "<b>" not in shown
    table = searching.count({"lines": '<script>alert(1)</script>\n"<i>'}, READER)
    assert "<script" not in table
    assert "<i>" not in table


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_cannot_be_is_told_in_the_reader_s_language(searching: ExactSearching, lang: str) -> None:
    reader = Visitor("reader", lang, "reader")
    for deed in ({"query": ""}, {}, {"query": None}):
        assert 'role="alert"' in searching.find(deed, reader)
    assert {"fr": "La liste est vide", "en": "The list is empty"}[lang] in seen(searching.count({}, reader))
    searching.rates = Rates(read="1/hour")
    searching.find({"query": "crane"}, reader)
    assert texts_of(lang).get("page.too_often") in unescape(searching.find({"query": "crane"}, reader))


def test_more_articles_are_shown_when_they_are_asked_for(searching: ExactSearching) -> None:
    first = searching.find({"query": "harbour OR port", "shown": "1"}, READER)
    assert "Show 1 more articles" in seen(first)
    assert "more articles" not in seen(searching.find({"query": "harbour OR port", "shown": "21"}, READER))


def test_a_list_is_a_table_or_a_file_by_phrases_or_words(searching: ExactSearching) -> None:
    lines = {"lines": "name,role\nQuill Dorothy,x\n", "table": "csv"}
    assert "0 of 1 are found" in seen(searching.count(lines, READER))
    assert "1 of 1" in seen(searching.count(lines | {"match": "words"}, READER))
    assert "dixit-list.csv" in searching.export(lines, READER)
    assert searching.export({}, READER) == ""

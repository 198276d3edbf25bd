"""The exact search on the page: a query, its hits in their place, a list and its table, by pointer and by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.page.header import VIEWS
from assistant.texts.catalogue import Texts
from tests.page.axe import assert_nothing_to_mend
from tests.page.browser import PHONE, Server, button, every_reader, in_both_languages, locale, needs_a_browser

pytestmark = needs_a_browser
LIST = "Dorothy Quill\ncrane\nZébulon Quark\n“crane"


def opened(server: Server, visit: Any, texts: Texts, **options: Any) -> Any:
    page = visit(server, locale=locale(texts), **options)
    button(page, texts.get("page.search")).click()
    expect(field(page)).to_be_visible()
    return page


def field(page: Any) -> Any:
    return page.locator("form[name=search] [name=query]")


def look_for(page: Any, query: str) -> None:
    field(page).fill(query)
    field(page).press("Enter")


def count(page: Any, texts: Texts, lines: str) -> None:
    page.get_by_text(texts.get("search.list")).click()
    page.get_by_label(texts.get("search.lines")).fill(lines)
    button(page, texts.get("search.count")).click()
    expect(page.locator("#found table.list tbody tr")).to_have_count(len(lines.splitlines()))


@in_both_languages
def test_a_hit_opens_at_its_word(server: Server, visit: Any, texts: Texts) -> None:
    page = opened(server, visit, texts)
    look_for(page, '"a crane is not a quay" AND NOT absent')
    expect(page.locator("#found .count")).to_have_text(
        texts.get(
            "search.found", articles=texts.get("article_list.count", count=1), hits=texts.get("search.hits", count=1)
        )
    )
    hit = page.locator("#found a.hit")
    expect(hit).to_have_text("A crane is not a quay")
    expect(page.locator("#found .sentence")).to_contain_text("A crane is not a quay,")
    expect(page.locator("#found .where")).to_contain_text("The Lantern")
    hit.click()
    expect(page.locator("#panel mark.cited")).to_have_text("A crane is not a quay")
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()


@in_both_languages
def test_the_keyboard_alone_searches_opens_and_comes_back(server: Server, visit: Any, texts: Texts) -> None:
    page = opened(server, visit, texts)
    field(page).focus()
    page.keyboard.type("crane*")
    page.keyboard.press("Enter")
    hit = page.locator("#found a.hit").first
    expect(hit).to_be_visible()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.hit')"):
            break
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark.cited")).to_be_focused()
    page.keyboard.press("Escape")
    expect(hit).to_be_focused()
    expect(field(page)).to_be_visible()


@in_both_languages
def test_what_cannot_be_read_or_is_nowhere_is_told(server: Server, visit: Any, texts: Texts) -> None:
    page = opened(server, visit, texts)
    look_for(page, '"crane')
    expect(page.get_by_role("alert")).to_contain_text({"fr": "guillemet", "en": "quotation mark"}[texts.lang])
    look_for(page, "zzz")
    expect(page.locator("#found")).to_contain_text(texts.get("search.none"))


@in_both_languages
def test_an_example_fills_the_field(server: Server, visit: Any, texts: Texts) -> None:
    page = opened(server, visit, texts)
    page.get_by_text(texts.get("search.help")).click()
    example = texts.entry("search.examples.near")[0]
    button(page, example).click()
    expect(field(page)).to_have_value(example)
    expect(field(page)).to_be_focused()


@in_both_languages
def test_a_list_becomes_a_table_and_a_file(server: Server, visit: Any, texts: Texts, tmp_path: Path) -> None:
    page = opened(server, visit, texts)
    count(page, texts, LIST)
    rows = page.locator("#found table.list tbody tr")
    expect(rows.nth(0).locator(".number")).to_have_text(["1", "1"])
    expect(rows.nth(2).locator(".number")).to_have_text(["0", "0"])
    expect(rows.nth(3).locator(".refused")).to_contain_text("“crane")
    with page.expect_download() as download:
        button(page, texts.get("search.export")).click()
    assert download.value.suggested_filename == texts.get("search.list_file") + ".csv"
    download.value.save_as(tmp_path / "list.csv")
    told = (tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[0].startswith(f'"{texts.get("search.column.line")}"')
    assert len(told) == 5
    button(page, "crane").click()  # a line of the table is looked for
    expect(field(page)).to_have_value('"crane"')
    expect(page.locator("#found a.hit").first).to_have_text("crane")


@in_both_languages
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_file_of_a_table_is_taken_by_its_first_column(
    server: Server, visit: Any, texts: Texts, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Nom;Année\r\nAuguste Mérelle;2025\r\n", encoding=encoding, newline="")
    page = opened(server, visit, texts)
    page.get_by_text(texts.get("search.list")).click()
    page.get_by_label(texts.get("search.file")).set_input_files(path)
    expect(page.get_by_label(texts.get("search.lines"))).to_have_value("Nom;Année\nAuguste Mérelle;2025\n")
    button(page, texts.get("search.count")).click()
    expect(page.locator("#found table.list tbody th")).to_have_text(["Auguste Mérelle"])


@in_both_languages
def test_a_telephone_shows_all_tabs(server: Server, visit: Any, texts: Texts) -> None:
    page = opened(server, visit, texts, viewport=PHONE)
    for view in VIEWS:
        box = page.locator(f"#header .view-{view}").bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"], view


@every_reader
def test_axe_finds_nothing_to_mend(
    server: Server, visit: Any, texts: Texts, theme: str, viewport: dict[str, int]
) -> None:
    page = opened(server, visit, texts, color_scheme=theme, viewport=viewport)
    page.get_by_text(texts.get("search.help")).click()
    assert_nothing_to_mend(page)
    look_for(page, "le OR the")
    expect(page.locator("#found a.hit").first).to_be_visible()
    assert_nothing_to_mend(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    count(page, texts, LIST)
    assert_nothing_to_mend(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]

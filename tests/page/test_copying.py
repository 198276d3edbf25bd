"""A statement of an answer, copied with its reference, and the table's quotations, kept in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from tests.page.browser import Server, answer, ask, button, in_both_languages, locale, needs_a_browser

pytestmark = needs_a_browser
CRANE = "What did Dorothy Quill say about the crane?"


@pytest.fixture
def copying(chromium: Any, server: Server) -> Any:
    """A page in a browser that lets it read what was copied."""
    context = chromium.new_context(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(server.url)
    expect(page.locator("#article-list li").first).to_be_visible()
    yield page
    context.close()


def test_a_statement_is_copied_with_its_reference_and_kind(copying: Any) -> None:
    ask(copying, CRANE)
    expect(answer(copying).locator(".deeds")).to_be_visible()
    figure = answer(copying).locator(".said").first
    figure.hover()
    figure.locator(".copying summary").click()
    figure.get_by_role("button", name="Text", exact=True).click()
    expect(figure.locator(".copying summary.done")).to_be_visible()
    told = copying.evaluate("navigator.clipboard.readText()")
    assert told == (
        "Dorothy Quill said: “A crane is not a quay” [quoted]\n"
        "The Lantern, Sargune harbour works start amid doubts, 2 April 2025"
    )
    expect(figure.locator(".copying[open]")).to_have_count(0)


@in_both_languages
def test_an_article_is_told_once_and_what_stands_around_words_unfolds(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    ask(page, CRANE)
    expect(answer(page).locator(".deeds")).to_be_visible()
    titles = answer(page).locator(".article > .where .title").all_inner_texts()
    assert len(titles) == len(set(titles)) == answer(page).locator("section.article").count()
    figure = answer(page).locator(".said").first
    figure.hover()
    figure.locator(".context summary").click()
    expect(figure.locator(".around strong")).to_contain_text("A crane is not a quay")
    figure.locator("a.open").click()
    expect(page.locator("#panel mark.cited")).to_contain_text("A crane is not a quay")


@in_both_languages
def test_quotations_are_kept_as_a_word_document(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    button(page, texts.get("page.speakers")).click()
    expect(page.locator(".statements tbody tr").first).to_be_visible()
    page.locator("#statements summary").click()
    with page.expect_download() as download:
        button(page, texts.get("formats.docx")).click()
    paragraphs = [paragraph.text for paragraph in Document(Path(download.value.path())).paragraphs]
    assert paragraphs[0] == texts.get("export.quotations")
    assert any("Dorothy Quill" in paragraph for paragraph in paragraphs)

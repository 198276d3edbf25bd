"""Everybody who is named: the list, the page of each, what is kept and set right there."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from tests.page.axe import assert_nothing_to_mend
from tests.page.browser import Server, button, every_reader, in_both_languages, locale, needs_a_browser

pytestmark = needs_a_browser


def names(page: Any) -> Any:
    return page.locator("#people-list .everyone tbody .person")


def open_person(page: Any, texts: Texts, name: str) -> None:
    button(page, texts.get("page.people")).click()
    names(page).filter(has_text=name).click()
    expect(page.locator("#people-list h2")).to_have_text(name)


@in_both_languages
def test_everybody_who_is_named_is_found_by_a_part_of_the_name_and_kept(
    server: Server, visit: Any, texts: Texts
) -> None:
    page = visit(server, locale=locale(texts))
    button(page, texts.get("page.people")).click()
    expect(names(page)).to_have_count(6)
    page.get_by_label(texts.get("people.search")).fill("MERELLE")
    expect(names(page)).to_have_text(["Auguste Mérelle"])
    expect(page.locator("#people-list tbody td")).to_have_text(["2", "2", "2"])
    page.get_by_label(texts.get("people.search")).fill("maire")
    expect(names(page)).to_have_text(["Yolande Perchat"])
    page.get_by_label(texts.get("people.search")).fill("")
    page.get_by_label(texts.get("article_list.sort")).last.select_option("name")
    expect(names(page).first).to_have_text("Auguste Mérelle")
    with page.expect_download() as download:
        page.locator("#everyone").get_by_role("button", name=texts.get("quotation_table.export")).click()
    assert download.value.suggested_filename == texts.get("people.file") + ".csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text), delimiter=texts.entry("csv"))
    assert heading[0] == texts.get("people.name")
    assert [row[0] for row in rows][:2] == ["Auguste Mérelle", "Dorothy Quill"]


@in_both_languages
def test_the_page_of_a_person_leads_to_every_place_and_is_kept(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    open_person(page, texts, "Auguste Mérelle")
    statements, months = page.locator("#people-list .statement"), page.locator("#people-list h4")
    newest = {"fr": ["Avril 2025", "Mars 2025"], "en": ["April 2025", "March 2025"]}[texts.lang]
    expect(months).to_have_text(newest)
    button(page, texts.get("people.oldest")).click()
    expect(months).to_have_text(newest[::-1])
    expect(button(page, texts.get("people.oldest"))).to_have_attribute("aria-pressed", "true")
    statements.first.locator(".words a").click()
    expect(page.locator("#panel mark.cited")).to_have_text(re.compile("L’argent est là"))
    page.locator("#people-list").get_by_text(texts.get("page.export"), exact=True).click()
    with page.expect_download() as download:
        page.locator("#people-list").get_by_role("button", name="Markdown", exact=True).last.click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "within budget" in text
    assert "A crane is not a quay" not in text
    page.get_by_role("link", name=texts.get("people.all")).click()
    expect(names(page)).to_have_count(6)


@in_both_languages
def test_articles_that_only_mention_somebody_are_told_with_the_sentence_and_the_place(
    harbour: Server, visit: Any, texts: Texts
) -> None:
    page = visit(harbour, locale=locale(texts))
    button(page, texts.get("page.speakers")).click()  # what is not hers is given to somebody else first
    for words in ("not in September", "avant la fin"):
        expect(page.locator(".statements .words", has_text=words).first).to_be_visible()
    row = page.locator(".statements tbody tr", has_text="not in September")
    row.locator("a.correct").click()
    page.get_by_label(texts.get("correcting.speaker")).fill("Dorothy Quill")
    button(page, texts.get("correcting.save")).first.click()
    expect(row.locator("th")).to_contain_text("Dorothy Quill")
    open_person(page, texts, "Yolande Perchat")
    heading = page.get_by_role("heading", name=texts.get("people.further", count=1))
    expect(heading).to_be_visible()
    mention = page.locator("#people-list .mentions li")
    expect(mention).to_contain_text("declined to comment")
    mention.get_by_role("link").click()
    expect(page.locator("#panel mark.cited")).to_have_text("Yolande Perchat")
    role = page.locator("#people-list .roles a")
    expect(role).to_have_text("maire")
    role.click()
    expect(page.locator("#panel mark.cited")).to_have_text("maire Yolande Perchat")
    button(page, texts.get("page.speakers")).click()
    row.locator("a.correct").click()
    page.locator("#panel").get_by_text(texts.get("correcting.made", count=1)).click()
    page.locator("#panel").get_by_text(texts.get("correcting.undo"), exact=True).click()
    expect(row.locator("th")).to_contain_text("Yolande Perchat")


@in_both_languages
def test_a_name_is_corrected_split_and_taken_back_on_the_page_of_a_person(
    harbour: Server, visit: Any, texts: Texts
) -> None:
    page = visit(harbour, locale=locale(texts))
    open_person(page, texts, "Firmin Cazaubon")
    page.get_by_text(texts.get("people.rename"), exact=True).click()
    page.locator(".renaming input[name=into]").fill("Dorothy Quill")
    page.locator(".renaming input[name=into]").press("Enter")
    told = texts.get("correcting.told.rename", name="Firmin Cazaubon", value="Dorothy Quill")
    expect(page.locator("#panel").get_by_role("status")).to_have_text(told)
    expect(page.locator("#people-list")).to_contain_text(texts.get("people.gone"))
    page.get_by_role("link", name=texts.get("people.page_of", name="Dorothy Quill")).click()
    expect(page.locator("#people-list h2")).to_have_text("Dorothy Quill")
    page.locator("#people-list .made summary").click()
    page.locator("#people-list .made button").click()
    expect(page.locator("#people-list .made")).to_have_count(0)

    page.get_by_role("link", name=texts.get("people.all")).click()
    names(page).filter(has_text="Auguste Mérelle").click()
    page.get_by_text(texts.get("people.split"), exact=True).click()
    page.locator(".splitting").get_by_label("The Lantern").check()
    page.locator(".splitting input[name=into]").fill("Auguste Merle")
    button(page, texts.get("people.split_do")).click()
    told = texts.get("correcting.told.rename", name="Auguste Mérelle", value="Auguste Merle")
    expect(page.locator("#panel").get_by_role("status")).to_have_text(told)
    expect(page.locator("#people-list .statement")).to_have_count(1)
    page.locator("#panel").get_by_text(texts.get("correcting.undo"), exact=True).click()
    expect(page.locator("#people-list .statement")).to_have_count(2)


@in_both_languages
def test_a_name_is_split_over_several_articles_and_quotations_at_once_and_taken_back_at_once(
    harbour: Server, visit: Any, texts: Texts
) -> None:
    page = visit(harbour, locale=locale(texts))
    open_person(page, texts, "Yolande Perchat")
    statements = page.locator("#people-list .statement")
    count = statements.count()
    expect(page.locator("#people-list .choose").first).to_be_hidden()
    page.get_by_text(texts.get("people.split"), exact=True).click()
    for at in (0, 1):
        statements.nth(at).get_by_label(texts.get("people.split_quotation")).check()
    page.locator(".splitting input[name=into]").fill("Yvonne Perchat")
    button(page, texts.get("people.split_do")).click()
    expect(page.locator("#panel").get_by_role("status")).to_have_count(2)
    expect(statements).to_have_count(count - 2)
    button(page, texts.get("people.undo_all")).click()
    expect(statements).to_have_count(count)


def test_words_are_copied_with_their_reference_from_the_page_of_a_person(server: Server, visit: Any) -> None:
    page = visit(server, locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
    button(page, "Names").click()
    names(page).filter(has_text="Dorothy Quill").click()
    said = page.locator("#people-list .statement").first
    said.hover()
    said.locator(".copying summary").click()
    said.get_by_role("button", name="Text", exact=True).click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Dorothy Quill")
    assert "“A crane is not a quay”" in copied
    assert "The Lantern" in copied


def test_a_name_in_who_said_what_opens_the_page_of_that_person(server: Server, visit: Any) -> None:
    page = visit(server, locale="en-GB")
    button(page, "Who said what").click()
    page.locator(".statements").get_by_role("link", name="Dorothy Quill").first.click()
    expect(page.locator("#people-list h2")).to_have_text("Dorothy Quill")
    page.get_by_label("A part of a name or of a role").fill("cazau")  # whoever searches leaves the page
    expect(names(page)).to_have_text(["Firmin Cazaubon"])


@every_reader
def test_the_list_and_a_page_can_be_read_by_everybody(
    server: Server, visit: Any, texts: Texts, theme: str, viewport: dict[str, int]
) -> None:
    page = visit(server, locale=locale(texts), color_scheme=theme, viewport=viewport)
    button(page, texts.get("page.people")).click()
    expect(names(page)).to_have_count(6)
    assert_nothing_to_mend(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    names(page).filter(has_text="Yolande Perchat").click()
    expect(page.locator("#people-list .statement").first).to_be_visible()
    for form in (".renaming", ".splitting"):
        page.locator(f"#people-list {form} summary").click()
    page.locator("#people-list .copying summary").first.click()
    assert_nothing_to_mend(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]

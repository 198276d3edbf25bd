"""From an answer to its place in the article: citations, their cards, the panel, by pointer and by keyboard."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from tests.page.browser import ARTICLES, Server, answer, ask, button, in_both_languages, locale, needs_a_browser

pytestmark = needs_a_browser
CRANE = "What does Dorothy Quill say about the crane?"


@in_both_languages
def test_a_citation_shows_its_card_to_pointer_and_keyboard(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    ask(page, CRANE)
    chip, card = answer(page).locator("a.cite").first, page.get_by_role("tooltip")
    chip.hover()
    expect(card).to_be_visible()
    expect(card.locator(".card-words strong")).to_have_text("A crane is not a quay,")
    expect(card.locator(".where")).to_contain_text("The Lantern, 2 April 2025 · Sargune harbour")
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    chip.focus()
    expect(card).to_be_visible()
    expect(chip).to_have_attribute("aria-describedby", "card")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_a_question_is_answered_and_its_citation_opens_at_the_place(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "Que dit Auguste Mérelle de la météo ?")
    chip = answer(page).locator("a.cite").first
    expect(chip).to_have_text("[1]")
    expect(answer(page).locator(".speaker").first).to_have_text("Auguste Mérelle")
    words = answer(page).locator(".words").first.text_content()
    chip.click()
    marked = page.locator("#panel mark.cited")
    expect(marked).to_be_in_viewport()
    assert marked.text_content().rstrip(",") == words
    assert any(words in path.read_text(encoding="utf-8") for path in ARTICLES.glob("*.txt"))


@in_both_languages
def test_the_keyboard_alone_goes_from_question_to_source_and_back(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    expect(page.locator("#box textarea")).to_be_focused()
    page.keyboard.type(CRANE)
    page.keyboard.press("Enter")
    chip = answer(page).locator("a.cite").first
    expect(answer(page).locator(".deeds")).to_be_visible()
    for _ in range(20):  # backwards from the box, over the questions and what can be done with the answer
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('a.cite')"):
            break
    expect(chip).to_be_focused()
    expect(page.get_by_role("tooltip")).to_contain_text("A crane is not a quay,")
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark.cited")).to_be_focused()
    expect(page.locator("#panel mark.cited")).to_have_text("A crane is not a quay,")
    step = button(page, texts.get("panel.next"))
    for _ in range(10):  # backwards over the article's speakers
        page.keyboard.press("Shift+Tab")
        if step.evaluate("e => e === document.activeElement"):
            break
    expect(step).to_be_focused()
    assert step.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#panel .quotation.current")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


@in_both_languages
def test_the_article_is_shown_whole_and_as_it_is(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    page.locator("#article-list a.open", has_text="Sargune rouvrira").click()
    text = (ARTICLES / "fanal-2025-03-19.txt").read_text(encoding="utf-8")
    expect(page.locator("#panel .title")).to_have_text(text.splitlines()[0])
    day = {"fr": "19 mars 2025", "en": "19 March 2025"}[texts.lang]
    expect(page.locator("#panel .where").first).to_have_text(f"Le Fanal, {day}")
    assert page.locator("#panel .verbatim").text_content() == text
    assert page.locator("#panel .verbatim").evaluate("e => getComputedStyle(e).whiteSpace") == "pre-wrap"


@in_both_languages
def test_an_article_lists_its_speakers_and_its_quotations_are_walked(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    page.locator("#article-list a.open", has_text="Sargune harbour").click()
    speakers = page.get_by_role("list", name=texts.get("panel.speakers")).get_by_role("listitem")
    quill = speakers.get_by_role("button", name=re.compile("Dorothy Quill"))
    expect(quill).to_be_visible()
    colours = page.locator("#panel .quotation").evaluate_all("all => all.map((one) => one.className.split(' ').at(-1))")
    assert len(set(colours)) == speakers.count()
    for number in (0, 1, 2, 0):
        button(page, texts.get("panel.next")).click()
        expect(page.locator("#panel .quotation").nth(number)).to_have_class(re.compile("current"))
    button(page, texts.get("panel.previous")).click()
    expect(page.locator("#panel .quotation").nth(2)).to_have_class(re.compile("current"))
    quill.click()  # hers alone
    expect(page.locator("#panel .quotation").nth(1)).to_have_class(re.compile("current"))

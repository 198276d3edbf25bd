"""What was read wrongly is set right on the page, told there, and taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.texts.catalogue import Texts, texts_of
from tests.page.axe import assert_nothing_to_mend
from tests.page.browser import (
    ARTICLES,
    PHONE,
    Server,
    answer,
    ask,
    button,
    in_both_languages,
    locale,
    needs_a_browser,
    stand_in,
)

pytestmark = needs_a_browser


def speakers(page: Any, name: str) -> Any:
    return page.locator(".statements tbody th", has_text=re.compile(rf"^\W*{name}"))


def undo(page: Any, texts: Texts) -> None:
    """Take back the one correction of the article that is open."""
    page.locator("#panel").get_by_text(texts.get("correcting.made", count=1)).click()
    page.locator("#panel").get_by_text(texts.get("correcting.undo"), exact=True).click()
    expect(page.locator("#panel").get_by_role("status")).to_have_text(texts.get("correcting.undone"))


@in_both_languages
def test_a_speaker_is_corrected_with_the_keyboard_and_the_name_is_the_name_everywhere(
    harbour: Server, visit: Any, texts: Texts
) -> None:
    page, panel = visit(harbour, locale=locale(texts)), "#panel"
    button(page, texts.get("page.speakers")).click()
    row = page.locator(".statements tbody tr", has_text="A crane is not a quay")
    row.get_by_role("link", name=texts.get("correcting.correct_told", speaker="Dorothy Quill")).press("Enter")
    field = page.get_by_label(texts.get("correcting.speaker"))
    expect(field).to_be_focused()
    expect(field).to_have_value("Dorothy Quill")
    assert page.locator("#known-speakers option[value='Auguste Mérelle']").count() == 1
    assert_nothing_to_mend(page)
    field.fill("Odile Mercier")
    field.press("Enter")
    expect(page.locator(panel).get_by_role("status")).to_have_text(texts.get("correcting.done"))
    expect(page.locator(".statements tbody tr", has_text="A crane is not a quay").locator("th")).to_contain_text(
        "Odile Mercier"
    )
    expect(page.locator(".statements tbody tr", has_text="A crane is not a quay").locator("th")).to_contain_text(
        texts.get("correcting.read_as", name="Dorothy Quill")
    )
    button(page, texts.get("page.chat")).click()
    ask(page, {"fr": "Que dit Odile Mercier ?", "en": "What does Odile Mercier say?"}[texts.lang])
    expect(answer(page)).to_contain_text("A crane is not a quay")
    answer(page).locator("a.cite").first.focus()
    expect(page.locator("#card")).to_contain_text(texts.get("correcting.read_as", name="Dorothy Quill"))
    page.locator(panel).get_by_text(texts.get("correcting.made", count=1)).click()
    assert_nothing_to_mend(page)
    page.locator(panel).get_by_text(texts.get("correcting.made", count=1)).click()
    undo(page, texts)
    expect(page.locator(panel).get_by_role("status")).to_have_text(texts.get("correcting.undone"))
    button(page, texts.get("page.speakers")).click()
    expect(speakers(page, "Odile Mercier")).to_have_count(0)
    expect(speakers(page, "Dorothy Quill")).not_to_have_count(0)


@in_both_languages
def test_words_that_are_no_quotation_are_gone_and_come_back(harbour: Server, visit: Any, texts: Texts) -> None:
    page = visit(harbour, locale=locale(texts))
    button(page, texts.get("page.speakers")).click()
    rows = page.locator(".statements tbody tr")
    row = rows.filter(has_text="une saison décisive")
    expect(row).to_have_count(1)
    row.locator("a.correct").click()
    button(page, texts.get("correcting.no_quotation")).click()
    expect(row).to_have_count(0)
    panel = page.locator("#panel")
    expect(panel.locator("details.correcting")).to_have_count(0)
    undo(page, texts)
    expect(row).to_have_count(1)


def test_the_ends_of_a_quotation_are_corrected_within_the_text_alone(harbour: Server, visit: Any) -> None:
    page = visit(harbour, locale="en-GB")
    button(page, "Who said what").click()
    row = page.locator(".statements tbody tr", has_text="within budget")
    row.locator("a.correct").click()
    words = page.get_by_label("The quoted words")
    words.fill("words that were never printed")
    button(page, "Save these words").click()
    expect(page.locator("#panel").get_by_role("status")).to_contain_text("cannot be corrected so")
    expect(words).to_be_visible()
    words.fill("within budget")
    button(page, "Save these words").click()
    expect(page.locator("#panel mark.cited")).to_have_text("within budget")
    expect(row.locator("th")).to_contain_text("corrected")
    undo(page, texts_of("en"))
    expect(row.locator("th")).not_to_contain_text("corrected")


def open_at(page: Any, words: str) -> None:
    button(page, "Who said what").click()
    page.locator(".statements tbody tr", has_text=words).locator("a.correct").click()


@pytest.mark.parametrize("by", ["keyboard", "mouse"])
def test_the_ends_of_a_quotation_move_word_by_word(harbour: Server, visit: Any, by: str) -> None:
    page = visit(harbour, locale="en-GB")
    open_at(page, "within budget")
    words = page.get_by_label("The quoted words")
    before = words.input_value()
    for name in ("Begin a word later", "Begin a word later", "End a word earlier", "End a word later"):
        mover = button(page, name)
        mover.press("Enter") if by == "keyboard" else mover.click()
    expect(words).to_have_value(before.removeprefix("We are "))
    button(page, "Begin a word earlier").click()
    expect(words).to_have_value(before.removeprefix("We "))
    assert_nothing_to_mend(page)
    button(page, "Save these words").click()
    expect(page.locator("#panel mark.cited")).to_have_text(before.removeprefix("We "))
    undo(page, texts_of("en"))


def select(page: Any, words: str) -> None:
    """Select words of the open article, as the mouse does."""
    page.evaluate(
        """(words) => {
            const nodes = document.createTreeWalker(document.querySelector("#panel .verbatim"), NodeFilter.SHOW_TEXT);
            for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
                const at = node.data.indexOf(words);
                if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
            }
        }""",
        words,
    )


@in_both_languages
def test_words_that_are_selected_in_an_article_are_made_a_quotation(harbour: Server, visit: Any, texts: Texts) -> None:
    page = visit(harbour, locale=locale(texts))
    page.locator("#article-list a.open", has_text="Sargune harbour works").click()
    panel, words = page.locator("#panel"), "asked for monthly reports"
    expect(panel.locator(".pick")).to_be_hidden()
    expect(panel.locator(".verbatim")).to_contain_text(words)
    select(page, words)
    button(page, texts.get("correcting.pick")).click()
    field = panel.get_by_label(texts.get("correcting.add_speaker"))
    expect(field).to_be_focused()
    expect(panel.locator("details.quoting textarea")).to_have_value(words)
    assert_nothing_to_mend(page)
    field.fill("Regional council")
    field.press("Enter")
    expect(panel.locator("mark.cited")).to_have_text(words)
    button(page, texts.get("page.speakers")).click()
    row = page.locator(".statements tbody tr", has_text=words)
    expect(row.locator("th")).to_contain_text("Regional council")
    expect(row.locator("th")).to_contain_text(texts.get("correcting.corrected"))
    assert not re.search("[«“]", row.locator("td.words").inner_text())
    undo(page, texts)
    expect(row).to_have_count(0)


def test_a_selection_within_the_open_quotation_is_offered_as_its_words(harbour: Server, visit: Any) -> None:
    page = visit(harbour, locale="en-GB", viewport=PHONE, has_touch=True, is_mobile=True)
    open_at(page, "A crane is not a quay")
    expect(page.locator("#panel mark.cited")).to_be_visible()
    select(page, "not a quay")
    offer = button(page, "These are the quoted words")
    expect(offer).to_be_visible()
    box = offer.bounding_box()  # at the bottom: beside the words a telephone shows buttons of its own
    assert box["y"] + box["height"] > PHONE["height"] - 20
    assert box["width"] > 0.9 * PHONE["width"]
    assert_nothing_to_mend(page)
    offer.tap()
    expect(page.get_by_label("The quoted words")).to_have_value("not a quay")
    button(page, "Save these words").click()
    expect(page.locator("#panel mark.cited")).to_have_text("not a quay")
    undo(page, texts_of("en"))


def test_what_cannot_be_a_quotation_is_told_and_the_form_stays(harbour: Server, visit: Any) -> None:
    page = visit(harbour, locale="en-GB")
    page.locator("#article-list a.open", has_text="Sargune harbour works").click()
    page.get_by_text("Add a quotation that is missing").click()
    page.get_by_role("textbox", name="Its words").fill("never printed there")
    button(page, "Add this quotation").click()
    expect(page.locator("#panel").get_by_role("status")).to_contain_text("cannot be made a quotation")
    expect(page.get_by_role("textbox", name="Its words")).to_be_visible()
    expect(page.locator("details.editing")).not_to_have_attribute("open", "")


@in_both_languages
def test_two_names_are_made_one_from_the_list_of_speakers(harbour: Server, visit: Any, texts: Texts) -> None:
    page = visit(harbour, locale=locale(texts))
    button(page, texts.get("page.speakers")).click()
    page.get_by_text(texts.get("correcting.merge")).click()
    page.get_by_label(texts.get("correcting.merge_name")).fill("Firmin Cazaubon")
    page.locator("#table input[name=into]").fill("Dorothy Quill")
    assert_nothing_to_mend(page)
    button(page, texts.get("correcting.merge_do")).click()
    expect(speakers(page, "Firmin Cazaubon")).to_have_count(0)
    told = texts.get("correcting.told.rename", name="Firmin Cazaubon", value="Dorothy Quill")
    expect(page.locator("#panel").get_by_role("status")).to_have_text(told)
    page.locator("#panel").get_by_text(texts.get("correcting.undo"), exact=True).click()
    expect(speakers(page, "Firmin Cazaubon")).not_to_have_count(0)


@in_both_languages
def test_an_article_is_given_the_date_that_its_text_names_when_the_reader_takes_it(
    harbour: Server, visit: Any, texts: Texts
) -> None:
    page = visit(harbour, locale=locale(texts))
    page.locator("#paste").get_by_text(texts.get("page.paste")).click()
    title = f"Fin des travaux ({texts.lang})"
    page.locator("#paste-text textarea").fill(f"{title}\n\nLe 12 mars 2026, « tout est prêt », a dit Yolande Perchat.")
    page.locator("#paste-add").click()
    listed = page.locator("#article-list a.open", has_text=title)
    listed.click()
    panel = page.locator("#panel")
    panel.get_by_text(texts.get("correcting.article")).click()
    date = panel.get_by_label(texts.get("correcting.date"), exact=True)
    expect(date).to_have_value("")
    assert_nothing_to_mend(page)
    button(page, texts.get("correcting.take")).click()
    expect(date).to_have_value("2026-03-12")
    panel.get_by_label(texts.get("correcting.outlet")).fill("Le Petit Fanal")
    panel.locator("details.editing").get_by_role("button", name=texts.get("correcting.save")).click()
    expect(panel.locator(".where").first).to_contain_text("Le Petit Fanal")
    expect(panel.locator(".where").first).to_contain_text({"fr": "12 mars 2026", "en": "12 March 2026"}[texts.lang])
    expect(listed).to_contain_text("Le Petit Fanal")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_telephone_the_forms_fit_and_can_be_read(harbour: Server, visit: Any, theme: str) -> None:
    page = visit(harbour, locale="en-GB", viewport=PHONE, color_scheme=theme)
    button(page, "Who said what").click()
    page.locator(".statements a.correct").first.click()
    expect(page.get_by_label("Who said it")).to_be_visible()
    page.locator("#panel summary", has_text="Edit title").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_nothing_to_mend(page)


def test_where_articles_are_only_read_nothing_can_be_corrected(tmp_path: Any, visit: Any) -> None:
    data = tmp_path / "data"
    stand_in(data, ARTICLES).stop()
    server = stand_in(data, DIXIT_READ_ONLY=1)
    page = visit(server, locale="en-GB")
    button(page, "Who said what").click()
    page.locator(".statements .words a").first.click()
    expect(page.locator("#panel mark.cited")).to_be_visible()
    expect(page.locator("#panel details, a.correct, .merging")).to_have_count(0)
    assert server.stop() == 0

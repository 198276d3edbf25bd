"""What can be shown has an address: links to it, the browser's history, reloads and copies lead there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from tests.page.browser import PHONE, Server, answer, ask, button, in_both_languages, locale, needs_a_browser

pytestmark = needs_a_browser


def heading(page: Any) -> Any:
    return page.locator("#people-list h2")


def names(page: Any) -> Any:
    return page.locator("#people-list .everyone .person")


@in_both_languages
def test_the_page_of_a_person_is_kept_by_reloads_history_and_copied_links(
    server: Server, visit: Any, texts: Texts
) -> None:
    page = visit(server, locale=locale(texts))
    button(page, texts.get("page.people")).click()
    link = names(page).filter(has_text="Auguste Mérelle")
    address = link.evaluate("link => link.href")
    link.click()
    expect(heading(page)).to_have_text("Auguste Mérelle")
    expect(page).to_have_url(address)
    page.reload()
    expect(heading(page)).to_have_text("Auguste Mérelle")
    page.get_by_role("link", name=texts.get("people.all")).click()
    expect(names(page)).to_have_count(6)
    page.go_back()
    expect(heading(page)).to_have_text("Auguste Mérelle")
    page.go_back()
    expect(names(page)).to_have_count(6)
    page.go_forward()
    expect(heading(page)).to_have_text("Auguste Mérelle")
    page.get_by_label(texts.get("people.search")).fill("quill")
    expect(names(page)).to_have_text(["Dorothy Quill"])
    page.go_back()
    expect(heading(page)).to_have_text("Auguste Mérelle")

    copied = visit(server, locale=locale(texts))
    copied.goto(address)
    expect(heading(copied)).to_have_text("Auguste Mérelle")


@in_both_languages
def test_the_address_of_somebody_whom_no_article_names_leads_to_the_list(
    server: Server, visit: Any, texts: Texts
) -> None:
    page = visit(server, locale=locale(texts))
    page.goto(f"{server.url}/#dixit-person-1-Ana%20Ruiz%zz")
    expect(page.locator("#people-list")).to_contain_text(texts.get("people.gone"))
    expect(names(page)).to_have_count(6)


def test_the_address_of_a_place_opens_it_in_another_tab(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "Que dit Auguste Mérelle de la météo ?")
    answer(page).locator("a.cite").first.click()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    address = page.url
    assert re.search(r"#dixit-[0-9a-f]+-\d+-\d+$", address)
    cited = page.locator("#panel mark.cited").inner_text()
    other = visit(server)
    other.goto(address)
    expect(other.locator("#panel mark.cited")).to_have_text(cited)
    expect(other.locator("#panel mark.cited")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_way_back_of_a_telephone_leads_from_a_place_to_where_it_was_opened(
    server: Server, visit: Any, theme: str
) -> None:
    page = visit(server, viewport=PHONE, color_scheme=theme)
    ask(page, "Que dit Auguste Mérelle de la météo ?")
    answer(page).locator("a.cite").first.click()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    page.go_back()
    expect(answer(page)).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()
    button(page, "Noms").click()
    names(page).filter(has_text="Yolande Perchat").click()
    page.locator("#people-list .statement .words a").first.click()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    button(page, "Noms").click()  # the view is as it was left
    expect(heading(page)).to_have_text("Yolande Perchat")
    page.go_back()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    page.go_back()
    expect(heading(page)).to_have_text("Yolande Perchat")


def test_the_name_of_the_page_leads_to_its_questions(server: Server, visit: Any) -> None:
    page = visit(server, viewport=PHONE)
    button(page, "Noms").click()
    names(page).first.click()
    page.get_by_role("link", name="Dixit").click()
    expect(page.locator("#box textarea")).to_be_visible()
    page.go_back()
    expect(heading(page)).to_be_visible()


@in_both_languages
def test_the_chat_has_the_address_of_the_page_itself_and_is_one_step_back_however_often_it_is_chosen(
    server: Server, visit: Any, texts: Texts
) -> None:
    page = visit(server, locale=locale(texts))
    button(page, texts.get("page.people")).click()
    expect(names(page)).to_have_count(6)
    steps = page.evaluate("history.length")
    for _ in range(3):
        button(page, texts.get("page.chat")).click()
        expect(page.locator("#box textarea")).to_be_visible()
    expect(page).to_have_url(f"{server.url}/")
    assert page.evaluate("history.length") == steps + 1
    page.reload()
    expect(page.locator("#box textarea")).to_be_visible()
    page.locator("#articles form").wait_for(state="attached")  # what listens to the history is there
    page.go_back()
    expect(names(page)).to_have_count(6)


def test_an_address_of_another_person_with_the_same_number_is_shown_anew(server: Server, visit: Any) -> None:
    page = visit(server)
    button(page, "Noms").click()
    names(page).filter(has_text="Auguste Mérelle").click()
    expect(heading(page)).to_have_text("Auguste Mérelle")
    number = re.findall(r"#dixit-person-(\d+)-", page.url)[0]
    page.goto(f"{server.url}/#dixit-person-{number}-Dorothy%20Quill")
    expect(heading(page)).to_have_text("Dorothy Quill")
    page.go_back()
    expect(heading(page)).to_have_text("Auguste Mérelle")

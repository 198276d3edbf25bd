"""Asking: what a reader does with questions and answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from index.catalog import Catalog
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
CRANE = "What does Dorothy Quill say about the crane?"


@in_both_languages
def test_an_answer_is_copied_judged_given_anew_and_kept_over_a_reload(
    server: Server, visit: Any, catalog: Catalog, texts: Texts
) -> None:
    question = {"fr": "Que dit Auguste Mérelle de la météo ?", "en": CRANE}[texts.lang]
    page = visit(server, locale=locale(texts), permissions=["clipboard-read", "clipboard-write"])
    ask(page, question)
    words = answer(page).locator(".words").first.text_content()
    button(page, texts.get("deeds.copy")).click()
    expect(page.locator(".deed.copy.done")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith({"fr": "Voici ce qui a été dit.", "en": "This is what was said."}[texts.lang])
    assert copied.count(words) == 1
    assert "<" not in copied
    good, bad = (button(page, texts.get(f"deeds.{name}")) for name in ("up", "down"))
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    kept = [feedback for feedback in catalog.feedback() if feedback.question == question]
    assert [feedback.verdict for feedback in kept] == [1, -1]
    assert all(feedback.articles for feedback in kept)
    follow_up = page.locator("#questions button").first
    asked = follow_up.text_content()
    follow_up.click()
    expect(page.locator("[data-testid=user]").last).to_have_text(asked)
    expect(page.locator("[data-testid=bot]")).to_have_count(2)
    button(page, texts.get("deeds.retry")).click()
    expect(page.locator("[data-testid=user]")).to_have_count(2)
    page.reload()
    expect(page.locator("[data-testid=user]")).to_have_count(2)
    expect(bad.first).to_have_attribute("aria-pressed", "true")
    button(page, texts.get("page.anew")).click()
    expect(page.locator("[data-testid=user]")).to_have_count(0)
    expect(page.locator("#questions button").first).to_be_visible()


def test_a_conversation_outlives_the_server(visit: Any, tmp_path: Path) -> None:
    first = stand_in(tmp_path, ARTICLES)
    page = visit(first)
    ask(page, CRANE)
    expect(answer(page).locator(".deeds")).to_be_visible()
    said = answer(page).inner_text()
    page.goto("about:blank")  # a page that is open when its server stops says so
    assert first.stop() == 0
    second = stand_in(tmp_path)
    try:
        page.goto(second.url)  # the port before may be taken still; a cookie is the host's, whatever the port
        expect(page.locator("[data-testid=user]")).to_have_text(CRANE)
        expect(answer(page).locator(".deeds")).to_be_visible()
        assert answer(page).inner_text() == said
        answer(page).locator("a.cite").first.click()
        expect(page.locator("#panel mark.cited")).to_have_text("A crane is not a quay,")
        page.close()
    finally:
        second.stop()


@in_both_languages
def test_a_first_question_is_answered_at_a_click(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    expect(page.locator("#questions p")).to_have_text(texts.get("page.try"))
    first = page.locator("#questions button").first
    asked = first.text_content()
    first.click()
    expect(page.locator("[data-testid=user]")).to_have_text(asked)
    expect(answer(page).locator("a.cite").first).to_be_visible()
    expect(page.locator("#questions")).to_contain_text(texts.get("page.next"))


def test_a_follow_up_is_understood_from_the_question_before(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "Que dit Yolande Perchat <de> *Sargune* ?")
    expect(answer(page).locator("a.cite").first).to_be_visible()
    ask(page, "Et hier ?")
    expect(answer(page).locator(".understood")).to_contain_text("(Que dit Yolande Perchat <de> *Sargune* ?)")


@pytest.mark.parametrize(
    ("question", "told"),
    [("Que dit Zébulon Quark ?", "Vos articles ne le disent pas."), ("Zebulon Quark?", "Your articles do not say.")],
)
def test_an_honest_refusal_has_no_citation(server: Server, visit: Any, question: str, told: str) -> None:
    page = visit(server)
    ask(page, question)
    expect(answer(page)).to_contain_text(told)
    expect(page.locator("a.cite")).to_have_count(0)


def test_a_failure_is_told_and_the_box_stays_usable(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "Que dit Yolande Perchat boom ?")
    expect(answer(page)).to_contain_text("n’a pas pu recevoir de réponse")
    expect(page.locator("#box textarea")).to_be_enabled()
    ask(page, "Que dit Yolande Perchat ?")
    expect(answer(page).locator("a.cite").first).to_be_visible()


@in_both_languages
def test_a_long_answer_can_be_stopped(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    ask(page, "What does Dorothy Quill say, slowly?")
    expect(answer(page)).to_contain_text("This is what was said.")
    button(page, texts.get("page.stop")).click()
    expect(button(page, texts.get("page.send"))).to_be_visible()
    expect(answer(page)).to_contain_text("This is what was said.")
    expect(answer(page).locator(".deed")).not_to_have_count(0)
    ask(page, "What does Dorothy Quill say?")
    expect(answer(page).locator("a.cite").first).to_be_visible()


def test_a_question_asked_while_another_is_answered_is_not_lost(server: Server, visit: Any) -> None:
    page = visit(server, locale="en-GB")
    ask(page, "What does Dorothy Quill say, slowly?")
    expect(answer(page)).to_contain_text("This is what was said.")
    ask(page, "What does Dorothy Quill say?")
    expect(answer(page).locator("a.cite").first).to_be_visible()
    expect(page.locator("[data-testid=user]")).to_have_count(2)
    expect(button(page, "Send")).to_be_visible()


def test_a_conversation_begun_anew_while_an_answer_grows_stays_empty(server: Server, visit: Any) -> None:
    page = visit(server, locale="en-GB")
    ask(page, "What does Dorothy Quill say, slowly?")
    expect(answer(page)).to_contain_text("This is what was said.")
    button(page, "New conversation").click()
    expect(button(page, "Send")).to_be_visible()
    expect(page.locator("[data-testid=user]")).to_have_count(0)


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["wide", "phone"])
def test_nothing_moves_while_an_answer_grows(server: Server, visit: Any, viewport: dict[str, int] | None) -> None:
    page = visit(server, **({"viewport": viewport} if viewport else {}))
    expect(page.locator("#questions button").first).to_be_visible()
    ask(page, "Que disent Auguste Mérelle et Yolande Perchat de Sargune, gradually ?")
    expect(answer(page)).to_contain_text("Voici ce qui a été dit.")
    page.evaluate(
        """() => { window.shifts = [];
                   new PerformanceObserver((list) => list.getEntries().forEach((entry) => shifts.push({
                     value: entry.value,
                     moved: entry.sources.map((source) => source.node?.parentElement?.outerHTML.slice(0, 200)),
                   }))).observe({ type: "layout-shift" }); }"""
    )
    expect(answer(page).locator(".deeds")).to_be_visible()
    expect(page.locator("#questions button").first).to_be_visible()
    shifts = page.evaluate("shifts")
    assert sum(shift["value"] for shift in shifts) < 0.01, shifts


@in_both_languages
def test_a_conversation_is_kept_as_markdown(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    ask(page, CRANE)
    expect(answer(page).locator(".deeds")).to_be_visible()
    with page.expect_download() as download:
        button(page, texts.get("page.export")).click()
    assert download.value.suggested_filename == texts.get("export.conversation_file") + ".md"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith(f"# {texts.get('export.conversation')}\n\n## {CRANE}\n\n")
    assert "**Dorothy Quill** said: “A crane is not a quay” [1]" in text
    assert f"## {texts.get('export.articles')}\n\n- Sargune harbour" in text


def test_all_that_one_person_said_opens_in_the_table(server: Server, visit: Any) -> None:
    page = visit(server, locale="en-GB")
    ask(page, "What does Dorothy Quill say of the crane, all of it?")
    speaker = answer(page).locator("button.all").get_attribute("value")
    answer(page).locator("button.all").click()
    expect(page.locator("#statements input[name=speaker]")).to_have_value(speaker)
    expect(page.locator(".statements tbody tr").first).to_be_visible()
    expect(page.locator(".statements tbody th", has_text=speaker)).to_have_count(
        page.locator(".statements tbody tr").count()
    )

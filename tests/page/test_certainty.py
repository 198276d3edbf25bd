"""How certain a speaker is, as a reader sees it, points at it and has it read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from index.catalog import Reading, open_catalog
from index.models import Article, Passage, Quotation, SpeakerKind, content_id
from tests.embedder import HashingEmbedder
from tests.page.axe import assert_nothing_to_mend
from tests.page.browser import PHONE, WIDE, Server, answer, ask, button, in_both_languages, locale, needs_a_browser
from tests.page.browser import stand_in as serve

pytestmark = needs_a_browser
SAID: list[tuple[str, str | None, float | None, SpeakerKind | None, str | None]] = [
    ("Le viaduc tiendra", "Ana Ruiz", 0.99, "person", "Luc Mas"),
    ("Le canal cédera", "Inès Morel", 0.7, "person", "Luc Mas"),
    ("La digue attendra", None, None, None, "Luc Mas"),
    ("La passerelle fermera", "Port de Sargune", 0.99, "body", None),
    ("Le phare brillera", "Old Speaker", None, None, None),
]
"""What is said, by whom, how probably, what that is, and who else it may have been; the last as once stored."""
ASKED = {
    "fr": "Que dit-on : viaduc, canal, digue, passerelle, phare ?",
    "en": "What about viaduc, canal, digue, passerelle, phare?",
}
LIKELY = {"fr": "probablement Inès Morel", "en": "probably Inès Morel"}
PERHAPS = {"fr": "ou peut-être Luc Mas", "en": "or perhaps Luc Mas"}
BODY = {"fr": "institution", "en": "organisation"}


def reading() -> Reading:
    text = "Le viaduc\n\n" + " ".join(f"« {words} », dit-on." for words, *_ in SAID)
    article = Article(content_id(text), "viaduc", "Le viaduc", "fr", date(2025, 4, 2), "Le Fanal", text=text)
    quotations = [
        Quotation(
            article.id, text.index(words), text.index(words) + len(words), "direct", speaker,
            confidence=confidence, speaker_kind=kind, alternative=other,
        )
        for words, speaker, confidence, kind, other in SAID
    ]  # fmt: skip
    vectors = HashingEmbedder().embed_passages(["a"] * (1 + len(quotations)))
    return Reading(
        article, [Passage(article.id, 0, len(text))], quotations, vectors[:1], vectors[1:], HashingEmbedder().name
    )


@pytest.fixture(scope="module")
def unsure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page over one article, with a speaker of each certainty."""
    data = tmp_path_factory.mktemp("unsure")
    catalog = open_catalog(data)
    catalog.add(reading())
    catalog.close()
    server = serve(data)
    yield server
    server.stop()


def by_words(page: Any, scope: str, words: str) -> Any:
    return page.locator(scope).filter(has_text=words)


def figure(page: Any, words: str) -> Any:
    return page.locator(".said").filter(has=page.locator(".words", has_text=words))


@in_both_languages
def test_an_answer_names_the_likely_as_likely(unsure: Server, visit: Any, texts: Texts) -> None:
    page = visit(unsure, locale=locale(texts))
    ask(page, ASKED[texts.lang])
    expect(answer(page).locator(".deeds")).to_be_visible()
    bylines = {words: figure(page, words).locator("> .byline") for words, *_ in SAID}
    likely = bylines["Le canal cédera"]
    expect(likely).to_contain_text(f"({texts.get('byline.likely')})")
    expect(likely.locator(".speaker")).to_have_attribute("title", PERHAPS[texts.lang])
    expect(likely.locator(".unseen")).to_have_text(f"({PERHAPS[texts.lang]})")
    assert likely.locator(".unseen").evaluate("e => e.getBoundingClientRect().width") <= 1
    for words in ("Le viaduc tiendra", "La passerelle fermera", "Le phare brillera"):
        expect(bylines[words]).not_to_contain_text(re.compile("proba", re.IGNORECASE))
        assert bylines[words].locator("[title*='Luc']").count() == 0
    expect(bylines["La digue attendra"].locator(".speaker")).to_have_text(texts.get("answer.unnamed"))
    expect(bylines["La digue attendra"]).not_to_contain_text("Luc")
    figure(page, "Le canal cédera").locator("a.cite").hover()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text("« Le canal cédera », dit-on.")


@in_both_languages
def test_an_article_and_its_speakers_tell_it(unsure: Server, visit: Any, texts: Texts) -> None:
    page = visit(unsure, locale=locale(texts))
    page.locator("#article-list a.open").click()
    quoted = by_words(page, "#panel .quotation", "Le canal cédera")
    told = f"{LIKELY[texts.lang]} · {PERHAPS[texts.lang]} · {texts.get('kind.direct')}"
    expect(quoted).to_have_attribute("title", told)
    expect(by_words(page, "#panel .quotation", "Le viaduc tiendra")).not_to_have_attribute("title", re.compile("Luc"))
    expect(by_words(page, "#panel .quotation", "La digue attendra")).not_to_have_attribute("title", re.compile("Luc"))
    speakers = page.get_by_role("list", name=texts.get("panel.speakers"))
    expect(speakers.get_by_role("button", name=re.compile(LIKELY[texts.lang]))).to_be_visible()
    expect(speakers.locator(".kind")).to_have_text([BODY[texts.lang]])


@in_both_languages
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_table_and_its_chart_tell_it(unsure: Server, visit: Any, texts: Texts, viewport: dict[str, int]) -> None:
    page = visit(unsure, locale=locale(texts), viewport=viewport)
    button(page, texts.get("page.speakers")).click()
    row = by_words(page, ".statements tbody tr", "Le canal cédera")
    told = f"Inès Morel ({PERHAPS[texts.lang]}) {texts.get('byline.likely')}"
    expect(row.get_by_role("rowheader")).to_have_text(told)
    expect(row.locator("th bdi").first).to_have_attribute("title", PERHAPS[texts.lang])
    expect(by_words(page, ".statements tbody tr", "La digue attendra").locator("th")).not_to_contain_text("Luc")
    chart = page.get_by_role("table", name=texts.get("quotation_table.chart"))
    expect(chart.get_by_role("button", name=LIKELY[texts.lang])).to_have_attribute("value", "Inès Morel")
    expect(chart.locator(".kind")).to_have_text([BODY[texts.lang]])
    expect(chart.get_by_role("row", name=re.compile("Port de Sargune")).locator(".kind")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@in_both_languages
def test_axe_finds_nothing_to_mend_where_it_is_told(unsure: Server, visit: Any, texts: Texts) -> None:
    page = visit(unsure, locale=locale(texts))
    ask(page, ASKED[texts.lang])
    expect(answer(page).locator(".deeds")).to_be_visible()
    figure(page, "Le canal cédera").locator("a.cite").click()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    for view in ("chat", "speakers"):
        button(page, texts.get(f"page.{view}")).click()
        assert_nothing_to_mend(page)

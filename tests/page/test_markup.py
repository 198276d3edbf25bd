"""Articles, names and files full of markup, in a real browser: all of it is text, and nothing of it runs.

The page's policy stops scripts by itself. So that it does not hide a place where markup is let through, most of this
runs in a browser that was told to ignore the policy; the policy has a test of its own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.server.passwords import write_password
from index.catalog import Reading, open_catalog
from index.models import Article, Passage, Quotation, content_id
from tests.embedder import HashingEmbedder
from tests.page.browser import ARTICLES, Server, answer, ask, needs_a_browser, stand_in

pytestmark = [*needs_a_browser, pytest.mark.soak]

RUN = "window.fired=(window.fired||0)+1"
MARKUP = f'<img src=x onerror="{RUN}"><script>{RUN}</script>'
ATTRIBUTE = f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x=\''
OTHERS = f"[lien](javascript:{RUN}) ![i](http://beacon.example/x.png) &lt;b&gt; ${{{RUN}}} {{{{1+1}}}} <!-- --></title>"
SPEAKER = f"=cmd|' /C calc'!A0 {MARKUP}{ATTRIBUTE}"
WORDS = f"Le mot crochu {MARKUP}{ATTRIBUTE}{OTHERS} \x07\x1b fin"
BROWSER = {"locale": "fr-FR", "bypass_csp": True}


def hostile() -> Reading:
    """An article with markup in everything that is known of it."""
    text = (
        f"{MARKUP}{OTHERS}\n\n« {WORDS} », a dit quelqu’un.\n\n« Et encore crochu </mark></pre>{MARKUP} », a-t-il dit."
    )
    spans = [re.search(re.escape(WORDS), text), re.search("Et encore.*?(?= »)", text)]
    article = Article(
        content_id(text), f"clé {MARKUP}", f"Titre {MARKUP}{ATTRIBUTE}{OTHERS}", "fr", date(2025, 4, 2),
        f"@Média {MARKUP}{ATTRIBUTE}", f"Auteur {MARKUP}{ATTRIBUTE}", f"javascript:{RUN}", f"origine {MARKUP}",
        text=text,
    )  # fmt: skip
    quotations = [
        Quotation(article.id, *span.span(), "direct", SPEAKER, f"il {MARKUP}", f"a dit {MARKUP}", f"selon {MARKUP}")
        for span in spans
        if span
    ]
    vectors = HashingEmbedder().embed_passages(["a"] * 3)
    passages = [Passage(article.id, 0, len(text))]
    return Reading(article, passages, quotations, vectors[:1], vectors[1:], HashingEmbedder().name)


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("hostile")
    catalog = open_catalog(data)
    catalog.add(hostile())
    catalog.close()
    server = stand_in(data)
    yield server
    server.stop()


@pytest.fixture
def watched(chromium: Any, hostile_server: Server) -> Iterator[Any]:
    """The page in a browser that ignores its policy; at the end, no script of an article has run, nothing has left."""
    context = chromium.new_context(**BROWSER)
    page, told = context.new_page(), []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    own = (hostile_server.url, "data:", "blob:")
    page.on("request", lambda request: request.url.startswith(own) or told.append(request.url))
    page.goto(hostile_server.url)
    expect(page.locator("#article-list li").first).to_be_visible()
    yield page
    hover_all(page)
    assert page.evaluate("window.fired") is None
    assert page.title() == "Dixit"
    assert page.locator("#columns img, #columns iframe, #columns script, #columns .katex").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0
    context.close()
    assert not told


def hover_all(page: Any) -> None:
    """Move the pointer and the keyboard over everything that is shown, as far as scripts notice."""
    page.evaluate(
        """() => { for (const one of document.querySelectorAll('#columns *')) for (const kind of ['mouseover', 'focus'])
                       one.dispatchEvent(new Event(kind)); }"""
    )


def test_the_watch_sees_what_runs(watched: Any) -> None:
    watched.evaluate(f"document.querySelector('#article-list').insertAdjacentHTML('beforeend', {MARKUP!r})")
    watched.wait_for_function("window.fired")
    watched.evaluate(
        "() => { delete window.fired; document.querySelectorAll('#article-list img').forEach(e => e.remove()) }"
    )
    watched.evaluate("document.querySelectorAll('#article-list script').forEach(e => e.remove())")


def test_the_list_the_panel_and_the_card_show_markup_as_text(watched: Any) -> None:
    reading = hostile()
    title = watched.locator("#article-list a.open > bdi").first
    assert title.text_content() == reading.article.title
    title.click()
    expect(watched.locator("#panel .title")).to_have_text(reading.article.title)
    expect(watched.locator("#panel")).to_contain_text(f"Auteur {MARKUP}")
    expect(watched.locator("#panel .where").first).to_contain_text(f"@Média {MARKUP}")
    shown = reading.article.text.replace("\x07", "␇").replace("\x1b", "␛")
    assert watched.locator("#panel .verbatim").text_content() == shown
    expect(watched.locator("#panel")).to_contain_text(SPEAKER)
    assert not watched.locator("#panel a[href]:not([href^='#'])").count()


def test_an_answer_its_card_and_what_to_ask_next_show_markup_as_text(watched: Any) -> None:
    ask(watched, f"Que dit-on du mot crochu ? {MARKUP}{ATTRIBUTE}{OTHERS}")
    expect(watched.locator("[data-testid=user]").last).to_contain_text(f"{MARKUP}{ATTRIBUTE}")
    expect(answer(watched).locator(".speaker").first).to_have_text(SPEAKER)
    expect(answer(watched).locator(".words").first).to_contain_text(f"Le mot crochu {MARKUP}{ATTRIBUTE}")
    answer(watched).locator("a.cite").first.hover()
    card = watched.get_by_role("tooltip")
    expect(card).to_be_visible()
    expect(card).to_contain_text(f"Le mot crochu {MARKUP}{ATTRIBUTE}")
    expect(watched.locator("#questions")).to_be_visible()
    hover_all(watched)
    ask(watched, "Que dit Zébulon <b onclick=x()>Quark</b> ?")
    expect(answer(watched)).to_contain_text("Vos articles ne le disent pas.")
    watched.reload()
    expect(watched.locator("[data-testid=user]").last).to_contain_text("<b onclick=x()>Quark</b>")


def test_the_table_the_charts_and_the_filters_show_markup_as_text(watched: Any) -> None:
    watched.get_by_role("button", name="Qui a dit quoi").click()
    rows = watched.locator(".statements tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first.locator("th")).to_contain_text(SPEAKER)
    expect(rows.first.locator(".article bdi").first).to_have_text(hostile().article.title)
    chart = watched.get_by_role("table", name="Qui parle, combien de fois et quand")
    expect(chart).to_contain_text(SPEAKER)
    hover_all(watched)
    chart.get_by_role("link").first.click()
    expect(watched.locator("#panel mark.cited")).to_be_visible()
    chart.get_by_role("button").first.click()
    expect(watched.locator("#statements input[name=speaker]")).to_have_value(SPEAKER)
    expect(watched.get_by_label("Média").first.locator("option").nth(1)).to_have_text(hostile().article.source)


def test_exports_hold_markup_as_text_and_no_cell_begins_a_formula(watched: Any) -> None:
    watched.get_by_role("button", name="Qui a dit quoi").click()
    expect(watched.locator(".statements tbody tr")).to_have_count(2)
    with watched.expect_download() as download:
        watched.get_by_role("button", name="Exporter (CSV)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert SPEAKER in rows[1][0]
    watched.get_by_role("button", name="Questions", exact=True).click()
    ask(watched, f"Que dit-on du mot crochu ? {MARKUP}")
    expect(answer(watched).locator(".deeds")).to_be_visible()
    with watched.expect_download() as download:
        watched.get_by_role("button", name="Exporter", exact=True).click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<(?:img|script)|(?<!\\)\]\(javascript", text)


def test_names_of_files_addresses_and_refusals_show_markup_as_text(watched: Any) -> None:
    good, bad = f'nom <img src=x onerror="{RUN}">.txt', f"refus <svg onload={RUN}>.txt"
    with watched.expect_file_chooser() as chooser:
        watched.locator("#upload").click()
    chooser.value.set_files(
        [
            {"name": good, "mimeType": "text/plain", "buffer": "« Oui », a dit Anne Lebrun Petit.".encode()},
            {"name": bad, "mimeType": "text/plain", "buffer": b"\0\0"},
        ]
    )
    expect(watched.locator("#results li")).to_have_count(2)
    watched.get_by_label("Adresse d’une page").fill(f"http://127.0.0.1/{MARKUP.replace(' ', '%20')} javascript:{RUN}")
    watched.get_by_label("Adresse d’une page").press("Enter")
    expect(watched.locator("#results li")).to_have_count(4)
    expect(watched.locator("#results li.refused")).to_have_count(3)
    hover_all(watched)
    watched.locator("#paste button").first.click()
    watched.locator("#paste-title input, #paste-title textarea").fill(f"Collé {MARKUP}{ATTRIBUTE}")
    watched.locator("#paste-text textarea").fill(f"« Collé {MARKUP} », a dit Paul Roux Vidal.")
    watched.locator("#paste-add").click()
    expect(watched.locator("#article-list a.open", has_text=f"Collé {MARKUP}").first).to_be_visible()


def test_the_pages_policy_stops_a_script_that_came_in(hostile_server: Server, chromium: Any) -> None:
    """Should markup ever be let through, it would not run, and could send nothing away."""
    page, blocked = chromium.new_context().new_page(), []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto(hostile_server.url)
    expect(page.locator("#article-list li").first).to_be_visible()
    page.evaluate(f"document.querySelector('#article-list').insertAdjacentHTML('beforeend', {MARKUP!r})")
    page.evaluate(
        "document.querySelector('#article-list').insertAdjacentHTML('beforeend', '<img src=http://beacon.example/x>')"
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.fired") is None
    told = " ".join(blocked)
    assert "Executing inline event handler violates" in told
    assert "beacon.example" in told
    page.context.close()


def test_a_login_opens_the_page_and_two_people_in_one_browser_have_each_their_talk(
    chromium: Any, tmp_path: Path
) -> None:
    for name in ("ana", "ben"):
        write_password(tmp_path / "users", name, "onze minutes")
    server = stand_in(tmp_path / "data", ARTICLES, DIXIT_AUTH=tmp_path / "users")
    try:
        page = chromium.new_context(locale="fr-FR").new_page()

        def enter(name: str, password: str) -> None:
            page.goto(server.url)
            page.get_by_label("Nom").fill(name)
            page.get_by_label("Mot de passe").fill(password)
            page.get_by_role("button", name="Se connecter").click()

        enter("ana", "faux")
        expect(page.get_by_role("alert")).to_have_text("Ce nom et ce mot de passe ne vont pas ensemble.")
        enter("ana", "onze minutes")
        ask(page, "Que dit Auguste Mérelle de la météo ?")
        expect(answer(page).locator("a.cite").first).to_be_visible()
        page.reload()
        expect(page.locator("[data-testid=user]")).to_have_count(1)
        page.context.clear_cookies(name="dixit_session")
        enter("ben", "onze minutes")
        expect(page.locator("#article-list li").first).to_be_visible()
        expect(page.locator("[data-testid=user]")).to_have_count(0)
        page.context.close()
    finally:
        server.stop()


def test_a_page_to_read_in_offers_nothing_that_changes(chromium: Any, tmp_path: Path) -> None:
    server = stand_in(tmp_path / "data", ARTICLES, DIXIT_READ_ONLY=1, DIXIT_ASK_RATE="1/hour")
    try:
        page = chromium.new_context(locale="fr-FR").new_page()
        page.goto(server.url)
        expect(page.locator("#article-list li").first).to_be_visible()
        assert not page.locator("#upload, #address, #paste, #article-list .remove, [data-do=samples]").count()
        ask(page, "Que dit Auguste Mérelle de la météo ?")
        expect(answer(page).locator("a.cite").first).to_be_visible()
        ask(page, "Et hier ?")
        expect(answer(page)).to_contain_text("Trop de demandes")
        expect(page.locator("#box textarea")).to_be_enabled()
        page.context.close()
    finally:
        server.stop()

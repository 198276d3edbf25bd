"""Drives the page in a real browser, as a reader would."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.catalog import Catalog, open_catalog

playwright = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is missing")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome is installed"),
]
HERE = Path(__file__).parent
STAND_IN = HERE / "stand_in.py"
PORT = 7961
HARD = HERE / "data" / "hard-article.txt"
ARTICLES = HERE / "data" / "page"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
expect = playwright.expect


class Server:
    """The page in its own process, on a port of its own."""

    data: Path

    def __init__(self, *command: object, **variables: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *map(str, command)], stdout=subprocess.PIPE, text=True, cwd=HERE.parent,
            env=os.environ | {"PYTHONPATH": str(HERE.parent)} | {name: str(value) for name, value in variables.items()},
        )  # fmt: skip
        assert self.process.stdout
        self.said = next((line for line in self.process.stdout if "http://" in line), "")
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said)
        assert found, f"exit {self.process.wait()}"
        self.url = found[0]

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        assert self.process.stdout
        self.process.stdout.close()
        return code


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright.expect.set_options(timeout=20_000)  # a busy machine is no failure
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("data")
    server = Server(STAND_IN, data, PORT, ARTICLES)
    server.data = data
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def catalog(server: Server) -> Iterator[Catalog]:
    """The catalog that the server writes."""
    catalog = open_catalog(server.data)
    yield catalog
    catalog.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(STAND_IN, tmp_path_factory.mktemp("empty"), PORT)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def contexts(chromium: Any) -> Iterator[dict[str, Any]]:
    """One browser profile for each set of options, so that only the first visit loads the page's files."""
    contexts: dict[str, Any] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(chromium: Any, contexts: dict[str, Any]) -> Iterator[Any]:
    """Open the page; at the end, nothing may have gone wrong in the browser or left the machine."""
    pages, troubles = [], []

    def open_page(server: Server, **options: Any) -> Any:
        options = {"locale": "fr-FR", "viewport": {"width": 1400, "height": 900}} | options
        if repr(options) not in contexts:
            contexts[repr(options)] = chromium.new_context(**options)
        page = contexts[repr(options)].new_page()
        pages.append(page)
        page.context.clear_cookies()
        # A reload cuts the streams that are open, and the page says so while it goes.
        cut = re.compile("AbortError|Connection errored out")
        page.on("console", lambda m: m.type == "error" and not cut.search(m.text) and troubles.append(m.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        own = (server.url, "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(own) or troubles.append(request.url))
        page.goto(server.url)
        expect(page.locator("#header h1")).to_have_text("Dixit")
        expect(page.locator("#articles form")).to_be_attached()
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not troubles


def ask(page: Any, question: str) -> None:
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")


def answer(page: Any) -> Any:
    return page.locator("[data-testid=bot]").last


def test_a_citation_shows_its_card_to_pointer_and_keyboard(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "What does Dorothy Quill say about the crane?")
    chip, card = answer(page).locator("a.cite").first, page.get_by_role("tooltip")
    chip.hover()
    expect(card).to_be_visible()
    expect(card.locator(".speaker")).to_have_text("Dorothy Quill")
    expect(card.locator(".card-words")).to_contain_text("A crane is not a quay,")
    expect(card.locator(".where")).to_contain_text("The Lantern, 2 April 2025 · Sargune harbour")
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    chip.focus()
    expect(card).to_be_visible()
    expect(chip).to_have_attribute("aria-describedby", "card")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_an_answer_is_copied_judged_given_anew_and_kept_over_a_reload(
    server: Server, visit: Any, catalog: Catalog
) -> None:
    page = visit(server, permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Que dit Auguste Mérelle de la météo ?")
    words = answer(page).locator(".words").first.text_content()
    page.get_by_role("button", name="Copier la réponse").click()
    expect(page.locator(".deed.copy.done")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert words in copied
    assert copied.startswith("Voici ce qui a été dit.")
    assert "<" not in copied
    assert copied.count(words) == 1
    good, bad = (page.get_by_role("button", name=name) for name in ("Bonne réponse", "Mauvaise réponse"))
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    kept = [feedback for feedback in catalog.feedback() if feedback.question == "Que dit Auguste Mérelle de la météo ?"]
    assert [feedback.verdict for feedback in kept] == [1, -1]
    assert all(feedback.articles for feedback in kept)
    follow_up = page.locator("#questions button").first
    asked = follow_up.text_content()
    follow_up.click()
    expect(page.locator("[data-testid=user]").last).to_have_text(asked)
    expect(page.locator("[data-testid=bot]")).to_have_count(2)
    page.get_by_role("button", name="Répondre de nouveau").click()
    expect(page.locator("[data-testid=user]")).to_have_count(2)
    page.reload()
    expect(page.locator("[data-testid=user]")).to_have_count(2)
    expect(bad.first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Nouvelle conversation").click()
    expect(page.locator("[data-testid=user]")).to_have_count(0)
    expect(page.locator("#questions button").first).to_be_visible()


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
    assert marked.text_content() == words
    assert any(words in path.read_text(encoding="utf-8") for path in ARTICLES.glob("*.txt"))


def test_the_keyboard_reaches_a_citation_and_comes_back(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "What does Dorothy Quill say about the crane?")
    chip = answer(page).locator("a.cite").first
    expect(chip).to_be_visible()
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark.cited")).to_be_focused()
    expect(page.locator("#panel mark.cited")).to_have_text("A crane is not a quay,")
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


def test_the_article_is_shown_whole_and_as_it_is(server: Server, visit: Any) -> None:
    page = visit(server)
    page.locator("#shelf a.open", has_text="Sargune rouvrira").click()
    text = (ARTICLES / "fanal-2025-03-19.txt").read_text(encoding="utf-8")
    expect(page.locator("#panel .title")).to_have_text(text.splitlines()[0])
    expect(page.locator("#panel .where").first).to_have_text("Le Fanal, 19 mars 2025")
    assert page.locator("#panel .verbatim").text_content() == text
    assert page.locator("#panel .verbatim").evaluate("e => getComputedStyle(e).whiteSpace") == "pre-wrap"


def test_quotations_are_walked_in_order(server: Server, visit: Any) -> None:
    page = visit(server)
    page.locator("#shelf a.open", has_text="Sargune harbour").click()
    step = page.get_by_role("button", name="Citation suivante")
    for number in (0, 1, 2, 0):
        step.click()
        expect(page.locator("#panel .quotation").nth(number)).to_have_class(re.compile("current"))
    page.get_by_role("button", name="Citation précédente").click()
    expect(page.locator("#panel .quotation").nth(2)).to_have_class(re.compile("current"))


@pytest.mark.parametrize(
    ("locale", "upload", "count", "question"),
    [
        ("fr-FR", "Ajouter des fichiers", "3 articles", "Que dit"),
        ("en-GB", "Add files", "3 articles", "What did"),
    ],
)
def test_the_page_speaks_the_language_of_the_browser(
    server: Server, visit: Any, locale: str, upload: str, count: str, question: str
) -> None:
    page = visit(server, locale=locale)
    expect(page.locator("#upload")).to_have_text(upload)
    expect(page.locator("#shelf .count")).to_have_text(count)
    expect(page.locator("#questions button").first).to_contain_text(question)


def test_the_language_can_be_chosen_and_the_conversation_stays(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "Que dit Auguste Mérelle de la météo ?")
    expect(answer(page).locator(".deeds")).to_be_visible()
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.locator("#upload")).to_have_text("Add files")
    expect(page.locator("#shelf .where").first).to_have_text("The Lantern, 2 April 2025")
    expect(page.get_by_role("button", name="EN", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-testid=user]")).to_have_text("Que dit Auguste Mérelle de la météo ?")
    page.get_by_role("button", name="Who said what").click()
    expect(page.locator(".statements .date").first).to_have_text("2 April 2025")


def test_a_first_question_is_answered_at_a_click(server: Server, visit: Any) -> None:
    page = visit(server)
    page.locator("#questions button", has_text="Firmin Cazaubon").click()
    expect(page.locator("[data-testid=user]")).to_have_text("Que dit Firmin Cazaubon\u00a0?".replace("\u00a0", " "))
    expect(answer(page).locator("a.cite").first).to_be_visible()
    expect(page.locator("#questions")).to_contain_text("Pour continuer")


def test_a_follow_up_is_understood_from_the_question_before(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "Que dit Yolande Perchat <de> *Sargune* ?")
    expect(answer(page).locator("a.cite").first).to_be_visible()
    ask(page, "Et hier ?")
    expect(answer(page).locator(".understood")).to_contain_text("(Que dit Yolande Perchat <de> *Sargune* ?)")


def test_an_honest_refusal_has_no_citation(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "Que dit Zébulon Quark ?")
    expect(answer(page)).to_contain_text("Vos articles ne le disent pas.")
    expect(page.locator("a.cite")).to_have_count(0)


def test_a_failure_is_told_and_the_box_stays_usable(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "Que dit Yolande Perchat boom ?")
    expect(answer(page)).to_contain_text("n’a pas pu recevoir de réponse")
    expect(page.locator("#box textarea")).to_be_enabled()
    ask(page, "Que dit Yolande Perchat ?")
    expect(answer(page).locator("a.cite").first).to_be_visible()


def test_a_long_answer_can_be_stopped(server: Server, visit: Any) -> None:
    page = visit(server)
    ask(page, "What does Dorothy Quill say, slowly?")
    expect(answer(page)).to_contain_text("This is what was said.")
    page.locator("#box .stop-button").click()
    expect(page.locator("#box .submit-button")).to_be_visible()
    expect(answer(page)).to_contain_text("This is what was said.")
    ask(page, "What does Dorothy Quill say?")
    expect(answer(page).locator("a.cite").first).to_be_visible()


def test_hostile_text_is_text(server: Server, visit: Any) -> None:
    page = visit(server)
    text = (ARTICLES / "hostile.txt").read_text(encoding="utf-8")
    seen = text.replace("\x07", "␇").replace("\x1b", "␛")
    expect(page.locator("#shelf a.open", has_text="<script>")).to_be_visible()
    ask(page, "Que dit Le Pirate sur onerror ? <img src=x onerror=alert(1)> **gras** $$x$$")
    expect(page.locator("[data-testid=user]")).to_have_text(
        "Que dit Le Pirate sur onerror ? <img src=x onerror=alert(1)> **gras** $$x$$"
    )
    words = answer(page).locator(".words").first
    expect(words).to_contain_text(
        "${1+1} {{7*7}} **gras** _souligné_ $$x^2$$ [lien](https://example.com) &amp; &lt;i&gt;"
    )
    assert words.text_content() in seen
    answer(page).locator("a.cite").first.click()
    expect(page.locator("#panel mark.cited")).to_be_visible()
    assert page.locator("#panel .verbatim").text_content() == seen
    assert page.locator("#panel mark.cited").text_content() == words.text_content()
    page.get_by_role("button", name="Qui a dit quoi").click()
    page.get_by_label("Chercher dans les citations").fill("souligné")
    row = page.locator(".statements tbody tr", has_text="${1+1}")
    assert row.locator(".words bdi").text_content() == words.text_content()
    assert row.locator(".article bdi").first.text_content() == seen.splitlines()[0]
    assert page.title() == "Dixit"
    expect(page.locator("#columns img, #columns iframe, #columns script, #columns .katex")).to_have_count(0)


def test_articles_are_searched_sorted_and_filtered(server: Server, visit: Any) -> None:
    page = visit(server)
    titles = page.locator("#shelf a.open > bdi")
    expect(titles).to_have_count(3)
    expect(titles.first).to_contain_text("Sargune harbour")
    page.get_by_label("Trier").select_option(label="Les plus anciens")
    expect(titles.first).to_contain_text("Sargune rouvrira")
    page.get_by_label("Chercher un article").fill("harbours cranes")
    expect(titles).to_have_count(1)
    page.get_by_label("Chercher un article").fill("introuvable")
    expect(page.locator("#shelf")).to_contain_text("Aucun article ne correspond")
    page.get_by_label("Chercher un article").fill("")
    page.get_by_label("Média").first.select_option("Le Fanal")
    expect(titles).to_have_text([re.compile("Sargune rouvrira")])
    page.get_by_label("Média").first.select_option("")
    page.get_by_label("Langue", exact=True).first.select_option(label="anglais")
    expect(titles).to_have_count(2)


def test_who_said_what_is_a_table_to_filter_follow_and_keep(server: Server, visit: Any) -> None:
    page = visit(server)
    page.get_by_role("button", name="Qui a dit quoi").click()
    rows, count = page.locator(".statements tbody tr"), page.locator("#table .count")
    expect(rows.first).to_be_visible()
    whole = rows.count()
    expect(count).to_have_text(f"{whole} citations")
    chart = page.get_by_role("table", name="Qui parle, combien de fois et quand")
    expect(chart.get_by_role("row", name=re.compile("Auguste Mérelle"))).to_be_visible()
    dot = chart.get_by_role("link", name=re.compile("^2 avril 2025 : .* citation")).first
    dot.click()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    chart.get_by_role("button", name="Auguste Mérelle").click()
    expect(page.locator("#statements input[name=speaker]")).to_have_value("Auguste Mérelle")
    expect(count).not_to_have_text(f"{whole} citations")
    expect(page.locator(".statements tbody th", has_text="Auguste Mérelle")).to_have_count(rows.count())
    row = rows.first.locator(".words a")
    words = row.locator("bdi").text_content()
    row.click()
    expect(page.locator("#panel mark.cited")).to_have_text(words)
    expect(page.locator("#panel .where").first).to_contain_text(rows.first.locator(".date").text_content())
    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter (CSV)").click()
    assert download.value.suggested_filename == "dixit-citations.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    kept = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert kept[0][:2] == ["Qui", "Propos"]
    assert [line[0] for line in kept[1:]] == ["Auguste Mérelle"] * rows.count()
    assert kept[1][1] == words
    page.get_by_label("Depuis le").fill("2026-01-01")
    expect(page.locator("#table")).to_contain_text("Aucune citation ne correspond")
    page.get_by_role("button", name="Tout montrer").click()
    expect(rows).to_have_count(whole)
    page.get_by_label("Chercher dans les citations").fill("quays cranes")
    expect(rows).to_have_count(1)


def test_a_conversation_is_kept_as_markdown(server: Server, visit: Any) -> None:
    page = visit(server, locale="en-GB")
    ask(page, "What does Dorothy Quill say about the crane?")
    expect(answer(page).locator(".deeds")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export", exact=True).click()
    assert download.value.suggested_filename == "dixit-conversation.md"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("# A conversation with Dixit\n\n## What does Dorothy Quill say about the crane?\n\n")
    assert '**Dorothy Quill** said: "A crane is not a quay," [1]' in text
    assert "## Articles cited\n\n- Sargune harbour" in text


def test_files_are_added_one_by_one_and_told(empty: Server, visit: Any, tmp_path: Path) -> None:
    page = visit(empty)
    expect(page.locator("#shelf")).to_contain_text("Aucun article pour l’instant")
    (tmp_path / "vide.txt").write_text("  \n", encoding="utf-8")
    bad = tmp_path / "image <b>.txt"
    bad.write_bytes(b"\x89PNG\0\0")
    with page.expect_file_chooser() as chooser:
        page.locator("#upload").click()
    chooser.value.set_files([bad, tmp_path / "vide.txt", *sorted(ARTICLES.glob("*20*.txt"))])
    expect(page.locator("#results li")).to_have_count(4)
    expect(page.locator("#results li.added")).to_have_count(2)
    expect(page.locator("#results li.refused").first).to_contain_text("Cannot read")
    expect(page.locator("#results")).to_contain_text("4 sources traitées")
    expect(page.locator("#shelf li")).to_have_count(2)
    ask(page, "Que dit Firmin Cazaubon ?")
    expect(answer(page).locator("a.cite").first).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.locator("#upload").click()
    chooser.value.set_files([ARTICLES / "lantern-2025-04-02.txt"])
    expect(page.locator("#results li.unchanged")).to_have_count(1)
    expect(page.locator("#shelf li")).to_have_count(2)


def test_adding_does_not_keep_a_question_waiting(empty: Server, visit: Any, tmp_path: Path) -> None:
    page = visit(empty)
    (tmp_path / "waits.txt").write_text("« Enfin », a dit Aline Roux Petit. Tout le monde meanwhile attend.", "utf-8")
    (tmp_path / "first.txt").write_text("« Tout de suite, meanwhile », a dit Rémi Vite Bien.", "utf-8")
    with page.expect_file_chooser() as chooser:
        page.locator("#upload").click()
    chooser.value.set_files([tmp_path / "first.txt", tmp_path / "waits.txt"])
    expect(page.locator("#results")).to_contain_text("Lecture de waits.txt")
    ask(page, "Que dit Rémi Vite meanwhile ?")
    expect(answer(page).locator(".words").first).to_contain_text("Tout de suite")
    expect(page.locator("#results li.added", has_text="waits.txt")).to_be_visible()
    expect(page.locator("#shelf li", has_text="Enfin")).to_be_visible()
    page.reload()
    expect(page.locator("#results li.added")).to_have_count(2)
    page.get_by_role("button", name="Effacer cette liste").click()
    expect(page.locator("#results li")).to_have_count(0)


def test_a_text_is_pasted_then_removed_after_a_second_thought(empty: Server, visit: Any) -> None:
    page = visit(empty)
    page.locator("#paste button").first.click()
    page.locator("#paste-add").click()
    expect(page.locator("#results")).to_contain_text("Le champ est vide")
    page.locator("#paste-title input, #paste-title textarea").fill("Collé <i>ici</i>")
    page.locator("#paste-text textarea").fill("« C’est collé », a dit Anne Lebrun Petit.\n\n\nFin.")
    page.locator("#paste-add").click()
    pasted = page.locator("#shelf li", has_text="Collé <i>ici</i>")
    expect(pasted).to_be_visible()
    expect(page.locator("#paste-text textarea")).to_have_value("")
    pasted.locator("a.open").click()
    expect(page.locator("#panel .verbatim")).to_contain_text("« C’est collé », a dit Anne Lebrun Petit.\n\n\nFin.")
    pasted.locator("summary").click()
    page.get_by_role("button", name="Supprimer", exact=True).click()
    expect(pasted).to_have_count(0)
    expect(page.locator("#panel .verbatim")).to_have_count(0)


def test_files_can_be_dropped_on_the_list(empty: Server, visit: Any) -> None:
    page = visit(empty)
    transfer = page.evaluate_handle(
        """() => { const dropped = new DataTransfer();
                   dropped.items.add(new File(['« Vu », a dit Paul Roux Vidal.'], 'pose.txt'));
                   return dropped; }"""
    )
    page.dispatch_event("#library", "dragover", {"dataTransfer": transfer})
    page.dispatch_event("#library", "drop", {"dataTransfer": transfer})
    expect(page.locator("#results li.added")).to_contain_text("pose.txt")


def test_the_examples_for_programs_run(empty: Server, capsys: pytest.CaptureFixture[str]) -> None:
    client = pytest.importorskip("gradio_client")
    examples = re.findall(r"^```python\n(.*?)^```", (HERE.parent / "docs" / "api.md").read_text("utf-8"), re.M | re.S)
    code = "\n".join(examples).replace("http://127.0.0.1:7860", empty.url)
    held: dict[str, Any] = {}
    article = (ARTICLES / "lantern-2025-04-02.txt").read_text("utf-8")
    client.Client(empty.url, verbose=False).predict(article, "", api_name="/add_article")
    exec(code, held)
    assert held["answer"]["citations"]
    assert {quotation["speaker"] for quotation in held["quotations"]} == {"Dorothy Quill"}
    assert held["added"]["outcome"] in ("added", "unchanged")
    assert "A crane is not a quay," in capsys.readouterr().out
    with pytest.raises(Exception, match="'hier' is no day. Write it as 2026-01-31."):
        held["dixit"].predict(since="hier", api_name="/find_quotations")
    assert set(held["dixit"].view_api(return_format="dict")["named_endpoints"]) == {
        "/ask", "/find_quotations", "/list_articles", "/add_article",
    }  # fmt: skip


def test_a_telephone_shows_one_column_at_a_time(server: Server, visit: Any) -> None:
    page = visit(server, viewport={"width": 390, "height": 844}, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    ask(page, "Que dit Auguste Mérelle de la météo ?")
    answer(page).locator("a.cite").first.click()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    expect(page.locator("#box")).to_be_hidden()
    page.get_by_role("button", name="Questions").click()
    expect(page.locator("#box textarea")).to_be_visible()
    page.get_by_role("button", name="Articles").click()
    expect(page.locator("#shelf li").first).to_be_visible()


def test_a_taken_port_is_told_and_an_empty_index_greets_with_samples(
    server: Server, visit: Any, tmp_path: Path
) -> None:
    second = Server(STAND_IN, tmp_path, PORT)
    try:
        assert second.url != server.url
        assert re.fullmatch(rf".*\(port {PORT} is taken\).*\n", second.said)
        page = visit(second, locale="en-GB")
        expect(page.locator(".invitation")).to_contain_text("What did Priya Nandan say about the first ticket?")
        page.get_by_role("button", name="Load the 4 sample articles").click()
        expect(page.locator("#results li.added")).to_have_count(4)
        expect(page.locator("#shelf li")).to_have_count(4)
        page.locator("#questions button", has_text="Priya Nandan").click()
        expect(page.locator("[data-testid=user]")).to_contain_text("Priya Nandan")
        page.close()  # before its server goes, or its open streams break with an error
    finally:
        assert second.stop(signal.SIGINT) == 0


def test_a_new_user_reads_what_a_hard_article_says(visit: Any, tmp_path: Path) -> None:
    """The whole path, with real parts: samples at the start, upload, two languages, the place in the text."""
    server = Server("app.py", "--data", tmp_path / "data", "--port", PORT, "--samples")
    try:
        page = visit(server)
        expect(page.locator("#shelf li")).to_have_count(4)
        with page.expect_file_chooser() as chooser:
            page.locator("#upload").click()
        chooser.value.set_files([HARD])
        expect(page.locator("#results li.added")).to_have_count(1, timeout=60_000)
        page.locator("#results li a").click()
        text = HARD.read_text(encoding="utf-8")
        expect(page.locator("#panel .title")).to_have_text(text.splitlines()[0])
        assert page.locator("#panel .verbatim").text_content() == text
        for number, question in enumerate(
            ("Qu’a dit Hellvig à Port-Eskil mardi ?", "What did Hellvig say in Port-Eskil?"), start=1
        ):
            ask(page, question)
            expect(page.locator("[data-testid=bot]")).to_have_count(number, timeout=30_000)
            words = answer(page).locator(".words").first.text_content()
            assert words in text
            answer(page).locator("a.cite").first.click()
            expect(page.locator("#panel mark.cited")).to_have_text(words)
            expect(page.locator("#panel mark.cited")).to_be_in_viewport()
        page.close()  # before its server goes, or its open streams break with an error
    finally:
        assert server.stop() == 0


@pytest.mark.skipif("SCREENSHOTS" not in os.environ, reason="SCREENSHOTS is not set: docs/*.png stay as they are")
def test_the_pictures_of_the_documents(visit: Any, tmp_path: Path) -> None:
    """Write docs/*.png anew: ``SCREENSHOTS=1 python -m pytest tests/test_page.py -k pictures``."""
    server = Server("app.py", "--data", tmp_path / "data", "--port", PORT, "--samples")
    docs = HERE.parent / "docs"
    try:
        for name, options in {
            "page": {}, "page-dark": {"color_scheme": "dark", "locale": "en-GB"},
            "page-phone": {"viewport": {"width": 390, "height": 844}},
        }.items():  # fmt: skip
            page = visit(server, **options)
            page.locator("#questions button").first.click()
            answer(page).locator("a.cite").first.click(timeout=60_000)
            expect(page.locator("#panel mark.cited")).to_be_in_viewport()
            if name == "page-phone":
                page.locator(".view-chat").click()
            expect(answer(page).locator(".deeds")).to_be_visible()
            page.screenshot(path=docs / f"{name}.png", animations="disabled")
            page.locator(".view-voices").click()
            expect(page.locator(".statements tbody tr").first).to_be_visible()
            page.screenshot(path=docs / f"{name.replace('page', 'who-said-what')}.png", animations="disabled")
    finally:
        server.stop()

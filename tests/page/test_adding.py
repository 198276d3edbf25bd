"""Articles in and out: uploaded, pasted, dropped, told one by one, removed and put back."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from tests.page.browser import (
    ARTICLES,
    Server,
    answer,
    ask,
    button,
    in_both_languages,
    locale,
    needs_a_browser,
    stand_in,
    upload,
)

pytestmark = needs_a_browser


def test_files_are_added_one_by_one_and_told(empty: Server, visit: Any, tmp_path: Path) -> None:
    page = visit(empty)
    expect(page.locator("#article-list")).to_contain_text("Aucun article pour l’instant")
    (tmp_path / "vide.txt").write_text("  \n", encoding="utf-8")
    bad = tmp_path / "image <b>.txt"
    bad.write_bytes(b"\x89PNG\0\0")
    upload(page, [bad, tmp_path / "vide.txt", *sorted(ARTICLES.glob("*20*.txt"))])
    expect(page.locator("#results li")).to_have_count(4)
    expect(page.locator("#results li.added")).to_have_count(2)
    expect(page.locator("#results li.refused").first).to_contain_text("il ne contient aucun mot")
    expect(page.locator("#results")).to_contain_text("4 sources traitées")
    expect(page.locator("#article-list li")).to_have_count(2)
    ask(page, "Que dit Firmin Cazaubon ?")
    expect(answer(page).locator("a.cite").first).to_be_visible()
    upload(page, [ARTICLES / "lantern-2025-04-02.txt"])
    expect(page.locator("#results li.unchanged")).to_have_count(1)
    expect(page.locator("#article-list li")).to_have_count(2)


@in_both_languages
def test_adding_does_not_keep_a_question_waiting(empty: Server, visit: Any, tmp_path: Path, texts: Texts) -> None:
    page, name = visit(empty, locale=locale(texts)), f"waits-{texts.lang}.txt"
    waiting = f"« Enfin », a dit Aline Roux Petit. Tout le monde meanwhile{texts.lang} attend."
    (tmp_path / name).write_text(waiting, "utf-8")
    (tmp_path / "first.txt").write_text(f"« Tout de suite, meanwhile{texts.lang} », a dit Rémi Vite Bien.", "utf-8")
    upload(page, [tmp_path / "first.txt", tmp_path / name])
    expect(page.locator("#results")).to_contain_text(texts.get("adding.doing", name=name))
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
    ask(page, f"Que dit Rémi Vite meanwhile{texts.lang} ?")
    expect(answer(page).locator(".words").first).to_contain_text("Tout de suite")
    expect(page.locator("#results li.added", has_text=name)).to_be_visible()
    expect(page.locator("#results li.added").first).to_contain_text(texts.get("adding.added"))
    page.reload()
    expect(page.locator("#results li.added")).to_have_count(2)
    button(page, texts.get("adding.clear")).click()
    expect(page.locator("#results li")).to_have_count(0)


def test_adding_goes_on_and_is_shown_when_the_page_is_loaded_anew(empty: Server, visit: Any, tmp_path: Path) -> None:
    page = visit(empty)
    for name in ("before.txt", "waits-anew.txt"):
        (tmp_path / name).write_text(f"« Vu : anew meanwhile {name} », a dit Léa Neuve Petit.", "utf-8")
    upload(page, [tmp_path / "before.txt", tmp_path / "waits-anew.txt"])
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
    page.reload()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
    expect(page.locator("#article-list li", has_text="before.txt")).to_be_visible()
    ask(page, "Que dit Léa Neuve anew meanwhile ?")
    expect(page.locator("#results li.added", has_text="waits-anew.txt")).to_be_visible()
    expect(page.locator("#article-list li", has_text="waits-anew.txt")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)


@in_both_languages
def test_a_text_is_pasted_removed_and_put_back(empty: Server, visit: Any, texts: Texts) -> None:
    page = visit(empty, locale=locale(texts))
    page.locator("#paste button").first.click()
    button(page, texts.get("page.paste_add")).click()
    expect(page.locator("#results")).to_contain_text(texts.get("adding.nothing"))
    title = f"Collé <i>ici</i> {texts.lang}"
    text = f"« C’est collé {texts.lang} », a dit Anne Lebrun Petit.\n\n\nFin."
    page.get_by_label(texts.get("page.paste_title")).fill(title)
    page.get_by_label(texts.get("page.paste_text")).fill(text)
    button(page, texts.get("page.paste_add")).click()
    pasted = page.locator("#article-list li", has_text=title)
    expect(pasted).to_be_visible()
    expect(page.get_by_label(texts.get("page.paste_text"))).to_have_value("")
    pasted.locator("a.open").click()
    expect(page.locator("#panel .verbatim")).to_have_text(text)
    button(page, texts.get("article_list.remove", title=title)).click()
    expect(pasted).to_have_count(0)
    expect(page.locator("#panel .verbatim")).to_have_count(0)
    back = button(page, texts.get("article_list.back_told", title=title))
    expect(back).to_be_focused()
    back.click()
    expect(pasted).to_be_visible()
    expect(back).to_have_count(0)
    pasted.locator("a.open").click()
    expect(page.locator("#panel .verbatim")).to_have_text(text)


def test_files_can_be_dropped_on_the_list(empty: Server, visit: Any) -> None:
    page = visit(empty)
    transfer = page.evaluate_handle(
        """() => { const dropped = new DataTransfer();
                   for (const name of ['pose.txt', 'reste.txt'])
                     dropped.items.add(new File([`« Vu dans ${name} », a dit Paul Roux Vidal.`], name));
                   return dropped; }"""
    )
    page.dispatch_event("#library", "dragover", {"dataTransfer": transfer})
    page.dispatch_event("#library", "drop", {"dataTransfer": transfer})
    expect(page.locator("#results li.added", has_text="pose.txt")).to_be_visible()
    expect(page.locator("#results li.added", has_text="reste.txt")).to_be_visible()


def test_a_folder_can_be_dropped_on_the_list(empty: Server, visit: Any, tmp_path: Path) -> None:
    folder = tmp_path / "revue"
    for name in ("lundi/note.txt", "mardi/note.txt", "mardi/soir/suite.txt", "photo.png", ".cache/brouillon.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"« Le texte de {name} est tout autre », a dit Paul Roux Vidal à {name}.")
    page = visit(empty)
    box = page.locator("#library").bounding_box()
    drag = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    browser = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):  # as the system tells the browser of a folder
        where = {"x": box["x"] + 20, "y": box["y"] + 20}
        browser.send("Input.dispatchDragEvent", {"type": kind, "data": drag} | where)
    expect(page.locator("#results li.added")).to_have_count(3)
    expect(page.locator("#results li.added", has_text="note.txt")).to_have_count(2)
    expect(page.locator("#results li.added", has_text="suite.txt")).to_be_visible()
    expect(page.locator("#results li.refused")).to_have_count(0)


@in_both_languages
def test_a_folder_can_be_chosen_by_the_keyboard(empty: Server, visit: Any, tmp_path: Path, texts: Texts) -> None:
    folder = tmp_path / f"dossier-{texts.lang}"
    for name in ("jeudi/avis.txt", "vendredi/soir/bilan.txt", "photo.png", ".cache/brouillon.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"« Voici {name} ({texts.lang}) », a dit Paul Roux Vidal à {name}.")
    page = visit(empty, locale=locale(texts))
    expect(page.locator("#results")).to_be_attached()
    with page.expect_file_chooser() as choosing:
        button(page, texts.get("page.upload_folder")).press("Enter")
    choosing.value.set_files(folder)
    expect(page.locator("#results li.added")).to_have_count(2)
    expect(page.locator("#results li.added", has_text="bilan.txt")).to_be_visible()
    expect(page.locator("#results li.refused")).to_have_count(0)


@in_both_languages
def test_a_taken_port_is_told_and_an_empty_index_greets_with_samples(
    server: Server, visit: Any, tmp_path: Path, texts: Texts
) -> None:
    second = stand_in(tmp_path, port=server.port)
    try:
        assert second.url != server.url
        assert re.fullmatch(rf".*\(port {server.port} is taken\).*\n", second.said)
        page = visit(second, locale=locale(texts))
        expect(page.locator(".invitation")).to_contain_text(texts.get("page.invite"))
        button(page, texts.get("page.samples", count=4)).click()
        expect(page.locator("#results li.added")).to_have_count(4, timeout=60_000)
        expect(page.locator("#article-list li")).to_have_count(4)
        question = page.locator(
            "#questions button", has_text={"fr": "Clémence Arzel", "en": "Priya Nandan"}[texts.lang]
        )
        asked = question.text_content()
        question.click()
        expect(page.locator("[data-testid=user]")).to_have_text(asked)
        expect(answer(page)).to_be_visible()
        page.close()  # before its server goes, or its open streams break with an error
    finally:
        assert second.stop(signal.SIGINT) == 0

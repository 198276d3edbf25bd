"""An article that tries to be more than text shows as text everywhere."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.page.browser import ARTICLES, Server, answer, ask, button, needs_a_browser

pytestmark = needs_a_browser


def test_hostile_text_is_text(server: Server, visit: Any) -> None:
    page = visit(server)
    text = (ARTICLES / "hostile.txt").read_text(encoding="utf-8")
    seen = text.replace("\x07", "␇").replace("\x1b", "␛")
    expect(page.locator("#article-list a.open", has_text="<script>")).to_be_visible()
    question = "Que dit Le Pirate sur onerror ? <img src=x onerror=alert(1)> **gras** $$x$$"
    ask(page, question)
    expect(page.locator("[data-testid=user]")).to_have_text(question)
    words = answer(page).locator(".words").first
    expect(words).to_contain_text(
        "${1+1} {{7*7}} **gras** _souligné_ $$x^2$$ [lien](https://example.com) &amp; &lt;i&gt;"
    )
    assert words.text_content() in seen
    expect(page.locator("#chat .deed.copy").last).to_be_visible()  # the answer is whole, and its links stay
    answer(page).locator("a.cite").first.click()
    expect(page.locator("#panel mark.cited")).to_be_visible()
    assert page.locator("#panel .verbatim").text_content() == seen
    assert page.locator("#panel mark.cited").text_content() == words.text_content()
    button(page, "Qui a dit quoi").click()
    page.get_by_label("Chercher dans les citations").fill("souligné")
    expect(page.locator(".statements tbody tr")).to_have_count(1)  # before, an export would be of all
    row = page.locator(".statements tbody tr", has_text="${1+1}")
    assert row.locator(".words bdi").text_content() == words.text_content()
    assert row.locator(".article bdi").first.text_content() == seen.splitlines()[0]
    with page.expect_download() as download:
        button(page, "Exporter (CSV)").click()
    cells = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")), delimiter=";"))
    assert words.text_content() in (cell.removeprefix("'") for cell in cells[1])
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for line in cells for cell in line)
    assert page.title() == "Dixit"
    expect(page.locator("#columns img, #columns iframe, #columns script, #columns .katex")).to_have_count(0)

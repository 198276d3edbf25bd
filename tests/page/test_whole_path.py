"""The whole path, with real parts: samples at the start, upload, two languages, the place in the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.page.browser import ROOT, answer, ask, needs_a_browser, real, upload

pytestmark = needs_a_browser
HARD = ROOT / "tests" / "data" / "hard-article.txt"


def test_a_new_user_reads_what_a_hard_article_says(visit: Any, tmp_path: Path) -> None:
    server = real(tmp_path / "data", "--samples")
    try:
        page = visit(server)
        expect(page.locator("#article-list li")).to_have_count(4)
        upload(page, [HARD])
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

"""The pictures of the documents, taken anew: ``SCREENSHOTS=1 python -m pytest tests/page -k pictures``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.browser import PHONE, ROOT, answer, needs_a_browser, real

pytestmark = [
    *needs_a_browser,
    pytest.mark.skipif("SCREENSHOTS" not in os.environ, reason="SCREENSHOTS is not set: docs/*.png stay as they are"),
]
PICTURES: dict[str, dict[str, Any]] = {
    "page": {},
    "page-dark": {"color_scheme": "dark", "locale": "en-GB"},
    "page-phone": {"viewport": PHONE},
}


def test_the_pictures_of_the_documents(visit: Any, tmp_path: Path) -> None:
    server, docs = real(tmp_path / "data", "--samples"), ROOT / "docs"
    try:
        for name, options in PICTURES.items():
            page = visit(server, **options)
            page.locator("#questions button").first.click()
            answer(page).locator("a.cite").first.click(timeout=60_000)
            expect(page.locator("#panel mark.cited")).to_be_in_viewport()
            page.wait_for_timeout(600)  # the panel scrolls
            if name == "page-phone":
                page.locator(".view-chat").click()
            expect(answer(page).locator(".deeds")).to_be_visible()
            page.screenshot(path=docs / f"{name}.png", animations="disabled")
            page.locator(".view-speakers").click()
            expect(page.locator(".statements tbody tr").first).to_be_visible()
            page.screenshot(path=docs / f"{name.replace('page', 'who-said-what')}.png", animations="disabled")
            page.locator(".view-people").click()
            page.locator("#people-list a.person").first.click()
            expect(page.locator("#people-list .statement").first).to_be_visible()
            page.screenshot(path=docs / f"{name.replace('page', 'names')}.png", animations="disabled")
            page.close()
    finally:
        server.stop()

"""The page is told to stop while it reads what takes long: it stops soon, and what it read is told as unfinished."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from index.upkeep.journal import Journal
from tests.page.browser import needs_a_browser, real, upload

pytestmark = needs_a_browser
# A reader of a foreign form takes half a minute for the first, the search for quotations more for the second.
FEED = '<rss version="2.0"><channel><title>T</title>{}</channel></rss>'
LONG = {
    "entries.xml": FEED.format(
        "".join(f"<item><title>n{i}</title><description>Bonjour {i}.</description></item>" for i in range(20_000))
    ),
    "sentence.txt": "la maire dit que " * 60_000,
}


@pytest.mark.parametrize("name", ["entries.xml", pytest.param("sentence.txt", marks=pytest.mark.soak)])
def test_the_page_stops_while_it_reads_what_takes_long(visit: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LONG[name], encoding="utf-8")
    server = real(tmp_path / "data")
    page = visit(server)
    upload(page, [tmp_path / name])
    expect(page.locator("#results")).to_contain_text(name)
    time.sleep(2)  # it is being read
    assert list((tmp_path / "data" / "uploads").glob(f"*/*/{name}"))
    page.close()
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 20
    assert [source.name for source in Journal(tmp_path / "data").unfinished()] == [name]
    assert not list((tmp_path / "data" / "uploads").iterdir())

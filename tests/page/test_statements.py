"""Who said what: the table, its filters, the chart, the file to keep."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from tests.page.browser import Server, button, in_both_languages, locale, needs_a_browser

pytestmark = needs_a_browser


@in_both_languages
def test_who_said_what_is_a_table_to_filter_follow_and_keep(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    button(page, texts.get("page.speakers")).click()
    rows, count = page.locator(".statements tbody tr"), page.locator("#table .count")
    expect(rows.first).to_be_visible()
    whole = rows.count()
    expect(count).to_have_text(texts.get("quotation_table.count", count=whole))
    chart = page.get_by_role("table", name=texts.get("quotation_table.chart"))
    chart.get_by_role("button", name="Auguste Mérelle").click()
    expect(page.locator("#statements input[name=speaker]")).to_have_value("Auguste Mérelle")
    expect(count).not_to_have_text(texts.get("quotation_table.count", count=whole))
    expect(page.locator(".statements tbody th", has_text="Auguste Mérelle")).to_have_count(rows.count())
    row = rows.first.locator(".words a")
    words = row.locator("bdi").text_content()
    row.click()
    expect(page.locator("#panel mark.cited")).to_have_text(re.compile(rf"^{re.escape(words)},?\s*$"))
    expect(page.locator("#panel .where").first).to_contain_text(rows.first.locator(".date").text_content())
    with page.expect_download() as download:
        button(page, texts.get("quotation_table.export")).click()
    assert download.value.suggested_filename == texts.get("export.statements_file") + ".csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    kept = list(csv.reader(io.StringIO(text), delimiter=texts.entry("csv")))
    assert kept[0][:2] == [texts.get("export.speaker"), texts.get("export.words")]
    assert [line[0] for line in kept[1:]] == ["Auguste Mérelle"] * rows.count()
    assert kept[1][1].rstrip(", ") == words
    page.get_by_label(texts.get("quotation_table.since"), exact=True).fill("2026-01-01")
    expect(page.locator("#table")).to_contain_text(texts.get("quotation_table.none"))
    button(page, texts.get("quotation_table.reset")).click()
    expect(rows).to_have_count(whole)
    page.get_by_label(texts.get("quotation_table.search")).fill("quays cranes")
    expect(rows).to_have_count(1)


@in_both_languages
def test_the_chart_tells_how_often_and_when_and_leads_to_the_words(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    button(page, texts.get("page.speakers")).click()
    chart = page.get_by_role("table", name=texts.get("quotation_table.chart"))
    row = chart.get_by_role("row", name=re.compile("Dorothy Quill"))
    expect(row.locator(".often rect")).to_be_visible()
    day = {"fr": "2 avril 2025", "en": "2 April 2025"}[texts.lang]
    row.get_by_role(
        "link", name=re.compile(f"^{day}.*: .* {texts.get('quotation_table.count', count=1).split()[-1]}")
    ).click()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    expect(page.locator("#panel .title")).to_contain_text("Sargune harbour")

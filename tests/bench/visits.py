"""The page in a browser -> how soon it can be used and how soon an answer begins."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench.measure import Measure
from tests.page.browser import CHROMIUM, FLAGS, WIDE

# Seconds after the navigation began, told in the page itself: the question box is in view and takes words.
USABLE = "() => { const box = document.querySelector('#box textarea'); return box?.offsetParent && performance.now(); }"
FIRST_WORDS = """() => {
    const said = [...document.querySelectorAll('[data-testid=bot]')].at(-1)?.innerText;
    return said && performance.now();
}"""
ENTER = (
    "() => addEventListener('keydown', (event) => event.key === 'Enter' && (window.entered = performance.now()), true)"
)
QUESTION = "What did Priya Nandan say about the first ticket?"


def visits(url: str, rounds: int) -> Iterator[Measure]:
    """Yield the medians over some visits, each first with an empty cache and then anew with a full one."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        firsts, seconds, words = zip(*(visit(browser, url) for _ in range(rounds)), strict=True)
        browser.close()
    for name, taken in (
        ("page usable, first visit", firsts),
        ("page usable, next visits", seconds),
        ("first words of an answer", words),
    ):
        yield Measure(name, f"{statistics.median(taken) / 1000:.2f} s")


def visit(browser: Any, url: str) -> tuple[float, float, float]:
    """Return milliseconds: until the page is usable the first time, and the second; from Enter to the first words."""
    page = browser.new_page(locale="en-GB", viewport=WIDE)
    page.goto(url)
    first = page.wait_for_function(USABLE).json_value()
    page.locator("#questions button").first.wait_for()
    page.goto("about:blank")
    page.goto(url)
    second = page.wait_for_function(USABLE).json_value()
    page.locator("#questions button").first.wait_for()
    page.evaluate(ENTER)
    page.locator("#box textarea").fill(QUESTION)
    page.locator("#box textarea").press("Enter")
    told = page.wait_for_function(FIRST_WORDS).json_value() - page.evaluate("entered")
    page.context.close()
    return first, second, told

"""What axe finds on a page that somebody could not read or use."""

from __future__ import annotations

from typing import Any

import pytest


def assert_nothing_to_mend(page: Any) -> None:
    """Gradio's own parts are no exception."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
    results = axe.Axe().run(page)
    assert not results.violations_count, results.generate_report()

"""The head of the page names each language in that language."""

from __future__ import annotations

import pytest

from assistant.page.header import header


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_language_is_named_in_itself(lang: str) -> None:
    shown = header(lang)
    assert 'lang="fr" title="Français"' in shown
    assert 'lang="en" title="English"' in shown

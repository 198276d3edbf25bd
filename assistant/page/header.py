"""A language in, HTML for the head of the page out."""

from __future__ import annotations

from assistant.rendering.template import page_html
from assistant.texts.catalogue import LANGUAGES, texts_of

VIEWS = ("library", "chat", "search", "speakers", "people", "source")
"""What the page can show, in the order of its tabs."""


def header(lang: str) -> str:
    """Return the head of the page: its name, its views, the other language."""
    languages = [texts_of(other) for other in sorted(LANGUAGES, reverse=True)]
    return page_html("header", texts=texts_of(lang), views=VIEWS, languages=languages)

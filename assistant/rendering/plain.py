"""Words in an article -> the sentence that tells them, as plain text: for a table's cell, a line, the clipboard."""

from __future__ import annotations

from assistant.rendering.byline import Said
from assistant.rendering.telling import Markup, tell
from assistant.texts.catalogue import Texts


def plain(said: Said, texts: Texts) -> str:
    """Return the sentence that tells who said what, without when and where the article appeared."""
    return tell([said], texts, plain_markup(texts))


def plain_markup(texts: Texts) -> Markup:
    """Return how a sentence is written without any markup, in one line."""
    opening, closing = texts.entry("marks.page")
    return Markup(
        text=_one_line,
        name=str,
        strong=str,
        foreign=str,
        number=lambda said: "",
        extract=lambda heading, words: heading + words,
        marks=(opening, closing),
    )


def _one_line(text: str) -> str:
    lines = text.splitlines()
    return " ".join(line.strip() if 0 < at < len(lines) - 1 else line for at, line in enumerate(lines))

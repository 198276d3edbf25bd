"""A sentence of ours in, HTML out, to stand where something else would."""

from __future__ import annotations

from assistant.rendering.template import page_html
from assistant.texts.catalogue import texts_of


def notice(key: str, lang: str) -> str:
    """Return a sentence of ours to stand where an article or a list would."""
    return page_html("notice", texts=texts_of(lang), key=key)

"""A sentence of ours in, HTML out, to stand where something else would."""

from __future__ import annotations

from assistant.rendering.template import page_html
from assistant.server.visitor import Visitor
from assistant.texts.catalogue import texts_of


def failed(reading: object, deed: object, visitor: Visitor) -> str:
    """Return what is shown instead of a list that cannot be read."""
    return notice("page.failed", visitor.lang)


def notice(key: str, lang: str, **values: object) -> str:
    """Return a sentence of ours, its values filled in, to stand where an article or a list would."""
    return page_html("notice", told=texts_of(lang).get(key, **values))

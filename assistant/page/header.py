"""A language and a workspace in, HTML for the head of the page out."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.rendering.template import page_html
from assistant.texts.catalogue import LANGUAGES, texts_of

VIEWS = ("library", "chat", "search", "speakers", "people", "source")
"""What the page can show, in the order of its tabs."""


def header(lang: str, workspace: str = "", workspaces: Sequence[str] = ()) -> str:
    """Return the head of the page: its name, its views, the other language.

    Args:
        lang: the language to speak.
        workspace: the one that is shown; empty: there is one alone.
        workspaces: those that can be chosen.
    """
    languages = [texts_of(other) for other in sorted(LANGUAGES, reverse=True)]
    return page_html(
        "header", texts=texts_of(lang), views=VIEWS, languages=languages, workspace=workspace, workspaces=workspaces
    )

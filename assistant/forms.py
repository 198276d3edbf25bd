"""Fields of a filter, as HTML; the page's script sends their values whenever one changes."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.escaping import for_html


def form(name: str, label: str, fields: Iterable[str], revision: int = 0) -> str:
    """Return a form of fields; a new ``revision`` makes the page ask for the list anew."""
    return (
        f'<form class="filters" role="search" name="{name}" aria-label="{for_html(label)}" '
        f'data-revision="{revision}">{"".join(fields)}</form>'
    )


def search(name: str, label: str) -> str:
    """Return a field for words to search for."""
    told = for_html(label)
    return f'<input type="search" name="{name}" placeholder="{told}" aria-label="{told}" autocomplete="off">'


def choice(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    """Return a choice of one among (value, text) pairs; the first is chosen."""
    items = "".join(f'<option value="{for_html(value)}">{for_html(text)}</option>' for value, text in options)
    return f'<select name="{name}" aria-label="{for_html(label)}">{items}</select>'


def suggestion(name: str, label: str, options: Iterable[str]) -> str:
    """Return a field that completes one of many options."""
    items = "".join(f'<option value="{for_html(option)}"></option>' for option in options)
    return (
        search(name, label).replace(">", f' list="{name}-options">')
        + f'<datalist id="{name}-options">{items}</datalist>'
    )


def day(name: str, label: str) -> str:
    """Return a field for a date."""
    return f'<label class="day">{for_html(label)} <input type="date" name="{name}"></label>'

"""The names that a table or an object gives its fields -> the fields of an article."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from index.languages.calendar import writes_day_first
from index.languages.data_files import every, languages, table
from index.loaders.encoding import mended
from index.loaders.markup import text_of
from index.loaders.page_tree import tree_of
from index.loaders.paragraphs import BREAK
from index.typography import fold

FIELDS = ("id", "title", "text", "published", "source", "author", "lang", "url", "form", "pages", "times")
"""The fields of a row that are read, by their own names."""

_INNER = ("rendered", "name", "nom", "value", "text", "#text", "title", "main", "original")
_LAST = 10_000  # behind every name of a list
_MARKED_UP = re.compile(r"</(?:p|div|a|b|i|em|strong|span|h[1-6]|li|blockquote)\s*>|<br\b[^<>]*>|<p\b[^<>]*>", re.I)


def named(names: Iterable[str]) -> dict[str, str]:
    """Return the field that each name stands for, of those that stand for one; a field's own name goes before others.

    Args:
        names: headings of columns, or keys of an object.
    """
    known: dict[str, str] = {}
    best: dict[str, int] = {}
    for name in names:
        field, rank = _meant(name)
        if field and rank < best.get(field, _LAST):
            known = {other: told for other, told in known.items() if told != field} | {name: field}
            best[field] = rank
    return known


def tell_day_first(names: Iterable[str]) -> bool:
    """Tell whether a heading is of a language that writes dates with the day first, and of no other."""
    return any(not {_plain(name), _bare(name)}.isdisjoint(_of_day_first()) for name in names)


def lifted(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an object of JSON with what stands in an object within it, if its text is there: {"fields": {...}}."""
    inner = (value for value in row.values() if isinstance(value, dict))
    holder = None if _has_text(row) else next(filter(_has_text, inner), None)
    return row if holder is None else {**holder, **row}


def _has_text(row: Mapping[str, Any]) -> bool:
    return "text" in named(row).values()


def fields_of(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a row: lists as text, and the text of what is marked up, under its other names alone."""
    fields = {field: row[name] for name, field in names.items() if name in row}
    own = row.get("text")
    for field, value in fields.items():
        if field not in ("pages", "times", "form"):
            fields[field] = _flat(value, BREAK if field == "text" else ", ")
    if isinstance(fields.get("text"), str) and fields["text"] is not own:
        fields["text"] = without_markup(fields["text"])
    return fields


def without_markup(text: str) -> str:
    """Return the text of HTML; a text that is none as it is."""
    if not _MARKED_UP.search(text):
        return text
    tree = tree_of(text.encode("utf-8", "replace"), "utf-8")
    return "" if tree is None else text_of(tree)


def _flat(value: Any, between: str) -> Any:
    """Return what a value of JSON says as a text: a list's parts, an object's name."""
    if isinstance(value, list):
        parts = [_flat(part, between) for part in value]
        return between.join(part for part in parts if isinstance(part, str)) or None
    if isinstance(value, dict):
        return next((value[key] for key in _INNER if isinstance(value.get(key), str)), None)
    return value


def _meant(name: str) -> tuple[str, int]:
    """Return the field that a name stands for, "" for none, and how far down its list; behind all if by a part."""
    field, rank = _ranked().get(_plain(name), ("", 0))
    if field:
        return field, rank
    field, rank = _ranked().get(_bare(name), ("", 0))
    return field, rank + _LAST // 2


def _plain(name: str) -> str:
    return "".join(_words(name))


def _bare(name: str) -> str:
    """Return a name without what may stand beside it: "Contenu de l'article" is "Contenu"; "" when nothing is left."""
    return "".join(word for word in _words(name) if word not in _beside())


@functools.lru_cache(maxsize=4_096)
def _words(name: str) -> tuple[str, ...]:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return tuple(re.findall(r"[^\W_]+", fold(mended(apart))))


@functools.cache
def _beside() -> frozenset[str]:
    return frozenset(fold(word) for data in every("columns") for word in data.get("beside", {}).get("words", []))


@functools.cache
def _ranked() -> Mapping[str, tuple[str, int]]:
    """Return the field that each plain name stands for, and how far down its list it stands."""
    ranked = {_plain(field): (field, -1) for field in FIELDS}
    for data in every("columns"):
        for field, names in data["columns"].items():
            for rank, name in enumerate(names):
                ranked.setdefault(_plain(name), (field, rank))
    return ranked


@functools.cache
def _of_day_first() -> frozenset[str]:
    first: set[str] = set()
    others = {_plain(field) for field in FIELDS}
    for lang in languages():
        names = {_plain(name) for listed in table(lang, "columns").get("columns", {}).values() for name in listed}
        (first if writes_day_first(lang) else others).update(names)
    return frozenset(first - others)

"""What kind of thing answers a question of fact, found in a sentence: a time, a quantity, a place, a reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from assistant.question import Wants
from index.names import name_spans
from index.typography import fold, shadow

Span = tuple[int, int]


def wanted(sentence: str, wants: Wants | None, lang: str, asked: str = "") -> list[Span]:
    """The stretches of a sentence that are of the wanted kind, as offsets into it, the longest first.

    What stands in the question already answers nothing. For kinds that no pattern tells ("manner", None) and for
    languages without patterns there are none.
    """
    if wants == "person":
        spans: Iterator[Span] = iter(name_spans(sentence))
    else:
        view = shadow(sentence)
        spans = (match.span() for pattern in _patterns(lang, wants or "") for match in pattern.finditer(view))
    known = fold(asked)
    found = [(start, end) for start, end in spans if fold(sentence[start:end]).strip() not in known]
    return sorted(_outermost(found), key=lambda span: span[0] - span[1])


def recognisable(wants: Wants | None, lang: str) -> bool:
    """Tell whether there is a way to see what is wanted."""
    return wants == "person" or bool(_patterns(lang, wants or ""))


def _outermost(spans: list[Span]) -> list[Span]:
    return [
        one
        for one in dict.fromkeys(spans)
        if not any(other != one and other[0] <= one[0] and one[1] <= other[1] for other in spans)
    ]


@cache
def _patterns(lang: str, wants: str) -> tuple[re.Pattern[str], ...]:
    data = tomllib.loads((resources.files("assistant") / "wanted.toml").read_text(encoding="utf-8"))
    table = data.get(lang, {})
    macros: dict[str, str] = {}
    for name, pattern in table.get("macro", {}).items():
        macros[name] = pattern.format(**macros)
    return tuple(re.compile(rf"(?<!\w)(?:{pattern.format(**macros)})(?!\w)") for pattern in table.get(wants, ()))

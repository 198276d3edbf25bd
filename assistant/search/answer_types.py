"""What kind of thing answers a question of fact, found in a sentence: a time, a quantity, a place, a reason."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from assistant.question import Wants
from index.languages.calendar import month_pattern, weekday_pattern
from index.languages.terms import query_terms, terms
from index.models import Article
from index.text.names import name_spans
from index.typography import fold, shadow

Span = tuple[int, int]


def answer_spans(sentence: str, wants: Wants | None, lang: str, asked: str = "") -> list[Span]:
    """The stretches of a sentence that are of the kind asked for, as offsets into it, the likeliest first.

    What stands in the question already answers nothing; what shares words with it ("412 loans", asked how many
    loans) comes first, then the longest. For kinds that no pattern tells ("manner", None) and for languages without
    patterns there are none.
    """
    known = fold(asked)
    found = [
        (start, end)
        for start, end in _outermost(_spans(sentence, wants, lang))
        if fold(sentence[start:end]).strip() not in known
    ]
    return sorted(found, key=lambda span: (not fits(sentence[span[0] : span[1]], lang, asked), span[0] - span[1]))


def marked(article: Article, start: int, end: int, wants: Wants | None, asked: str) -> Span | None:
    """The likeliest answer within a stretch of an article, as offsets into its text; None: nothing is of its kind."""
    spans = answer_spans(article.text[start:end], wants, article.lang, asked)
    return (start + spans[0][0], start + spans[0][1]) if spans else None


def fits(words: str, lang: str, asked: str) -> bool:
    """Tell whether a stretch shares a term with the question, numbers apart."""
    held = {term for term in terms(words, lang) if not term.isdigit()}
    return bool(held & set(query_terms(asked)))


def _spans(sentence: str, wants: Wants | None, lang: str) -> list[Span]:
    if wants == "person":
        return name_spans(sentence)
    view = shadow(sentence)
    found = _matches(view, wants or "", lang)
    if wants == "quantity":  # a date is none
        times = _matches(view, "time", lang)
        found = [one for one in found if not any(start <= one[0] < end for start, end in times)]
    return found


def _matches(view: str, wants: str, lang: str) -> list[Span]:
    return [match.span() for pattern in _patterns(lang, wants) for match in pattern.finditer(view)]


def recognisable(wants: Wants | None, lang: str) -> bool:
    """Tell whether there is a way to see what is asked for."""
    return wants == "person" or bool(_patterns(lang, wants or ""))


def _outermost(spans: list[Span]) -> list[Span]:
    return [
        one
        for one in dict.fromkeys(spans)
        if not any(other != one and other[0] <= one[0] and one[1] <= other[1] for other in spans)
    ]


@cache
def _patterns(lang: str, wants: str) -> tuple[re.Pattern[str], ...]:
    data = tomllib.loads((resources.files("assistant.search") / "answer_types.toml").read_text(encoding="utf-8"))
    table = data.get(lang, {})
    macros = {"month": f"(?:{month_pattern(lang)})", "weekday": f"(?:{weekday_pattern(lang)})"}
    for name, pattern in table.get("macro", {}).items():
        macros[name] = pattern.format(**macros)
    return tuple(re.compile(rf"(?<!\w)(?:{pattern.format(**macros)})(?!\w)") for pattern in table.get(wants, ()))

"""Quotations -> the articles they stand in, as a reference manager reads them, in one of ``LISTS``.

Small formats of a few lines each; every entry has the quotations of its article as notes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from assistant.rendering.byline import Said
from assistant.rendering.escaping import visible
from assistant.rendering.grouping import by_article, together
from assistant.rendering.locations import web_address
from assistant.rendering.plain import plain_markup
from assistant.rendering.reference import kind_mark
from assistant.rendering.telling import tell
from assistant.texts.catalogue import Texts
from index.models import ArticleCard

_BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def bibtex(said: Iterable[Said], texts: Texts) -> str:
    """Return an entry an article as BibTeX, in UTF-8."""
    return "".join(_bibtex_entry(article, notes) for article, notes in _noted(said, texts))


def ris(said: Iterable[Said], texts: Texts) -> str:
    """Return an entry an article in the form of RIS."""
    return "".join(_ris_entry(article, notes) for article, notes in _noted(said, texts))


def csl(said: Iterable[Said], texts: Texts) -> str:
    """Return an entry an article in the JSON of the Citation Style Language."""
    return json.dumps(
        [_csl_item(article, notes) for article, notes in _noted(said, texts)], ensure_ascii=False, indent=1
    )


def _noted(said: Iterable[Said], texts: Texts) -> list[tuple[ArticleCard, list[str]]]:
    """Return the articles in order, each with what is quoted of it."""
    markup = plain_markup(texts)
    return [
        (
            group.article,
            [
                f"{_line(tell(run.said, texts, markup))} {kind_mark(run.first, texts)}"
                for block in group.blocks
                for run in block.runs
            ],
        )
        for group in by_article(together(said), texts)
    ]


def _bibtex_entry(article: ArticleCard, notes: list[str]) -> str:
    day = article.published
    fields = {
        "author": f"{{{_for_bibtex(article.author)}}}" if article.author else None,
        "title": f"{{{_for_bibtex(article.title)}}}",
        "journal": _for_bibtex(article.source) if article.source else None,
        "year": str(day.year) if day else None,
        "month": str(day.month) if day else None,
        "day": str(day.day) if day else None,
        "url": _for_bibtex(web_address(article)) if web_address(article) else None,
        "language": _for_bibtex(article.lang) if article.lang else None,
        "note": " ".join(map(_for_bibtex, notes)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_label(article)},", *lines, "}", "", ""])


def _for_bibtex(text: str | None) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in _line(text or ""))


def _label(article: ArticleCard) -> str:
    """Return a key that every reader of BibTeX takes, and that no other article has."""
    return re.sub(r"[^A-Za-z0-9-]", "", article.key)[:40] + "-" + article.id[:8]


def _ris_entry(article: ArticleCard, notes: list[str]) -> str:
    day = article.published
    fields = [
        ("TY", "NEWS"),
        ("AU", article.author),
        ("TI", article.title),
        ("T2", article.source),
        ("PY", str(day.year) if day else None),
        ("DA", day.strftime("%Y/%m/%d") if day else None),
        ("UR", web_address(article)),
        ("LA", article.lang or None),
        *(("N1", note) for note in notes),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _csl_item(article: ArticleCard, notes: list[str]) -> dict[str, Any]:
    day = article.published
    item = {
        "id": article.id,
        "type": "article-newspaper",
        "title": visible(article.title),
        "author": [{"literal": visible(article.author)}] if article.author else None,
        "container-title": article.source and visible(article.source),
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": web_address(article),
        "language": article.lang or None,
        "note": "\n".join(notes),
    }
    return {name: value for name, value in item.items() if value}


def _line(text: str) -> str:
    return " ".join(visible(text).split())


LISTS: Final[Mapping[str, tuple[str, Callable[[Iterable[Said], Texts], str]]]] = {
    "bibtex": (".bib", bibtex),
    "ris": (".ris", ris),
    "csl": (".json", csl),
}
"""By name, what a file of it ends with, and what writes it."""

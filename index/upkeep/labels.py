"""What readers set right -> labelled articles, in the form of ``docs/evaluation.md``, to measure and fit with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from index.catalog import Catalog
from index.corrections import Correction, anchored
from index.errors import disk_errors
from index.models import Article, Quotation, Span

_UNSAFE: Final = re.compile(r"[^\w.-]+")
_LONGEST: Final = 80
"""Characters of an article's name that go into a file's."""


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article that readers corrected.

    Attributes:
        name: of its file, and in its rows.
        said: its quotations, with who said them.
        others: its words that are no quotation.
    """

    name: str
    article: Article
    said: tuple[Quotation, ...]
    others: tuple[Span, ...]


def labelled(catalog: Catalog, corrected_only: bool = False) -> Iterator[LabelledArticle]:
    """Yield the articles whose quotations readers corrected.

    Args:
        catalog: nothing is changed.
        corrected_only: leave out the quotations that nobody corrected.
    """
    made = catalog.corrections()
    taken: set[str] = set()
    for article_id in _corrected_articles(catalog, made):
        article = catalog.article(article_id)
        said = tuple(each for each in catalog.quotations(article_id) if each.corrected or not corrected_only)
        name = _file_name(article, taken)
        taken.add(name)
        yield LabelledArticle(name, article, said, tuple(_others(article, made)))


def _corrected_articles(catalog: Catalog, made: Iterable[Correction]) -> list[str]:
    told = {said.article_id for said in catalog.quotations() if said.corrected}
    return sorted(told | {each.article_id for each in made if each.kind == "not_quotation" and each.article_id})


def export_labels(catalog: Catalog, folder: Path, corrected_only: bool = False) -> int:
    """Write labelled articles into a folder, which is made when it is not there; return how many quotations.

    Raises:
        StoreError: it cannot be written.
    """
    found = list(labelled(catalog, corrected_only))
    with disk_errors(folder):
        (folder / "articles").mkdir(parents=True, exist_ok=True)
        for each in found:
            path = folder / "articles" / f"{each.name}.txt"
            path.write_bytes(each.article.text.encode("utf-8", "surrogatepass"))  # offsets hold: newlines as they are
        _write(folder / "quotes.jsonl", (_said_row(each, said) for each in found for said in each.said))
        _write(folder / "not_quotes.jsonl", (_other_row(each, span) for each in found for span in each.others))
        _write(folder / "articles.jsonl", map(_article_row, found))
    return sum(len(each.said) + len(each.others) for each in found)


def _others(article: Article, made: Iterable[Correction]) -> Iterator[Span]:
    for each in made:
        if each.kind == "not_quotation" and each.article_id == article.id:
            placed = anchored(each, article.text)
            if placed is not None and placed.start is not None and placed.end is not None:
                yield placed.start, placed.end


def _said_row(told: LabelledArticle, said: Quotation) -> dict[str, Any]:
    row = {
        "article": told.name, "start": said.start, "end": said.end, "quote": told.article.text[said.start : said.end],
        "speaker": said.speaker, "speaker_as_written": said.speaker_as_written, "cue": said.cue, "kind": said.kind,
    }  # fmt: skip
    return row | ({"via": said.via} if said.via else {}) | ({"corrected": True} if said.corrected else {})


def _other_row(told: LabelledArticle, span: Span) -> dict[str, Any]:
    start, end = span
    return {"article": told.name, "start": start, "end": end, "text": told.article.text[start:end], "why": "other"}


def _article_row(told: LabelledArticle) -> dict[str, Any]:
    article = told.article
    published = article.published.isoformat() if article.published else None
    facts = {"title": article.title, "lang": article.lang, "published": published}
    return {"id": told.name} | facts | {"source": article.source, "author": article.author}


def _file_name(article: Article, taken: set[str]) -> str:
    name = _UNSAFE.sub("-", article.key).strip("-.")[:_LONGEST] or article.id
    return f"{name}-{article.id}" if name in taken else name


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")

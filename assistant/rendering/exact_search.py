"""What an exact search found -> plain values for JSON, lines for the terminal, a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from assistant.models import Counted, ExactSearch, Excerpt, FoundArticle
from assistant.rendering.as_json import source_json
from assistant.rendering.csv_table import csv_table
from assistant.rendering.escaping import as_paragraph, for_markdown
from assistant.rendering.sentences import found_at, where
from assistant.texts.catalogue import Texts
from index.models import Span

_COLUMNS = ("line", "articles", "hits")
_PLACES = 3
"""Articles that a row of the table tells."""


def search_json(search: ExactSearch) -> dict[str, Any]:
    """Return a search and what it found."""
    told = {"query": search.query, "articles": search.articles, "hits": search.hits}
    return told | {"found": list(map(found_json, search.shown))}


def found_json(found: FoundArticle) -> dict[str, Any]:
    """Return an article that was found, with its places."""
    known = {"article": found.article.key, "hits": found.hits} | source_json(found.article)
    further = [{"start": start, "end": end} for start, end in found.further]
    return known | {"excerpts": list(map(_excerpt_json, found.excerpts)), "further": further}


def counted_json(counted: Counted) -> dict[str, Any]:
    """Return a line of a list and how often it was found."""
    told = {"line": counted.line, "query": counted.query, "articles": counted.articles, "hits": counted.hits}
    refused = str(counted.refused) if counted.refused else None
    return told | {"first": list(map(found_json, counted.first)), "refused": refused}


def search_markdown(search: ExactSearch, texts: Texts) -> str:
    """Return what was found, by article: the sentences with what was found in bold."""
    blocks = [texts.get("search.found", articles=_articles(search, texts), hits=_hits(search, texts))]
    for found in search.shown:
        told = [for_markdown(part) for part in (found.article.title, where(found.article, texts)) if part]
        lines = [f"**{told[0]}**" + "".join(f", {part}" for part in told[1:]) + f" ({for_markdown(found.article.key)})"]
        lines += [f"- {_at(each, texts)}{_marked(each)}" for each in found.excerpts]
        lines += [f"- {texts.get('search.further', count=len(found.further))}"] if found.further else []
        blocks.append("\n".join(lines))
    left = search.articles - search.skipped - len(search.shown)
    return "\n\n".join([*blocks, *([texts.get("search.left", count=left)] if left > 0 and search.shown else [])])


def list_csv(counted: Iterable[Counted], texts: Texts) -> str:
    """Return the lines of a list as CSV: how many articles and places, the first articles with their sentences."""
    numbered = [texts.get(f"search.column.{name}", number=str(at)) for at in range(1, _PLACES + 1) for name in _PLACED]
    headings = [
        *(texts.get(f"search.column.{name}") for name in _COLUMNS),
        *numbered,
        texts.get("search.column.refused"),
    ]
    return csv_table(headings, (_row(each, texts) for each in counted), texts)


_PLACED = ("article", "sentence", "link")


def _row(counted: Counted, texts: Texts) -> list[object]:
    placed = list(chain.from_iterable(_placed(found, texts) for found in counted.first[:_PLACES]))
    refused = counted.refused.told(texts.lang) if counted.refused else ""
    empty = [""] * (_PLACES * len(_PLACED) - len(placed))
    return [counted.line, counted.articles, counted.hits, *placed, *empty, refused]


def _placed(found: FoundArticle, texts: Texts) -> Iterator[str]:
    excerpt = next(iter(found.excerpts), None)
    yield ", ".join(part for part in (found.article.title, where(found.article, texts)) if part)
    yield " ".join(excerpt.text.split()) if excerpt else ""
    yield f"/{place(found, excerpt.hits[0] if excerpt and not excerpt.in_title else None)}"


def place(found: FoundArticle, at: Span | None) -> str:
    """Return the address, within the page, of a place in an article's text; None: of the article."""
    return f"#dixit-{found.article.id}" + (f"-{at[0]}-{at[1]}" if at else "")


def places_text(excerpt: Excerpt) -> Iterator[tuple[str, Span | None]]:
    """Yield an excerpt's text in pieces, each with the place that it is, None for what stands between."""
    done = 0
    for start, end in excerpt.hits:
        first, last = start - excerpt.start, end - excerpt.start
        if first > done:
            yield excerpt.text[done:first], None
        yield excerpt.text[first:last], (start, end)
        done = last
    if done < len(excerpt.text):
        yield excerpt.text[done:], None


def _excerpt_json(excerpt: Excerpt) -> dict[str, Any]:
    places = [{"start": at[0], "end": at[1], "quote": words} for words, at in places_text(excerpt) if at]
    told = {"text": excerpt.text, "start": excerpt.start, "in_title": excerpt.in_title, "places": places}
    return told | {"page": excerpt.page, "time": excerpt.time}


def _marked(excerpt: Excerpt) -> str:
    told = ((for_markdown(words), at) for words, at in places_text(excerpt))
    line = "".join(f"**{words}**" if at else words for words, at in told)
    return line if line.startswith("**") else as_paragraph(line)


def _at(excerpt: Excerpt, texts: Texts) -> str:
    if excerpt.in_title:
        return f"{texts.get('search.title')}{texts.entry('colon')}"
    at = next(iter(found_at(excerpt, texts)), "")
    return f"{at}{texts.entry('colon')}" if at else ""


def _articles(search: ExactSearch, texts: Texts) -> str:
    return texts.get("article_list.count", count=search.articles)


def _hits(search: ExactSearch, texts: Texts) -> str:
    return texts.get("search.hits", count=search.hits)

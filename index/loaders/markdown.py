"""A text in Markdown -> Article, or the articles of an export: its words without the signs that dress them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree
from markdown_it import MarkdownIt

from index.errors import SourceRefused
from index.languages.detection import detect_language
from index.loaders.columns import named
from index.loaders.document import Document
from index.loaders.encoding import decode
from index.loaders.exports.page import page_paragraphs
from index.loaders.exports.reader import read_articles
from index.loaders.markup import text_of
from index.loaders.note import Note
from index.loaders.page_tree import tree_of
from index.loaders.refusal import Refusal
from index.loaders.row import Days
from index.loaders.text import load_text
from index.models import Article

_FRONT = re.compile(
    r"\ufeff?---[ \t]*\n((?:(?:[\w-]+[ \t]*:.*|[ \t].*|[ \t]*|-[ \t].*|#.*)\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_BOLD = re.compile(r"^(\*\*|__)(?=\S)([^*_\n]*\S)\1[ \t]*$", re.M)
_DEEPEST = 100
_FIELD = re.compile(r"([\w-]+)[ \t]*:[ \t]*(.*\S)")


def read_markdown(document: Document, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the text, or the articles of an export; the fields before it ("---") tell title, day, author and outlet.

    Raises:
        SourceRefused: it is not text, or holds none.
    """
    decoded = decode(document.read(), document.charset)
    if len(decoded.text) > limit:
        raise SourceRefused("too_long", most=limit)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    written = _written(front[1]) if front else {}
    told = {field: written[name] for name, field in named(written).items()}
    days = Days()
    tree = _tree(text[front.end() :] if front else text)
    form = f"Markdown in {decoded.encoding}" if decoded.encoding else "Markdown"

    def whole() -> Article:
        article = load_text(
            "" if tree is None else text_of(tree),
            key=document.key,
            title=told.get("title"),
            lang=told.get("lang"),
            source=told.get("source"),
            author=told.get("author"),
            url=document.url or told.get("url"),
            origin=document.origin,
            form=form,
            limit=limit,
        )
        return replace(article, published=days.day(told.get("published", ""), article.lang, written))

    paragraphs = [] if tree is None else list(page_paragraphs(tree))
    yield from read_articles(paragraphs, document, limit, whole, form)
    yield from days.notes(document.name)


def _tree(text: str) -> etree._Element | None:
    # Dashes, numbers and margins are left as they stand: they begin turns, years and lines as often as lists and code.
    parser = MarkdownIt("commonmark", {"breaks": True, "maxNesting": _DEEPEST}).disable(["list", "code"])
    html = parser.render(_keep_bold_questions(text))
    return tree_of(
        f'<html lang="{detect_language(text)}"><body>{html}</body></html>'.encode("utf-8", "replace"), "utf-8"
    )


def _keep_bold_questions(text: str) -> str:
    """Return a text whose lines that are bold as a whole keep their signs, if some are questions: an interview's."""
    if not any(line[2].endswith("?") for line in _BOLD.finditer(text)):
        return text
    return _BOLD.sub(r"\\*\\*\2\\*\\*", text)


def _written(front: str) -> Mapping[str, str]:
    """Return what the fields before a text tell, by their names; lists and notes are passed over."""
    return {name: value.strip("\"'") for name, value in _FIELD.findall(front)}

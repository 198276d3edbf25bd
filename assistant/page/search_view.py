"""The exact search, HTML out: the form with its help, the articles that were found, the table of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models import Counted, ExactSearch, Excerpt, FoundArticle
from assistant.rendering.byline import capital
from assistant.rendering.exact_search import place, places_text
from assistant.rendering.sentences import found_at, where
from assistant.rendering.template import page_html
from assistant.search.exact_search import SHOWN
from assistant.texts.catalogue import Texts, texts_of
from index.models import Span
from index.reason import Reason


@dataclass(frozen=True, slots=True)
class _Sentence:
    """An excerpt: its words in pieces, those that were found with their address; its page or time."""

    pieces: list[tuple[str, str]]
    at: str


@dataclass(frozen=True, slots=True)
class _Article:
    """An article that was found: its title in pieces, where and when it appeared, sentences, and further places."""

    found: FoundArticle
    title: list[tuple[str, str]]
    where: str
    sentences: list[_Sentence]
    further: list[tuple[int, Span]]


def search_form(lang: str) -> str:
    """Return the form: the field, the help, the list."""
    texts = texts_of(lang)
    return page_html("search_form", texts=texts, examples=list(texts.entry("search.examples").values()))


def search_results(search: ExactSearch, lang: str) -> str:
    """Return the articles that were found, each with its places; a way to more of them."""
    texts = texts_of(lang)
    articles = [_article(found, texts) for found in search.shown]
    left = search.articles - len(articles)
    return page_html("search_results", texts=texts, search=search, articles=articles, left=left, step=SHOWN)


def list_table(counted: Sequence[Counted], lang: str) -> str:
    """Return the lines of a list with how often each was found, and its first places."""
    texts = texts_of(lang)
    rows = [(each, [_article(found, texts) for found in each.first], _told(each.refused, lang)) for each in counted]
    found = sum(each.articles > 0 for each in counted)
    return page_html("search_list", texts=texts, rows=rows, found=found)


def search_refused(reason: Reason, lang: str) -> str:
    """Return why a query cannot be looked for."""
    return page_html("search_refused", told=_told(reason, lang))


def _article(found: FoundArticle, texts: Texts) -> _Article:
    titles = [each for each in found.excerpts if each.in_title]
    title = _pieces(titles[0], found) if titles else [(found.article.title, "")]
    sentences = [
        _Sentence(_pieces(each, found), next(iter(found_at(each, texts)), ""))
        for each in found.excerpts
        if not each.in_title
    ]
    shown = sum(len(each.hits) for each in found.excerpts)
    further = list(enumerate(found.further, shown + 1))
    return _Article(found, title, where(found.article, texts) or texts.get("panel.undated"), sentences, further)


def _pieces(excerpt: Excerpt, found: FoundArticle) -> list[tuple[str, str]]:
    """Return an excerpt's words in pieces, each with the address of the place that it is, or none."""
    return [(words, place(found, None if excerpt.in_title else at) if at else "") for words, at in places_text(excerpt)]


def _told(reason: Reason | None, lang: str) -> str:
    return capital(reason.told(lang)) if reason else ""

"""A query of the exact search in, the articles that it finds out, the newest first, each with where in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import sqlalchemy as sa

from index.catalog.rows import CARD, NEWEST, among, to_card
from index.catalog.tables import ARTICLES, QUOTATIONS
from index.catalog.whole_texts import holding, words_of
from index.languages.terms import word_spans
from index.models import ArticleCard, Span
from index.query.models import And, Dated, Field, Holds, InLanguage, Not, Or, Pattern, Query, Said
from index.query.occurrences import occurrences, spaced_words
from index.text.spans import merged

Ids = frozenset[str]
_OF_FACTS = ("author", "outlet")
"""Fields that are no words of the article."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article that a query finds.

    Attributes:
        words: where what is looked for stands in its text, as numbers of words (see ``occurrences``), in order.
        spans: the same of quotations, as characters of the text.
        title: where it stands in a title with which the text does not begin, as characters of the title.
    """

    article: ArticleCard
    words: tuple[Span, ...] = ()
    spans: tuple[Span, ...] = ()
    title: tuple[Span, ...] = ()

    @property
    def hits(self) -> int:
        """How many places there are."""
        return len(self.words) + len(self.spans) + len(self.title)

    def places(self, text: str) -> list[Span]:
        """Return where they stand in the article's text, in characters and in order."""
        return sorted([*self.spans, *in_characters(self.words, text)]) if self.words else list(self.spans)


def find(connection: sa.Connection, query: Query) -> list[Found]:
    """Return the articles that a query finds, the newest first; those without a date last."""
    search = _Search(connection)
    wanted = search.articles(query)
    cards = sa.select(*(ARTICLES.c[name] for name in CARD)).where(_among(wanted)).order_by(*NEWEST)
    return list(search.located(query, [to_card(row) for row in connection.execute(cards)]))


def in_characters(words: Iterable[Span], text: str) -> list[Span]:
    """Return stretches of a text's words as stretches of its characters."""
    spans = word_spans(text)
    return [(spans[first][0], spans[end - 1][1]) for first, end in words]


class _Search:
    """What the parts of one query find; each part is looked for once."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._articles: dict[Query, Ids] = {}
        self._said: dict[Said, dict[str, list[Span]]] = {}

    def articles(self, query: Query) -> Ids:
        """Return the ids of the articles of which a query, or a part of one, is so."""
        if query not in self._articles:
            self._articles[query] = self._looked_for(query)
        return self._articles[query]

    def located(self, query: Query, articles: Collection[ArticleCard]) -> Iterator[Found]:
        """Yield articles that the query finds with where in them."""
        words = words_of(self._connection, [article.id for article in articles]) if _of_words(query) else {}
        for article in articles:
            asked = list(self._so(query, article.id))
            said = [span for part in asked if isinstance(part, Said) for span in self._quotations(part)[article.id]]
            held = [part for part in asked if isinstance(part, Holds)]
            found = _in_words(article, held, words.get(article.id, (" ", " ")))
            yield self._both(replace(found, spans=tuple(merged(said))))

    def _both(self, found: Found) -> Found:
        """Return it with each place once, where what is looked for in texts and in quotations may be the same."""
        if not (found.words and found.spans):
            return found
        text = self._texts([found.article.id])[found.article.id]
        return Found(found.article, spans=tuple(merged(found.places(text))), title=found.title)

    def _looked_for(self, query: Query) -> Ids:
        match query:
            case And(parts):
                return reduce(Ids.intersection, map(self.articles, parts))
            case Or(parts):
                return reduce(Ids.union, map(self.articles, parts))
            case Not(part):
                return self._where(sa.true()) - self.articles(part)
            case Said():
                return Ids(self._quotations(query))
            case Holds():
                return self._holding(query)
        return self._where(_condition(query))

    def _holding(self, part: Holds) -> Ids:
        if part.field not in _OF_FACTS:
            return Ids(self._connection.scalars(holding(part.field, part.pattern)))
        column = ARTICLES.c.author if part.field == "author" else ARTICLES.c.source
        return self._where(column.in_(self._names(column, [part.pattern])))

    def _where(self, condition: sa.ColumnElement[bool]) -> Ids:
        return Ids(self._connection.scalars(sa.select(ARTICLES.c.id).where(condition)))

    def _names(self, column: sa.Column[Any], patterns: Collection[Pattern]) -> list[str]:
        """Return the values of a column that hold all of some patterns."""
        known = self._connection.scalars(sa.select(column).where(column.is_not(None)).distinct())
        return [name for name in known if all(occurrences(each, spaced_words(name)) for each in patterns)]

    def _so(self, query: Query, article_id: str) -> Iterator[Query]:
        """Yield the parts of a query that look for words, and are so in an article."""
        if isinstance(query, And | Or):
            for part in query.parts:
                if article_id in self.articles(part):
                    yield from self._so(part, article_id)
        elif not isinstance(query, Not):
            yield query

    def _quotations(self, part: Said) -> dict[str, list[Span]]:
        """Return by article the words looked for in quotations, or, of a speaker alone, the quotations."""
        if part not in self._said:
            self._said[part] = self._spoken(part)
        return self._said[part]

    def _spoken(self, part: Said) -> dict[str, list[Span]]:
        c = QUOTATIONS.c
        conditions: list[sa.ColumnElement[bool]] = [
            c.article_id.in_(holding("text", pattern)) for pattern in part.words
        ]
        if part.speaker:
            named = c.speaker.in_(self._names(c.speaker, part.speaker))
            conditions.append(sa.or_(named, c.speaker_id.in_(sa.select(c.speaker_id).where(named))))
        rows = self._connection.execute(sa.select(c.article_id, c.start, c.end).where(*conditions)).all()
        texts = self._texts({row.article_id for row in rows}) if part.words else {}
        found: dict[str, list[Span]] = {}
        for article_id, start, end in rows:
            places = _within(texts[article_id], (start, end), part.words) if part.words else [(start, end)]
            if places:
                found.setdefault(article_id, []).extend(places)
        return found

    def _texts(self, articles: Collection[str]) -> dict[str, str]:
        rows = self._connection.execute(sa.select(ARTICLES.c.id, ARTICLES.c.text).where(_among(articles)))
        return {row.id: row.text for row in rows}


def _among(articles: Collection[str]) -> sa.ColumnElement[bool]:
    return ARTICLES.c.id.in_(among(articles))


def _in_words(article: ArticleCard, asked: Collection[Holds], words: tuple[str, str]) -> Found:
    """Return where what is asked of an article stands among the words of its title and its text."""
    title, text = words
    in_text, in_title = _places(asked, "text", text), _places(asked, "title", title)
    if text.startswith(title):
        return Found(article, words=tuple(merged([*in_text, *in_title])))
    return Found(article, words=tuple(merged(in_text)), title=tuple(in_characters(merged(in_title), article.title)))


def _within(text: str, span: Span, patterns: Collection[Pattern]) -> list[Span]:
    """Return the places of patterns within a stretch of a text; none when one of them is not there."""
    start, end = span
    quote = text[start:end]
    words = spaced_words(quote)
    found = [occurrences(pattern, words) for pattern in patterns]
    if not all(found):
        return []
    return [(start + first, start + last) for places in found for first, last in in_characters(places, quote)]


def _condition(query: Query) -> sa.ColumnElement[bool]:
    c = ARTICLES.c
    match query:
        case Dated(since, until):
            bounds = [c.published >= since] if since else []
            return sa.and_(*bounds, *([c.published <= until] if until else []))
        case InLanguage(lang):
            return c.lang == lang
    raise TypeError(f"{query!r}: no article can be asked for that.")


def _of_words(query: Query) -> bool:
    """Tell whether a query looks for words in texts or titles."""
    if isinstance(query, And | Or):
        return any(map(_of_words, query.parts))
    return isinstance(query, Holds) and query.field not in _OF_FACTS


def _places(asked: Iterable[Holds], field: Field, words: str) -> list[Span]:
    """Return the places of what is asked of a field, or of any."""
    return [span for part in asked if part.field in ("any", field) for span in occurrences(part.pattern, words)]

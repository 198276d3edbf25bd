"""A query of the exact search in, the articles that it finds out, in the order asked for, each with where in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from statistics import fmean
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from index.catalog.dialects.values import among
from index.catalog.rows import CARD, NEWEST, to_card
from index.catalog.tables import ARTICLES, COPIES, QUOTATIONS
from index.catalog.whole_texts import holding, words_of
from index.languages.terms import word_spans
from index.models import ArticleCard, Span
from index.query.models import And, Dated, Field, Holds, InLanguage, Not, Or, Order, Pattern, Query, Said
from index.query.occurrences import occurrences, spaced_words
from index.text.spans import merged

_T = TypeVar("_T")
Ids = frozenset[str]
_OF_FACTS = ("author", "outlet")
"""Fields that are no words of the article."""
_AT_ONCE: Final = 100
"""Articles whose words are held at a time."""
_SATURATION: Final = 1.2
"""Of BM25: how soon further places tell no more."""
_BY_LENGTH: Final = 0.75
"""Of BM25: how much a long text counts against its places."""
_OF_TITLE: Final = 3
"""A place in a title counts as so many in the text."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article that a query finds.

    Attributes:
        words: where what is looked for stands in its text, as numbers of words (see ``occurrences``), in order.
        spans: the same of quotations, as characters of the text.
        title: where it stands in a title with which the text does not begin, as characters of the title.
        heading: how many of the words are of a title with which the text begins.
        length: how many words its text has, 0: they were not read.
    """

    article: ArticleCard
    words: tuple[Span, ...] = ()
    spans: tuple[Span, ...] = ()
    title: tuple[Span, ...] = ()
    heading: int = 0
    length: int = 0

    @property
    def hits(self) -> int:
        """How many places there are."""
        return len(self.words) + len(self.spans) + len(self.title)

    def places(self, text: str) -> list[Span]:
        """Return where they stand in the article's text, in characters and in order."""
        return sorted([*self.spans, *in_characters(self.words, text)]) if self.words else list(self.spans)


def find(connection: sa.Connection, query: Query, order: Order = "newest") -> list[Found]:
    """Return the articles that a query finds; of equals the newest first, those without a date last."""
    search = _Search(connection)
    wanted = search.articles(query)
    cards = sa.select(*(ARTICLES.c[name] for name in CARD)).where(_among(wanted)).order_by(*NEWEST)
    found = list(search.located(query, [to_card(row) for row in connection.execute(cards)]))
    return _most_relevant_first(found) if order == "relevance" else found


def _most_relevant_first(found: Sequence[Found]) -> list[Found]:
    """Return articles by how often they hold what is looked for, for their length, as BM25 weighs a word."""
    average = fmean([each.length for each in found] or [0]) or 1.0
    return sorted(found, key=lambda each: -_relevance(each, average))


def _relevance(found: Found, average: float) -> float:
    places = found.hits + (_OF_TITLE - 1) * (len(found.title) + found.heading)
    length = 1 - _BY_LENGTH + _BY_LENGTH * found.length / average
    return places * (_SATURATION + 1) / (places + _SATURATION * length)


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

    def located(self, query: Query, articles: Sequence[ArticleCard]) -> Iterator[Found]:
        """Yield articles that the query finds with where in them."""
        of_words = _of_words(query)
        for some in _batches(articles):
            words = words_of(self._connection, [article.id for article in some]) if of_words else {}
            for article in some:
                yield self._in(query, article, words.get(article.id, (" ", " ")))

    def _in(self, query: Query, article: ArticleCard, words: tuple[str, str]) -> Found:
        """Return where in an article, of these words, what the query looks for stands."""
        asked = list(self._so(query, article.id))
        said = [span for part in asked if isinstance(part, Said) for span in self._quotations(part)[article.id]]
        held = [part for part in asked if isinstance(part, Holds)]
        return self._both(replace(_in_words(article, held, words), spans=tuple(merged(said))))

    def _both(self, found: Found) -> Found:
        """Return it with each place once, where what is looked for in texts and in quotations may be the same."""
        if not (found.words and found.spans):
            return found
        text = self._texts([found.article.id])[found.article.id]
        return replace(found, words=(), spans=tuple(merged(found.places(text))))

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
            return Ids(self._connection.scalars(holding(self._connection, part.field, part.pattern)))
        name = "author" if part.field == "author" else "source"
        return self._named(ARTICLES.c.id, ARTICLES.c[name], part) | self._named(
            COPIES.c.article_id, COPIES.c[name], part
        )

    def _named(self, article_id: sa.Column[Any], column: sa.Column[Any], part: Holds) -> Ids:
        """Return the articles, or those that have copies, whose author or outlet is named so."""
        names = self._names(column, [part.pattern])
        return Ids(self._connection.scalars(sa.select(article_id).where(column.in_(names))))

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
            c.article_id.in_(holding(self._connection, "text", pattern)) for pattern in part.words
        ]
        if part.speaker:
            named = c.speaker.in_(self._names(c.speaker, part.speaker))
            conditions.append(sa.or_(named, c.speaker_id.in_(sa.select(c.speaker_id).where(named))))
        rows = self._connection.execute(
            sa.select(c.article_id, c.start, c.end).where(*conditions).order_by(c.rowid)
        ).all()
        spoken: dict[str, list[Span]] = {}
        for article_id, start, end in rows:
            spoken.setdefault(article_id, []).append((start, end))
        return self._holding_words(spoken, part.words) if part.words else spoken

    def _holding_words(self, spoken: Mapping[str, list[Span]], patterns: Collection[Pattern]) -> dict[str, list[Span]]:
        """Return by article the places of patterns within those of its quotations that hold all of them."""
        found: dict[str, list[Span]] = {}
        for some in _batches(list(spoken)):
            for article_id, text in self._texts(some).items():
                places = [place for span in spoken[article_id] for place in _within(text, span, patterns)]
                found |= {article_id: places} if places else {}
        return found

    def _texts(self, articles: Collection[str]) -> dict[str, str]:
        rows = self._connection.execute(sa.select(ARTICLES.c.id, ARTICLES.c.text).where(_among(articles)))
        return {row.id: row.text for row in rows}


def _batches(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Yield values, so many at a time: the words of a whole catalog are never held at once."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def _among(articles: Collection[str]) -> sa.ColumnElement[bool]:
    return ARTICLES.c.id.in_(among(articles))


def _in_words(article: ArticleCard, asked: Collection[Holds], words: tuple[str, str]) -> Found:
    """Return where what is asked of an article stands among the words of its title and its text."""
    title, text = words
    in_text, in_title = _places(asked, "text", text), _places(asked, "title", title)
    length = text.count(" ") - 1
    if text.startswith(title):
        places = tuple(merged([*in_text, *in_title]))
        return Found(article, places, heading=sum(end < title.count(" ") for _, end in places), length=length)
    apart = tuple(in_characters(merged(in_title), article.title))
    return Found(article, tuple(merged(in_text)), title=apart, length=length)


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

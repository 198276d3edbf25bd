"""What the articles tell of people: whom they name, what they are, and which words stand beside their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.question import Figure
from assistant.question.figures import NEAR, first_name_gender, head_of, role_words
from assistant.search.article_cache import CachedArticle
from assistant.search.speakers import is_several
from index.catalog import Catalog
from index.errors import ArticleNotFound
from index.models import KnownPerson, Person
from index.typography import fold, shadow

MOST = 3
"""Articles of an answer whose people are looked at."""
MOST_OF_A_NOUN = 20
"""People of one function, of a place that it does not name, who are looked at."""
_WORD = re.compile(r"\w+")


class ArticlePeople:
    """The people of the catalog at one revision: what is read of an article is kept as long as it stands."""

    def __init__(self, catalog: Catalog, opened: Callable[[str], CachedArticle]) -> None:
        self._catalog = catalog
        self._opened = opened
        self._of_article = lru_cache(maxsize=500)(self._read)

    def figure(self, name: str) -> Figure | None:
        """Return somebody by the full name, None when no article names them."""
        known = self._catalog.people_named(name)
        return _figure(known[0]) if known else None

    def present(self, articles: Sequence[str]) -> tuple[Figure, ...]:
        """Return whom some articles name, in the order of the articles and of their text."""
        figures: dict[str, Figure] = {}
        for article in articles[:MOST]:
            for figure in self._of_article(article):
                figures.setdefault(figure.name, figure)
        return tuple(figures.values())

    def called(self, phrase: str) -> tuple[Figure, ...]:
        """Return those who are quoted and called by a role somewhere ("la maire de Bréval"), the most quoted first.

        What only stands beside the role in an article ("of Hollinford") may tell whose it is.
        """
        if is_several(phrase):
            return ()
        found = [known for known in self._catalog.people_called(phrase) if _speaks(known)]
        return tuple(map(_figure, found or self._of_noun(phrase)))

    def _of_noun(self, phrase: str) -> list[KnownPerson]:
        words = role_words(phrase)
        noun = head_of(words)
        held = [known for known in self._catalog.speaking_with_role(noun) if _speaks(known)] if noun else []
        return [known for known in held[:MOST_OF_A_NOUN] if self._is_told(known, words)]

    def _is_told(self, known: KnownPerson, words: Sequence[str]) -> bool:
        """Tell whether an article that quotes somebody has all the words of a role."""
        articles = {quotation.article_id for quotation, _ in self._catalog.statements(people=[known.id])}
        return any(set(words) <= set(_WORD.findall(fold(self._opened(id).article.text))) for id in articles)

    def _read(self, article_id: str) -> tuple[Figure, ...]:
        try:
            cached = self._opened(article_id)
        except ArticleNotFound:  # removed meanwhile
            return ()
        speakers = {quotation.speaker for quotation in self._catalog.quotations(article_id) if quotation.speaker}
        named = self._catalog.people_in(article_id)
        others = [Person(name, "body", roles=(name,)) for name in speakers - {person.name for person in named}]
        return tuple(_present(person, cached, person.name in speakers) for person in [*named, *others])


def _speaks(known: KnownPerson) -> bool:
    return known.kind == "person" and known.quotations > 0


def _figure(known: KnownPerson) -> Figure:
    gender = known.gender or (first_name_gender(known.name) if known.kind == "person" else "")
    return Figure(known.name, known.kind, gender, known.roles, known.quotations > 0)


def _present(person: Person, cached: CachedArticle, speaks: bool) -> Figure:
    gender = person.gender or (first_name_gender(person.name) if person.kind == "person" else "")
    return Figure(person.name, person.kind, gender, person.roles, speaks, tuple(_beside(person, cached).items()))


def _beside(person: Person, cached: CachedArticle) -> dict[str, int]:
    """The words within a sentence near the places that name somebody, each with its least distance; nearest last."""
    found: dict[str, int] = {}
    text = shadow(cached.article.text)
    for start, end in _places(person, text):
        first, last = cached.sentences[cached.sentence_at(start)]
        for match in _WORD.finditer(text, max(first, start - NEAR), min(last, end + NEAR)):
            far = max(start - match.end(), match.start() - end, 0)
            word = fold(match[0])
            found[word] = min(far, found.get(word, far))
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _places(person: Person, text: str) -> list[tuple[int, int]]:
    """Where the text names somebody or calls them by a role."""
    named = re.compile(rf"\b{re.escape(shadow(person.name))}\b")
    return [*person.mentions, *(match.span() for match in named.finditer(text))]

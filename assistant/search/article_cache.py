"""An article opened for reading: its sentences and what words stand in them; opened once, kept while it is used."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index import typography
from index.languages.terms import terms
from index.models import Article
from index.text.sentences import sentences
from index.typography import fold

Span = tuple[int, int]
_DASH = re.compile("[–—―]")
_SHORT = 4
"""Letters of the longest word whose last "s" is not taken for a plural's."""
MOST = 2_000
"""Articles that stay open; the one that was not used for the longest time is closed first."""


_ASKED_WITHIN = 8
"""Sentences before a turn of a dialogue in which the question stands that it answers."""
_CLOSING = ' \n*_\u00a0\u202f»”")'


@dataclass(frozen=True)
class CachedArticle:
    """An article with its sentences; what is not asked for is not worked out."""

    article: Article

    @cached_property
    def sentences(self) -> list[Span]:
        """Spans of the sentences, which tile the text."""
        return sentences(self.article.text)

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """The terms of the title."""
        return frozenset(terms(self.article.title, self.article.lang))

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the text."""
        return frozenset(typography.words(self.article.text).split())

    @cached_property
    def folded(self) -> str:
        """The text without capitals and accents."""
        return fold(self.article.text)

    @cached_property
    def _sentence_terms(self) -> dict[int, frozenset[str]]:
        return {}

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of the text."""
        return self.terms_of(0, len(self.article.text))

    def names(self, name: str) -> bool:
        """Tell whether the text holds a name, typography and a plural apart, and not as a part of a longer one."""
        if name not in self._named:
            self._named[name] = bool(_whole(name).search(self._folded))
        return self._named[name]

    @cached_property
    def _named(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _folded(self) -> str:
        # A long dash stands between names, a hyphen inside one.
        return fold(_DASH.sub(" | ", self.article.text))

    def terms_of(self, start: int, end: int) -> frozenset[str]:
        """The terms of a stretch of the text."""
        return frozenset(terms(self.article.text[start:end], self.article.lang))

    def sentence_terms(self, number: int) -> frozenset[str]:
        """The terms of a sentence; none when there is no sentence of that number."""
        if not 0 <= number < len(self.sentences):
            return frozenset()
        if number not in self._sentence_terms:
            self._sentence_terms[number] = self.terms_of(*self.sentences[number])
        return self._sentence_terms[number]

    def question_terms(self, number: int) -> frozenset[str]:
        """The terms of the question that a turn of a dialogue answers, the last one near before its first sentence."""
        for before in range(number - 1, max(number - 1 - _ASKED_WITHIN, -1), -1):
            start, end = self.sentences[before]
            if self.article.text[start:end].rstrip(_CLOSING).endswith("?"):
                return self.sentence_terms(before)
        return frozenset()

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that holds a place."""
        return max(bisect_right(self._starts, place) - 1, 0)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]


@lru_cache(maxsize=1_000)
def _whole(name: str) -> re.Pattern[str]:
    words = re.findall(r"\w+", fold(name)) or [fold(name)]
    last = words[-1].removesuffix("s") if len(words[-1]) > _SHORT else words[-1]
    joined = r"[^\w\n]{1,2}".join(map(re.escape, (*words[:-1], last)))
    return re.compile(rf"(?<![\w-]){joined}(?:e?s)?(?![\w-])")


class ArticleCache:
    """Opens articles by their id; may be shared between threads."""

    def __init__(self, fetch: Callable[[str], Article]) -> None:
        self._revisions: Mapping[str, int] = {}
        self._open = lru_cache(maxsize=MOST)(lambda article_id, _: CachedArticle(fetch(article_id)))

    def follow(self, revisions: Mapping[str, int]) -> None:
        """Read again what was written since: ``revisions`` holds of each article when it was written last."""
        self._revisions = revisions

    def open(self, article_id: str) -> CachedArticle:
        """The parsed article of that id.

        Raises:
            ArticleNotFound: it was removed.
        """
        return self._open(article_id, self._revisions.get(article_id))

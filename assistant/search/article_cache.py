"""An article opened for reading: its sentences and what words stand in them; opened once, kept while it is used."""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.search.offices import Token, tokens_of
from index import typography
from index.errors import ArticleNotFound
from index.languages.terms import all_terms
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
        return all_terms(self.article.title, self.article.lang)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the text."""
        return frozenset(typography.words(self.article.text).split())

    @cached_property
    def folded(self) -> str:
        """The text without capitals and accents."""
        return fold(self.article.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words and marks of the text, in their order."""
        return tokens_of(self.article.text)

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
        """The terms of a stretch of the text, and those of the dictionary forms of its words."""
        return all_terms(self.article.text[start:end], self.article.lang)

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
            if self.asks(*self.sentences[before]):
                return self.sentence_terms(before)
        return frozenset()

    def asks(self, start: int, end: int) -> bool:
        """Tell whether a stretch of the text is a question."""
        return self.article.text[start:end].rstrip(_CLOSING).endswith("?")

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

    def __init__(self, fetch: Callable[[Collection[str]], Iterable[Article]]) -> None:
        """``fetch`` returns some articles, as far as they are there."""
        self._fetch = fetch
        self._revision = -1
        self._opened: OrderedDict[str, tuple[int, CachedArticle]] = OrderedDict()  # each with the revision it was of
        self._lock = threading.Lock()

    def follow(self, revision: int, written: Callable[[Collection[str]], Mapping[str, int]]) -> None:
        """Close what was changed or removed since it was opened.

        Args:
            revision: of the catalog, now.
            written: tells when each of some articles was written last; nothing of those that are gone.
        """
        if revision == self._revision:
            return
        with self._lock:
            opened = {article_id: at for article_id, (at, _) in self._opened.items()}
        last = written(opened)
        with self._lock:
            for article_id, at in opened.items():
                if last.get(article_id, revision + 1) > at:
                    self._opened.pop(article_id, None)
            self._revision = revision

    def open(self, article_id: str) -> CachedArticle:
        """The parsed article of that id.

        Raises:
            ArticleNotFound: it was removed.
        """
        opened = self.open_all([article_id])
        if not opened:
            raise ArticleNotFound(f"{article_id}: no such article. List them with `dixit list`.")
        return opened[article_id]

    def open_all(self, article_ids: Collection[str]) -> dict[str, CachedArticle]:
        """Several articles by their ids, as far as they are there: those that are not open yet are read together."""
        with self._lock:
            revision = self._revision
            known = {id: self._opened[id][1] for id in article_ids if id in self._opened}
            for id in known:
                self._opened.move_to_end(id)
        missing = [id for id in article_ids if id not in known]
        read = {article.id: CachedArticle(article) for article in self._fetch(missing)} if missing else {}
        with self._lock:
            self._opened |= {id: (revision, cached) for id, cached in read.items()}
            while len(self._opened) > MOST:
                self._opened.popitem(last=False)
        return known | read

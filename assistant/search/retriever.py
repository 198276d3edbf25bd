"""Question -> evidence: articles first, then the quotations and sentences in them that may answer.

Articles are found by dense and full-text lists of passages, fused by reciprocal rank (see ``fused``). What is in them
is then weighed by ``assistant.search.relevance``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.models import Citation
from assistant.question import Question, Scope
from assistant.search.article_cache import ArticleCache, CachedArticle
from assistant.search.asked import Asked, AskedWord, asked_names, asked_words, head_words, thing_words
from assistant.search.fusion import fused
from assistant.search.name_words import name_words
from assistant.search.near_duplicates import first_repetition
from assistant.search.relevance import Find, cosine
from assistant.search.scope import in_scope
from assistant.search.speakers import holders
from index.catalog import ArticleFilter, Catalog, Extent, Nearness, Order, Vectors
from index.embedding.embedder import Embedder
from index.errors import ArticleNotFound
from index.languages.terms import query_terms
from index.models import ArticleCard, Hit, Quotation, Span, Tally
from index.vectors import VectorIndex

DEPTH = 30
"""Hits of each list."""
ARTICLES = 8
"""Articles whose quotations are read closely for one question."""
SCOPED = 60
"""Articles of an outlet or a time whose quotations are read closely for one question."""
EACH_WAY = 40
"""Of a speaker with many quotations, how many are looked at as the newest, the oldest, the nearest by each list."""
MANY = 10
"""Times as many quotations, from which on a speaker has many."""
REMEMBERED = 64
"""Questions and topics whose vectors are kept: what a question may mean is searched by few."""
PASSAGES = 12
"""Passages whose sentences are read closely for one question."""


@dataclass(frozen=True, slots=True)
class Search:
    """One question's search: what is asked, and where the best passages are (best first)."""

    asked: Asked
    passages: tuple[Hit, ...]

    @property
    def ranks(self) -> dict[str, int]:
        """The articles of the passages, each with its rank from 0."""
        ids = dict.fromkeys(hit.article_id for hit in self.passages)
        return {article_id: rank for rank, article_id in enumerate(ids)}


class Retriever:
    """Finds the places that may answer a question."""

    def __init__(self, catalog: Catalog, vectors: VectorIndex, embedder: Embedder) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._embedded = lru_cache(maxsize=REMEMBERED)(embedder.embed_query)
        self._cache = ArticleCache(catalog.articles_of)

    def search(self, question: Question) -> Search:
        """Find the passages for a question."""
        self._follow()
        text = question.typed or question.text
        whole = self._embedded(text)
        topic = self._embedded(question.topic) if question.topic.strip() else whole
        about = question.topic if question.topic.strip() else text
        words = self._words(about, question.lang)
        dense = self._vectors.search(whole, "passage", DEPTH)
        searched = dict.fromkeys((*query_terms(text), *_terms(words)))
        full_text = self._catalog.search(list(searched), "passage", DEPTH)
        passages = tuple(fused(dense, full_text)[:DEPTH])
        nearest = self._vectors.search(topic, "quotation", 1)
        near = nearest[0].score if nearest else 0.0
        names = asked_names(question)
        head = head_words(question.topic, question.lang)
        asked = Asked(
            words,
            topic,
            whole,
            question.lang,
            near,
            0.0,
            text,
            question.wants,
            names,
            head=head,
            thing=thing_words(question.topic, question.lang),
        )
        told = self._catalog.search(_terms(words), "passage", 5)
        best = max((asked.coverage(self._terms_of(hit)) for hit in (*told, *passages[:5])), default=0.0)
        return Search(replace(asked, best_coverage=best), passages)

    def _words(self, about: str, lang: str) -> tuple[AskedWord, ...]:
        words = asked_words(about, lang)
        rarity = self._catalog.rarity(_terms(words))
        return tuple(word.weighed(rarity) for word in words)

    def statements(self, search: Search) -> list[Find]:
        """The quotations of the best articles and the nearest of all."""
        near = self._vectors.search(search.asked.whole_vector, "quotation", DEPTH)
        wanted = {(hit.article_id, hit.start) for hit in near}
        best = set(list(search.ranks)[:ARTICLES])
        found = self._catalog.statements(articles=best | {hit.article_id for hit in near})
        kept = [(q, v) for q, v in found if q.article_id in best or (q.article_id, q.start) in wanted]
        return self._cached(search, kept)

    def said_by(
        self, search: Search, speakers: Collection[str], each: int | None = EACH_WAY
    ) -> tuple[list[Find], Extent]:
        """The quotations of some speakers, and how many there are.

        Of many, those that may be shown: so many of the newest, of the oldest, and of those nearest to the question by
        words and by meaning; None: all.
        """
        asked = search.asked
        extent, rowids = None, None
        if each is not None and self._catalog.times_quoted(speakers) > each * MANY:
            near = Nearness((asked.vector, asked.whole_vector), tuple(_terms(asked.words)))
            rowids, extent = self._catalog.likely_statements(speakers, near, each)
        found = self._catalog.statements(speakers=speakers, rowids=rowids)
        finds = self._cached(search, found)
        return finds, extent or Extent.of([find.cached.article.published for find in finds])

    def statements_within(self, search: Search, scope: Scope) -> list[Find]:
        """The quotations of the articles of a scope, the most relevant of them, beside those found without it."""
        ranks = search.ranks
        articles = self._catalog.matching(ArticleFilter(source=scope.outlet, lang=scope.lang))
        within = [id for id, day in _scoped(scope, articles) if not scope.periods or _may_be_of(scope, day)]
        nearest = sorted(within, key=lambda id: ranks.get(id, len(ranks)))[:SCOPED]
        found = self._cached(search, self._catalog.statements(articles=nearest))
        known = {(find.cached.article.id, find.start, find.end) for find in found}
        others = self.statements(search)
        return found + [find for find in others if (find.cached.article.id, find.start, find.end) not in known]

    def of_holders(self, search: Search, role: str, called: Sequence[str] = ()) -> list[Find]:
        """The quotations of the people to whom the articles give a role ("la maire" is no man); none of a crowd.

        ``called``: what articles of another language call the role, instead of its own words.
        """
        people = {one.id: one for words in called or (role,) for one in self._catalog.people_called(words)}
        held = holders(role, list(people.values()))
        return self._cached(search, self._catalog.statements(people=[one.id for one in held])) if held else []

    def tally(self, search: Search, scope: Scope) -> list[Tally]:
        """Everybody who is quoted within a scope, with how often, those most often first."""
        if not scope:
            return self._catalog.quoted()
        cards = self._catalog.within(scope.outlet, scope.lang, scope.periods)
        said = in_scope(scope, self._cached(search, self._catalog.statements(articles=[card.id for card in cards])))
        kinds = {find.speaker: find.quotation.speaker_kind for find in said if find.speaker and find.quotation}
        counts = Counter(find.speaker for find in said if find.speaker)
        return [Tally(name, count, kinds[name]) for name, count in counts.most_common()]

    def articles(
        self, search: Search, scope: Scope, words: str, name: str | None, most: int | None, order: Order = "newest"
    ) -> tuple[list[Find], int]:
        """The articles within a scope that hold some words and mention a name, each with its most telling sentence.

        The first so many of them are opened, and all of the same day as the last; all, where their texts decide
        whether they are of a time.

        Returns:
            those that were opened, and how many articles there are.
        """
        found = _scoped(scope, self._catalog.matching(ArticleFilter(words, scope.outlet, scope.lang, order), name))
        if scope.periods:
            finds = in_scope(scope, self._told(search, [id for id, day in found if _may_be_of(scope, day)]))
            return finds, len(finds)
        shown = found[:most]
        if shown and shown[-1][1] is not None:  # of one day all: their order is that of what they tell
            last = shown[-1][1]
            shown += [each for each in found[len(shown) :] if each[1] == last]
        return self._told(search, [id for id, _ in shown]), len(found)

    def _told(self, search: Search, articles: Iterable[str]) -> list[Find]:
        wanted = list(articles)
        opened = self._cache.open_all(wanted)
        return [self._telling(search, opened[id]) for id in wanted if id in opened]

    def _telling(self, search: Search, cached: CachedArticle) -> Find:
        """The sentence of an article that tells most of what is asked, the first one of equals."""
        asked = search.asked
        told = [asked.coverage(cached.sentence_terms(number)) for number in range(len(cached.sentences))]
        span = cached.sentences[told.index(max(told))]
        return Find(cached, *_stripped(cached, span), None, 0.0, 0.0, None)

    def naming(self, search: Search, name: str, role: str | None) -> list[Find]:
        """The sentences that hold the last word of a name, where it is mentioned; of a role, in the best articles."""
        articles = list(search.ranks)[:ARTICLES] if role else self._catalog.mentioning(name)
        word = name_words(role or name)[-1:]
        cached = filter(None, map(self._opened_if_there, articles))
        return [find for one in cached for find in _sentences(one) if set(word) <= set(find.folded_words)]

    def rarity(self, text: str) -> dict[str, float]:
        """How rare the terms of a text are in the articles."""
        return self._catalog.rarity(query_terms(text))

    def kinds(self, name: str) -> set[str]:
        """What those are whom the articles call by a name: people, bodies, places."""
        return {known.kind for known in self._catalog.people_called(name)}

    def roles(self, name: str) -> list[str]:
        """The roles that the articles give to those of a whole name: "maire de Morvillac", and in short "maire"."""
        roles = [role for person in self._catalog.people_called(name) for role in person.roles]
        return list(dict.fromkeys([*roles, *(role.split()[0] for role in roles)]))

    def alike(self, search: Search, words: str) -> list[Find]:
        """The quotations that share words with some words given as quoted."""
        hits = self._catalog.search(query_terms(words), "quotation", DEPTH)
        wanted = {(hit.article_id, hit.start, hit.end) for hit in hits}
        found = self._catalog.statements(articles={hit.article_id for hit in hits})
        return self._cached(search, [(q, v) for q, v in found if (q.article_id, q.start, q.end) in wanted])

    def sentences(self, search: Search) -> list[Find]:
        """The sentences of the best passages."""
        passages = search.passages[:PASSAGES]
        cosines = self._passage_cosines(search, {hit.article_id for hit in passages})
        return [find for hit in passages for find in self._sentences_of(search, hit, cosines)]

    def said_in(self, search: Search, articles: Sequence[str]) -> list[Find]:
        """The quotations of some articles, in their order."""
        found = self._cached(search, self._catalog.statements(articles=set(articles)))
        order = {article: rank for rank, article in enumerate(articles)}
        return sorted(found, key=lambda find: (order[find.cached.article.id], find.start))

    def sentences_in(self, search: Search, articles: Sequence[str]) -> list[Find]:
        """The sentences of some articles, in their order; nothing is told of how near they are."""
        cached = filter(None, map(self._opened_if_there, articles))
        return [find for each in cached for find in _sentences(each)]

    def find_of(self, cited: Citation) -> Find | None:
        """The place of a citation; None when its article was removed."""
        cached = self._opened_if_there(cited.article.id)
        return Find(cached, cited.start, cited.end, cited.quotation, 0.0, 0.0, None) if cached else None

    def opened(self, article_id: str) -> CachedArticle:
        """An article, opened for reading.

        Raises:
            ArticleNotFound: it was removed.
        """
        self._follow()
        return self._cache.open(article_id)

    def stories(self, articles: Collection[str]) -> dict[str, str]:
        """The story of each of some articles that has one, which near-duplicates share."""
        return self._catalog.stories(articles)

    def near_duplicates(self, find: Find, most: int) -> list[str]:
        """The first so many near-duplicates of a find's article."""
        return self._catalog.near_duplicates(find.cached.article.id, most)

    def repetitions(self, find: Find, articles: Iterable[str]) -> list[Find]:
        """The words of a find in some other articles, as far as these hold them and name nobody else for them."""
        cached = filter(None, map(self._opened_if_there, articles))
        repetitions = (
            first_repetition(find, article, self._catalog.quotations(article.article.id)) for article in cached
        )
        return [repetition for repetition in repetitions if repetition]

    def quotation_around(self, find: Find) -> Quotation | None:
        """The longest quotation with a speaker within a sentence that holds the answer in it; None: there is none."""
        if find.strong is None:
            return None
        within = (
            said
            for said in self._catalog.quotations(find.cached.article.id)
            if find.start <= said.start <= find.strong[0] and find.strong[1] <= said.end <= find.end and said.speaker
        )
        return max(within, key=lambda said: said.end - said.start, default=None)

    def copies(self, find: Find) -> list[ArticleCard]:
        """The other places that hold the text of a find's article."""
        return self._catalog.copies(find.cached.article.id)

    def _follow(self) -> None:
        self._cache.follow(self._catalog.revision(), self._catalog.revisions)

    def _opened_if_there(self, article_id: str) -> CachedArticle | None:
        try:
            return self._cache.open(article_id)
        except ArticleNotFound:  # removed since it was found
            return None

    def _terms_of(self, hit: Hit) -> frozenset[str]:
        cached = self._opened_if_there(hit.article_id)
        return cached.terms_of(hit.start, hit.end) if cached else frozenset()

    def _sentences_of(
        self, search: Search, hit: Hit, cosines: dict[tuple[str, int], tuple[float, float]]
    ) -> Iterable[Find]:
        cached = self._opened_if_there(hit.article_id)
        if cached is None:
            return
        rank = search.ranks[hit.article_id]
        for span in cached.sentences:
            first, last = _stripped(cached, span)
            if hit.start <= span[0] < hit.end and first < last:
                near, near_whole = cosines.get((hit.article_id, hit.start), (0.0, 0.0))
                yield Find(cached, first, last, None, near, near_whole, rank)

    def _passage_cosines(self, search: Search, articles: Iterable[str]) -> dict[tuple[str, int], tuple[float, float]]:
        units = [unit for article in articles for unit in self._catalog.units(article) if unit.kind == "passage"]
        return {(unit.article_id, unit.start): _cosines(search.asked, unit.vector) for unit in units}

    def _cached(self, search: Search, found: Sequence[tuple[Quotation, Vectors]]) -> list[Find]:
        ranks = search.ranks
        opened = self._cache.open_all({quotation.article_id for quotation, _ in found})
        finds = []
        for quotation, vector in found:
            cached = opened.get(quotation.article_id)
            if cached is None:  # removed since it was found
                continue
            near, near_whole = _cosines(search.asked, vector)
            rank = ranks.get(quotation.article_id)
            finds.append(Find(cached, quotation.start, quotation.end, quotation, near, near_whole, rank))
        return finds


def _scoped(scope: Scope, found: Iterable[tuple[str, date | None]]) -> list[tuple[str, date | None]]:
    """Return the articles, each with its day, of those that a scope names; all, if it names none."""
    return [(id, day) for id, day in found if not scope.articles or id in scope.articles]


def _may_be_of(scope: Scope, day: date | None) -> bool:
    """Tell whether an article of a day may hold words of one of the times of a scope."""
    return scope.behind_topic or day is None or any(period.holds(day) for period in scope.periods)


def _terms(words: Iterable[AskedWord]) -> list[str]:
    return list(dict.fromkeys(term for word in words for term in sorted(word.terms)))


def _sentences(cached: CachedArticle) -> Iterator[Find]:
    """The sentences of an article that are not blank; nothing is told of how near they are."""
    for span in cached.sentences:
        first, last = _stripped(cached, span)
        if first < last:
            yield Find(cached, first, last, None, 0.0, 0.0, None)


def _stripped(cached: CachedArticle, span: Span) -> Span:
    """A stretch of an article without the spaces around it."""
    start, end = span
    words = cached.article.text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _cosines(asked: Asked, vector: Vectors) -> tuple[float, float]:
    return cosine(asked.vector, vector), cosine(asked.whole_vector, vector)

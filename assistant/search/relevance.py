"""How likely a place in an article answers what a question asks about: features of the two -> a probability.

A logistic model over a handful of readable features; its weights are data (``relevance.toml``), fitted on labelled
questions as ``docs/evaluation.md`` tells.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from assistant.models import Elsewhere
from assistant.search.answer_types import answer_spans, fits, recognisable
from assistant.search.article_cache import CachedArticle
from assistant.search.asked import Asked
from index import typography
from index.catalog import Vectors
from index.models import Quotation
from index.quotations.certainty import certainty

SPREAD = 10.0
MANY = 6
"""Asked words from which a question asks for many."""
LEAD = 2
"""Sentences at the beginning of an article that tell what it is about: its title and the first one."""
ON_HEAD = 0.6
"""How near in meaning, spread, words are that need not name the noun which is asked about."""
SHORT = 25
"""Characters of a place that is too short to tell much, fewer than."""


@dataclass(frozen=True, slots=True)
class Find:
    """A place that may answer: a quotation, or a sentence when ``quotation`` is None.

    Attributes:
        near: the cosine of the question's topic and the place's vector (a sentence has its passage's).
        near_whole: the same with the whole question.
        article_rank: of its article among those found for the question, 0 is the first; None: not among them.
        also: where the same words stand in other articles of the same story, once that was looked up.
        strong: the answer within it, as offsets into its article; None: not found.
    """

    cached: CachedArticle
    start: int
    end: int
    quotation: Quotation | None
    near: float
    near_whole: float
    article_rank: int | None
    also: tuple[Elsewhere, ...] = ()
    strong: tuple[int, int] | None = None

    @property
    def speaker(self) -> str | None:
        """Who said the words, when they are a quotation and the article tells."""
        return self.quotation.speaker if self.quotation else None

    @property
    def doubtful(self) -> bool:
        """Whether a speaker is named who is likely, not sure."""
        return self.quotation is not None and certainty(self.quotation) == "likely"

    @property
    def folded_words(self) -> list[str]:
        """Its words, folded."""
        return typography.words(self.cached.article.text[self.start : self.end]).split()

    @property
    def headline(self) -> bool:
        """Whether the words stand in the headline, which names nobody for them."""
        title = self.cached.article.title
        return self.speaker is None and self.end <= len(title) and self.cached.article.text.startswith(title)

    @property
    def around(self) -> frozenset[str]:
        """The terms of the sentences that hold it, of those before and after them, and of the title."""
        return self._terms_of_sentences(1, 1)

    @property
    def behind(self) -> frozenset[str]:
        """The terms of the sentences that hold it, of the one before, the title and the lead: what it may take up."""
        lead = (self.cached.sentence_terms(number) for number in range(LEAD))
        return self._terms_of_sentences(1, 0).union(*lead)

    @property
    def sentence(self) -> frozenset[str]:
        """The terms of the sentences that hold it."""
        return frozenset().union(*self._sentences(0, 0))

    def _terms_of_sentences(self, before: int, after: int) -> frozenset[str]:
        return self.cached.title_terms.union(*self._sentences(before, after))

    def _sentences(self, before: int, after: int) -> Iterator[frozenset[str]]:
        first, last = self.cached.sentence_at(self.start), self.cached.sentence_at(max(self.end - 1, self.start))
        return (self.cached.sentence_terms(number) for number in range(first - before, last + 1 + after))

    @property
    def in_marks(self) -> bool:
        """Whether the words stand in quotation marks in the article."""
        return self.quotation is not None and self.quotation.kind != "indirect" and not self.quotation.turn


def compared(asked: Asked, finds: Sequence[Find]) -> Asked:
    """Return what is asked with what the best of some places has of it, so that each is weighed beside the others."""
    covered = max((asked.coverage(find.cached.terms_of(find.start, find.end)) for find in finds), default=0.0)
    return replace(asked, best_of=(covered, max((find.near for find in finds), default=0.0)))


def features(asked: Asked, find: Find) -> dict[str, float]:
    """What the model looks at, each about 0 to 1."""
    cached = find.cached
    number = cached.sentence_at(find.start)
    last = cached.sentence_at(max(find.end - 1, find.start))
    words = cached.terms_of(find.start, find.end)
    sentence = find.sentence
    if find.quotation is not None and find.quotation.turn:
        sentence |= cached.question_terms(number)  # "Half of it." is about what was asked
    around = sentence | cached.sentence_terms(number - 1) | cached.sentence_terms(last + 1)
    whole = around | cached.title_terms
    held, fitting = _answer_type(asked, find)
    return {
        "bias": 1.0,
        "words": asked.coverage(words),
        "sentence": asked.coverage(sentence),
        "around": asked.coverage(around),
        "whole": asked.coverage(whole),
        "telling": asked.telling(whole),
        "answer_type": held,
        "fitting": fitting,
        "cosine": spread(find.near),
        "cosine_whole": spread(find.near_whole),
        "cosine_gap": SPREAD * (asked.best_cosine - find.near),
        "coverage_gap": asked.best_coverage - asked.coverage(around),
        "foreign": float(cached.article.lang != asked.lang),
        "article": 0.0 if find.article_rank is None else 1.0 / (1.0 + find.article_rank),
        "asked": min(len(asked.words), MANY) / MANY,
        "words_behind": asked.best_of[0] - asked.coverage(words),
        "cosine_behind": SPREAD * (asked.best_of[1] - find.near),
        "lead": 1.0 if number <= 1 else 0.0,
        "short": 1.0 if find.end - find.start < SHORT else 0.0,
    }


def spread(cosine: float) -> float:
    """Return a cosine of multilingual-e5, which lies between .7 and .9, spread as wide as the other features."""
    return SPREAD * (cosine - 0.8)


def _answer_type(asked: Asked, find: Find) -> tuple[float, float]:
    """Whether the place holds a thing of the kind asked for (0, 1, or .5: unknown), and one that fits the words."""
    article = find.cached.article
    if find.quotation is not None or not recognisable(asked.wants, article.lang):
        return 0.5, 0.0
    sentence = article.text[find.start : find.end]
    spans = answer_spans(sentence, asked.wants, article.lang, asked.text)
    fitting = bool(spans) and fits(sentence[spans[0][0] : spans[0][1]], article.lang, asked.text)
    return float(bool(spans)), float(fitting)


def relevance(asked: Asked, find: Find, model: str) -> float:
    """The probability that a place answers, by one of the models: "own", "quotation" or "sentence".

    Each has a twin for articles of another language than the question's, which share few terms with it.
    """
    weights = _weights()[f"{model}_foreign" if find.cached.article.lang != asked.lang else model]
    score = sum(weights.get(name, 0.0) * value for name, value in features(asked, find).items())
    return 1.0 / (1.0 + math.exp(-score))


def cosine(one: Vectors, other: Vectors) -> float:
    """The cosine of two vectors; 0 when one has no length."""
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths else 0.0


@cache
def _weights() -> dict[str, dict[str, float]]:
    data = (resources.files("assistant.search") / "relevance.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def passes(kind: str, score: float, asked: Asked, find: Find) -> bool:
    """Tell whether a place is relevant enough to answer a kind of question.

    Words of another language than the question's share few terms with it, so their bar is their own.
    """
    bars = _weights()["threshold"]
    foreign = find.cached.article.lang != asked.lang
    return score >= bars.get(f"{kind}_foreign" if foreign else kind, bars[kind])


def is_on_head(asked: Asked, find: Find) -> bool:
    """Tell whether a place is about the noun that is asked about, not what tells more of it: "the age of the wood"."""
    if find.cached.article.lang != asked.lang or spread(find.near) >= ON_HEAD:
        return True
    first, last = find.cached.sentence_at(find.start), find.cached.sentence_at(max(find.end - 1, find.start))
    return asked.head_is_in(find.around) or any(map(asked.head_is_in, map(find.cached.question_terms, {first, last})))


def alike_enough(score: float) -> bool:
    """Tell whether words given as quoted are like enough to a quotation's (0 to 100) to be meant for it."""
    return score >= _weights()["threshold"]["quoted"]

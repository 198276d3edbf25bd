"""How likely a place in an article answers what a question asks about: features of the two -> a probability.

A logistic model over a handful of readable features; its weights are data (``relevance.toml``), fitted on labelled
questions as ``docs/evaluation.md`` tells.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from assistant.certainty import certainty
from assistant.models import Elsewhere
from assistant.question import Wants
from assistant.question.name_index import exonyms
from assistant.search.answer_types import answer_spans, fits, recognisable
from assistant.search.article_cache import CachedArticle
from index.catalog import Vectors
from index.languages.terms import query_terms
from index.models import Quotation

SPREAD = 10.0
SHORT = 25
"""Characters of a place that is too short to tell much, fewer than."""
_TOKEN = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks about, ready to be compared.

    Attributes:
        words: for each word its forms as terms (French and English stems) and its rarity, the telling ones heaviest.
        vector: of the topic, unit length.
        whole_vector: of the whole question, unit length.
        lang: of the question.
        text: the question, whole.
        wants: for a question of fact, the kind of thing that answers it.
        best_cosine: of the topic and the nearest quotation of all.
        best_coverage: of the asked words, by the best passage of all: how much better they are covered elsewhere.
    """

    words: tuple[tuple[frozenset[str], float], ...]
    vector: Vectors
    whole_vector: Vectors
    lang: str
    best_cosine: float = 0.0
    best_coverage: float = 0.0
    text: str = ""
    wants: Wants | None = None

    def telling(self, held: frozenset[str]) -> float:
        """Whether some terms hold the rarest of the asked words: 1 or 0; 0 when nothing is asked."""
        forms, _ = max(self.words, key=lambda word: word[1], default=(frozenset(), 0.0))
        return float(bool(forms & held))

    def coverage(self, held: frozenset[str]) -> float:
        """The share of the asked words, by rarity, that some terms hold: 0 to 1; 0 when nothing is asked."""
        total = sum(weight for _, weight in self.words)
        return sum(weight for forms, weight in self.words if forms & held) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Find:
    """A place that may answer: a quotation, or a sentence when ``quotation`` is None.

    Attributes:
        near: the cosine of the question's topic and the place's vector (a sentence has its passage's).
        near_whole: the same with the whole question.
        article_rank: of its article among those found for the question, 0 is the first; None: not among them.
        also: where the same words stand in other articles of the same story, once that was looked up.
    """

    cached: CachedArticle
    start: int
    end: int
    quotation: Quotation | None
    near: float
    near_whole: float
    article_rank: int | None
    also: tuple[Elsewhere, ...] = ()

    @property
    def speaker(self) -> str | None:
        """Who said the words, when they are a quotation and the article tells."""
        return self.quotation.speaker if self.quotation else None

    @property
    def doubtful(self) -> bool:
        """Whether a speaker is named who is likely, not sure."""
        return self.quotation is not None and certainty(self.quotation) == "likely"

    @property
    def headline(self) -> bool:
        """Whether the words stand in the headline, which names nobody for them."""
        title = self.cached.article.title
        return self.speaker is None and self.end <= len(title) and self.cached.article.text.startswith(title)

    @property
    def in_marks(self) -> bool:
        """Whether the words stand in quotation marks in the article."""
        return self.quotation is not None and self.quotation.kind != "indirect"


def asked_words(text: str, rarity: Mapping[str, float]) -> tuple[tuple[frozenset[str], float], ...]:
    """The words that a text asks for, each with its terms and the rarity of the commonest of them.

    A name that French and English write differently ("Russie", "Russia") is asked for in both ways.
    """
    kept = set(query_terms(text))
    groups = (frozenset(query_terms(token)) & kept for token in dict.fromkeys(_TOKEN.findall(text)))
    words = tuple((forms, min(rarity[form] for form in forms)) for forms in dict.fromkeys(groups) if forms)
    return tuple((forms | _abroad(forms), weight) for forms, weight in words)


def _abroad(forms: frozenset[str]) -> frozenset[str]:
    others = (other for form in forms for other in _foreign_names().get(form, ()))
    return frozenset(others)


@cache
def _foreign_names() -> dict[str, frozenset[str]]:
    """Each term of a one-word name, and the terms of the same name in the other language."""
    pairs = [(one[0], other[0]) for one, many in exonyms().items() for other in many if len(one) == len(other) == 1]
    return {term: frozenset(query_terms(other)) for one, other in pairs for term in query_terms(one)}


def features(asked: Asked, find: Find) -> dict[str, float]:
    """What the model looks at, each about 0 to 1."""
    cached = find.cached
    number = cached.sentence_at(find.start)
    last = cached.sentence_at(max(find.end - 1, find.start))
    words = cached.terms_of(find.start, find.end)
    sentence = frozenset().union(*(cached.sentence_terms(n) for n in range(number, last + 1)))
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
        "cosine": _spread(find.near),
        "cosine_whole": _spread(find.near_whole),
        "cosine_gap": SPREAD * (asked.best_cosine - find.near),
        "coverage_gap": asked.best_coverage - asked.coverage(around),
        "foreign": float(cached.article.lang != asked.lang),
        "article": 0.0 if find.article_rank is None else 1.0 / (1.0 + find.article_rank),
        "short": 1.0 if find.end - find.start < SHORT else 0.0,
    }


def _spread(cosine: float) -> float:
    # Cosines of multilingual-e5 lie between .7 and .9: spread them as wide as the other features.
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


def alike_enough(score: float) -> bool:
    """Tell whether words given as quoted are like enough to a quotation's (0 to 100) to be meant for it."""
    return score >= _weights()["threshold"]["quoted"]

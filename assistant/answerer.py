"""Evidence -> answer: the best sentences, verbatim, or an honest refusal; no language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models import Answer, Citation, Evidence, Paragraph, Prose, Quoted
from assistant.words import Words
from index.catalog import Catalog
from index.models import Article, Passage
from index.sentences import sentences
from index.terms import query_terms, terms

SENTENCES = 3
MIN_COVERAGE = 0.5
"""The share of the question's words that a sentence must hold to be shown."""
MIN_COSINE = 0.86
"""A passage this near to the question is shown though they share no words (another language, say)."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    start: int
    end: int
    coverage: float
    rank: int
    near: bool


class Answerer:
    """Writes answers out of slices of articles."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def answer(self, question: str, lang: str, evidence: Sequence[Evidence], words: Words) -> Answer:
        """Answer with the sentences that bear most of the question's words, or say that the articles do not say."""
        candidates = [c for rank, place in enumerate(evidence) for c in self._candidates(question, place, rank)]
        fitting = [c for c in candidates if c.coverage >= MIN_COVERAGE or c.near]
        best = sorted(fitting, key=lambda c: (-c.coverage, c.rank, c.start))[:SENTENCES]
        if not best:
            return Answer(question, lang, True, ((Prose(words.say("reply.not_said")),),))
        citations = tuple(_citation(number, candidate) for number, candidate in enumerate(best, start=1))
        return Answer(question, lang, False, tuple(_paragraph(c, words) for c in citations), citations)

    def _candidates(self, question: str, place: Evidence, rank: int) -> list[_Candidate]:
        article = self._catalog.article(place.article_id)
        asked = set(query_terms(question))
        found = []
        for start, end in _sentences_of(article, Passage(article.id, place.start, place.end)):
            held = asked & set(terms(article.text[start:end], article.lang))
            near = (place.cosine or 0.0) >= MIN_COSINE
            found.append(_Candidate(article, start, end, len(held) / max(len(asked), 1), rank, near))
        return found


def _sentences_of(article: Article, passage: Passage) -> list[tuple[int, int]]:
    text = article.text[passage.start : passage.end]
    found = []
    for begin, stop in sentences(text):
        sentence = text[begin:stop]
        start = passage.start + begin + len(sentence) - len(sentence.lstrip())
        end = start + len(sentence.strip())
        if start < end:
            found.append((start, end))
    return found


def _citation(number: int, found: _Candidate) -> Citation:
    article = found.article
    return Citation(
        number=number,
        article_id=article.id,
        article=article.key,
        title=article.title,
        published=article.published,
        source=article.source,
        start=found.start,
        end=found.end,
        quote=article.text[found.start : found.end],
        kind="passage",
    )


def _paragraph(citation: Citation, words: Words) -> Paragraph:
    return (Prose(words.say("reply.in_article", title=citation.title)), Quoted(citation.number))

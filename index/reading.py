"""An article -> all that is stored of it: passages, quotations, people, vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.catalog import Reading
from index.corrections import Correction, corrected
from index.embedding.embedder import Embedder, Vectors
from index.embedding.encoded_article import EncodedArticle
from index.embedding.token_states import TokenStates, passage_words
from index.models import Article, Passage, Quotation
from index.quotations.extractor import extract
from index.text.chunker import chunk
from index.text.names import names


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that is to be read, and the corrections that hold of it."""

    article: Article
    corrections: Sequence[Correction] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one article after another; goes from process to process, and each loads the models once.

    Attributes:
        embedder: makes the vectors.
        states: shows what words mean where they stand, if the embedder does not; None: it cannot be had.
        passage_tokens: the longest passage.
    """

    embedder: Embedder
    states: TokenStates | None
    passage_tokens: int

    def read(self, unread: Unread) -> Reading:
        """Return what is found in an article, as its corrections let it be."""
        article = unread.article
        passages = chunk(article, self.embedder.count_tokens, self.passage_tokens)
        states, passage_vectors = self._encoded(article, passages)
        found = extract(article, states)
        told = corrected(article, found, unread.corrections)
        return Reading(
            article,
            passages,
            told.quotations,
            passage_vectors(),
            self.embedder.embed_passages([quotation_words(article, q) for q in told.quotations]),
            self.embedder.name,
            names(article),
            told.people,
            None if told == found else found,
            unread.corrections,
        )

    def _encoded(
        self, article: Article, passages: Sequence[Passage]
    ) -> tuple[TokenStates | None, Callable[[], Vectors]]:
        """Return what gives the states of an article's tokens, and what the vectors of its passages."""
        if self.embedder.split is not None:
            encoded = EncodedArticle(self.embedder.split, article, passages)
            return encoded, encoded.vectors
        words = [passage_words(article, passage) for passage in passages]
        return self.states, lambda: self.embedder.embed_passages(words)


def quotation_words(article: Article, quotation: Quotation) -> str:
    """Return the words that a quotation's vector is made of."""
    words = article.text[quotation.start : quotation.end]
    return f"{article.title}\n{quotation.speaker}: {words}" if quotation.speaker else f"{article.title}\n{words}"

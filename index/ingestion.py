"""Articles in: load, chunk, find quotations, embed, store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np

from index.catalog import Catalog, Outcome, Reading
from index.corrections import Correction, corrected, edited
from index.embedding.embedder import Embedder
from index.embedding.token_states import TokenStates, open_token_states
from index.errors import ArticleNotFound, ModelError, SourceRefused
from index.loaders import Note, Refusal, load, load_document, sources
from index.loaders.web import Web
from index.models import Article, Passage, Quotation, content_id
from index.quotations.extractor import extract
from index.reason import Reason
from index.settings import IndexSettings
from index.text.chunker import chunk
from index.text.names import names
from index.vectors import VectorIndex


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of one source.

    Attributes:
        source: the file or the address, or the file and the id or line within it.
        outcome: "updated": from the same source, a new text replaced the old one, or new facts about the same text;
            "noted": something is to be known of a source that was read; what was read has results of its own.
        reason: why it was refused, or what is to be known, else None; a line of text is in its reader's language
            already.
        article_id: None when it was refused.
        form: what it was read from (see ``Article``), None for plain text.
    """

    source: str
    outcome: Literal["added", "unchanged", "updated", "refused", "noted"]
    reason: Reason | str | None = None
    article_id: str | None = None
    title: str | None = None
    form: str | None = None


class Ingestion:
    """Puts articles into the catalog and the vector index.

    An article is stored in one transaction once all is known of it, so a process that is killed leaves no half
    article: adding the same sources again resumes where it stopped, as what is in is "unchanged".
    """

    def __init__(
        self,
        catalog: Catalog,
        vectors: VectorIndex,
        embedder: Embedder,
        settings: IndexSettings,
        web: Web | None = None,
    ) -> None:
        self._web = web or Web(settings.max_address_bytes, settings.address_seconds)
        self._catalog = catalog
        self._vectors = vectors
        self._embedder = embedder
        self._settings = settings

    def add(self, paths: Iterable[Path], uploaded: bool = False) -> Iterator[AddResult]:
        """Add the articles of files and folders; a source that is refused does not stop the others.

        Args:
            paths: files, or folders of them.
            uploaded: the files are temporary copies: only their names say where they come from.

        Yields:
            One result a source, as soon as it is settled.
        """
        for path in sources(paths):
            for loaded in load(path, self._settings.max_article_characters):
                if isinstance(loaded, Refusal | Note):
                    source = loaded.source.replace(str(path), path.name, 1) if uploaded else loaded.source
                    yield _untaken(loaded, source)
                else:
                    yield from self._add(_from_upload(loaded, path) if uploaded else loaded)

    def add_address(self, address: str) -> Iterator[AddResult]:
        """Add what stands at an http(s) address: an article, or the articles of a feed.

        Yields:
            One result an article, as soon as it is settled; its source is the address given, an entry's of a feed
            its own.
        """
        try:
            fetched = self._web.fetch(address)
        except SourceRefused as error:
            yield AddResult(address, "refused", error.reason)
            return
        limit = self._settings.max_article_characters
        found = load_document(
            fetched.data, fetched.name, fetched.kind, origin=fetched.url, url=fetched.url, limit=limit
        )
        for loaded in found:
            if isinstance(loaded, Refusal | Note):
                yield _untaken(loaded, address)
            else:
                result = self.add_article(loaded)
                yield replace(result, source=address) if loaded.origin == fetched.url else result

    def add_article(self, article: Article, corrections: Sequence[Correction] = ()) -> AddResult:
        """Add one article that is already loaded; ``corrections``: those that it had before it was removed.

        Raises:
            StoreError: it cannot be stored; nothing of it is.
        """
        article = edited(article, self._catalog.edits_for(article))
        return self._taken(article, self._catalog.settle(article) or self._catalog.add(self.read(article, corrections)))

    def _taken(self, article: Article, outcome: Outcome) -> AddResult:
        if outcome != "unchanged":
            self._vectors.sync()
        return AddResult(article.origin or article.key, outcome, None, article.id, article.title, article.form)

    def _add(self, article: Article) -> Iterator[AddResult]:
        result = self.add_article(article)
        yield result
        if result.outcome == "added" and self._catalog.article(article.id).origin != article.origin:
            yield replace(result, outcome="noted", reason=Reason("kept_beside"), form=None)

    def remove(self, article_id: str) -> Reading:
        """Remove an article; return all that is known of it, with which it can be put back.

        Raises:
            ArticleNotFound: there is none.
        """
        reading = self._catalog.reading(article_id)
        self._catalog.remove(article_id)
        self._vectors.sync()
        return reading

    def put_back(self, reading: Reading) -> AddResult:
        """Add an article that was removed; read again only if the model, or what is set right everywhere, changed.

        Raises:
            StoreError: it cannot be stored; nothing of it is.
        """
        own = [each for each in reading.corrections if each.article_id is not None]
        everywhere = [each for each in self._catalog.corrections() if each.article_id is None]
        then = [each for each in reading.corrections if each.article_id is None]
        if reading.model != self._embedder.name or everywhere != then:
            return self.add_article(reading.article, own)
        return self._taken(reading.article, self._catalog.settle(reading.article) or self._catalog.add(reading))

    def reindex(self) -> Iterator[Article]:
        """Process every article again from its stored text, with today's rules and model; yields each one done.

        When it stops half way, the catalog holds vectors of two models and says so until it is run again.
        """
        for article in self._catalog.articles():
            self._catalog.replace(self.read(article))
            yield article
        self._vectors.rebuild()

    def read_again(self, article_id: str) -> Article | None:
        """Process one article again from its stored text, even a damaged one; None: it was removed meanwhile."""
        try:
            stored = self._catalog.article(article_id)
        except ArticleNotFound:
            return None
        article = replace(stored, id=content_id(stored.text))
        if article.id != stored.id:
            made = [
                replace(each, article_id=article.id) for each in self._catalog.corrections(stored.id) if each.article_id
            ]
            self._catalog.remove(stored.id)
            self._catalog.add(self.read(article, made))
        else:
            self._catalog.replace(self.read(article))
        return article

    def require_same_model(self) -> None:
        """Refuse to mix vectors of two models.

        Raises:
            ModelError: the catalog's vectors were made by another model than the one that is set.
        """
        others = self._catalog.models() - {self._embedder.name}
        if others:
            raise ModelError(
                f"The index was made with {', '.join(sorted(others))}, the model set is {self._embedder.name}. "
                "Run `dixit reindex`, or set DIXIT_EMBEDDING_MODEL back."
            )

    @cached_property
    def model(self) -> TokenStates | None:
        """The model by which articles are read, opened for the first of them; None where it cannot be had."""
        return open_token_states(self._settings.cache, lambda _: None)

    def read(self, article: Article, corrections: Sequence[Correction] = ()) -> Reading:
        """Return what is found in an article, as its corrections let it be: those kept of it, and further ones."""
        passages = chunk(article, self._embedder.count_tokens, self._settings.passage_tokens)
        found = extract(article, self.model)
        made = [*self._catalog.corrections_for(article), *corrections]
        told = corrected(article, found, made)
        vectors = self._embedder.embed_passages(
            [_passage_words(article, p) for p in passages] + [quotation_words(article, q) for q in told.quotations]
        )
        passage_vectors, quotation_vectors = np.split(vectors, [len(passages)])
        return Reading(
            article,
            passages,
            told.quotations,
            passage_vectors,
            quotation_vectors,
            self._embedder.name,
            names(article),
            told.people,
            None if told == found else found,
            made,
        )


def _untaken(told: Refusal | Note, source: str) -> AddResult:
    return AddResult(source, "refused" if isinstance(told, Refusal) else "noted", told.reason)


def _passage_words(article: Article, passage: Passage) -> str:
    # The title is embedded with each passage: a passage alone often does not name what it is about.
    return f"{article.title}\n{article.text[passage.start : passage.end]}"


def quotation_words(article: Article, quotation: Quotation) -> str:
    """Return the words that a quotation's vector is made of."""
    words = article.text[quotation.start : quotation.end]
    return f"{article.title}\n{quotation.speaker}: {words}" if quotation.speaker else f"{article.title}\n{words}"


def _from_upload(article: Article, path: Path) -> Article:
    # "upload:" keeps an uploaded name apart from a file of that path.
    origin = (article.origin or path.name).replace(str(path.resolve()), path.name)
    return replace(article, origin=f"upload:{origin}")

"""Articles in: load, read, store; while one is stored, the next ones are read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Literal

from index.catalog import Catalog, Outcome, Reading
from index.corrections import Correction, edited
from index.embedding.embedder import Embedder
from index.embedding.token_states import open_token_states
from index.errors import ArticleNotFound, ModelError, SourceRefused
from index.loaders import Note, Refusal, load, load_document, sources
from index.loaders.validators import Validators
from index.loaders.web import Fetched, Web
from index.models import Article, content_id
from index.reading import Reader, Unread
from index.reason import Reason
from index.settings import IndexSettings
from index.vectors import VectorIndex
from index.workers import Workers

SYNC_SECONDS = 1.0
"""So often at most do new vectors go into the vector index while many articles are added; a search has them go in."""


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


_Step = AddResult | Unread | Path
"""What comes of a source: a result at once, an article to be read, or the source's end."""


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
        self._is_warm = False

    def warm(self, articles: Iterable[Article]) -> None:
        """Load what reads articles by reading some, so that the first that are added are read at once."""
        for article in articles:
            self.reader.read(Unread(article))
        self._is_warm = True

    def add(
        self, paths: Iterable[Path], uploaded: bool = False, done: Callable[[Path], None] = lambda _: None
    ) -> Iterator[AddResult]:
        """Add the articles of files and folders; a source that is refused does not stop the others.

        Args:
            paths: files, or folders of them.
            uploaded: the files are temporary copies: only their names say where they come from.
            done: is told each file once all that it holds is settled.

        Yields:
            One result a source, as soon as it is settled, in their order.
        """
        yield from self._add(self._loaded(paths, uploaded), done)

    def add_address(
        self, address: str, wanted: Callable[[Article | Refusal | Note], bool] = lambda _: True
    ) -> Iterator[AddResult]:
        """Add what stands at an http(s) address: an article, or the articles of a feed.

        Args:
            address: where it stands.
            wanted: tells of each thing found there whether it is taken.

        Yields:
            One result an article, as soon as it is settled; its source is the address given, an entry's of a feed
            its own.
        """
        try:
            fetched = self._web.fetch(address)
        except SourceRefused as error:
            yield AddResult(address, "refused", error.reason)
            return
        yield from self.add_fetched(fetched, address, wanted)

    def fetch_changed(self, address: str, known: Validators) -> Fetched | None:
        """Return what stands at an address, None when it is as it was when the machine told what is known of it.

        Raises:
            SourceRefused: it cannot be fetched.
        """
        return self._web.fetch_changed(address, known)

    def add_fetched(
        self, fetched: Fetched, address: str, wanted: Callable[[Article | Refusal | Note], bool]
    ) -> Iterator[AddResult]:
        """Add what was fetched from an address; see ``add_address``."""
        limit = self._settings.max_article_characters
        found = load_document(
            fetched.data, fetched.name, fetched.kind, origin=fetched.url, url=fetched.url, limit=limit
        )
        steps = (
            _untaken(loaded, address) if isinstance(loaded, Refusal | Note) else self._unread(loaded)
            for loaded in found
            if wanted(loaded)
        )
        for result in self._add(steps, lambda _: None):
            yield replace(result, source=address) if result.source == fetched.url else result

    def add_article(self, article: Article, corrections: Sequence[Correction] = ()) -> AddResult:
        """Add one article that is already loaded; ``corrections``: those that it had before it was removed.

        Raises:
            StoreError: it cannot be stored; nothing of it is.
        """
        step = self._unread(article, corrections)
        result = step if isinstance(step, AddResult) else self._stored(self.reader.read(step))
        self._vectors.sync()
        return result

    def _loaded(self, paths: Iterable[Path], uploaded: bool) -> Iterator[_Step]:
        """Yield what files hold: results at once, articles to be read, and each file after what it holds."""
        for path in sources(paths):
            for loaded in load(path, self._settings.max_article_characters):
                if isinstance(loaded, Refusal | Note):
                    source = loaded.source.replace(str(path), path.name, 1) if uploaded else loaded.source
                    yield _untaken(loaded, source)
                else:
                    yield self._unread(_from_upload(loaded, path) if uploaded else loaded)
            yield path

    def _unread(self, article: Article, corrections: Sequence[Correction] = ()) -> Unread | AddResult:
        """Return an article that is to be read, with the corrections that hold of it; its result if it is in."""
        article = edited(article, self._catalog.edits_for(article))
        outcome = self._catalog.settle(article)
        if outcome:
            return _result(article, outcome)
        return Unread(article, (*self._catalog.corrections_for(article), *corrections))

    def _add(self, steps: Iterable[_Step], done: Callable[[Path], None]) -> Iterator[AddResult]:
        """Settle one step after another; the next articles are read meanwhile."""
        synced = time.monotonic()
        try:
            with Workers(partial(_read_step, self.reader), is_ready=self._is_warm) as workers:
                for step, reading in workers.map(steps, lambda step: isinstance(step, Unread)):
                    if isinstance(step, Path):
                        done(step)
                    elif isinstance(step, AddResult):
                        yield step
                    elif reading is None:
                        yield _refused(step.article)
                    else:
                        yield from self._settled(reading)
                    if time.monotonic() - synced > SYNC_SECONDS:
                        self._vectors.sync()
                        synced = time.monotonic()
        finally:
            self._vectors.sync()

    def _settled(self, reading: Reading) -> Iterator[AddResult]:
        result = self._stored(reading)
        yield result
        if result.outcome == "added" and self._is_beside(reading.article):
            yield replace(result, outcome="noted", reason=Reason("kept_beside"), form=None)

    def _is_beside(self, article: Article) -> bool:
        """Tell whether an article was stored under another origin, beside the one of its own."""
        try:
            return self._catalog.article(article.id).origin != article.origin
        except ArticleNotFound:  # somebody removed it at once
            return False

    def _stored(self, reading: Reading) -> AddResult:
        """Store an article that was read; read it again first if a reader corrected it meanwhile."""
        article = edited(reading.article, self._catalog.edits_for(reading.article))
        later = [each for each in self._catalog.corrections_for(article) if each not in reading.corrections]
        if later or article != reading.article:
            reading = self.reader.read(Unread(article, [*reading.corrections, *later]))
        return _result(article, self._catalog.add(reading))

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
        result = self._stored(reading)
        self._vectors.sync()
        return result

    def reindex(self) -> Iterator[Article]:
        """Process every article again from its stored text, with today's rules and model; yields each one done.

        When it stops half way, the catalog holds vectors of two models and says so until it is run again.
        """
        unread = (Unread(article, self._catalog.corrections_for(article)) for article in self._catalog.articles())
        with Workers(self.reader.read) as workers:
            for step, reading in workers.map(unread):
                if reading is not None and self._is_as_it_was(reading):
                    self._catalog.replace(reading)
                    yield step.article
                elif article := self.read_again(step.article.id):
                    yield article
        self._vectors.rebuild()

    def _is_as_it_was(self, reading: Reading) -> bool:
        """Tell whether an article is as it was when it was read: nobody removed or corrected it."""
        try:
            stored = self._catalog.article(reading.article.id)
        except ArticleNotFound:
            return False
        return stored == reading.article and [*self._catalog.corrections_for(stored)] == [*reading.corrections]

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
    def reader(self) -> Reader:
        """What reads articles; its models are opened for the first of them."""
        own = self._embedder.split is not None
        states = None if own else open_token_states(self._settings, lambda _: None)
        return Reader(self._embedder, states, self._settings.passage_tokens)

    def read(self, article: Article, corrections: Sequence[Correction] = ()) -> Reading:
        """Return what is found in an article, as its corrections let it be: those kept of it, and further ones."""
        return self.reader.read(Unread(article, [*self._catalog.corrections_for(article), *corrections]))


def _read_step(reader: Reader, step: _Step) -> Reading | None:
    return reader.read(step) if isinstance(step, Unread) else None


def _refused(article: Article) -> AddResult:
    return AddResult(article.origin or article.key, "refused", Reason("reading_ended"), title=article.title)


def _result(article: Article, outcome: Outcome) -> AddResult:
    return AddResult(article.origin or article.key, outcome, None, article.id, article.title, article.form)


def _untaken(told: Refusal | Note, source: str) -> AddResult:
    return AddResult(source, "refused" if isinstance(told, Refusal) else "noted", told.reason)


def _from_upload(article: Article, path: Path) -> Article:
    # "upload:" keeps an uploaded name apart from a file of that path.
    origin = (article.origin or path.name).replace(str(path.resolve()), path.name)
    return replace(article, origin=f"upload:{origin}")

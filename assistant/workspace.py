"""A reader's articles and the assistant over them: all parts put together, for the page and the command line."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Literal

from assistant.answers.chat import Chat
from assistant.answers.first_questions import first_questions, sample_articles
from assistant.answers.verifier import Verifier
from assistant.members import NotAllowed, Role, may
from assistant.models import Answer, Counted, ExactSearch, Turn
from assistant.question.grammar import grammar
from assistant.question.length import require_askable
from assistant.search.exact_list import Match, count_lines
from assistant.search.exact_search import SHOWN, search
from assistant.search.retriever import Retriever
from assistant.settings import Settings
from assistant.texts.catalogue import LANGUAGES
from index.catalog import ArticleFilter, Catalog, PersonFilter, Reading, StatementFilter, open_catalog
from index.correcting import Correcting
from index.corrections import Correction
from index.embedding.embedder import Embedder, open_embedder
from index.errors import ArticleNotFound
from index.feeds.models import WatchedFeed
from index.feeds.store import FeedStore
from index.feeds.watching import FeedWatching
from index.ingestion import AddResult, Ingestion
from index.jobs.queue import JobQueue
from index.jobs.storage import Storage
from index.jobs.taking_in import TakingIn
from index.loaders import load_plain_text, sources
from index.loaders.web import Web
from index.models import Article, Feedback, Finding, KnownPerson, Listing, Mention, Quotation, Statement, Tally
from index.permissions import close_to_others
from index.query.models import Order
from index.records.table import Records
from index.text.context import in_context
from index.text.fingerprint import fingerprint
from index.upkeep.integrity import quick_check, repair
from index.upkeep.journal import Journal, Source
from index.vectors import CatalogVectors, PacedVectors, VectorIndex, open_vectors

NAMED = 5
"""How many unfinished sources are named at the start."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What the articles can be told apart by: every outlet, language (ISO 639-1) and speaker, each once.

    Attributes:
        articles: how many there are.
        revision: grows with every change of the catalog.
        quoted: all who are quoted, with how often, the most quoted first.
    """

    articles: int
    revision: int
    outlets: list[str]
    languages: list[str]
    quoted: list[Tally]


class Workspace:
    """Everything that can be done with one data directory; close it when done.

    Attributes:
        role: what whoever has it in hand may do.
    """

    role: Role = "administer"

    def __init__(
        self,
        catalog: Catalog,
        vectors: VectorIndex,
        embedder: Embedder,
        settings: Settings,
        web: Web | None = None,
    ) -> None:
        self.data = settings.index.data
        self.records = Records(self.data, catalog.url)
        self._journal = Journal(self.data)
        self.catalog = catalog
        self._vectors = vectors
        self._limit = settings.index.max_article_characters
        self.read_only = settings.assistant.read_only or catalog.read_only
        self._settings = settings
        self._web = web
        self.embedder = embedder
        self._ingestion = Ingestion(catalog, vectors, embedder, settings.index, web)
        every, most = timedelta(minutes=settings.index.feed_minutes), settings.index.most_feeds
        storage = Storage(self.data, settings.index.uploads_url)
        self.queue = JobQueue(catalog.jobs(), storage, settings.assistant.upload_space)
        self.has_workers = settings.assistant.workers
        self._feeds = FeedWatching(FeedStore(self.records), catalog, self._ingestion, every, most)
        self._correcting = Correcting(catalog, vectors, embedder, self._ingestion)
        retriever = Retriever(catalog, vectors, embedder)
        self._chat = Chat(catalog, retriever, Verifier(catalog))

    def limited_to(self, role: Role) -> Workspace:
        """Return the same workspace as a member of a role may use it; it is closed with this one."""
        limited = copy.copy(self)
        limited.role = role
        return limited

    def may(self, needed: Role) -> bool:
        """Tell whether what takes a role can be done: it is the role's, and articles can be changed."""
        return may(self.role, needed) and (needed == "read" or not self.read_only)

    def add(
        self,
        paths: Iterable[Path],
        uploaded: bool = False,
        by: str = "",
        settled: Callable[[Path], None] = lambda _: None,
    ) -> Iterator[AddResult]:
        """Add files and folders; one result a source, as soon as it is settled.

        Args:
            paths: files, or folders of them.
            uploaded: the files are temporary copies: only their names say where they come from.
            by: the visitor of the page who adds them; empty for a command or a program.
            settled: is told each file once all that it holds is settled.

        Raises:
            ModelError: the index was made with another model.
        """
        self.require_addable()
        return self._add(paths, uploaded, by, settled)

    @contextmanager
    def batch(self, names: Iterable[str], uploaded: bool = False, by: str = "") -> Iterator[None]:
        """Note what is about to be added inside, so that after a crash the next start can tell what was not done.

        Args:
            names: files, folders, addresses; the names of uploads.
            uploaded: see ``add``.
            by: see ``add``.

        Raises:
            StoreError: nothing can be written.
        """
        self._require("add")
        with self._journal.batch(_noted(names, uploaded, by)):
            yield

    def unfinished(self, by: str | None = None) -> list[str]:
        """The sources of which adding was stopped half way, by a crash say; a visitor's, or all."""
        return [source.name for source in self._journal.unfinished() if by is None or source.by == by]

    def forget_unfinished(self, by: str) -> None:
        """Forget the sources that a visitor's adding left half way; they are no longer reported."""
        self._journal.forget([source for source in self._journal.unfinished() if source.by == by])

    def check(self) -> list[Finding]:
        """Look for what is not as it must be in the data directory, by counts and revisions alone."""
        return quick_check(self.data, self.catalog)

    def repair(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Repair what ``index.upkeep.integrity.check`` found; yields what was done, in a sentence each."""
        self._require("administer")
        return repair(findings, self.catalog, self._vectors, self._ingestion, self._journal)

    def add_address(self, address: str, by: str = "") -> Iterator[AddResult]:
        """Add what stands at an http(s) address, an article or a feed's; one result each, as soon as it is settled.

        ``by``: see ``add``.

        Raises:
            ModelError: the index was made with another model.
        """
        self.require_addable()
        return self._add_address(Source(address, by=by))

    def taking_in(self) -> TakingIn:
        """What takes in the sources that are queued.

        Raises:
            StoreError: nothing can be written.
            ModelError: the index was made with another model.
        """
        self.require_addable()
        vectors = PacedVectors(self._vectors)
        ingestion = Ingestion(self.catalog, vectors, self.embedder, self._settings.index, self._web)
        return TakingIn(ingestion, vectors, self.queue.storage, self._limit)

    def require_addable(self, needed: Role = "add") -> None:
        """Refuse what is to be added by who may not, where articles are only read, or two models would be mixed."""
        self._require(needed)
        self._ingestion.require_same_model()

    def feeds(self) -> list[WatchedFeed]:
        """The feeds that are watched, by address."""
        return self._feeds.feeds()

    def feed_watching(self) -> FeedWatching:
        """What watches feeds, and looks at them.

        Raises:
            StoreError: nothing can be written.
            ModelError: the index was made with another model.
        """
        self.require_addable()
        return self._feeds

    def add_text(self, text: str, title: str | None = None) -> AddResult:
        """Add a pasted text.

        Raises:
            SourceRefused: it holds nothing to read.
            ModelError: the index was made with another model.
        """
        self.require_addable()
        return self._ingestion.add_article(load_plain_text(text, key=title or "pasted", title=title, limit=self._limit))

    def add_samples(self) -> Iterator[AddResult]:
        """Add the sample articles; one result each, as soon as it is settled.

        Raises:
            ModelError: the index was made with another model.
        """
        self.require_addable()
        return map(self._ingestion.add_article, sample_articles())

    def articles(self) -> list[Article]:
        """All articles, the newest first."""
        return self.catalog.articles()

    def article(self, article_id: str) -> Article:
        """One article by its id."""
        return self.catalog.article(article_id)

    def listings(self, wanted: ArticleFilter) -> list[Listing]:
        """The articles that pass a filter, without their texts."""
        return self.catalog.listings(wanted)

    def said(self, wanted: StatementFilter) -> list[Statement]:
        """The quotations that pass a filter, the newest article's first; of a speaker under whatever name."""
        if wanted.speaker:
            wanted = replace(wanted, also_called=self._chat.also_called(wanted.speaker))
        return self.catalog.said(wanted)

    def in_context(self, statements: Iterable[Statement]) -> list[Statement]:
        """The same quotations, each with what stands around it in its article."""
        article = cache(self.catalog.article)

        def told(statement: Statement) -> Statement:
            with suppress(ArticleNotFound):  # it was removed meanwhile
                return in_context(statement, article(statement.article.id))
            return statement

        return [told(each) for each in statements]

    def search(self, query: str, most: int | None = SHOWN, skip: int = 0, order: Order = "newest") -> ExactSearch:
        """Look for a query of the exact search (docs/search.md); ``most`` articles are shown, without the first.

        Raises:
            QueryRefused: it cannot be read.
        """
        return search(self.catalog, query, most, skip, order)

    def count_lines(self, lines: Sequence[str], match: Match = "phrase") -> list[Counted]:
        """Look for each line of a list of names or claims.

        Raises:
            QueryRefused: the list is empty or too long.
        """
        return count_lines(self.catalog, lines, match)

    def people_called(self, called: str) -> list[KnownPerson]:
        """The people of a whole name, or of a role as the articles print it, the most quoted first."""
        return self.catalog.people_called(called)

    def everyone(self, wanted: PersonFilter) -> list[KnownPerson]:
        """All whom the articles name and who pass a filter, with how often they are named and quoted."""
        return self.catalog.everyone(wanted)

    def person(self, person_id: int) -> KnownPerson | None:
        """One person, body or place; None: no article names them any more."""
        return self.catalog.person(person_id)

    def mentions(self, person_id: int) -> list[Mention]:
        """The places that name somebody, the newest article's first."""
        return self.catalog.mentions(person_id)

    def speakers(self) -> list[str]:
        """The names of all who are quoted, each once."""
        return self.catalog.speakers()

    def facets(self) -> Facets:
        """What articles and quotations can be filtered by."""
        catalog = self.catalog
        return Facets(
            articles=catalog.count(),
            revision=catalog.revision(),
            outlets=catalog.outlets(),
            languages=catalog.languages(),
            quoted=catalog.quoted(),
        )

    def quotations(self, article_id: str | None = None) -> list[Quotation]:
        """The quotations of one article, or of all."""
        return self.catalog.quotations(article_id)

    def remove(self, article_id: str) -> Reading:
        """Remove an article; return all that is known of it, with which it can be put back.

        Raises:
            ArticleNotFound: there is none.
        """
        self._require("correct")
        return self._ingestion.remove(article_id)

    def corrections(self, article_id: str | None = None) -> list[Correction]:
        """What readers set right in an article and in every one, or all that they did, the earliest first."""
        return self.catalog.corrections(article_id)

    def correcting(self) -> Correcting:
        """What sets right what was read.

        Raises:
            StoreError: nothing can be written.
            ModelError: the index was made with another model.
        """
        self.require_addable("correct")
        return self._correcting

    def put_back(self, removed: Reading) -> AddResult:
        """Add an article that was removed, at once, with what readers had set right in it.

        Raises:
            ModelError: the index was made with another model.
        """
        self.require_addable("correct")
        return self._ingestion.put_back(removed)

    def reindex(self) -> Iterator[Article]:
        """Process every article again; yields each one done."""
        self._require("administer")
        return self._ingestion.reindex()

    def suggestions(self, lang: str) -> list[str]:
        """First questions that the articles answer, in "fr" or "en"."""
        return first_questions(lang, self.catalog.revisions(), self.catalog.quotations())

    def add_feedback(self, question: str, articles: Sequence[str], verdict: Literal[-1, 0, 1]) -> None:
        """Keep what a reader thought of an answer (1: good; -1: bad; 0: takes it back) that cites these articles.

        Where nothing can be written it is not kept.
        """
        if self.catalog.read_only:
            return
        self.catalog.add_feedback(Feedback(question, tuple(articles), verdict, datetime.now(UTC)))

    def vectors_trouble(self) -> str | None:
        """Why the catalog is searched instead of the vector index, more slowly; None: nothing is wrong."""
        return self._vectors.trouble()

    def warm(self) -> None:
        """Load what the first question or the first article would wait for: language and embedding models."""
        samples = sample_articles()
        self._ingestion.warm(samples)
        for article in samples:
            fingerprint(article.text)
        self._chat.reply("Dixit ?")
        for lang in LANGUAGES:
            grammar(lang).compile()

    def answer(
        self, question: str, history: Sequence[Turn] = (), *, as_is: bool = False, everything: bool = False
    ) -> Answer:
        """Answer one question; ``as_is``: as it stands, whatever was asked before; ``everything``: by all that answers.

        Raises:
            QuestionTooLong: it, or one before it, is longer than any that a person asks.
            ModelError: the index was made with another model.
        """
        require_askable(question, [turn.question for turn in history])
        self._ingestion.require_same_model()
        return self._chat.reply(question, history, as_is=as_is, everything=everything)

    def reply(
        self, question: str, history: Sequence[Turn] = (), likely: str | None = None, *, as_is: bool = False
    ) -> Iterator[Answer]:
        """Answer one question, as it grows; the last answer is whole.

        ``likely``: its language, if it tells none; ``as_is``: it is taken as it stands.

        Raises: see ``answer``.
        """
        require_askable(question, [turn.question for turn in history])
        self._ingestion.require_same_model()
        return self._chat.stream(question, history, likely, as_is=as_is)

    def _require(self, needed: Role) -> None:
        """Refuse a change of the articles by who may not, or where they are only to be read or cannot be written."""
        if not may(self.role, needed):
            raise NotAllowed(self.role, needed)
        self._settings.require_ours()
        self.catalog.require_writable()

    def _add(
        self, paths: Iterable[Path], uploaded: bool, by: str, settled: Callable[[Path], None]
    ) -> Iterator[AddResult]:
        found = {path: source for source, path in _sources(paths, uploaded, by)}

        def done(path: Path) -> None:
            self._journal.settle(found[path])
            settled(path)

        with self._journal.batch(found.values()):
            yield from self._ingestion.add(found, uploaded, done)

    def _add_address(self, source: Source) -> Iterator[AddResult]:
        with self._journal.batch([source]):
            yield from self._ingestion.add_address(source.name)
            self._journal.settle(source)

    def close(self) -> None:
        """Let go of files and locks."""
        self._vectors.close()
        self.catalog.close()
        self.records.close()
        close_to_others(self.data)  # Chroma leaves its files as open as the system lets it

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_workspace(
    settings: Settings,
    report: Callable[[str], None],
    web: Web | None = None,
    *,
    briefly: bool = False,
    embedder: Embedder | None = None,
) -> Workspace:
    """Open the workspace of a data directory, which is made when it is not there.

    Args:
        settings: where data lives, which models.
        report: called with one line for each step that takes long (the model that is unpacked the first time).
        web: what fetches addresses, when not as the settings say.
        briefly: for a question or two: the catalog's own vectors are searched, as opening Chroma takes longer.
        embedder: the one of another workspace, which several share.

    Raises:
        IndexingError: the data directory or the embedding model cannot be used.
    """
    catalog = open_catalog(settings.index.data, settings.index.catalog_url)
    embedder = embedder or open_embedder(settings.index, report)
    vectors = CatalogVectors(catalog) if briefly else _vectors(settings, catalog, report)
    workspace = Workspace(catalog, vectors, embedder, settings, web)
    for line in _told(workspace.check()):
        report(line)
    return workspace


def _vectors(settings: Settings, catalog: Catalog, report: Callable[[str], None]) -> VectorIndex:
    return open_vectors(settings.index.data, catalog, report, settings.index.vector_server)


def _noted(names: Iterable[str], uploaded: bool, by: str) -> Iterator[Source]:
    for name in names:
        if "://" in name:
            yield Source(name, by=by)
        else:
            yield from (source for source, _ in _sources([Path(name)], uploaded, by))


def _sources(paths: Iterable[Path], uploaded: bool, by: str) -> Iterator[tuple[Source, Path]]:
    """Yield the files of files and folders, each with how it is noted in the journal."""
    for path in sources(paths):
        yield Source(path.name if uploaded else str(path.absolute()), uploaded, by), path


def _told(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield, in one line each, what is found at the start: the first names and how many more."""
    left = [finding.about for finding in findings if finding.part == "unfinished"]
    if left:
        others = f" and {len(left) - NAMED} more" if len(left) > NAMED else ""
        yield (
            f"adding was stopped half way, so these may not be in: {', '.join(left[:NAMED])}{others}. "
            "Add them again, or run `dixit check --repair`."
        )
    for finding in findings:
        if finding.part != "unfinished":
            yield f"{finding.part}: {finding.about}: {finding.problem}. Run `dixit check --repair`."

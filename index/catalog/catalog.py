"""The catalog: articles, their passages, quotations and vectors, and full text, in one SQL database.

The catalog is the truth. One article is one transaction, so a crash leaves it wholly in or wholly out, and any
number of processes may read and write beside each other. It is an SQLite file, or a PostgreSQL server has it: what
they do otherwise is in ``index.catalog.dialects``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from index.catalog import corrections as corrected_rows
from index.catalog import exact_search, fulltext, health, units
from index.catalog.copying import require_whole
from index.catalog.database import (
    catalog_id,
    fact,
    is_read_only,
    open_database,
    require_writable,
    store_errors,
    writing,
)
from index.catalog.dialects import dialect_of
from index.catalog.dialects.values import among, rows_among
from index.catalog.exact_search import Found
from index.catalog.jobs import JobTable
from index.catalog.likely import Extent, Nearness, likely_statements, times_quoted
from index.catalog.people_views import (
    PersonFilter,
    everyone,
    mentions,
    people,
    people_called,
    people_in,
    people_named,
    speaking_with_role,
)
from index.catalog.rows import NEWEST, Unit, Vectors, to_article, to_quotation, unpacked
from index.catalog.stories import findings as story_findings
from index.catalog.stories import near, remake, stories
from index.catalog.tables import ARRIVAL, ARTICLES, COPIES, FEEDBACK, NAMES, PASSAGES, QUOTATIONS, VOCABULARY
from index.catalog.units import UnitTable
from index.catalog.versions import Outcome, describe, is_settled, placed, settle, standing, store
from index.catalog.views import ArticleFilter, StatementFilter, copies, listings, matching, statements, within
from index.catalog.vocabulary import KnownName, NameSource, names_changed, quoted
from index.catalog.writing import Reading, Requoted, delete, requote, rewrite
from index.corrections import Correction
from index.errors import ArticleNotFound, StoreError, shortened
from index.languages.times import Period
from index.models import (
    Article,
    ArticleCard,
    Extraction,
    Feedback,
    Finding,
    Hit,
    KnownPerson,
    Listing,
    Mention,
    Passage,
    Person,
    Quotation,
    Statement,
    Tally,
    UnitKind,
)
from index.query.models import Order, Query
from index.text.fingerprint import fingerprint

SHORTEST_ID = 6
"""Characters of the shortest beginning of an id by which an article can be named."""


class Catalog:
    """Articles and everything that is known of them; safe to share between threads and processes."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @property
    def url(self) -> str:
        """The address of the server that has the catalog, with its password; empty when it is a file."""
        url = self._engine.url
        return "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=False)

    @property
    def read_only(self) -> bool:
        """Whether articles can be read alone, as this user cannot write the folder or the file."""
        return is_read_only(self._engine)

    def require_writable(self) -> None:
        """Refuse what would change something where that cannot be.

        Raises:
            StoreError: this user cannot write the folder or the file.
        """
        require_writable(self._engine)

    def jobs(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> JobTable:
        """The sources that workers are to take in; ``now`` tells the time."""
        return JobTable(self._engine, now)

    def settle(self, article: Article) -> Outcome | None:
        """Take in an article whose text is stored already, without reading it; None: it has to be read and added.

        What is known of it may have changed ("updated"), and the same text from another place is
        remembered as a copy ("unchanged").
        """
        with self._read() as connection:
            article = placed(connection, article)
            found = standing(connection, article)
        if found.to_be_read or is_settled(found, article):
            return None if found.to_be_read else "unchanged"
        with self._write() as connection:
            article = placed(connection, article)  # again: another process may have been quicker
            found = standing(connection, article)
            return None if found.to_be_read else settle(connection, found, article)

    def add(self, reading: Reading) -> Outcome:
        """Store one article with its spans and vectors, in one transaction.

        The same text again is "unchanged"; a new text from the same origin, else from the same address, replaces
        the old one ("updated"), and so do other facts about the same text. A text of a file that is not like what is
        stored from a file of that name is an article beside it, its origin numbered ("added").
        """
        print_ = fingerprint(reading.article.text)  # before the lock is taken
        with self._write() as connection:
            article = placed(connection, reading.article)
            reading = dataclasses.replace(reading, article=article)
            found = standing(connection, article)
            if found.to_be_read:
                return store(connection, found, reading, print_)
            return settle(connection, found, article)

    def replace(self, reading: Reading) -> bool:
        """Replace an article's spans and vectors; False when it was removed meanwhile."""
        with self._write() as connection:
            return rewrite(connection, reading)

    def corrections(self, article_id: str | None = None) -> list[Correction]:
        """What readers set right in an article and in every one, or all that they did, the earliest first."""
        with self._read() as connection:
            return corrected_rows.corrections(connection, article_id)

    def corrections_for(self, article: Article) -> list[Correction]:
        """The corrections that hold in an article that comes in: its own, or those of the version before it."""
        with self._read() as connection:
            return corrected_rows.corrections_for(connection, placed(connection, article))

    def edits_for(self, article: Article) -> list[Correction]:
        """What readers know better of an article that comes in than its source."""
        with self._read() as connection:
            return corrected_rows.edits_for(connection, placed(connection, article))

    def as_read(self, article_id: str) -> Extraction:
        """What was read in an article, without corrections."""
        with self._read() as connection:
            return corrected_rows.as_read(connection, article_id)

    def articles_with(self, name: str) -> list[str]:
        """The ids of the articles that name or quote somebody by a name, or may have before corrections."""
        with self._read() as connection:
            return corrected_rows.articles_with(connection, name)

    def renamed(self) -> list[tuple[str, str]]:
        """The names that readers corrected in every article, each with the one that they gave instead."""
        made = [each for each in self.corrections() if each.kind == "rename" and each.article_id is None]
        return [(each.name or "", each.value or "") for each in made]

    def correct(self, made: Correction | None, undone: int | None, told: Sequence[Requoted]) -> int | None:
        """Keep a correction or forget one, and store what articles quote by that, in one transaction.

        Returns:
            the id of the one that is kept or forgotten; None: an article changed meanwhile, and nothing was stored.
        """
        with self._write() as connection:
            if undone is not None:
                corrected_rows.drop(connection, undone)
            if not all(requote(connection, each) for each in told):
                connection.rollback()
                return None
            return undone if made is None else corrected_rows.add(connection, made)

    def edit(self, edited: Article, made: Correction | None, undone: int | None, reading: Reading | None) -> int | None:
        """Store what a reader knows better of an article, with what is read in it then where that may differ."""
        with self._write() as connection:
            if undone is not None:
                corrected_rows.drop(connection, undone)
            describe(connection, edited, reading)
            return None if made is None else corrected_rows.add(connection, made)

    def remove(self, article_id: str) -> bool:
        """Remove an article and all that is known of it; False when it is not there."""
        with self._write() as connection:
            return delete(connection, article_id)

    def articles(self) -> list[Article]:
        """All articles, the newest first; those without a date last."""
        with self._read() as connection:
            return [to_article(row) for row in connection.execute(sa.select(ARTICLES).order_by(*NEWEST))]

    def articles_of(self, article_ids: Collection[str]) -> list[Article]:
        """Some articles, as far as they are there, in the order in which they came."""
        with self._read() as connection:
            some = sa.select(ARTICLES).where(ARTICLES.c.id.in_(among(article_ids))).order_by(ARRIVAL)
            return [to_article(row) for row in connection.execute(some)]

    def article(self, article_id: str) -> Article:
        """The article with that id.

        Raises:
            ArticleNotFound: there is none.
        """
        with self._read() as connection:
            row = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article_id)).first()
        if row is None:
            raise ArticleNotFound(f"{shortened(article_id)}: no such article. List them with `dixit list`.")
        return to_article(row)

    def find(self, name: str) -> Article:
        """The article of that key, id, unique beginning of an id (6 characters or more), origin or title.

        A copy can be named by its own, too.

        Raises:
            ArticleNotFound: no article has that name, or several do.
        """
        c = ARTICLES.c
        same = sa.or_(c.key == name, c.id == name, c.origin == name, c.title == name)
        if len(name) >= SHORTEST_ID:
            same = sa.or_(same, c.id.startswith(name, autoescape=True))
        copied = sa.or_(COPIES.c.key == name, COPIES.c.origin == name, COPIES.c.title == name)
        same = sa.or_(same, c.id.in_(sa.select(COPIES.c.article_id).where(copied)))
        with self._read() as connection:
            found = [to_article(row) for row in connection.execute(sa.select(ARTICLES).where(same).order_by(ARRIVAL))]
        if not found:
            raise ArticleNotFound(f"{shortened(name)}: no such article. List them with `dixit list`.")
        if len(found) > 1:
            ids = ", ".join(article.id for article in found)
            raise ArticleNotFound(f"{shortened(name)}: {len(found)} articles go by that name. Use an id: {ids}.")
        return found[0]

    def contains(self, article_id: str) -> bool:
        """Tell whether that text is in the catalog."""
        with self._read() as connection:
            return connection.scalar(sa.select(ARTICLES.c.id).where(ARTICLES.c.id == article_id)) is not None

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in order."""
        with self._read() as connection:
            rows = connection.execute(_units_of(PASSAGES, article_id))
            return [Passage(row.article_id, row.start, row.end) for row in rows]

    def reading(self, article_id: str) -> Reading:
        """All that was made of one article, as it is stored.

        Raises:
            ArticleNotFound: there is none.
        """
        article = self.article(article_id)
        names_of = sa.select(NAMES.c.name).where(NAMES.c.article_id == article_id).order_by(NAMES.c.name)
        with self._read() as connection:
            model = connection.scalar(sa.select(ARTICLES.c.model).where(ARTICLES.c.id == article_id))
            passages = connection.execute(_units_of(PASSAGES, article_id)).all()
            quotations = connection.execute(_units_of(QUOTATIONS, article_id)).all()
            names = connection.scalars(names_of).all()
            named = people_in(connection, article_id)
            found = corrected_rows.reading(connection, article_id)
            made = corrected_rows.corrections(connection, article_id)
        return Reading(
            article,
            [Passage(row.article_id, row.start, row.end) for row in passages],
            [to_quotation(row) for row in quotations],
            [unpacked(row.vector) for row in passages],
            [unpacked(row.vector) for row in quotations],
            str(model),
            names,
            named,
            found,
            made,
        )

    def quotations(self, article_id: str | None = None) -> list[Quotation]:
        """The quotations of one article, or of all, in the order of the text."""
        with self._read() as connection:
            rows = connection.execute(_units_of(QUOTATIONS, article_id))
            return [to_quotation(row) for row in rows]

    def statements(
        self,
        speakers: Collection[str] | None = None,
        articles: Collection[str] | None = None,
        people: Collection[int] | None = None,
        rowids: Collection[int] | None = None,
    ) -> list[tuple[Quotation, Vectors]]:
        """Quotations with their vectors: of these speakers, people, articles and rows, where they are given."""
        statement = sa.select(QUOTATIONS)
        if speakers is not None:
            statement = statement.where(QUOTATIONS.c.speaker.in_(speakers))
        if articles is not None:
            statement = statement.where(QUOTATIONS.c.article_id.in_(articles))
        if people is not None:
            statement = statement.where(QUOTATIONS.c.speaker_id.in_(people))
        if rowids is not None:
            statement = statement.where(QUOTATIONS.c.rowid.in_(rows_among(rowids)))
        with self._read() as connection:
            rows = connection.execute(statement.order_by(QUOTATIONS.c.rowid))
            return [(to_quotation(row), unpacked(row.vector)) for row in rows]

    def times_quoted(self, speakers: Collection[str]) -> int:
        """How many quotations some speakers have."""
        with self._read() as connection:
            return times_quoted(connection, speakers)

    def likely_statements(self, speakers: Collection[str], near: Nearness, each: int) -> tuple[set[int], Extent]:
        """The rows of the quotations of speakers with very many that may answer a question; how many there are."""
        with self._read() as connection:
            return likely_statements(connection, speakers, near, each)

    def listings(self, wanted: ArticleFilter) -> list[Listing]:
        """The articles that pass a filter, without their texts."""
        with self._read() as connection:
            return listings(connection, wanted)

    def matching(self, wanted: ArticleFilter, name: str | None = None) -> list[tuple[str, date | None]]:
        """The id and the day of each article that passes a filter and mentions a name, as it stands in ``names``."""
        with self._read() as connection:
            return matching(connection, wanted, name)

    def said(self, wanted: StatementFilter) -> list[Statement]:
        """The quotations that pass a filter, with what is known of their articles."""
        with self._read() as connection:
            return statements(connection, wanted)

    def languages(self) -> list[str]:
        """The languages of the articles, each once."""
        return self._distinct(ARTICLES.c.lang)

    def speakers(self) -> list[str]:
        """The resolved names of all who are quoted, each once."""
        return self._named("speaker")

    def quoted(self, most: int | None = None) -> list[Tally]:
        """All who are quoted by their resolved names, or so many, with how often, the most quoted first."""
        with self._read() as connection:
            return quoted(connection, most)

    def names_changed(self, since: int) -> list[KnownName]:
        """The names that came or went after a revision: of speakers, of articles, of outlets; from -1 on, all."""
        with self._read() as connection:
            return list(names_changed(connection, since))

    def people(self) -> list[KnownPerson]:
        """Everybody whom the articles name, those with most quotations first, then by name."""
        with self._read() as connection:
            return people(connection)

    def people_called(self, called: str) -> list[KnownPerson]:
        """The people of a whole name or of a role as articles print it ("le maire", "la maire de Morvillac")."""
        with self._read() as connection:
            return people_called(connection, called)

    def people_named(self, name: str) -> list[KnownPerson]:
        """The people of a name as it is written, the most quoted first."""
        with self._read() as connection:
            return people_named(connection, name)

    def speaking_with_role(self, word: str) -> list[KnownPerson]:
        """The people who are quoted and in whose roles a folded word stands, the most quoted first."""
        with self._read() as connection:
            return speaking_with_role(connection, word)

    def everyone(self, wanted: PersonFilter) -> list[KnownPerson]:
        """All whom the articles name and who pass a filter."""
        with self._read() as connection:
            return everyone(connection, wanted)

    def person(self, person_id: int) -> KnownPerson | None:
        """One person, body or place; None: no article names them any more."""
        with self._read() as connection:
            return next(iter(people(connection, [person_id])), None)

    def mentions(self, person_id: int) -> list[Mention]:
        """The places that name somebody, of the newest article first, then in the order of the text."""
        with self._read() as connection:
            return mentions(connection, person_id)

    def people_in(self, article_id: str) -> list[Person]:
        """Whom an article names, as it names them, in the order of their first mention."""
        with self._read() as connection:
            return people_in(connection, article_id)

    def names(self) -> list[str]:
        """The names that the articles mention, each once."""
        return self._named("name")

    def outlets(self) -> list[str]:
        """The outlets of the articles, each once."""
        return self._named("outlet")

    def within(
        self, source: str | None = None, lang: str | None = None, periods: Sequence[Period] = ()
    ) -> list[ArticleCard]:
        """The articles of an outlet, a language and one of some times, the newest first; undated ones are of any."""
        with self._read() as connection:
            return within(connection, source, lang, periods)

    def newest(self) -> date | None:
        """The day of the newest article; None when no article has a date."""
        with self._read() as connection:
            day: date | None = connection.scalar(sa.select(sa.func.max(ARTICLES.c.published)))
            return day

    def mentioning(self, name: str) -> list[str]:
        """The ids of the articles that mention a name, as it stands in ``names``, in the order in which they came."""
        with self._read() as connection:
            named = sa.select(NAMES.c.article_id).join(ARTICLES).where(NAMES.c.name == name)
            return list(connection.scalars(named.order_by(ARRIVAL)))

    def id(self) -> str:
        """What tells this catalog from every other; its copies and backups have it, too.

        Empty while a catalog of an earlier Dixit was never opened to be written.
        """
        with self._read() as connection:
            return catalog_id(connection)

    def revision(self) -> int:
        """A number that grows with every change, made by whatever process."""
        with self._read() as connection:
            return int(fact(connection, "revision") or 0)

    def count(self) -> int:
        """How many articles there are."""
        with self._read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(ARTICLES)) or 0

    def revisions(self, article_ids: Collection[str] | None = None) -> dict[str, int]:
        """The revision at which each article was last written: of some, as far as they are there, or of all."""
        told = sa.select(ARTICLES.c.id, ARTICLES.c.revision)
        told = told if article_ids is None else told.where(ARTICLES.c.id.in_(among(article_ids)))
        with self._read() as connection:
            return {row.id: row.revision for row in connection.execute(told)}

    def unit_counts(self, article_ids: Collection[str] | None = None) -> dict[str, int]:
        """How many passages and quotations each article has: of some articles, or of all."""
        with self._read() as connection:
            return units.unit_counts(connection, article_ids)

    def dimensions(self) -> int | None:
        """The dimensions of the vectors that were written last; None while there are none."""
        with self._read() as connection:
            return health.dimensions(connection)

    def models(self) -> set[str]:
        """The names of the embedding models that made the stored vectors (more than one: a reindex stopped)."""
        with self._read() as connection:
            return set(connection.scalars(_each_once(ARTICLES.c.model)))

    def units(self, article_id: str | None = None) -> list[Unit]:
        """The passages and quotations of one article, or of all, with their vectors."""
        return self.units_of(None if article_id is None else [article_id])

    def units_of(self, article_ids: Collection[str] | None) -> list[Unit]:
        """The passages and quotations of some articles, or of all, with their vectors."""
        with self._read() as connection:
            return list(units.units(connection, article_ids))

    def unit_table(self, kind: UnitKind, dimensions: int, article_ids: Collection[str] | None = None) -> UnitTable:
        """The passages or quotations whose vectors have so many dimensions, of some articles or of all, as arrays."""
        with self._read() as connection:
            return units.unit_table(connection, kind, dimensions, article_ids)

    def search(self, query_terms: Sequence[str], kind: UnitKind, limit: int) -> list[Hit]:
        """Full-text search by BM25 over folded, stemmed terms (see ``index.languages.terms``); any term may match."""
        with self._read() as connection:
            return fulltext.search(connection, query_terms, kind, limit)

    def find_exactly(self, query: Query, order: Order = "newest") -> list[Found]:
        """The articles that an exact search finds, in an order, each with where in it."""
        with self._read() as connection:
            return exact_search.find(connection, query, order)

    def rarity(self, query_terms: Collection[str]) -> dict[str, float]:
        """How telling each term is: its inverse document frequency over passages, as BM25 has it (0 or more)."""
        with self._read() as connection:
            return fulltext.rarity(connection, query_terms)

    def stories(self, article_ids: Collection[str]) -> dict[str, str]:
        """The story of each of some articles that is long enough to have one.

        Articles of one story share most of their wording.
        """
        with self._read() as connection:
            return stories(connection, article_ids)

    def near_duplicates(self, article_id: str, most: int) -> list[str]:
        """The ids of the first so many articles that share an article's story."""
        with self._read() as connection:
            return near(connection, article_id, most)

    def copies(self, article_id: str) -> list[ArticleCard]:
        """The other places that hold an article's text, letter for letter, each as its own card."""
        with self._read() as connection:
            return copies(connection, article_id)

    def add_feedback(self, feedback: Feedback) -> None:
        """Keep what a reader thought of an answer."""
        row = {
            "question": feedback.question, "articles": list(feedback.articles), "verdict": feedback.verdict,
            "at": feedback.at.astimezone(UTC).replace(tzinfo=None),
        }  # fmt: skip
        with self._write() as connection:
            connection.execute(sa.insert(FEEDBACK), row)

    def feedback(self) -> list[Feedback]:
        """What readers thought of answers, the latest last."""
        with self._read() as connection:
            rows = connection.execute(sa.select(FEEDBACK).order_by(FEEDBACK.c.rowid)).all()
        return [Feedback(row.question, tuple(row.articles), row.verdict, row.at.replace(tzinfo=UTC)) for row in rows]

    def quick_findings(self) -> list[Finding]:
        """What is wrong by counts and revisions alone."""
        with self._read() as connection:
            return health.quick_findings(connection)

    def findings(self, model: str, width: int) -> list[Finding]:
        """All that is wrong with the database and its articles; their vectors must be that model's, of that width.

        The database's own check of the full text is left out where nothing can be written, which it takes.
        """
        dialect = dialect_of(self._engine)
        found: list[Finding] = []
        if not self.read_only:
            with self._write() as connection:
                found += dialect.full_text_findings(connection, health.FULL_TEXTS)
        with self._read() as connection:
            found += [*health.quick_findings(connection), *dialect.database_findings(connection)]
            broken = {finding.about for finding in found if finding.part == "full text"}
            whole = [table for table in health.FULL_TEXTS if table.name not in broken]
            found += health.article_findings(connection, model, width, whole)
            return [*found, *story_findings(connection), *corrected_rows.correction_findings(connection)]

    def drop_orphans(self) -> int:
        """Remove rows of articles that are not there; return how many."""
        with self._write() as connection:
            return health.drop_orphans(connection)

    def rebuild_full_text(self) -> None:
        """Rebuild the full-text index from the texts."""
        with self._write() as connection:
            health.rebuild_full_text(connection)

    def rebuild_stories(self) -> None:
        """Find the near-duplicates of every article again, from the texts."""
        with self._write() as connection:
            remake(connection)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _distinct(self, column: sa.Column[Any]) -> list[str]:
        statement = sa.select(column).where(column.is_not(None)).distinct().order_by(column)
        with self._read() as connection:
            return list(connection.scalars(statement))

    def _named(self, source: NameSource) -> list[str]:
        named = sa.select(VOCABULARY.c.name).where(VOCABULARY.c.source == source, VOCABULARY.c.times > 0)
        with self._read() as connection:
            return list(connection.scalars(named.distinct().order_by(VOCABULARY.c.name)))

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with store_errors(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with store_errors(self._engine), writing(self._engine) as connection:
            yield connection


def open_catalog(data: Path, url: str = "") -> Catalog:
    """Open the catalog in a data directory, or on the PostgreSQL server that ``url`` names; made when not there.

    One that this user cannot write is opened to be read.

    Raises:
        StoreError: it cannot be made or read, or the file is no catalog, or one of a newer version.
    """
    engine = open_database(data, url)
    try:
        require_whole(engine)
    except StoreError:
        engine.dispose()
        raise
    return Catalog(engine)


def _units_of(table: sa.Table, article_id: str | None) -> sa.Select[Any]:
    statement = sa.select(table).order_by(table.c.article_id, table.c.start, table.c.end)
    return statement if article_id is None else statement.where(table.c.article_id == article_id)


def _each_once(column: sa.Column[str]) -> sa.Select[tuple[str]]:
    """Select the few values of an indexed column, one after the other, without going through all rows."""
    found = sa.select(sa.func.min(column).label("value")).cte("found", recursive=True)
    following = sa.select(sa.func.min(column)).where(column > found.c.value).scalar_subquery()
    found = found.union_all(sa.select(following).where(found.c.value.is_not(None)))
    return sa.select(found.c.value).where(found.c.value.is_not(None))

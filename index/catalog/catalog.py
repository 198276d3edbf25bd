"""The catalog: articles, their passages, quotations and vectors, and full text, in one SQL database.

The catalog is the truth. One article is one transaction, so a crash leaves it wholly in or wholly out, and any
number of processes may read and write beside each other (SQLite in WAL mode).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, Literal

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from index.catalog.tables import (
    ARTICLES,
    FACTS,
    FEEDBACK,
    NAMES,
    PASSAGES,
    QUOTATIONS,
    UNITS,
    WRITE,
    open_database,
    store_errors,
)
from index.catalog.views import ArticleFilter, StatementFilter, listings, statements
from index.errors import ArticleNotFound
from index.models import Article, Feedback, Hit, Listing, Passage, Quotation, Statement, UnitKind
from index.terms import terms

Vectors = NDArray[np.float32]
Outcome = Literal["added", "unchanged", "updated"]

_ARTICLE_FIELDS = ("id", "key", "title", "text", "lang", "published", "source", "author", "url", "origin")
_QUOTATION_FIELDS = ("article_id", "start", "end", "kind", "speaker", "speaker_as_written", "cue", "via")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stored passage or quotation with its vector (float32, the model's dimensions)."""

    kind: UnitKind
    article_id: str
    start: int
    end: int
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Reading:
    """What ingestion made of one article: spans, a vector for each (row for row), and the names it mentions."""

    article: Article
    passages: Sequence[Passage]
    quotations: Sequence[Quotation]
    passage_vectors: Vectors
    quotation_vectors: Vectors
    model: str
    names: Sequence[str] = ()


class Catalog:
    """Articles and everything that is known of them; safe to share between threads and processes."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, reading: Reading) -> Outcome:
        """Store one article with its spans and vectors, in one transaction.

        The same text again is "unchanged" and changes nothing; a new text from the same origin replaces the old
        one ("updated").
        """
        article = reading.article
        with self._write() as connection:
            if connection.scalar(sa.select(ARTICLES.c.id).where(ARTICLES.c.id == article.id)):
                return "unchanged"
            replaced = self._replaced(connection, article)
            for old in replaced:
                _delete(connection, old)
            _insert(connection, reading)
        return "updated" if replaced else "added"

    def replace(self, reading: Reading) -> bool:
        """Store an article's spans and vectors anew; False when it was removed meanwhile."""
        with self._write() as connection:
            if not _delete(connection, reading.article.id):
                return False
            _insert(connection, reading)
        return True

    def remove(self, article_id: str) -> bool:
        """Remove an article and all that is known of it; False when it is not there."""
        with self._write() as connection:
            return _delete(connection, article_id)

    def articles(self) -> list[Article]:
        """All articles, the newest first; those without a date last."""
        order = (sa.nulls_last(ARTICLES.c.published.desc()), ARTICLES.c.revision.desc())
        with self._read() as connection:
            return [_article(row) for row in connection.execute(sa.select(ARTICLES).order_by(*order))]

    def article(self, article_id: str) -> Article:
        """The article with that id.

        Raises:
            ArticleNotFound: there is none.
        """
        with self._read() as connection:
            row = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article_id)).first()
        if row is None:
            raise ArticleNotFound(f"{article_id}: no such article. List them with `dixit list`.")
        return _article(row)

    def find(self, name: str) -> Article:
        """The article of that key, id, unique beginning of an id (6 characters or more), origin or title.

        Raises:
            ArticleNotFound: no article goes by that name, or several do.
        """
        c = ARTICLES.c
        same = sa.or_(c.key == name, c.id == name, c.origin == name, c.title == name)
        if len(name) >= 6:
            same = sa.or_(same, c.id.startswith(name, autoescape=True))
        with self._read() as connection:
            found = [_article(row) for row in connection.execute(sa.select(ARTICLES).where(same))]
        if not found:
            raise ArticleNotFound(f"{name}: no such article. List them with `dixit list`.")
        if len(found) > 1:
            ids = ", ".join(article.id for article in found)
            raise ArticleNotFound(f"{name}: {len(found)} articles go by that name. Use an id: {ids}.")
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

    def quotations(self, article_id: str | None = None) -> list[Quotation]:
        """The quotations of one article, or of all, in the order of the text."""
        with self._read() as connection:
            rows = connection.execute(_units_of(QUOTATIONS, article_id))
            return [_quotation(row) for row in rows]

    def statements(
        self, speakers: Collection[str] | None = None, articles: Collection[str] | None = None
    ) -> list[tuple[Quotation, Vectors]]:
        """Quotations with their vectors: of these speakers and in these articles, where they are given."""
        statement = sa.select(QUOTATIONS)
        if speakers is not None:
            statement = statement.where(QUOTATIONS.c.speaker.in_(speakers))
        if articles is not None:
            statement = statement.where(QUOTATIONS.c.article_id.in_(articles))
        with self._read() as connection:
            return [(_quotation(row), _unpacked(row.vector)) for row in connection.execute(statement)]

    def listings(self, wanted: ArticleFilter) -> list[Listing]:
        """The articles that pass a filter, without their texts."""
        with self._read() as connection:
            return listings(connection, wanted)

    def said(self, wanted: StatementFilter) -> list[Statement]:
        """The quotations that pass a filter, with what is known of their articles."""
        with self._read() as connection:
            return statements(connection, wanted)

    def languages(self) -> list[str]:
        """The languages of the articles, each once."""
        return self._distinct(ARTICLES.c.lang)

    def speakers(self) -> list[str]:
        """The resolved names of all who are quoted, each once."""
        return self._distinct(QUOTATIONS.c.speaker)

    def names(self) -> list[str]:
        """The names that the articles mention, each once."""
        return self._distinct(NAMES.c.name)

    def outlets(self) -> list[str]:
        """The outlets of the articles, each once."""
        return self._distinct(ARTICLES.c.source)

    def mentioning(self, name: str) -> list[str]:
        """The ids of the articles that mention a name, as it stands in ``names``."""
        with self._read() as connection:
            return list(connection.scalars(sa.select(NAMES.c.article_id).where(NAMES.c.name == name)))

    def revision(self) -> int:
        """A number that grows with every change, made by whatever process."""
        with self._read() as connection:
            return int(connection.scalar(sa.select(FACTS.c.value).where(FACTS.c.name == "revision")) or 0)

    def revisions(self) -> dict[str, int]:
        """Each article's id and the revision at which it was last written."""
        with self._read() as connection:
            rows = connection.execute(sa.select(ARTICLES.c.id, ARTICLES.c.revision))
            return {row.id: row.revision for row in rows}

    def models(self) -> set[str]:
        """The names of the embedding models that made the stored vectors (more than one: a reindex stopped)."""
        with self._read() as connection:
            return set(connection.scalars(sa.select(ARTICLES.c.model).distinct()))

    def units(self, article_id: str | None = None) -> list[Unit]:
        """The passages and quotations of one article, or of all, with their vectors."""
        with self._read() as connection:
            return [
                Unit(kind, row.article_id, row.start, row.end, _unpacked(row.vector))
                for kind, table in UNITS.items()
                for row in connection.execute(_units_of(table, article_id))
            ]

    def search(self, query_terms: Sequence[str], kind: UnitKind, limit: int) -> list[Hit]:
        """Full-text search by BM25 over folded, stemmed terms (see ``index.terms``); any term may match."""
        if not query_terms:
            return []
        table = UNITS[kind]
        statement = sa.text(
            f'SELECT u.article_id, u.start, u."end", -bm25({table.name}_terms) AS score '
            f"FROM {table.name}_terms AS t JOIN {table.name} AS u ON u.rowid = t.rowid "
            f"WHERE {table.name}_terms MATCH :query ORDER BY score DESC LIMIT :limit"
        )
        query = " OR ".join(f'"{term}"' for term in query_terms)
        with self._read() as connection:
            rows = connection.execute(statement, {"query": query, "limit": limit}).all()
        return [Hit(kind, row.article_id, row.start, row.end, row.score) for row in rows]

    def rarity(self, query_terms: Collection[str]) -> dict[str, float]:
        """How telling each term is: its inverse document frequency over passages, as BM25 has it (0 or more)."""
        counted = sa.text("SELECT term, doc FROM passages_vocabulary WHERE term IN :asked")
        counted = counted.bindparams(sa.bindparam("asked", expanding=True))
        with self._read() as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(PASSAGES)) or 0
            rows = connection.execute(counted, {"asked": list(query_terms)})
            found: dict[str, int] = {row.term: row.doc for row in rows}
        return {
            term: math.log(1 + (total - found.get(term, 0) + 0.5) / (found.get(term, 0) + 0.5)) for term in query_terms
        }

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

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _replaced(self, connection: sa.Connection, article: Article) -> list[str]:
        if article.origin is None:
            return []
        same_origin = sa.select(ARTICLES.c.id).where(ARTICLES.c.origin == article.origin)
        return list(connection.scalars(same_origin))

    def _distinct(self, column: sa.Column[Any]) -> list[str]:
        statement = sa.select(column).where(column.is_not(None)).distinct().order_by(column)
        with self._read() as connection:
            return list(connection.scalars(statement))

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with store_errors(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with (
            store_errors(self._engine),
            self._engine.connect().execution_options(**WRITE) as connection,
            connection.begin(),
        ):
            yield connection


def open_catalog(data: Path) -> Catalog:
    """Open the catalog in a data directory; both are made when they are not there.

    Raises:
        StoreError: the directory cannot be written, or the file is no catalog of this version.
    """
    return Catalog(open_database(data))


def _insert(connection: sa.Connection, reading: Reading) -> None:
    article = reading.article
    values = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
    connection.execute(sa.insert(ARTICLES), values | {"model": reading.model, "revision": _next_revision(connection)})
    if reading.names:
        rows = [{"article_id": article.id, "name": name} for name in dict.fromkeys(reading.names)]
        connection.execute(sa.insert(NAMES), rows)
    passages = [{"article_id": p.article_id, "start": p.start, "end": p.end} for p in reading.passages]
    quotations = [{name: getattr(q, name) for name in _QUOTATION_FIELDS} for q in reading.quotations]
    _insert_units(connection, PASSAGES, article, passages, reading.passage_vectors)
    _insert_units(connection, QUOTATIONS, article, quotations, reading.quotation_vectors)


def _insert_units(
    connection: sa.Connection, table: sa.Table, article: Article, rows: list[dict[str, Any]], vectors: Vectors
) -> None:
    for row, vector in zip(rows, vectors, strict=True):
        packed = {"vector": vector.astype(np.float16).tobytes()}
        rowid = connection.scalar(sa.insert(table).returning(table.c.rowid), row | packed)
        spoken = f"{row.get('speaker') or ''} {article.text[row['start'] : row['end']]}"
        connection.execute(
            sa.text(f"INSERT INTO {table.name}_terms (rowid, terms) VALUES (:rowid, :terms)"),
            {
                "rowid": rowid,
                "terms": " ".join(terms(f"{article.title}\n{spoken}", article.lang)),
            },
        )


def _delete(connection: sa.Connection, article_id: str) -> bool:
    for table in UNITS.values():
        connection.execute(
            sa.text(
                f"DELETE FROM {table.name}_terms WHERE rowid IN "
                f"(SELECT rowid FROM {table.name} WHERE article_id = :article_id)"
            ),
            {"article_id": article_id},
        )
    deleted = connection.execute(sa.delete(ARTICLES).where(ARTICLES.c.id == article_id)).rowcount > 0
    if deleted:
        _next_revision(connection)
    return deleted


def _next_revision(connection: sa.Connection) -> int:
    grown = sa.cast(sa.cast(FACTS.c.value, sa.Integer) + 1, sa.String)
    statement = sa.update(FACTS).where(FACTS.c.name == "revision").values(value=grown)
    return int(connection.scalar(statement.returning(FACTS.c.value)) or 0)


def _units_of(table: sa.Table, article_id: str | None) -> sa.Select[Any]:
    statement = sa.select(table).order_by(table.c.article_id, table.c.start, table.c.end)
    return statement if article_id is None else statement.where(table.c.article_id == article_id)


def _unpacked(vector: bytes) -> Vectors:
    return np.frombuffer(vector, dtype=np.float16).astype(np.float32)


def _quotation(row: sa.Row[Any]) -> Quotation:
    return Quotation(**{name: getattr(row, name) for name in _QUOTATION_FIELDS})


def _article(row: sa.Row[Any]) -> Article:
    values: dict[str, Any] = {name: getattr(row, name) for name in _ARTICLE_FIELDS}
    return Article(**values)

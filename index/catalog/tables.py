"""The tables of the catalog as they are today; ``index.catalog.migrations`` has how they came to be so."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from index.catalog.columns import field_columns
from index.catalog.types import ROW, TEXT, WORD
from index.corrections import Correction
from index.models import Passage, Quotation, UnitKind

METADATA = sa.MetaData()
FACTS = sa.Table(
    "facts",
    METADATA,
    sa.Column("name", WORD, primary_key=True),
    sa.Column("value", WORD, nullable=False),
)
ARTICLES = sa.Table(
    "articles",
    METADATA,
    sa.Column("id", WORD, primary_key=True),
    sa.Column("key", WORD, nullable=False, index=True),
    sa.Column("title", TEXT, nullable=False),
    sa.Column("text", TEXT, nullable=False),
    sa.Column("lang", WORD, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("source", TEXT),
    sa.Column("author", TEXT),
    sa.Column("url", TEXT),
    sa.Column("origin", TEXT, index=True),
    sa.Column("model", WORD, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, index=True),
    sa.Column("form", TEXT),
    sa.Column("pages", sa.JSON(none_as_null=True)),
    sa.Column("times", sa.JSON(none_as_null=True)),
    sa.Column("address", TEXT, index=True),  # the url as ``index.catalog.provenance`` compares it
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("added_at", sa.DateTime),  # UTC, of the first version; null: before catalogs stored it
    sa.Column("updated_at", sa.DateTime),
    sa.Column("fingerprint", sa.LargeBinary),  # null: the text is too short to have one
    sa.Column("story", WORD, index=True),  # the least id of the articles that are near-duplicates of each other
)
ARRIVAL: sa.ColumnElement[int] = sa.literal_column("articles.rowid")
"""The order in which articles came: in SQLite of every table, elsewhere a column that the dialect makes."""
# Texts are long, and what stands behind them in a row is slow to read in SQLite: lists are made from these.
_LISTED = ("published", "revision", "id", "source", "lang")
sa.Index("ix_articles_listed", *(ARTICLES.c[name] for name in _LISTED)).ddl_if(dialect="sqlite")
sa.Index("ix_articles_model", ARTICLES.c.model)
COPIES = sa.Table(  # other places that hold the same text, letter for letter
    "copies",
    METADATA,
    sa.Column("rowid", ROW, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("key", WORD, nullable=False),
    sa.Column("title", TEXT, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("source", TEXT),
    sa.Column("author", TEXT),
    sa.Column("url", TEXT),
    sa.Column("origin", TEXT, index=True),
    sa.Column("form", TEXT),
    sa.Column("pages", sa.JSON(none_as_null=True)),
    sa.Column("times", sa.JSON(none_as_null=True)),
    sa.Column("address", TEXT, index=True),
)
BANDS = sa.Table(  # parts of the fingerprints, by which near-duplicates are looked up
    "bands",
    METADATA,
    sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)


def _unit_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("rowid", ROW, primary_key=True),
        sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    ]


PASSAGES = sa.Table("passages", METADATA, *_unit_columns())
QUOTATIONS = sa.Table(
    "quotations",
    METADATA,
    *_unit_columns(),
    *field_columns(Quotation, but={known.name for known in fields(Passage)}, indexed={"speaker", "speaker_id"}),
)
TEXTS = sa.Table(  # the rows of the words of whole texts (``index.catalog.whole_texts``)
    "texts",
    METADATA,
    sa.Column("rowid", ROW, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, unique=True),
)
NAMES = sa.Table(
    "names",
    METADATA,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", TEXT, primary_key=True, index=True),
)
VOCABULARY = sa.Table(  # the names of speakers, of articles and of outlets, counted by triggers (see ``vocabulary``)
    "vocabulary",
    METADATA,
    sa.Column("source", WORD, primary_key=True),
    sa.Column("name", TEXT, primary_key=True),
    sa.Column("told", WORD, primary_key=True),  # of speakers, what they are
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, index=True),  # at which it came or went last
    sqlite_with_rowid=False,
)
PEOPLE = sa.Table(  # whom the articles name, each once over all of them
    "people",
    METADATA,
    sa.Column("id", ROW, primary_key=True),
    sa.Column("name", TEXT, nullable=False),
    sa.Column("folded", TEXT, nullable=False, index=True),
    sa.Column("kind", WORD, nullable=False),
    sa.Column("gender", WORD, nullable=False),
    sqlite_autoincrement=True,  # an id that was somebody's is nobody else's
)
NAMINGS = sa.Table(  # how an article names one of them, by which they are joined and parted again
    "namings",
    METADATA,
    sa.Column("id", ROW, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("person_id", sa.ForeignKey("people.id"), index=True),  # null: not joined yet
    sa.Column("name", TEXT, nullable=False),
    sa.Column("last_word", TEXT, nullable=False, index=True),
    sa.Column("kind", WORD, nullable=False),
    sa.Column("gender", WORD, nullable=False),
)
MENTIONS = sa.Table(
    "person_mentions",
    METADATA,
    sa.Column("rowid", ROW, primary_key=True),
    sa.Column("naming_id", sa.ForeignKey("namings.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
)
ROLES = sa.Table(
    "person_roles",
    METADATA,
    sa.Column("rowid", ROW, primary_key=True),
    sa.Column("naming_id", sa.ForeignKey("namings.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("role", TEXT, nullable=False),
    sa.Column("folded", TEXT, nullable=False, index=True),
)
CORRECTIONS = sa.Table(
    "corrections",
    METADATA,
    sa.Column("id", ROW, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), index=True),  # null: of every article
    sa.Column("at", sa.DateTime, nullable=False),
    *field_columns(Correction, but={"id", "article_id", "at"}),
    sqlite_autoincrement=True,
)
READINGS = sa.Table(  # what was read in the articles that corrections changed, by which they are undone
    "readings",
    METADATA,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("found", TEXT, nullable=False),
)
FEEDBACK = sa.Table(
    "feedback",
    METADATA,
    sa.Column("rowid", ROW, primary_key=True),
    sa.Column("question", TEXT, nullable=False),
    sa.Column("articles", sa.JSON, nullable=False),
    sa.Column("verdict", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)
JOBS = sa.Table(  # sources that workers are to take in (see ``index.catalog.jobs``)
    "jobs",
    METADATA,
    sa.Column("id", ROW, primary_key=True),
    sa.Column("kind", WORD, nullable=False),
    sa.Column("name", TEXT, nullable=False),
    sa.Column("place", TEXT, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("by", TEXT, nullable=False),
    sa.Column("person", TEXT, nullable=False),
    sa.Column("request", WORD, nullable=False),
    sa.Column("state", WORD, nullable=False),
    sa.Column("turn", sa.BigInteger, nullable=False),  # persons take turns, in the order of these
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due", sa.DateTime, nullable=False),
    sa.Column("owner", WORD),
    sa.Column("until", sa.DateTime),
    sa.Column("why", TEXT),
    sa.Column("told", TEXT),
    sa.Column("asked", sa.DateTime, nullable=False),
    sa.Column("changed", sa.DateTime, nullable=False),
    sqlite_autoincrement=True,  # a worker that comes late must not settle another job
)
sa.Index("ix_jobs_ready", JOBS.c.state, JOBS.c.turn, JOBS.c.id)
sa.Index("ix_jobs_visitor", JOBS.c.by, JOBS.c.id)
UNITS: dict[UnitKind, sa.Table] = {"passage": PASSAGES, "quotation": QUOTATIONS}


_OF_ANY_LENGTH = {"key", "origin", "address", "speaker", "name", "folded", "last_word"}


def _allow_long_texts() -> None:
    """Let indexes take texts of any length on PostgreSQL, too, whose ordered ones take some 2,700 bytes."""
    for index in (index for table in METADATA.sorted_tables for index in table.indexes):
        if {column.name for column in index.columns} <= _OF_ANY_LENGTH:
            index.dialect_kwargs["postgresql_using"] = "hash"


_allow_long_texts()

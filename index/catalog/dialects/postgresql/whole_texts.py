"""The words of whole texts: which of them an article has is indexed, where they stand is looked up in the words.

A ``tsvector`` knows no place beyond the 16,383rd word, so it tells here which articles have all the words of a pattern;
that they stand as the pattern says is seen in the words themselves, of those articles alone.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from index.catalog.dialects.postgresql.terms import LONGEST, lexeme, matches
from index.catalog.dialects.values import among
from index.catalog.tables import TEXTS
from index.query.models import Field, Pattern, Phrase
from index.query.occurrences import occurrences

MOST: Final = 1_000_000
"""Bytes of the words of an article, each once: a ``tsvector`` takes 1,048,575. An article with more is always read."""
_ENTRY: Final = 8
"""Bytes that a word takes beside its letters, at most."""
_FIELDS: Final[dict[Field, tuple[str, ...]]] = {"any": ("title", "text"), "title": ("title",), "text": ("text",)}
_WORDS: Final = sa.table(
    f"{TEXTS.name}_terms",
    sa.column("rowid", sa.BigInteger),
    sa.column("title", sa.Text),
    sa.column("text", sa.Text),
    sa.column("lexemes", TSVECTOR),
)


def create(connection: sa.Connection) -> None:
    """Make the words of whole texts, empty."""
    connection.exec_driver_sql(
        f'CREATE TABLE {_WORDS.name} (rowid BIGINT PRIMARY KEY, title TEXT COLLATE "C" NOT NULL, '
        'text TEXT COLLATE "C" NOT NULL, lexemes TSVECTOR)'
    )
    connection.exec_driver_sql(f"CREATE INDEX ix_{_WORDS.name} ON {_WORDS.name} USING gin (lexemes)")
    connection.exec_driver_sql(f"CREATE INDEX ix_{_WORDS.name}_long ON {_WORDS.name} (rowid) WHERE lexemes IS NULL")


def insert(connection: sa.Connection, rowid: int, title: str, text: str) -> None:
    """Insert the words of an article, spaced."""
    words = {word[:LONGEST] for word in (*title.split(), *text.split())}
    few = sum(len(word.encode()) + _ENTRY for word in words) <= MOST
    inserted = sa.text(
        f"INSERT INTO {_WORDS.name} (rowid, title, text, lexemes) "
        "VALUES (:rowid, :title, :text, array_to_tsvector(CAST(:words AS TEXT[])))"
    )
    told = {"rowid": rowid, "title": title, "text": text, "words": sorted(words) if few else None}
    connection.execute(inserted, told)


def holding(connection: sa.Connection, field: Field, pattern: Pattern) -> sa.Select[Any]:
    """Select the ids of the articles whose title, text or either holds a pattern."""
    c = _WORDS.c
    having = sa.or_(matches(c.lexemes, _asked(pattern)), c.lexemes.is_(None))
    joined = sa.select(TEXTS.c.article_id).join(_WORDS, c.rowid == TEXTS.c.rowid).where(having)
    if isinstance(pattern, Phrase):
        there = f" {' '.join(pattern.words)}{'' if pattern.prefix else ' '}"
        return joined.where(sa.or_(*(sa.func.strpos(c[name], there) > 0 for name in _FIELDS[field])))
    rows = connection.execute(joined.add_columns(*(c[name] for name in _FIELDS[field])))
    return among([article for article, *told in rows if any(occurrences(pattern, words) for words in told)])


def _asked(pattern: Pattern) -> str:
    """Return what asks for all words of a pattern, wherever they stand."""
    phrases = [pattern] if isinstance(pattern, Phrase) else pattern.phrases
    return " & ".join(
        lexeme(word, prefix=phrase.prefix and at == len(phrase.words))
        for phrase in phrases
        for at, word in enumerate(phrase.words, 1)
    )

"""The full text of passages and quotations: a ``tsvector`` of their terms, with what BM25 counts beside it.

A row has the terms without their places (``terms``), how often those stand in it that do so more than once
(``repeated``), and how many there are in all (``length``). How many rows and terms a table has is kept up by triggers
in ``terms_totals``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, TSQUERY, TSVECTOR

from index.catalog.tables import PASSAGES

LONGEST: Final = 500
"""Characters of a term that are kept: a ``tsvector`` takes 2,046 bytes of each. What is longer is no word."""

_TOTALS: Final = "CREATE TABLE IF NOT EXISTS terms_totals (name TEXT PRIMARY KEY, rows BIGINT, terms BIGINT)"
_TOTALLED: Final = (
    "UPDATE terms_totals SET rows = rows {sign} (SELECT count(*) FROM changed), "
    "terms = terms {sign} (SELECT coalesce(sum(length), 0) FROM changed) WHERE name = '{table}';"
)
_ROWS_WITH: Final = """
    SELECT rowid, length, CAST(coalesce(repeated ->> :term, '1') AS FLOAT) AS times, count(*) OVER () AS held
    FROM {words} WHERE terms @@ CAST(:asked AS TSQUERY)
"""
_RANKED: Final = """
    WITH found AS MATERIALIZED ({found})
    SELECT found.rowid, sum(
        greatest(ln((total.rows - found.held + 0.5) / (found.held + 0.5)), 1e-6)
        * found.times * 2.2 / (found.times + 1.2 * (0.25 + 0.75 * found.length * total.rows / total.terms))
    ) AS score
    FROM found, (SELECT CAST(rows AS FLOAT), CAST(terms AS FLOAT) FROM terms_totals WHERE name = :counted) AS total
    GROUP BY found.rowid ORDER BY score DESC, found.rowid LIMIT :most
"""


def create(connection: sa.Connection, table: sa.Table) -> None:
    """Make the full text of passages or quotations, empty."""
    words = f"{table.name}_terms"
    connection.exec_driver_sql(
        f"CREATE TABLE {words} (rowid BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL, repeated JSONB NOT NULL, "
        "length INTEGER NOT NULL)"
    )
    connection.exec_driver_sql(f"CREATE INDEX ix_{words} ON {words} USING gin (terms)")
    connection.exec_driver_sql(_TOTALS)
    connection.execute(sa.text("DELETE FROM terms_totals WHERE name = :name"), {"name": table.name})
    connection.execute(sa.text("INSERT INTO terms_totals VALUES (:name, 0, 0)"), {"name": table.name})
    for deed, rows, sign in (("INSERT", "NEW", "+"), ("DELETE", "OLD", "-")):
        name = f"{words}_{deed.lower()}_totalled"
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{_TOTALLED.format(sign=sign, table=table.name)} RETURN NULL; END $$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} AFTER {deed} ON {words} REFERENCING {rows} TABLE AS changed "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Insert the terms of some passages or quotations, by their rows, in one statement."""
    told = []
    for rowid, terms in rows:
        often = counted(terms)
        repeated = {term: times for term, times in often.items() if times > 1}
        told.append({"rowid": rowid, "terms": list(often), "repeated": repeated, "length": len(terms)})
    inserted = sa.text(
        f"INSERT INTO {table.name}_terms SELECT rowid, array_to_tsvector(terms), repeated, length "
        "FROM jsonb_to_recordset(CAST(:rows AS JSONB)) "
        "AS told (rowid BIGINT, terms TEXT[], repeated JSONB, length INTEGER)"
    )
    connection.execute(inserted, {"rows": json.dumps(told)})


def held(connection: sa.Connection, table: sa.Table, article_id: str) -> dict[int, Counter[str]]:
    """Return the terms of an article's passages or quotations, by their rows, with how often each stands there."""
    words = _words(table)
    lexemes = sa.func.tsvector_to_array(words.c.terms)
    own = sa.select(table.c.rowid).where(table.c.article_id == article_id)
    rows = connection.execute(sa.select(words.c.rowid, lexemes, words.c.repeated).where(words.c.rowid.in_(own)))
    return {rowid: Counter(dict.fromkeys(terms, 1) | repeated) for rowid, terms, repeated in rows}


def counted(terms: Collection[str]) -> Counter[str]:
    """Return how often each term stands among some."""
    return Counter(term[:LONGEST] for term in terms)


def ranked(table: sa.Table, asked: Sequence[str], limit: int | None) -> sa.Subquery:
    """Return the rows that hold any of some terms, with their BM25, the best first; ``found`` is added up in order."""
    given: list[sa.BindParameter[Any]] = [sa.bindparam("counted", table.name, unique=True)]
    given.append(sa.bindparam("most", limit, sa.Integer, unique=True))
    found = []
    for number, term in enumerate(counted(asked)):
        found.append(_ROWS_WITH.format(words=f"{table.name}_terms").replace(":term", f":term{number}"))
        found[-1] = found[-1].replace(":asked", f":asked{number}")
        given.append(sa.bindparam(f"term{number}", term, sa.String, unique=True))
        given.append(sa.bindparam(f"asked{number}", lexeme(term), sa.String, unique=True))
    matching = sa.text(_RANKED.format(found=" UNION ALL ".join(found))).bindparams(*given)
    return matching.columns(sa.column("rowid", sa.BigInteger), sa.column("score", sa.Float)).subquery("ranked")


def total(connection: sa.Connection, table: sa.Table) -> int:
    """Return how many passages or quotations have terms."""
    counted = sa.text("SELECT rows FROM terms_totals WHERE name = :name")
    return connection.scalar(counted, {"name": table.name}) or 0


def passages_with(connection: sa.Connection, terms: Collection[str]) -> dict[str, int]:
    """Return in how many passages each of some terms stands."""
    words = _words(PASSAGES)
    counting = [
        sa.select(sa.literal(term, sa.String), sa.func.count()).where(matches(words.c.terms, lexeme(term)))
        for term in terms
    ]
    return dict(connection.execute(sa.union_all(*counting)).tuples().all()) if counting else {}


def beginning(table: sa.Table, groups: Collection[Collection[str]]) -> sa.Select[Any]:
    """Select the rows that hold a term with one of the beginnings in each group."""
    words = _words(table)
    asked = " & ".join("(" + " | ".join(lexeme(term, prefix=True) for term in group) + ")" for group in groups)
    return sa.select(words.c.rowid).where(matches(words.c.terms, asked))


def lexeme(term: str, prefix: bool = False) -> str:
    """Return a term, letters and digits alone, as a ``tsquery`` has it."""
    return f"'{term[:LONGEST]}'{':*' if prefix else ''}"


def matches(lexemes: sa.ColumnElement[Any], asked: str) -> sa.ColumnElement[bool]:
    """Return the condition that a ``tsvector`` is as a ``tsquery`` asks."""
    return lexemes.bool_op("@@")(sa.cast(sa.literal(asked, sa.String), TSQUERY))


def _words(table: sa.Table) -> sa.TableClause:
    columns = sa.column("rowid", sa.BigInteger), sa.column("terms", TSVECTOR), sa.column("repeated", JSONB)
    return sa.table(f"{table.name}_terms", *columns)

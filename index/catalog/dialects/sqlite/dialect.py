"""What SQLite does in its own way: full text by FTS5, names counted by triggers, its checks of its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from index.catalog.dialects.sqlite.errors import WRITABLE, advice
from index.catalog.tables import PASSAGES, TEXTS
from index.models import Finding
from index.query.models import Field, Near, Pattern, Phrase

_SEARCHED: dict[Field, str] = {"any": "title text", "title": "title", "text": "text"}


class Sqlite:
    """See ``Dialect``. The words of rows are what FTS5 is given; it folds and stems nothing itself."""

    def place(self, url: sa.URL) -> str:
        """See ``Dialect``."""
        return url.database or ""

    how_to_write = WRITABLE
    any_name = "name"

    def advice(self, error: BaseException | None) -> str:
        """See ``Dialect``."""
        return advice(error)

    def create(self, connection: sa.Connection) -> None:
        """See ``Dialect``: the terms of passages with how many hold each."""
        connection.exec_driver_sql("CREATE VIRTUAL TABLE passages_vocabulary USING fts5vocab(passages_terms, 'row')")

    def create_terms(self, connection: sa.Connection, table: sa.Table) -> None:
        """See ``Dialect``."""
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {table.name}_terms USING fts5(terms, tokenize = 'unicode61 remove_diacritics 2')"
        )

    def insert_terms(
        self, connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[int, Sequence[str]]]
    ) -> None:
        """See ``Dialect``."""
        insert = sa.text(f"INSERT INTO {table.name}_terms (rowid, terms) VALUES (:rowid, :terms)")
        connection.execute(insert, [{"rowid": rowid, "terms": " ".join(terms)} for rowid, terms in rows])

    def held_terms(self, connection: sa.Connection, table: sa.Table, article_id: str) -> dict[int, Counter[str]]:
        """See ``Dialect``."""
        within = f"(SELECT rowid FROM {table.name} WHERE article_id = ?)"
        stored = f"SELECT rowid, terms FROM {table.name}_terms WHERE rowid IN {within}"
        return {rowid: Counter(terms.split()) for rowid, terms in connection.exec_driver_sql(stored, (article_id,))}

    def as_held(self, terms: Collection[str]) -> Counter[str]:
        """See ``Dialect``."""
        return Counter(terms)

    def ranked(self, table: sa.Table, asked: Sequence[str], limit: int | None) -> sa.Subquery:
        """See ``Dialect``."""
        words = f"{table.name}_terms"
        matching = sa.text(
            f"SELECT rowid, -bm25({words}) AS score FROM {words} WHERE {words} MATCH :asked "
            "ORDER BY score DESC LIMIT :most"
        )
        given: tuple[sa.BindParameter[Any], ...] = (
            sa.bindparam("asked", " OR ".join(f'"{term}"' for term in asked), unique=True),
            sa.bindparam("most", -1 if limit is None else limit, unique=True),
        )
        found = matching.bindparams(*given)
        return found.columns(sa.column("rowid", sa.Integer), sa.column("score", sa.Float)).subquery("ranked")

    def count_passages(self, connection: sa.Connection) -> int:
        """See ``Dialect``."""
        return connection.scalar(sa.select(sa.func.count()).select_from(PASSAGES)) or 0

    def passages_with(self, connection: sa.Connection, terms: Collection[str]) -> dict[str, int]:
        """See ``Dialect``."""
        counted = sa.text("SELECT term, doc FROM passages_vocabulary WHERE term IN :asked")
        counted = counted.bindparams(sa.bindparam("asked", expanding=True))
        return {row.term: row.doc for row in connection.execute(counted, {"asked": list(terms)})}

    def beginning(self, table: sa.Table, groups: Collection[Collection[str]]) -> sa.TextualSelect:
        """See ``Dialect``."""
        asked = " AND ".join("(" + " OR ".join(f'"{term}"*' for term in group) + ")" for group in groups)
        matching = sa.text(f"SELECT rowid FROM {table.name}_terms WHERE {table.name}_terms MATCH :asked")
        return matching.bindparams(sa.bindparam("asked", asked, unique=True)).columns(table.c.rowid)

    def create_whole_texts(self, connection: sa.Connection) -> None:
        """See ``Dialect``; FTS5 takes words as they are ("ascii": it parts at blanks, no letter beyond is changed)."""
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {TEXTS.name}_terms USING fts5(title, text, tokenize = 'ascii')"
        )

    def insert_whole_text(self, connection: sa.Connection, rowid: int, title: str, text: str) -> None:
        """See ``Dialect``."""
        insert = f"INSERT INTO {TEXTS.name}_terms (rowid, title, text) VALUES (?, ?, ?)"
        connection.exec_driver_sql(insert, (rowid, title, text))

    def holding(self, connection: sa.Connection, field: Field, pattern: Pattern) -> sa.TextualSelect:
        """See ``Dialect``."""
        matching = sa.text(
            f"SELECT {TEXTS.name}.article_id FROM {TEXTS.name}_terms JOIN {TEXTS.name} "
            f"ON {TEXTS.name}.rowid = {TEXTS.name}_terms.rowid WHERE {TEXTS.name}_terms MATCH :pattern"
        )
        # what is put in is letters and digits alone: nothing in it is FTS5's own
        asked = f"{{{_SEARCHED[field]}}} : {_fts(pattern)}"
        return matching.bindparams(sa.bindparam("pattern", asked, unique=True)).columns(TEXTS.c.article_id)

    def count_names(self, connection: sa.Connection, table: str, columns: Sequence[str], came: str, went: str) -> None:
        """See ``Dialect``."""
        changed = f"UPDATE OF {', '.join(columns)}"
        for deed, done in (("INSERT", came), ("DELETE", went), (changed, f"{went} {came}")):
            name = f"{table}_{deed.split()[0].lower()}_counted"
            connection.exec_driver_sql(f'CREATE TRIGGER "{name}" AFTER {deed} ON {table} BEGIN {done} END')

    def last_numbers(self, connection: sa.Connection) -> dict[str, int]:
        """See ``Dialect``."""
        return {name: number for name, number in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")}

    def number_after(self, connection: sa.Connection, last: Mapping[str, int]) -> None:
        """See ``Dialect``; after those that are there SQLite numbers by itself."""
        for name, number in last.items():
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, number))

    def unclaimed(self, rows: sa.Select[Any]) -> sa.Select[Any]:
        """See ``Dialect``: a transaction that writes is alone from its beginning."""
        return rows

    def rows_with_words(self, connection: sa.Connection, table: sa.Table) -> int | None:
        """See ``Dialect``."""
        if not sa.inspect(connection).has_table(f"{table.name}_terms_docsize"):
            return None
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}_terms_docsize").scalar() or 0)

    def full_text_findings(self, connection: sa.Connection, tables: Collection[sa.Table]) -> list[Finding]:
        """See ``Dialect``."""
        found = []
        for table in tables:
            name = f"{table.name}_terms"
            try:
                with connection.begin_nested():
                    connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
            except sa.exc.DBAPIError as error:
                found.append(Finding("full text", table.name, str(error.orig)))
        return found

    def database_findings(self, connection: sa.Connection) -> Iterator[Finding]:
        """See ``Dialect``."""
        for (told,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
            if told != "ok":
                yield Finding("database", "catalog.sqlite", " ".join(told.split()))
        broken = Counter(row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))
        for table, count in broken.items():
            yield Finding("rows", table, f"{count} rows of articles that are not there")


def _fts(pattern: Pattern) -> str:
    if isinstance(pattern, Near):
        return f"NEAR({' '.join(map(_fts_phrase, pattern.phrases))}, {pattern.distance})"
    return _fts_phrase(pattern)


def _fts_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{" *" if phrase.prefix else ""}'

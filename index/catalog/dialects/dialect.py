"""What a database must do in its own way: full text, the counting of names, its checks of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

import sqlalchemy as sa

from index.models import Finding
from index.query.models import Field, Pattern


class Dialect(Protocol):
    """One kind of database; the tables of ``index.catalog.tables`` are the same in all.

    Beside a table of passages, quotations or whole texts stands another, ``<table>_terms``, with a row for each of its
    rows: the words that they are found by. Terms and words are folded, and hold letters and digits alone.
    """

    @property
    def how_to_write(self) -> str:
        """What to do where a catalog can only be read, in a sentence."""

    @property
    def any_name(self) -> str:
        """How a name of any length stands in the key of the table ``vocabulary``."""

    def place(self, url: sa.URL) -> str:
        """Return where a database is, as an error names it: without a password."""

    def advice(self, error: BaseException | None) -> str:
        """Return what to do about an error of the database's, in a sentence."""

    def create(self, connection: sa.Connection) -> None:
        """Make what a new catalog has beside its tables, but for what the methods below make."""

    def create_terms(self, connection: sa.Connection, table: sa.Table) -> None:
        """Make the full text of passages or quotations, empty."""

    def insert_terms(
        self, connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[int, Sequence[str]]]
    ) -> None:
        """Insert the terms of some passages or quotations, by their rows."""

    def held_terms(self, connection: sa.Connection, table: sa.Table, article_id: str) -> dict[int, Counter[str]]:
        """Return the terms of an article's passages or quotations, by their rows, with how often each stands there."""

    def as_held(self, terms: Collection[str]) -> Counter[str]:
        """Return terms as ``held_terms`` does."""

    def ranked(self, table: sa.Table, asked: Sequence[str], limit: int | None) -> sa.Subquery:
        """Return the rows (``rowid``) that hold any of some terms, with their BM25 (``score``), the best first.

        k1 is 1.2, b is .75, and a term of more than half of all rows counts next to nothing, as in SQLite's FTS5.
        """

    def count_passages(self, connection: sa.Connection) -> int:
        """Return how many passages have terms."""

    def passages_with(self, connection: sa.Connection, terms: Collection[str]) -> dict[str, int]:
        """Return in how many passages each of some terms stands; one that stands in none may be left out."""

    def beginning(self, table: sa.Table, groups: Collection[Collection[str]]) -> sa.Select[Any] | sa.TextualSelect:
        """Select the rows that hold a term with one of the beginnings in each group."""

    def create_whole_texts(self, connection: sa.Connection) -> None:
        """Make the words of whole texts, empty."""

    def insert_whole_text(self, connection: sa.Connection, rowid: int, title: str, text: str) -> None:
        """Insert the words of an article, spaced."""

    def holding(self, connection: sa.Connection, field: Field, pattern: Pattern) -> sa.Select[Any] | sa.TextualSelect:
        """Select the ids of the articles whose title, text or either (``any``) holds a pattern."""

    def count_names(self, connection: sa.Connection, table: str, columns: Sequence[str], came: str, went: str) -> None:
        """Have a statement run for each row that comes into a table (as ``NEW``) and for each that goes (``OLD``).

        A row whose columns change goes and comes.
        """

    def last_numbers(self, connection: sa.Connection) -> dict[str, int]:
        """Return the last number that was given to a row, of the tables that give none twice."""

    def number_after(self, connection: sa.Connection, last: Mapping[str, int]) -> None:
        """Number the rows to come after those that are there, and after the last that was given elsewhere."""

    def unclaimed(self, rows: sa.Select[Any]) -> sa.Select[Any]:
        """Have rows that are selected locked for this transaction, and those passed over that another one locks."""

    def rows_with_words(self, connection: sa.Connection, table: sa.Table) -> int | None:
        """Return how many rows have words; None: there is no full text."""

    def full_text_findings(self, connection: sa.Connection, tables: Collection[sa.Table]) -> list[Finding]:
        """Return what the database's own check of its full text finds; it takes a connection that may write."""

    def database_findings(self, connection: sa.Connection) -> Iterator[Finding]:
        """Yield what the database's own checks find in what it stores, and in what rows refer to."""

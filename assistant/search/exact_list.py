"""A list of names or claims in, how often each stands in the articles out, with the first places."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Literal

from assistant.models import Counted
from assistant.search.exact_search import shown_article
from index.catalog import Catalog
from index.errors import QueryRefused
from index.languages.stopwords import all_stopwords
from index.languages.terms import folded_words
from index.query.parser import parse
from index.query.tokens import is_plain
from index.query.vocabulary import headings
from index.typography import fold

Match = Literal["phrase", "words"]
"""How a line that is no query is looked for: as it stands, or by its words, wherever they stand in an article."""
LONGEST_LIST = 1_000
"""In lines."""
PLACES = 3
"""How many articles are told of each line."""
_BEGINNING = 2_000
"""Characters of a table that tell how its columns are parted; the time that this takes grows with their square."""


def count_lines(catalog: Catalog, lines: Sequence[str], match: Match = "phrase") -> list[Counted]:
    """Look for each line of a list; one that cannot be read is told as such.

    Raises:
        QueryRefused: the list is empty or too long.
    """
    if not lines:
        raise QueryRefused("list_empty")
    if len(lines) > LONGEST_LIST:
        raise QueryRefused("list_too_long", most=LONGEST_LIST)
    return [_counted(catalog, line, match) for line in lines]


def lines_of(listed: str, table: bool = False) -> list[str]:
    """Return the lines of a list, each once; of a ``table`` (CSV) the first column, without a heading that is known."""
    rows = _first_column(listed) if table else listed.splitlines()
    lines = list(filter(None, (" ".join(row.replace("\ufeff", "").split()) for row in rows)))
    return list(dict.fromkeys(lines[1:] if table and lines and fold(lines[0]) in headings() else lines))


def _first_column(table: str) -> list[str]:
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(table[:_BEGINNING], delimiters=",;\t")
    except csv.Error:  # there is one column
        dialect = csv.excel
    try:
        rows = list(csv.reader(io.StringIO(table, newline=""), delimiter=dialect.delimiter))
    except csv.Error:  # it is no table
        return table.splitlines()
    return [row[0] for row in rows if row]


def _counted(catalog: Catalog, line: str, match: Match) -> Counted:
    query = _query(line, match)
    try:
        found = catalog.find_exactly(parse(query))
    except QueryRefused as refused:
        return Counted(line, query, refused=refused.reason)
    first = tuple(shown_article(catalog, each, 1) for each in found[:PLACES])
    return Counted(line, query, len(found), sum(each.hits for each in found), first)


def _query(line: str, match: Match) -> str:
    """Return the query that a line stands for."""
    words = folded_words(line)
    if not is_plain(line) or not words:
        return line
    if match == "phrase":
        return f'"{line}"'
    telling = [word for word in words if word not in all_stopwords()]
    return " ".join(dict.fromkeys(telling or words))

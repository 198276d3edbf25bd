"""``dixit search``: words looked for exactly, in all articles; or each line of a list."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.command import as_json, catalog_of, dixit
from assistant.rendering.terminal import write_answer, write_exactly, write_json, write_rows
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.models import Counted
    from index.catalog import Catalog
    from index.query.models import Order

_TABLES = (".csv", ".tsv")
_STANDARD_INPUT = Path("-")


@dixit.command()
@click.argument("query", required=False)
@click.option(
    "--list",
    "listed",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Names or claims, one a line, or the first column of a CSV file; - reads them from standard input.",
)
@click.option("--words", is_flag=True, help="Of a list: look for all words of a line, not for the line as it stands.")
@click.option("--csv", "as_csv", is_flag=True, help="Of a list: print a table for a spreadsheet.")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="Show so many articles.")
@click.option(
    "--order",
    type=click.Choice(["newest", "relevance"]),
    default="newest",
    show_default=True,
    help="Show the newest articles first, or those that hold most of it for their length.",
)
@click.option("--all", "everything", is_flag=True, help="Show all articles and all places.")
@as_json
@click.pass_obj
def search(
    settings: Settings,
    query: str | None,
    listed: Path | None,
    words: bool,
    as_csv: bool,
    limit: int,
    order: Order,
    everything: bool,
    as_json: bool,
) -> None:
    """Find where words stand in whole articles: words, "a phrase", AND, OR, NOT, NEAR(a b, 5), begin*, title:word."""
    if (query is None) == (listed is None):
        raise click.UsageError("Give either a QUERY or --list FILE.")
    if as_csv and (as_json or listed is None):
        raise click.UsageError("--csv prints the table of a --list; --json prints rows. Give one of them.")
    with catalog_of(settings) as catalog:
        if listed is not None:
            _print_list(_counted(catalog, listed, words), as_csv, as_json)
        elif query is not None:
            _print_found(catalog, query, None if everything else limit, order, everything, as_json)


def _print_found(catalog: Catalog, query: str, most: int | None, order: Order, everything: bool, as_json: bool) -> None:
    from assistant.rendering.exact_search import found_json, search_markdown
    from assistant.search.exact_search import EXCERPTS, search
    from assistant.texts.catalogue import texts_of

    found = search(catalog, query, most, order=order, excerpts=None if everything else EXCERPTS)
    if as_json:
        for each in found.shown:
            write_json(found_json(each))
    else:
        write_answer(search_markdown(found, texts_of("en")))


def _counted(catalog: Catalog, listed: Path, words: bool) -> list[Counted]:
    from assistant.search.exact_list import count_lines, lines_of
    from index.errors import disk_errors
    from index.loaders.encoding import decode

    with disk_errors(listed):
        data = sys.stdin.buffer.read() if listed == _STANDARD_INPUT else listed.read_bytes()
    text = decode(data).text
    lines = lines_of(text, table=listed.suffix.lower() in _TABLES)
    return count_lines(catalog, lines, "words" if words else "phrase")


def _print_list(counted: list[Counted], as_csv: bool, as_json: bool) -> None:
    from assistant.rendering.exact_search import counted_json, list_csv
    from assistant.texts.catalogue import texts_of

    if as_csv:
        write_exactly(list_csv(counted, texts_of("en")))
    elif as_json:
        for each in counted:
            write_json(counted_json(each))
    else:
        rows = ([each.line, str(each.articles), str(each.hits), _first(each)] for each in counted)
        write_rows(["looked for", "articles", "places", "first"], rows, "  ".join)


def _first(counted: Counted) -> str:
    if counted.refused:
        return str(counted.refused)
    return ", ".join(found.article.key for found in counted.first)

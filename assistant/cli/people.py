"""``dixit people``: everybody whom the articles name, who is quoted and who is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.command import as_json, catalog_of, dixit
from assistant.rendering.csv_table import plain_csv
from assistant.rendering.terminal import write_json, write_line, write_lines, write_rows
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.models import KnownPerson

HEADINGS = ("id", "name", "kind", "articles", "mentions", "quotations", "roles")
PLACE = ("person", "name", "words", "article", "start", "end", "published", "source", "title")
KINDS = ("person", "body", "place")
ORDERS = ("quoted", "mentioned", "name")


@dixit.command()
@click.argument("name", default="")
@as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet.")
@click.option("--kind", type=click.Choice(KINDS), help="Only people, bodies or places.")
@click.option(
    "--order", type=click.Choice(ORDERS), default="quoted", help="Most quoted or mentioned first, or by name."
)
@click.option("--places", is_flag=True, help="Print each place that names them instead: the article, start and end.")
@click.pass_obj
def people(
    settings: Settings, name: str, as_json: bool, as_csv: bool, kind: str | None, order: str, places: bool
) -> None:
    """List everybody whom the articles name, with how often they are named and quoted.

    NAME: a part of a name or of a role, in whatever case and accents; without one, all are listed.
    """
    from assistant.filters import person_filter

    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two forms. Give one of them.")
    with catalog_of(settings) as catalog:
        found = catalog.everyone(person_filter({"search": name, "kind": kind, "order": order}))
        if places:
            _print_places(catalog, found, as_json, as_csv)
        else:
            _print_people(found, as_json, as_csv)


def _print_people(found: Iterable[KnownPerson], as_json: bool, as_csv: bool) -> None:
    from assistant.rendering.as_json import person_json

    if as_json:
        for person in found:
            write_json(person_json(person))
    elif as_csv:
        write_lines(plain_csv(HEADINGS, map(_row, found)).rstrip("\n"))
    else:
        write_rows(HEADINGS, map(_row, found), "  ".join)


def _print_places(catalog: Catalog, found: Iterable[KnownPerson], as_json: bool, as_csv: bool) -> None:
    from assistant.rendering.as_json import mention_json

    rows = ({"person": one.id} | mention_json(place) for one in found for place in catalog.mentions(one.id))
    if as_csv:
        write_lines(plain_csv(PLACE, map(_cells, rows)).rstrip("\n"))
        return
    for row in rows:
        write_json(row) if as_json else write_line("  ".join(" ".join(each.split()) for each in _cells(row)[1:6]))


def _cells(place: Mapping[str, Any]) -> list[str]:
    return ["" if place[key] is None else str(place[key]) for key in PLACE]


def _row(person: KnownPerson) -> list[str]:
    counts = (person.articles, person.mentions, person.quotations)
    return [str(person.id), person.name, person.kind, *map(str, counts), "; ".join(person.roles)]

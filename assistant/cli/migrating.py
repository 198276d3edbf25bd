"""``dixit migrate``: what is stored goes from one place into another, a module for each store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.command import dixit
from assistant.members import make_place, settings_of
from assistant.rendering.terminal import tell, write_line
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.catalog import Place


@dixit.command()
@click.option("--from", "source", help="A PostgreSQL address or a folder (default: the data directory).")
@click.option("--to", "target", help="A PostgreSQL address or a folder (default: the data directory).")
@click.pass_obj
def migrate(settings: Settings, source: str | None, target: str | None) -> None:
    """Copy the catalog from one place to another, which must be empty; what was stopped is gone on with."""
    from index.catalog import copy_catalog
    from index.records.table import Records, copy_records

    if source == target:
        raise click.UsageError("Name a place to copy from or to, and not the same twice: --to, --from, or both.")
    old, new = _place(settings, source), _place(settings, target)
    count = copy_catalog(old, new, tell)
    if old.url and not new.url:  # into a server, they go when they are first used there
        copy_records(Records(old.data, old.url), Records(new.data))
    write_line(f"{count} articles are copied; counts, and a sample of places and vectors, are the same")
    alone = f"Leave DIXIT_CATALOG_URL unset and give --data {new.data}"
    used = "Set DIXIT_CATALOG_URL to that address" if new.url else alone
    write_line(f"{used} to use it.")


def _place(settings: Settings, named: str | None) -> Place:
    from index.catalog import Place

    if named is not None and "://" in named:
        service = replace(settings.service, index=replace(settings.service.index, catalog_url=named))
        make_place(service, settings.workspace)
        return Place(settings.index.data, settings_of(service, settings.workspace).index.catalog_url)
    return Place(settings.index.data if named is None else Path(named).expanduser())

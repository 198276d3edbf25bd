"""``dixit check``, ``backup``, ``restore``: the data directory looked after."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.command import NamedPath, as_json, catalog_of, dixit, registry_of, workspace_of
from assistant.rendering.terminal import tell, write_json, write_line, write_rows
from assistant.settings import MAIN, Settings
from index.errors import StoreError, shortened
from index.models import Finding

if TYPE_CHECKING:
    from index.vectors import VectorIndex

BACKUP = NamedPath(dir_okay=False)
_EACH = "Back each up with `dixit --workspace NAME backup FILE`."


@dixit.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended, and say what was done.")
@as_json
@click.pass_obj
def check(settings: Settings, repair: bool, as_json: bool) -> None:
    """Look for what is not as it must be in the data directory, a line each; exit 1 when there is something."""
    from index.embedding.embedder import open_embedder
    from index.upkeep.integrity import check

    embedder = open_embedder(settings.index, tell)
    with catalog_of(settings) as catalog:
        findings = check(settings.index.data, catalog, embedder, settings.index.vector_server)
        if catalog.read_only:
            tell(f"{settings.index.data} cannot be written: vectors and the order of the full text are left out.")
        _print_findings(findings, as_json)
        if findings and repair:
            _repair(settings, findings, as_json)
            findings = check(settings.index.data, catalog, embedder, settings.index.vector_server)
    if not findings and not as_json:
        write_line("Nothing is left to mend." if repair else "Everything is as it must be.")
    sys.exit(1 if findings else 0)


def _print_findings(findings: Sequence[Finding], as_json: bool) -> None:
    if as_json:
        for finding in findings:
            write_json(asdict(finding))
    else:
        rows = [(finding.part, shortened(finding.about), finding.problem) for finding in findings]
        write_rows(["part", "which", "problem"], rows, lambda row: f"{row[0]}  {row[1]}: {row[2]}")


def _repair(settings: Settings, findings: Sequence[Finding], as_json: bool) -> None:
    with workspace_of(settings) as workspace:
        for done in workspace.repair(findings):
            write_json({"done": done}) if as_json else write_line(f"mended  {done}")


@dixit.command()
@click.argument("file", type=BACKUP)
@as_json
@click.pass_obj
def backup(settings: Settings, file: Path, as_json: bool) -> None:
    """Write all of a workspace, but what is derived, to one FILE; others may use it meanwhile."""
    from index.upkeep.backup import back_up, require_file

    require_file(settings.index.catalog_url)
    made = back_up(settings.index.data, file)
    write_json(asdict(made)) if as_json else write_line(f"{made.articles} articles are in {file}")
    if settings.workspace == MAIN and (others := _others(settings)):
        tell(f"other workspaces are not in it: {', '.join(others)}. {_EACH}")


def _others(settings: Settings) -> list[str]:
    with registry_of(settings) as registry:
        return registry.workspaces()[1:]


def _rebuild(vectors: VectorIndex) -> None:
    try:
        vectors.rebuild()
    except StoreError as error:
        tell(f"{error} The articles are back; run `dixit check --repair` once it answers, and their vectors are, too.")


@dixit.command()
@click.argument("file", type=BACKUP)
@click.option("--force", is_flag=True, help="Replace what is in the data directory.")
@as_json
@click.pass_obj
def restore(settings: Settings, file: Path, force: bool, as_json: bool) -> None:
    """Put a backup FILE in the place of the data directory."""
    from index.upkeep import backup
    from index.vectors import open_vectors

    settings.require_ours()
    backup.require_file(settings.index.catalog_url)
    made = backup.restore(file, settings.index.data, force)
    with catalog_of(settings) as catalog:
        server = settings.index.vector_server
        with closing(open_vectors(settings.index.data, catalog, server=server)) as vectors:
            if server is not None:  # what it holds is of the catalog as it was; a folder is made again as it is opened
                _rebuild(vectors)
    write_json(asdict(made)) if as_json else write_line(f"{made.articles} articles are back, as of {made.made}")

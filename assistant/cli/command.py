"""The ``dixit`` command itself, and what its parts share: options, the opened data directory, output lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.rendering.terminal import tell
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:
    from assistant.members import Registry
    from assistant.workspace import Workspace
    from index.catalog import Catalog


class NamedPath(click.Path):
    """A path; the empty one, which would be the folder that the command is run in, is refused."""

    def __init__(self, dir_okay: bool = True) -> None:
        super().__init__(dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        """See ``click.ParamType``."""
        if value == "":
            self.fail("'' names nothing. Name a file or a folder; this one is '.'.", param, context)
        return super().convert(value, param, context)


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


@click.group()
@click.version_option(version("dixit"), prog_name="dixit")
@click.option("--data", type=NamedPath(), help="The data directory (default: DIXIT_DATA, else yours).")
@click.option("--workspace", help="The workspace that a command is for (default: main; see `dixit workspace list`).")
@click.pass_context
def dixit(context: click.Context, data: Path | None, workspace: str | None) -> None:
    """Ask your own articles who said what, and see where it stands."""
    settings = read_settings(os.environ, data)
    context.obj = settings if workspace is None else _within(settings, workspace)


def _within(settings: Settings, workspace: str) -> Settings:
    """Return the settings of a workspace.

    Raises:
        SettingsError: there is none of that name.
    """
    from assistant.members import settings_of

    with registry_of(settings) as registry:
        registry.require(workspace)
    return settings_of(settings, workspace)


@contextmanager
def registry_of(settings: Settings) -> Iterator[Registry]:
    """Open the registry of the service: which workspaces there are, and their members."""
    from assistant.members import Registry
    from index.records.table import Records

    index = settings.service.index
    with closing(Records(index.data, index.catalog_url)) as records:
        yield Registry(records)


@contextmanager
def workspace_of(settings: Settings, briefly: bool = False) -> Iterator[Workspace]:
    """Open the workspace for a command; what takes long is told on standard error.

    ``briefly``: see ``open_workspace``.
    """
    from assistant.workspace import open_workspace

    with open_workspace(settings, tell, briefly=briefly) as workspace:
        yield workspace


@contextmanager
def catalog_of(settings: Settings) -> Iterator[Catalog]:
    """Open the catalog alone, for a command that needs neither vectors nor model."""
    from index.catalog import open_catalog

    catalog = open_catalog(settings.index.data, settings.index.catalog_url)
    try:
        yield catalog
    finally:
        catalog.close()

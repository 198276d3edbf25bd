"""The name of a workspace -> where all that it holds lies: apart from every other."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assistant.settings import MAIN, Settings

FOLDER: Final = "workspaces"


def settings_of(settings: Settings, workspace: str) -> Settings:
    """Return the settings with which a workspace is opened.

    Args:
        settings: those of the service, which are the main workspace's.
        workspace: a name of the registry. It has a data directory of its own within the service's, and on servers a
            schema of the PostgreSQL database and a database of Chroma's.
    """
    if workspace == MAIN:
        return settings
    index = settings.index
    own = replace(
        index,
        data=index.data / FOLDER / workspace,
        catalog_url=_schema_url(index.catalog_url, workspace),
        vectors_database=f"{index.vectors_database}-{workspace}",
        uploads_url=f"{index.uploads_url.rstrip('/')}/{workspace}" if index.uploads_url else "",
    )
    return replace(settings, index=own, workspace=workspace, main=index)


def make_place(settings: Settings, workspace: str) -> None:
    """Make the schema of a workspace, where a PostgreSQL server has the catalog; files are made as they are needed.

    Raises:
        StoreError: it cannot be made.
    """
    if settings.index.catalog_url and workspace != MAIN:
        from index.catalog.schemas import make_schema

        make_schema(settings.index.catalog_url, workspace)


def _schema_url(url: str, workspace: str) -> str:
    if not url:
        return ""
    from index.catalog.schemas import schema_url  # SQLAlchemy takes a while to import

    return schema_url(url, workspace)

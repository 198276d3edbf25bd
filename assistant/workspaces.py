"""The workspaces of a service beside its main one: a name in, what is opened of it out."""

from __future__ import annotations

import logging
from contextlib import closing
from datetime import datetime

from assistant.members import settings_of
from assistant.settings import Settings
from assistant.workspace import Workspace, open_workspace
from index.feeds.store import FeedStore
from index.records.table import Records

log = logging.getLogger("dixit.page")


class Workspaces:
    """Opens workspaces by their names, each apart from every other; they share the embedding model alone."""

    def __init__(self, settings: Settings, first: Workspace) -> None:
        """``settings``: those of the service; ``first``: its main workspace."""
        self._settings = settings
        self._first = first

    def open(self, name: str) -> Workspace:
        """Open a workspace of the registry; close it when done.

        Raises:
            IndexingError: it cannot be opened.
        """
        return open_workspace(settings_of(self._settings, name), log.info, embedder=self._first.embedder)

    def next_due(self, name: str) -> datetime | None:
        """Return when a feed of a workspace is due next, which is not opened for it; None: none is watched.

        Raises:
            StoreError: the feeds cannot be read.
        """
        index = settings_of(self._settings, name).index
        with closing(Records(index.data, index.catalog_url)) as records:
            return FeedStore(records).next_due()

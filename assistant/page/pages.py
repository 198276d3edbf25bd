"""The page of each workspace, as members of each role have it: opened when it is first asked for, a few at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from assistant.members import MAIN, Registry, Role
from assistant.page.controller import PageController
from assistant.page.handlers import Handlers
from assistant.server.metrics import Metrics
from assistant.server.rate_limits import Rates
from assistant.server.uploads import Uploads
from assistant.server.visitor import Visitor

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.workspace import Workspace
    from assistant.workspaces import Workspaces

MOST_OPEN: Final = 16
"""How many workspaces beside the first stay open; the one left alone for longest is closed first."""


@dataclass(slots=True)
class _Opened:
    """A workspace that is open, its page for each role, and how many requests it is in use by."""

    workspace: Workspace
    pages: dict[Role, PageController] = field(default_factory=dict)
    users: int = 0

    def is_busy(self) -> bool:
        return self.users > 0 or any(page.adding.jobs.is_busy() for page in self.pages.values())

    def close(self) -> None:
        for page in self.pages.values():
            page.adding.close()
        self.workspace.close()


class Pages:
    """Finds the page that a visitor has; safe to share between threads.

    A visitor without a workspace has the first page, as has everybody where there are no workspaces.

    Attributes:
        first: the page of the workspace that is always open.
    """

    def __init__(
        self,
        workspace: Workspace,
        rates: Rates,
        uploads: Uploads | None = None,
        metrics: Metrics | None = None,
        registry: Registry | None = None,
        workspaces: Workspaces | None = None,
        most_open: int = MOST_OPEN,
    ) -> None:
        """Take the first workspace, what all pages share, the members of all, and what opens the others."""
        self._shared = (rates, uploads, metrics or Metrics(), self.names, registry)
        self.first = PageController(workspace, *self._shared)
        self._registry = registry
        self._workspaces = workspaces
        self._most_open = most_open
        self._main = _Opened(workspace)
        self._opened: OrderedDict[str, _Opened] = OrderedDict()
        self._opening: dict[str, threading.Lock] = {}
        self._mutex = threading.RLock()

    @contextmanager
    def of(self, visitor: Visitor) -> Iterator[PageController]:
        """The page that a visitor has; it stays open inside.

        Raises:
            IndexingError: its workspace cannot be opened.
        """
        if not visitor.workspace:
            yield self.first
            return
        with self._lent(visitor.workspace) as opened:
            with self._mutex:
                if visitor.role not in opened.pages:
                    limited = opened.workspace.limited_to(visitor.role)
                    opened.pages[visitor.role] = PageController(limited, *self._shared)
                page = opened.pages[visitor.role]
            yield page

    @contextmanager
    def workspace_of(self, visitor: Visitor) -> Iterator[Workspace]:
        """The workspace that a visitor asks in, as their role lets them use it; see ``of``."""
        with self.of(visitor) as page:
            yield page.workspace

    @contextmanager
    def method(self, method: Callable[..., Any], visitor: Visitor) -> Iterator[Callable[..., Any]]:
        """The method of the visitor's page that is, of the first page, ``method``; see ``of``."""
        own: object = method.__self__  # type: ignore[attr-defined]
        with self.of(visitor) as page:
            if page is self.first:
                yield method
            else:
                part = own.over(page) if isinstance(own, Handlers) else page.part(type(own))
                yield getattr(part, method.__name__)

    def names(self, visitor: Visitor) -> list[str]:
        """Return the workspaces that a visitor is a member of."""
        return sorted(self._registry.roles(visitor.person)) if self._registry and visitor.workspace else []

    @contextmanager
    def lent(self, name: str) -> Iterator[Workspace]:
        """The workspace of a name, without bounds to what may be done; it stays open inside.

        Raises:
            IndexingError: it cannot be opened.
        """
        with self._lent(name) as opened:
            yield opened.workspace

    def others(self) -> Sequence[str]:
        """Return the names of all workspaces but the first.

        Raises:
            StoreError: they cannot be read.
        """
        return self._registry.workspaces()[1:] if self._registry else []

    def next_due(self, name: str) -> datetime | None:
        """Return when a feed of a workspace is due next, which is not opened for it; None: none is watched.

        Raises:
            StoreError: the feeds cannot be read.
        """
        return self._workspaces.next_due(name) if self._workspaces else None

    def open_workspaces(self) -> list[Workspace]:
        """Return the workspaces that are open now."""
        with self._mutex:
            return [self._main.workspace, *(opened.workspace for opened in self._opened.values())]

    def close_adding(self, interrupt: Callable[[], None]) -> None:
        """End what is being added, on all pages; ``interrupt``: ends what it waits for."""
        self.first.adding.close(interrupt)
        with self._mutex:
            pages = [page for opened in (self._main, *self._opened.values()) for page in opened.pages.values()]
        for page in pages:
            page.adding.close()

    def close(self) -> None:
        """Close all workspaces but the first, which whoever opened it closes."""
        with self._mutex:
            for opened in self._opened.values():
                opened.close()
            self._opened.clear()

    @contextmanager
    def _lent(self, name: str) -> Iterator[_Opened]:
        opened = self._taken(name)
        try:
            yield opened
        finally:
            with self._mutex:
                opened.users -= 1
            self._close_some()

    def _taken(self, name: str) -> _Opened:
        with self._mutex:
            opening = self._opening.setdefault(name, threading.Lock())
        with opening:  # whoever waits for one that is being opened keeps nobody from another
            with self._mutex:
                opened = self._main if name == MAIN else self._opened.get(name)
            if opened is None:
                assert self._workspaces is not None, name
                opened = _Opened(self._workspaces.open(name))
            with self._mutex:
                opened.users += 1
                if name != MAIN:
                    self._opened[name] = opened
                    self._opened.move_to_end(name)
            return opened

    def _close_some(self) -> None:
        """Close what was left alone for longest and nobody uses, while more are open than may stay so."""
        with self._mutex:
            idle = [name for name, opened in self._opened.items() if not opened.is_busy()]
            closing = idle[: max(0, len(self._opened) - self._most_open)]
        for name in closing:
            with self._opening[name]:  # whoever wants it meanwhile waits, and opens it again
                with self._mutex:
                    opened = self._opened.get(name)
                    if opened is None or opened.is_busy():
                        continue
                    del self._opened[name]
                opened.close()

"""What a visitor adds where workers take articles in: sources are queued, and the queue is shown.

The page's own threads only keep the bytes where workers find them. What becomes of a source is read from the catalog,
so every copy of the page shows it, also after a reload.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from anyio import to_thread

from assistant.page.adding import MOST_RESULTS, ArticleAdding
from assistant.page.article_list import short_name
from assistant.page.background_jobs import Watch
from assistant.page.notices import notice
from assistant.page.queue_list import queue_list
from assistant.server import request_ids
from assistant.server.failures import attempt
from assistant.server.visitor import Visitor
from index.catalog.jobs import OPEN
from index.errors import SourceRefused
from index.ingestion import AddResult
from index.jobs.queue import Asker

PAUSE = 1.0
"""Seconds between two looks at the queue."""


class QueueWatch(Watch):
    """The states of work of the page's own, and then those of the queue until nothing of the visitor's is open."""

    def __init__(self, first: Watch, look: Callable[[], tuple[str, bool]]) -> None:
        """``look``: returns what to show of the queue, and whether all is over."""
        super().__init__([])
        self._first = first
        self._look = look

    def __iter__(self) -> Iterator[str]:
        shown = None
        for shown in self._first:
            yield shown
        for state in self._later(shown):
            if state is None:
                time.sleep(PAUSE)
            else:
                yield state

    async def __aiter__(self) -> AsyncIterator[str]:
        shown = None
        async for shown in self._first:
            yield shown
        later, end = self._later(shown), object()
        while (state := await to_thread.run_sync(next, later, end)) is not end:
            if isinstance(state, str):
                yield state
            else:
                await asyncio.sleep(PAUSE)

    def _later(self, shown: str | None) -> Iterator[str | None]:
        """Yield each new state of the queue after what is shown; None: there is none yet."""
        is_own, over = True, False
        while not over:
            state, over = self._look()
            # the page's own work may have ended by saying before the same list that something failed
            is_same = state == shown or (is_own and (shown or "").endswith(state))
            if not is_same and not (over and shown is None):
                shown, is_own = state, False
                yield state
            elif not over:
                yield None


class QueueAdding(ArticleAdding):
    """Queues what visitors add, and shows each their part of the queue."""

    _closed = False

    def close(self, interrupt: Callable[[], None] = lambda: None) -> None:
        """See ``ArticleAdding``; what is queued stays."""
        self._closed = True
        super().close(interrupt)

    def clear_results(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """See ``ArticleAdding``."""
        with attempt("forgetting what was queued"):
            self.workspace.queue.table.forget(visitor.id)
        return super().clear_results(deed, visitor)

    def follow(self, visitor: Visitor) -> Watch:
        """See ``ArticleAdding``."""
        return self._until_over(super().follow(visitor), visitor)

    def _begin(self, work: Generator[str], visitor: Visitor) -> Watch:
        return self._until_over(super()._begin(work, visitor), visitor)

    def _until_over(self, first: Watch, visitor: Visitor) -> Watch:
        def look() -> tuple[str, bool]:
            going_on = True
            with attempt("looking at the queue"):
                going_on = any(self.workspace.queue.table.jobs(OPEN, visitor.id, 1))
            return self.results(visitor), self._closed or not going_on

        return QueueWatch(first, look)

    def _list(self, results: Sequence[AddResult], visitor: Visitor) -> str:
        with attempt("reading the queue"):
            jobs = self.workspace.queue.table.jobs(by=visitor.id, most=MOST_RESULTS)
            return queue_list(results, jobs, visitor.lang)
        return notice("page.failed", visitor.lang) + super()._list(results, visitor)

    def _add_file(self, path: str, visitor: Visitor) -> Iterator[AddResult]:
        if self.uploads and not self.uploads.holds(path):
            raise SourceRefused("no_upload", name=short_name(path))
        yield from self._queued(path, lambda: self.workspace.queue.add_file(Path(path), _asker(visitor)))

    def _add_address(self, address: str, visitor: Visitor) -> Iterator[AddResult]:
        yield from self._queued(address, lambda: self.workspace.queue.add_address(address, _asker(visitor)))

    def _add_pasted(self, title: str, text: str, visitor: Visitor, went_in: threading.Event) -> None:
        name = title or text.strip()[:40]
        refused = list(self._queued(name, lambda: self.workspace.queue.add_text(text, title, _asker(visitor))))
        for result in refused:
            self._keep(result, visitor)
        if not refused:
            went_in.set()

    def _queued(self, source: str, add: Callable[[], int]) -> Iterator[AddResult]:
        """Queue a source; yields why it is not, if it is refused."""
        self.workspace.require_addable()
        try:
            add()
        except SourceRefused as error:
            yield AddResult(source, "refused", error.reason)


def _asker(visitor: Visitor) -> Asker:
    return Asker(visitor.id, visitor.person, request_ids.current())

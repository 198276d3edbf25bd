"""The feeds that are watched, on the page: what each brought, and what a visitor does with them.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from assistant.page.adding import ArticleAdding
from assistant.page.background_jobs import Watch
from assistant.page.feed_list import feed_list
from assistant.page.notices import notice
from assistant.server.failures import attempt, shown_on_failure
from assistant.server.visitor import Visitor
from index.ingestion import AddResult

if TYPE_CHECKING:
    from assistant.workspace import Workspace


class FeedReading:
    """Shows the feeds that a workspace watches, and changes which they are."""

    def __init__(self, workspace: Workspace, adding: ArticleAdding) -> None:
        self._workspace = workspace
        self._adding = adding

    @shown_on_failure("listing the feeds", lambda self, visitor: notice("page.failed", visitor.lang))
    def show(self, visitor: Visitor) -> str:
        """Return the feeds that are watched, each with what came in from it; nothing where nothing can be added."""
        return feed_list(self._workspace.feeds(), visitor.lang) if self._workspace.may("add") else ""

    def look(self, deed: Mapping[str, Any], visitor: Visitor) -> Watch:
        """Watch the feeds at addresses, with spaces between them, or look at those that are watched already.

        Returns what became of their entries so far, as it grows.
        """
        look = self._check if deed.get("do") == "check" else self._watch
        return self._adding.add_from(str(deed.get("address", "")).split(), look, visitor)

    def unwatch(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Watch a feed no more; return those that are left."""
        with attempt("watching a feed no more") as outcome:
            self._workspace.feed_watching().unwatch(str(deed.get("address", "")))
        failed = notice("page.failed", visitor.lang) if outcome.error else ""
        return failed + self.show(visitor)

    def _watch(self, address: str, visitor: Visitor) -> Iterator[AddResult]:
        yield from self._workspace.feed_watching().watch(address)

    def _check(self, address: str, visitor: Visitor) -> Iterator[AddResult]:
        yield from self._workspace.feed_watching().check(address)

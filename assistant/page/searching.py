"""What a visitor looks for exactly: a deed in, what to show out.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from assistant.filters import number_in
from assistant.page.exports import Download, as_html
from assistant.page.notices import failed, notice
from assistant.page.search_view import list_table, search_form, search_refused, search_results
from assistant.rendering.exact_search import list_csv
from assistant.search.exact_list import lines_of
from assistant.search.exact_search import SHOWN
from assistant.server.failures import shown_on_failure
from assistant.server.rate_limits import Rates, TooOften
from assistant.server.visitor import Visitor
from assistant.texts.catalogue import texts_of
from index.errors import QueryRefused

if TYPE_CHECKING:
    from assistant.models import Counted, ExactSearch
    from assistant.workspace import Workspace
    from index.query.models import Order


MOST_SHOWN = 500
"""Articles that are shown at once."""


class ExactSearching:
    """The exact search: one query, or a list of names or claims."""

    def __init__(self, workspace: Workspace, rates: Rates) -> None:
        self.workspace = workspace
        self.rates = rates

    def form(self, visitor: Visitor) -> str:
        """Return the form to search with."""
        return search_form(visitor.lang)

    @shown_on_failure("searching exactly", failed)
    def find(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return the articles that a query finds."""
        return self._shown(visitor, lambda: search_results(self._found(deed), visitor.lang))

    @shown_on_failure("counting a list", failed)
    def count(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return a table of the lines of a list."""
        return self._shown(visitor, lambda: list_table(self._counted(deed), visitor.lang))

    @shown_on_failure("exporting a list", lambda self, deed, visitor: "")
    def export(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return the same table as a file."""
        self.rates.count("read", visitor.person)
        texts = texts_of(visitor.lang)
        made = list_csv(self._counted(deed), texts)
        return as_html(Download(texts.get("search.list_file") + ".csv", made), time.monotonic_ns())

    def _shown(self, visitor: Visitor, made: Callable[[], str]) -> str:
        """Return what is made, or why it is refused."""
        try:
            self.rates.count("read", visitor.person)
            return made()
        except QueryRefused as refused:
            return search_refused(refused.reason, visitor.lang)
        except TooOften:
            return notice("page.too_often", visitor.lang)

    def _found(self, deed: Mapping[str, Any]) -> ExactSearch:
        shown = min(number_in(deed, "shown") or SHOWN, MOST_SHOWN)
        order: Order = "relevance" if deed.get("order") == "relevance" else "newest"
        return self.workspace.search(str(deed.get("query") or ""), shown, order=order)

    def _counted(self, deed: Mapping[str, Any]) -> list[Counted]:
        lines = lines_of(str(deed.get("lines") or ""), table=deed.get("table") == "csv")
        return self.workspace.count_lines(lines, "words" if deed.get("match") == "words" else "phrase")

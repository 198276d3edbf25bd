"""What a visitor adds and removes: sources in, what became of each so far, as the page shows it, out.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answers.first_questions import sample_articles
from assistant.page.article_list import gone, progress, short_name
from assistant.page.background_jobs import BackgroundJobs, Watch, told
from assistant.page.notices import notice
from assistant.page.visitor_store import VisitorStore
from assistant.server.failures import attempt
from assistant.server.rate_limits import Rates, TooOften
from assistant.server.uploads import Uploads
from assistant.server.visitor import Visitor
from assistant.texts.catalogue import texts_of
from index.catalog import Reading
from index.errors import SourceRefused
from index.ingestion import AddResult

if TYPE_CHECKING:
    from assistant.workspace import Workspace

MOST_RESULTS = 500
"""How many results of adding are kept for a visitor."""
MOST_REMOVED = 20
"""How many removed articles are kept for a visitor who wants them back."""
MOST_WAITING = 50
"""How often a person may begin to add while what that person began before is not done."""


class ArticleAdding:
    """Takes articles into a workspace, and out of it, for each visitor."""

    def __init__(self, workspace: Workspace, rates: Rates, uploads: Uploads | None = None) -> None:
        self.workspace = workspace
        self.rates = rates
        self.uploads = uploads
        self.added = VisitorStore[AddResult]()
        self.removed = VisitorStore[Reading]()
        self.jobs = BackgroundJobs()

    def close(self, interrupt: Callable[[], None] = lambda: None) -> None:
        """End what is being added; the next start reports what is not in. ``interrupt``: ends what it waits for."""
        self.jobs.close(interrupt)

    def remove(self, deed: Mapping[str, Any], visitor: Visitor) -> tuple[str, str]:
        """Remove an article; return what to show in the panel instead, and the results with a way back."""
        with attempt("removing an article") as outcome:
            self.removed.add(visitor.id, self.workspace.remove(str(deed["article"])), MOST_REMOVED)
        return notice("page.failed" if outcome.error else "panel.empty", visitor.lang), self.results(visitor)

    def put_back(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Add an article again that the visitor removed."""
        removed = self.removed.of(visitor.id)
        with attempt("putting an article back") as outcome:
            for reading in removed:
                if reading.article.id == deed["article"]:
                    self.workspace.put_back(reading)
                    self.removed.keep(visitor.id, [other for other in removed if other is not reading])
        return self._notice("page.failed", visitor) if outcome.error else self.results(visitor)

    def results(self, visitor: Visitor) -> str:
        """Return what the visitor added and removed, and was adding when Dixit was stopped."""
        left: list[AddResult] = []
        with attempt("looking for what was stopped half way"):
            stopped = texts_of(visitor.lang).get("adding.stopped")
            left = [AddResult(name, "refused", stopped) for name in self.workspace.unfinished(visitor.id)]
        back = gone([reading.article for reading in self.removed.of(visitor.id)], visitor.lang)
        return back + self._list([*left, *self.added.of(visitor.id)], visitor)

    def _list(self, results: Sequence[AddResult], visitor: Visitor) -> str:
        return progress(results, 0, 0, None, visitor.lang)

    def clear_results(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Forget what became of all that the visitor added and removed."""
        self.added.keep(visitor.id, ())
        with attempt("forgetting what was stopped half way"):
            self.workspace.forget_unfinished(visitor.id)
        self.removed.keep(visitor.id, ())
        return self.results(visitor)

    def add_files(self, paths: Sequence[str], visitor: Visitor) -> Watch:
        """Add files one by one; return what became of each so far, as it grows."""
        return self._begin(self._add_each(paths, self._add_file, visitor, True), visitor)

    def add_addresses(self, written: str, visitor: Visitor) -> Watch:
        """Add what stands at addresses, with spaces between them; return what became of each so far, as it grows."""
        return self.add_from(written.split(), self._add_address, visitor)

    def add_samples(self, visitor: Visitor) -> Watch:
        """Add the sample articles; return what became of each so far, as it grows."""
        return self._begin(self._add_samples(visitor), visitor)

    def add_text(self, title: str, text: str, visitor: Visitor) -> tuple[Watch, threading.Event]:
        """Add a pasted text; return what becomes of it, and what is set once it went in."""
        went_in = threading.Event()
        if not text.strip():
            return told(self._notice("adding.nothing", visitor)), went_in
        return self._begin(self._add_text(title.strip(), text, visitor, went_in), visitor), went_in

    def follow(self, visitor: Visitor) -> Watch:
        """Return what becomes of what is still being added since before the page was loaded; nothing when all is in."""
        return self.jobs.watch(visitor)

    def add_from(
        self, addresses: Sequence[str], add: Callable[[str, Visitor], Iterator[AddResult]], visitor: Visitor
    ) -> Watch:
        """Add what ``add`` makes of addresses; return what became of each so far, as it grows."""
        if not addresses:
            return told(self._notice("adding.no_address", visitor))
        return self._begin(self._add_each(addresses, add, visitor, False), visitor)

    def _begin(self, work: Generator[str], visitor: Visitor) -> Watch:
        if self.jobs.count(visitor.person) >= MOST_WAITING:
            return told(self._notice("page.too_often", visitor))
        return self.jobs.begin(visitor, work, notice("adding.waiting", visitor.lang))

    def _notice(self, key: str, visitor: Visitor) -> str:
        return notice(key, visitor.lang) + self.results(visitor)

    def _add_each(
        self,
        sources: Sequence[str],
        add: Callable[[str, Visitor], Iterator[AddResult]],
        visitor: Visitor,
        uploaded: bool,
    ) -> Generator[str]:
        """Add sources, an article a step: a source is not done with before the step after its last article."""
        if uploaded and self.uploads:
            self.uploads.take(sources)
        with attempt("adding") as whole, self.workspace.batch(sources, uploaded, visitor.id):
            for done, source in enumerate(sources):
                yield self._progress(done, sources, visitor)
                with attempt(f"adding {source!r}") as outcome:
                    self.rates.count("add", visitor.person)
                    for result in add(source, visitor):
                        self._keep(result, visitor)
                        yield self._progress(done, sources, visitor)
                if uploaded and self.uploads:
                    self.uploads.delete(source)
                if outcome.error:
                    self._keep(AddResult(source, "refused", _sorry(outcome.error, source, visitor)), visitor)
                    yield self._progress(done, sources, visitor)
        failed = notice("page.failed", visitor.lang) if whole.error else ""
        yield failed + self.results(visitor)

    def _add_file(self, path: str, visitor: Visitor) -> Iterator[AddResult]:
        if self.uploads and not self.uploads.holds(path):
            raise SourceRefused("no_upload", name=short_name(path))
        yield from self.workspace.add([Path(path)], True, visitor.id)

    def _add_address(self, address: str, visitor: Visitor) -> Iterator[AddResult]:
        yield from self.workspace.add_address(address, visitor.id)

    def _add_samples(self, visitor: Visitor) -> Generator[str]:
        titles = [sample.title for sample in sample_articles()]
        yield self._progress(0, titles, visitor)
        with attempt("adding the samples"):
            for done, result in enumerate(self.workspace.add_samples(), 1):
                self._keep(result, visitor)
                if done < len(titles):
                    yield self._progress(done, titles, visitor)
        yield self.results(visitor)

    def _add_text(self, title: str, text: str, visitor: Visitor, went_in: threading.Event) -> Generator[str]:
        yield self._progress(0, [title or text.strip()[:40]], visitor)
        with attempt("adding a text") as outcome:
            self.rates.count("add", visitor.person)
            self._add_pasted(title, text, visitor, went_in)
            yield self.results(visitor)
        if outcome.error:
            failed = "page.too_often" if isinstance(outcome.error, TooOften) else "page.failed"
            yield self._notice(failed, visitor)

    def _add_pasted(self, title: str, text: str, visitor: Visitor, went_in: threading.Event) -> None:
        result = self.workspace.add_text(text, title or None)
        self._keep(result, visitor)
        if result.outcome != "refused":
            went_in.set()

    def _progress(self, done: int, sources: Sequence[str], visitor: Visitor) -> str:
        return progress(self.added.of(visitor.id), done, len(sources), sources[done], visitor.lang)

    def _keep(self, result: AddResult, visitor: Visitor) -> None:
        self.added.add(visitor.id, result, MOST_RESULTS)


def _sorry(error: Exception, source: str, visitor: Visitor) -> str:
    """Return why something was not done, as its reader is told."""
    if isinstance(error, TooOften):
        return texts_of(visitor.lang).get("page.too_often")
    return texts_of(visitor.lang).get("adding.failed", name=short_name(source))

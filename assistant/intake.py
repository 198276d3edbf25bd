"""What a visitor adds and removes: sources in, what became of each so far, as the page shows it, out.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import panel
from assistant.errands import Errands
from assistant.kept import Kept
from assistant.outcome import attempt
from assistant.rates import Rates, TooOften
from assistant.shelf import gone, progress, short_name
from assistant.visitor import Visitor
from assistant.welcome import sample_articles
from assistant.words import words
from index.ingestion import AddResult
from index.models import Article

if TYPE_CHECKING:
    from assistant.workspace import Workspace

MOST_RESULTS = 500
"""How many results of adding are kept for a visitor."""
MOST_REMOVED = 20
"""How many removed articles are kept for a visitor who wants them back."""


class Intake:
    """Takes articles into a workspace, and out of it, for each visitor."""

    def __init__(self, workspace: Workspace, rates: Rates) -> None:
        self.workspace = workspace
        self.rates = rates
        self.added = Kept[AddResult]()
        self.removed = Kept[Article]()
        self.errands = Errands()

    def close(self) -> None:
        """End what is being added at the next source; the rest is told at the next start."""
        self.errands.close()

    def remove(self, deed: Mapping[str, Any], visitor: Visitor) -> tuple[str, str]:
        """Remove an article; return what to show in the panel instead, and the results with a way back."""
        with attempt("removing an article"):
            article = self.workspace.article(str(deed["article"]))
            self.workspace.remove(article.id)
            self.removed.add(visitor.id, article, MOST_REMOVED)
            return panel.notice("panel.empty", visitor.lang), self.results(visitor)
        return panel.notice("page.failed", visitor.lang), self.results(visitor)

    def put_back(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Add an article again that the visitor removed."""
        removed = self.removed.of(visitor.id)
        with attempt("putting an article back"):
            for article in removed:
                if article.id == deed["article"]:
                    self.workspace.put_back(article)
                    self.removed.keep(visitor.id, [other for other in removed if other.id != article.id])
            return self.results(visitor)
        return panel.notice("page.failed", visitor.lang) + self.results(visitor)

    def results(self, visitor: Visitor) -> str:
        """Return what the visitor added and removed, and was adding when Dixit was stopped."""
        left: list[AddResult] = []
        with attempt("looking for what was stopped half way"):
            stopped = words(visitor.lang).say("adding.stopped")
            left = [AddResult(name, "refused", stopped) for name in self.workspace.unfinished(visitor.id)]
        back = gone(self.removed.of(visitor.id), visitor.lang)
        return back + progress([*left, *self.added.of(visitor.id)], 0, 0, None, visitor.lang)

    def clear_results(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Forget what became of all that the visitor added and removed."""
        self.added.keep(visitor.id, ())
        with attempt("forgetting what was stopped half way"):
            self.workspace.forget_unfinished(visitor.id)
        self.removed.keep(visitor.id, ())
        return self.results(visitor)

    def add_files(self, paths: Sequence[str], visitor: Visitor) -> Iterator[str]:
        """Add files one by one; yields what became of each so far."""
        add = self.workspace.add
        work = self._add_each(paths, lambda path: add([Path(path)], True, visitor.id), visitor, True)
        yield from self.errands.begin(visitor.id, work)

    def add_addresses(self, written: str, visitor: Visitor) -> Iterator[str]:
        """Add what stands at addresses, with spaces between them; yields what became of each so far."""
        addresses = written.split()
        if addresses:
            add = self.workspace.add_address
            work = self._add_each(addresses, lambda address: add(address, visitor.id), visitor, False)
            yield from self.errands.begin(visitor.id, work)
        else:
            yield panel.notice("adding.no_address", visitor.lang) + self.results(visitor)

    def _add_each(
        self, sources: Sequence[str], add: Callable[[str], Iterable[AddResult]], visitor: Visitor, uploaded: bool
    ) -> Generator[str]:
        with attempt("adding") as whole, self.workspace.batch(sources, uploaded, visitor.id):
            for done, source in enumerate(sources):
                yield progress(self.added.of(visitor.id), done, len(sources), source, visitor.lang)
                with attempt(f"adding {source!r}") as outcome:
                    self.rates.count("add", visitor.person)
                    self._keep(add(source), visitor)
                if outcome.error:
                    self._keep([AddResult(source, "refused", _sorry(outcome.error, source, visitor))], visitor)
        failed = panel.notice("page.failed", visitor.lang) if whole.error else ""
        yield failed + self.results(visitor)

    def add_samples(self, visitor: Visitor) -> Iterator[str]:
        """Add the sample articles; yields what became of each so far."""
        yield from self.errands.begin(visitor.id, self._add_samples(visitor))

    def follow(self, visitor: Visitor) -> Iterator[str]:
        """Yield what becomes of what is still being added since before the page was loaded; nothing when all is in."""
        yield from self.errands.watch(visitor.id)

    def _add_samples(self, visitor: Visitor) -> Generator[str]:
        samples = sample_articles()
        with attempt("adding the samples"):
            results = self.workspace.add_samples()
            for done, sample in enumerate(samples):
                yield progress(self.added.of(visitor.id), done, len(samples), sample.title, visitor.lang)
                self._keep([next(results)], visitor)
        yield self.results(visitor)

    def add_text(self, title: str, text: str, visitor: Visitor) -> tuple[str, bool]:
        """Add a pasted text; return what became of it, and whether it went in."""
        if not text.strip():
            return panel.notice("adding.nothing", visitor.lang) + self.results(visitor), False
        with attempt("adding a text") as outcome:
            self.rates.count("add", visitor.person)
            result = self.workspace.add_text(text, title.strip() or None)
            self._keep([result], visitor)
            return self.results(visitor), result.outcome != "refused"
        failed = "page.too_often" if isinstance(outcome.error, TooOften) else "page.failed"
        return panel.notice(failed, visitor.lang) + self.results(visitor), False

    def _keep(self, results: Iterable[AddResult], visitor: Visitor) -> None:
        for result in results:
            self.added.add(visitor.id, result, MOST_RESULTS)


def _sorry(error: Exception, source: str, visitor: Visitor) -> str:
    """Return why something was not done, as its reader is told."""
    if isinstance(error, TooOften):
        return words(visitor.lang).say("page.too_often")
    return words(visitor.lang).say("adding.failed", name=short_name(source))

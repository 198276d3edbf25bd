"""Many articles -> their quotations, on several cores: each process has its own parser."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from types import TracebackType

from threadpoolctl import threadpool_limits

from index.embedding.token_states import TokenStates
from index.models import Article, Quotation
from index.quotations.extractor import extract_quotations

FEW = 12
"""Below so many articles, the processes would take longer to start than they save."""
AHEAD = 4
"""Articles handed over ahead, a process: enough to keep each busy, few enough to hold in memory."""

Read = tuple[Article, list[Quotation]]


class QuotationPool:
    """Finds the quotations of many articles; close it when done, or use it in a ``with`` statement."""

    def __init__(self, processes: int | None = None, model: TokenStates | None = None) -> None:
        """Make a pool of as many processes, else one a core; none starts before it is needed, nor loads the model."""
        self._model = model
        self._processes = processes or os.cpu_count() or 1
        self._executor: ProcessPoolExecutor | None = None

    def map(self, articles: Iterable[Article]) -> Iterator[Read]:
        """Yield each article with its quotations, in the order given."""
        remaining = iter(articles)
        first = list(islice(remaining, FEW))
        if len(first) < FEW or self._processes < 2:
            yield from ((article, extract_quotations(article, self._model)) for article in chain(first, remaining))
            return
        yield from self._spread(chain(first, remaining))

    def _spread(self, articles: Iterable[Article]) -> Iterator[Read]:
        if self._executor is None:
            # Spawned, not forked: a fork of a process with threads may stop for good.
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self._processes, context, _begin)
        waiting: deque[tuple[Article, Future[list[Quotation]]]] = deque()
        for article in articles:
            waiting.append((article, self._executor.submit(extract_quotations, article, self._model)))
            if len(waiting) > AHEAD * self._processes:
                done, future = waiting.popleft()
                yield done, future.result()
        for article, future in waiting:
            yield article, future.result()

    def close(self) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def __enter__(self) -> QuotationPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _begin() -> None:
    """Take one core, as there are as many processes as cores; end when whoever started this one is gone, if killed."""
    threadpool_limits(1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)

"""What is counted and measured while the page is served, as Prometheus reads it; its types end here."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from assistant.models import Answer, Refusal

CONTENT_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30)
"""The bounds of the histogram: an answer takes a tenth of a second, on a busy machine some seconds."""


class Metrics:
    """The figures of one process; no words, no names."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._questions = Counter("dixit_questions", "Questions that were answered or refused.", registry=registry)
        self._refusals = Counter("dixit_refusals", "Questions that were refused.", ["kind"], registry=registry)
        for kind in get_args(Refusal):
            self._refusals.labels(kind)
        self._seconds = Histogram(
            "dixit_question_seconds", "Until an answer's first words.", buckets=SECONDS, registry=registry
        )
        self._withheld = Counter(
            "dixit_answers_withheld", "Answers that the verifier dropped: an article did not bear them out.",
            registry=registry,
        )  # fmt: skip
        self._requests = Counter("dixit_requests", "Requests that were answered.", ["status"], registry=registry)
        self._waiting = Gauge(
            "dixit_sources_waiting", "Sources that are being added or wait for it, or were stopped half way.",
            registry=registry,
        )  # fmt: skip
        self._jobs = Gauge("dixit_jobs", "Sources that are queued for workers, or were.", ["state"], registry=registry)
        self._corrections = Gauge("dixit_corrections", "Corrections by readers that hold.", registry=registry)

    def answered(self, answer: Answer, seconds: float) -> None:
        """Count a question, and how long its answer's first words took."""
        self._questions.inc()
        self._seconds.observe(seconds)
        if answer.refusal:
            self._refusals.labels(answer.refusal).inc()
        if answer.withheld:
            self._withheld.inc()

    def measured(self, answers: Iterator[Answer]) -> Iterator[Answer]:
        """Yield the states of an answer, and count its question with the first of them."""
        begun = time.perf_counter()
        for number, answer in enumerate(answers):
            if not number:
                self.answered(answer, time.perf_counter() - begun)
            yield answer

    def replied(self, status: int) -> None:
        """Count a reply to a request by its status."""
        self._requests.labels(str(status)).inc()

    def stand(self, waiting: int, corrections: int) -> None:
        """Note how many sources wait, and how many corrections there are."""
        self._waiting.set(waiting)
        self._corrections.set(corrections)

    def queued(self, counts: Iterable[tuple[str, int]]) -> None:
        """Note how many sources that workers take in are in each state."""
        for state, count in counts:
            self._jobs.labels(state).set(count)

    def text(self) -> bytes:
        """All figures, in Prometheus' text format."""
        return generate_latest(self._registry)

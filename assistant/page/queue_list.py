"""Jobs in, HTML for the column of articles out: what is queued, and what became of what was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.page.article_list import SourceRow, progress_of, short_name, source_row, told
from assistant.page.notices import notice
from assistant.texts.catalogue import texts_of
from index.catalog import Job, JobState
from index.catalog.jobs import OPEN

if TYPE_CHECKING:
    from index.ingestion import AddResult

WAITING = 20
"""How many sources that wait are listed; the rest is counted."""


def queue_list(results: Sequence[AddResult], jobs: Sequence[Job], lang: str) -> str:
    """Return a visitor's jobs, those at work first, then those that wait, then what became of the others.

    ``results``: what became of what was not queued.
    """
    at_work, waiting = _in(jobs, "at_work"), _in(jobs, "waiting")
    over = [job for job in jobs if job.state not in OPEN]
    rows = [*(_row(job, lang) for job in (*at_work, *waiting[:WAITING])), *_results(results, over, lang)]
    doing = next((_called(job, lang) for job in (*at_work, *waiting)), None)
    late = notice("adding.queue", lang) if waiting and not at_work else ""
    return late + progress_of(rows, len(over), len(jobs), doing, lang)


def _in(jobs: Sequence[Job], state: JobState) -> list[Job]:
    return [job for job in jobs if job.state == state]


def _row(job: Job, lang: str) -> SourceRow:
    state = "at_work" if job.state == "at_work" else "again" if job.why else "queued"
    return SourceRow(_called(job, lang), state, None, None, told(job.why, lang))


def _results(results: Sequence[AddResult], over: Sequence[Job], lang: str) -> Iterator[SourceRow]:
    """Yield what became of sources, the latest first."""
    from index.jobs.results import results_of

    for job in reversed(over):
        yield from (source_row(result, lang) for result in reversed(results_of(job)))
    yield from (source_row(result, lang) for result in reversed(results))


def _called(job: Job, lang: str) -> str:
    return short_name(job.name) if job.name else texts_of(lang).get("adding.text")

"""What became of a job's articles, as the table of jobs keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter

from index.catalog import Job
from index.ingestion import AddResult

MOST: Final = 500
"""How many results of a job are kept: of a file of many articles, the latest."""
_RESULTS: Final = TypeAdapter(list[AddResult])


def written(results: Sequence[AddResult]) -> str:
    """Return results as they are kept."""
    return _RESULTS.dump_json(list(results[-MOST:])).decode()


def results_of(job: Job) -> list[AddResult]:
    """Return what became of a job's articles; of one that is dead and told nothing, that it is refused, and why."""
    if job.told:
        return _RESULTS.validate_json(job.told)
    return [AddResult(job.name, "refused", job.why)] if job.state in ("refused", "failed") else []

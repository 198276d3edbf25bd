"""The queue of sources: kept with their bytes until a worker has taken them in."""

from __future__ import annotations

import io
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Final

from index.catalog import JobTable, NewJob
from index.errors import IndexingError, JobNotFound, SourceRefused
from index.jobs.storage import Storage
from index.loaders.address import parse_address

PART: Final = 5
"""The bytes of one person's jobs may take one part of so many of the room."""
KEPT: Final = timedelta(days=14)
"""So long what became of a job is told, and a dead one can be tried again."""
TEXT: Final = "text.txt"
"""The name of the file in which a pasted text lies."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a source to be taken in; see ``index.catalog.NewJob``."""

    by: str = ""
    person: str = ""
    request: str = ""


class JobQueue:
    """The jobs of a catalog with their bytes; safe to share between threads and processes."""

    def __init__(self, table: JobTable, storage: Storage, space: int) -> None:
        """Take the parts.

        Args:
            table: the jobs.
            storage: where their bytes lie.
            space: how many bytes all that is not done may take; one person's, a fifth of it.
        """
        self.table = table
        self.storage = storage
        self._space = space

    def add_file(self, path: Path, asker: Asker) -> int:
        """Have a file taken in, of which a copy is kept; return the job's id.

        Raises:
            SourceRefused: what waits takes all the room.
            StoreError: it cannot be kept.
        """
        with path.open("rb") as file:
            return self._add(NewJob("upload", path.name), path.name, file, path.stat().st_size, asker)

    def add_text(self, text: str, title: str, asker: Asker) -> int:
        """Have a text taken in; see ``add_file``."""
        written = text.encode("utf-8", "surrogatepass")
        return self._add(NewJob("text", title), TEXT, io.BytesIO(written), len(written), asker)

    def add_address(self, address: str, asker: Asker) -> int:
        """Have what stands at an address taken in; return the job's id.

        Raises:
            SourceRefused: it is no address that may be fetched.
            StoreError: it cannot be kept.
        """
        parse_address(address)
        return self.table.add(NewJob("address", address, "", 0, asker.by, asker.person, asker.request))

    def drop(self, job_id: int) -> None:
        """Remove a job that is not at work, and its bytes.

        Raises:
            JobNotFound: there is none of that id, or it is at work.
        """
        job = self.table.drop(job_id)
        if job is None:
            raise JobNotFound(f"{job_id}: there is no such job, or it is at work. List them with `dixit jobs`.")
        self.storage.delete(job.place)

    def retry(self, job_id: int | None = None) -> int:
        """Have a dead job, or all, begun again; return how many.

        Raises:
            JobNotFound: none of that id is dead.
        """
        count = self.table.retry(job_id)
        if job_id is not None and not count:
            raise JobNotFound(f"{job_id}: no job of that id was refused or failed. List them with `dixit jobs`.")
        return count

    def clear(self) -> None:
        """Remove what was done, refused or given up long ago, and bytes that a process left behind when it was killed.

        Raises:
            StoreError: it cannot be removed.
        """
        before = self.table.now() - KEPT
        for job in self.table.clear(before):
            self.storage.delete(job.place)
        self.storage.delete_others(self.table.places(), before)

    def _add(self, new: NewJob, file_name: str, file: BinaryIO, size: int, asker: Asker) -> int:
        self._require_room(asker.person, size)
        place, size = self.storage.keep(file_name, file)
        try:
            return self.table.add(NewJob(new.kind, new.name, place, size, asker.by, asker.person, asker.request))
        except IndexingError:
            with suppress(IndexingError):  # it may be kept, if what failed is the reply; ``clear`` finds what is not
                if place not in self.table.places():
                    self.storage.delete(place)
            raise

    def _require_room(self, person: str, size: int) -> None:
        own, every = self.table.bytes_held(person), self.table.bytes_held()
        if every + size > self._space or (person and own + size > self._space // PART):
            raise SourceRefused("no_room")

"""A job -> what becomes of its articles: the whole way of ingestion, as for what is added without workers."""

from __future__ import annotations

from collections.abc import Generator

from index.catalog import Job
from index.ingestion import AddResult, Ingestion
from index.jobs.storage import Storage
from index.loaders import load_plain_text
from index.vectors import PacedVectors


class TakingIn:
    """Takes the sources of jobs into a catalog."""

    def __init__(self, ingestion: Ingestion, vectors: PacedVectors, storage: Storage, limit: int) -> None:
        """Take the parts.

        Args:
            ingestion: takes articles in.
            vectors: those that it keeps up now and then.
            storage: where the bytes of jobs lie.
            limit: how many characters a text may have.
        """
        self._ingestion = ingestion
        self._vectors = vectors
        self._storage = storage
        self._limit = limit

    def rest(self) -> None:
        """Take up the vectors that were left for later while one job followed the other.

        Raises:
            StoreError: the catalog is away.
        """
        self._vectors.take_up()

    def results(self, job: Job) -> Generator[AddResult]:
        """Take the articles of a job's source in; one result each, as soon as it is settled.

        Raises:
            SourceRefused: there is nothing in it to be read.
            ModelError: the index was made with another model.
        """
        self._ingestion.require_same_model()
        if job.kind == "address":
            yield from self._ingestion.add_address(job.name)
            return
        with self._storage.local(job.place) as path:
            if job.kind == "upload":
                yield from self._ingestion.add([path], uploaded=True)
            else:
                text = path.read_bytes().decode("utf-8", "surrogatepass")
                article = load_plain_text(text, key=job.name or "pasted", title=job.name or None, limit=self._limit)
                yield self._ingestion.add_article(article)

"""A data directory -> its vector index, opened or looked at by the one process that may."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.catalog import Catalog
from index.errors import StoreError, disk_errors
from index.permissions import FILE, can_write, make_folder
from index.settings import VectorServer
from index.vectors.chroma import ChromaFolder, Row, ServerCollection, require_ours
from index.vectors.chroma_index import ChromaVectors
from index.vectors.exact import CatalogVectors, VectorIndex
from index.vectors.probe import tried_out
from index.vectors.seal import current, seal_of, set_seal
from index.vectors.served import ServedVectors

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a look at the vector index found, without changing it.

    Attributes:
        damage: why it cannot be used, None when it can.
        rows: what Chroma holds.
        revision: the catalog's revision when it was closed properly, None when it was not.
    """

    damage: str | None
    rows: list[Row]
    revision: int | None


def open_vectors(
    data: Path, catalog: Catalog, report: Callable[[str], None] = log.info, server: VectorServer | None = None
) -> VectorIndex:
    """Open the vector index of a data directory: Chroma's, or the catalog's own.

    The catalog's own serves when another process has Chroma's, when this user cannot write its folder, and when it
    cannot be made (the disk is full, say).

    Args:
        data: the data directory.
        catalog: the catalog in it.
        report: called, from another thread, with a line that says how far Chroma's is when much is written again.
        server: a Chroma server that has the vectors, instead of a folder of the data directory.

    Raises:
        StoreError: its folder cannot be written.
    """
    if server is not None:
        return ServedVectors(server, catalog, report)
    lock = _lock(data)
    if lock is None:
        return CatalogVectors(catalog)
    try:
        return ChromaVectors(data, catalog, lock, report)
    except StoreError as error:
        lock.release()
        log.warning("%s Searching the catalog instead, more slowly.", error)
        return CatalogVectors(catalog)


def inspect(data: Path) -> Inspection | None:
    """Look at the vector index of a data directory, changing nothing; None when another process has it.

    None, too, when this user cannot write it, and when it is not made yet, as the next start makes it.
    """
    if not (data / "vectors").exists():
        return None
    lock = _lock(data)
    if lock is None:
        return None
    try:
        path = current(data / "vectors")
        if path is None:
            return Inspection("there is none", [], None)
        seal = seal_of(path)
        if seal is None or not seal.fits(path):
            rows, damage = tried_out(path)
            return Inspection(damage, rows, None if seal is None else seal.revision)
        with closing(ChromaFolder(path)) as store:
            rows = store.rows()
        set_seal(path, seal.revision, seal.articles)  # opening it may touch its files
        return Inspection(None, rows, seal.revision)
    except StoreError as error:
        return Inspection(str(error), [], None)
    finally:
        lock.release()


def inspect_server(server: VectorServer, catalog: Catalog) -> Inspection | None:
    """Look at a catalog's vectors on a Chroma server, making nothing; None when there are none yet, nor shall be."""
    dimensions = catalog.dimensions()
    if dimensions is None:
        return None
    try:
        with closing(ServerCollection(server, dimensions, catalog.id(), make=False)) as collection:
            require_ours(collection, server, catalog)
            if collection.dimensions != dimensions:
                return Inspection(f"vectors of {collection.dimensions} numbers, must be {dimensions}", [], None)
            sealed = collection.sealed()
            rows = [row._replace(id=row.id.rpartition("@")[0]) for row in collection.rows()]
    except StoreError as error:
        return Inspection(str(error), [], None)
    return Inspection(None, rows, sealed if sealed <= catalog.revision() else None)


def _lock(data: Path) -> FileLock | None:
    folder = data / "vectors"
    if data.is_dir() and not can_write(folder if folder.is_dir() else data):
        return None  # no lock can be held, and Chroma writes whatever it does
    lock = FileLock(folder / "lock", mode=FILE, thread_local=False)  # a page closes in another thread than it opened in
    with disk_errors(folder):
        make_folder(folder)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return None
    return lock

"""A Chroma folder of all that the catalog holds, made in a process of its own.

Chroma holds the interpreter's lock for as long as it writes, and a damaged folder can end the process that opens it. So
what is much, or may be damaged, is written by another process into a folder that nobody else has open; one that was
stopped half way is gone on with.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout

from index.catalog import Catalog, open_catalog
from index.errors import IndexingError, StoreError, disk_errors
from index.vectors.changes import changes, take_up
from index.vectors.chroma import ChromaFolder, save
from index.vectors.seal import break_seal, held, set_seal

BATCH = 1000
"""Units an upsert: more are hardly faster, and a build stops between two."""
SAVED = 4000
"""Changes after which the index files are written: what is in them need not be worked out again after a kill."""
_CATALOG = "DIXIT_CATALOG_URL"
"""Handed on so, and not by the command, which every user of the machine can read."""
STOPPED = 3
"""The status of a process that was stopped."""
STOPPING = 60
"""Seconds that a build has to stop; what is not saved by then is lost, and the build begins again."""


class Build:
    """A process that brings one folder up to the catalog, or makes it; ``anew``: whatever is there.

    Raises:
        StoreError: the process cannot be started.
    """

    def __init__(self, data: Path, catalog_url: str, path: Path, anew: bool = False) -> None:
        command = [sys.executable, "-m", "index.vectors.build", str(data), str(path), *(["anew"] if anew else [])]
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the process)
        with disk_errors(path):
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True,
                env=os.environ | {_CATALOG: catalog_url},
            )  # fmt: skip

    def wait(self, told: Callable[[str], None]) -> str | None:
        """Wait until it has ended; return why it failed, None when the folder is whole and sealed.

        ``told`` is called with a line that says how far it is.
        """
        assert self._process.stdout is not None
        with self._process, self._errors:
            for line in self._process.stdout:
                told(line.strip())
            if not self._process.wait():
                return None
            self._errors.seek(0)
            lines = self._errors.read().decode(errors="replace").strip().splitlines()
            return lines[-1] if lines else f"building ends with status {self._process.returncode}"

    def stop(self) -> None:
        """Let it stop between two batches; the folder stays as it is then."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _build(data: Path, path: Path, anew: bool) -> None:
    # the build of a process that was killed may still be about to stop
    with FileLock(path.with_suffix(".lock"), timeout=2 * STOPPING), closing(_catalog(data)) as catalog:
        if anew:
            shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True, exist_ok=True)
        break_seal(path)
        store = ChromaFolder(path, catalog.dimensions(), SAVED)
        threading.Thread(target=_end_with_parent, args=(store.changing,), daemon=True).start()
        if catalog.dimensions() not in (None, store.dimensions):
            raise StoreError(f"{path}: it is for vectors of {store.dimensions} numbers. It is made anew.")
        revision, stored = catalog.revision(), held(store.rows(), catalog.unit_counts())
        _take_up(store, stored, catalog)
        store.close()
        with store.changing:
            save(path)
        set_seal(path, revision, stored)


def _catalog(data: Path) -> Catalog:
    return open_catalog(data, os.environ.get(_CATALOG, ""))


def _take_up(store: ChromaFolder, stored: dict[str, int], catalog: Catalog) -> None:
    total = sum(catalog.unit_counts().values())

    def done() -> None:
        sys.stdout.write(f"making the vector index anew: {store.count():,} of {total:,}\n")
        sys.stdout.flush()

    done()
    take_up(changes(stored, catalog.revisions()), store, stored, catalog, BATCH, done)


def _end_with_parent(saving: threading.Lock) -> None:
    """End this process when the one that started it lets it stop, or is gone; but not while the index is saved."""
    sys.stdin.read()
    with saving:
        os._exit(STOPPED)


if __name__ == "__main__":
    try:
        _build(Path(sys.argv[1]), Path(sys.argv[2]), anew="anew" in sys.argv[3:])
    except (IndexingError, Timeout) as error:
        sys.exit(str(error))

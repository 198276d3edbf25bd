"""Which sources were being taken in: what is reported of them after a process was stopped half way.

A batch of sources is a file in the data directory, one line each: what the batch holds, then what is done. The file
goes when all is done. As long as its process lives, it holds a lock on the file; a file that nobody holds is of a
batch that was stopped.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from index.errors import disk_errors
from index.permissions import FILE, can_write, make_folder, private


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A source of articles as its reader named it.

    Attributes:
        name: a file's whole path, an address, or the name of an upload.
        uploaded: the file came with its bytes; it cannot be found again under its name.
        by: the visitor of the page who added it; empty for a command or a program.
    """

    name: str
    uploaded: bool = False
    by: str = ""


class Journal:
    """The batches of a data directory, of all its processes; safe to share between threads."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "adding"
        self._running: dict[Path, dict[Source, None]] = {}
        self._mutex = threading.Lock()

    @contextmanager
    def batch(self, sources: Iterable[Source]) -> Iterator[None]:
        """Keep a batch while it runs; what is not settled when it is stopped is listed by ``unfinished``.

        Sources of another batch that this process runs are left to that one.

        Raises:
            StoreError: it cannot be written down.
        """
        with self._mutex:
            running = {source for left in self._running.values() for source in left}
        mine = [source for source in dict.fromkeys(sources) if source not in running]
        if not mine:
            yield
            return
        path = self._folder / f"{uuid.uuid4().hex[:12]}.jsonl"
        with disk_errors(path):
            make_folder(self._folder)
        with _held(path):
            left = dict.fromkeys(mine)
            _write(path, mine)
            with self._mutex:
                self._running[path] = left
            try:
                yield
            finally:
                with self._mutex:
                    del self._running[path]
            path.unlink()  # what is not settled now was refused, and its reader told
        self.forget(mine)

    def settle(self, source: Source) -> None:
        """Note that a source is done with, added or refused."""
        with self._mutex:
            for path, left in self._running.items():
                if source in left:
                    del left[source]
                    _write(path, [source], "a")

    def unfinished(self) -> list[Source]:
        """The sources of batches that were stopped, of those that were not settled; sorted.

        None where this user cannot write: only locks show which batches still run.
        """
        return sorted({source for _, left in self._stopped() for source in left})

    def forget(self, sources: Collection[Source]) -> None:
        """Forget these sources: they no longer count as unfinished."""
        for path, left in self._stopped():
            if not (rest := [source for source in left if source not in sources]):
                path.unlink(missing_ok=True)
            elif len(rest) < len(left):
                _write(path, rest)

    def _stopped(self) -> list[tuple[Path, list[Source]]]:
        """Return the files of stopped batches, each with what is left of it."""
        found: list[tuple[Path, list[Source]]] = []
        if not can_write(self._folder):
            return found
        for path in sorted(self._folder.glob("*.jsonl")):
            try:
                with _held(path):
                    found.append((path, _left(path)))
            except Timeout:
                continue  # it is running
            except FileNotFoundError:
                continue  # it has just been done
        return found


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold a batch's file; ``Timeout`` is raised at once when another holds it."""
    lock = FileLock(path.with_suffix(".lock"), mode=FILE, thread_local=False)  # a generator may end in another thread
    with disk_errors(path):
        lock.acquire(timeout=0)
    try:
        yield
    finally:
        path.with_suffix(".lock").unlink(missing_ok=True)
        lock.release()


def _write(path: Path, sources: Sequence[Source], mode: Literal["w", "a"] = "w") -> None:
    lines = "".join(json.dumps(astuple(source)) + "\n" for source in sources)
    with disk_errors(path):
        if mode == "a":
            with path.open("a", encoding="utf-8") as file:
                file.write(lines)
        else:
            draft = path.with_suffix(".new")
            with open(draft, "w", encoding="utf-8", opener=private) as file:
                file.write(lines)
            draft.replace(path)


def _left(path: Path) -> list[Source]:
    """Return the sources that stand in a batch's file once: the second time tells that it is done."""
    left: dict[Source, None] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            source = Source(*json.loads(line))
        except (ValueError, TypeError):  # the process was stopped while it wrote the line
            continue
        if source in left:
            del left[source]
        else:
            left[source] = None
    return list(left)

"""The files that visitors upload: where they lie until they are read, and how much room they may take.

Each process has a folder of its own below ``uploads`` in the data directory, which it holds a lock on; a folder that
nobody holds is of a process that was ended, and goes at the next start.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexingError, disk_errors

PART = 5
"""One person's uploads may take one part of so many of the room."""
LEFT_ALONE = 3600.0
"""Seconds after which an upload that nobody asked to have read is deleted."""
SWEEPING = 60.0
"""Seconds between two looks for such uploads."""


class NoRoom(IndexingError):
    """Uploads that wait to be read take all the room that they may."""


@dataclass(slots=True)
class Upload:
    """A file that waits to be read.

    Attributes:
        copies: how often it was uploaded and is still to be read: the same bytes under the same name are one file.
        taken: it is going to be read.
        since: when it came in (seconds of ``time.monotonic``).
    """

    person: str
    bytes: int
    copies: int = 1
    taken: bool = False
    since: float = field(default_factory=time.monotonic)


class Uploads:
    """The uploads of this process; safe to share between threads. Close it when done.

    Attributes:
        folder: where they are written; it is there, for its owner alone, once something has come in.
    """

    def __init__(self, data: Path, space: int) -> None:
        """``space``: how many bytes all uploads together may take."""
        self._all = data.absolute() / "uploads"
        self.folder = self._all / uuid.uuid4().hex[:12]
        self._lock = FileLock(self.folder.with_suffix(".lock"), thread_local=False)
        self._space = space
        self._mutex = threading.RLock()
        self._requests = 0
        self._coming = Counter[str]()  # bytes by person, of requests that brought no upload yet
        self._waiting: dict[Path, Upload] = {}
        self._closed = threading.Event()
        self._clear_ended()

    def require_room(self, person: str, more: int = 0) -> None:
        """Refuse an upload when there is no room for ``more`` bytes.

        Raises:
            NoRoom: the uploads that wait, this person's or all, take the room that they may.
        """
        with self._mutex:
            taken = self._coming.copy()
            for upload in self._waiting.values():
                taken[upload.person] += upload.bytes
        if taken.total() + more > self._space:
            raise NoRoom("The uploads that wait to be read take all the room there is. Try again in some minutes.")
        if taken[person] + more > self._space // PART:
            raise NoRoom("Your uploads that wait to be read take all the room you have. Try again in some minutes.")

    @contextmanager
    def receiving(self) -> Iterator[None]:
        """Have the folder ready inside; what came in half is deleted at the end, once nothing else comes in.

        Raises:
            StoreError: the folder cannot be made.
        """
        with self._mutex:
            self._make_ready()
            self._requests += 1
        try:
            yield
        finally:
            with self._mutex:
                self._requests -= 1
                if not self._requests:
                    self._clear_partial()

    def count(self, person: str, came: int) -> None:
        """Count bytes of a request that are coming in.

        Raises:
            NoRoom: see ``require_room``; they are not counted.
        """
        with self._mutex:
            self.require_room(person, came)
            self._coming[person] += came

    def keep(self, paths: Iterable[str], person: str, came: int) -> None:
        """Take over what a request of ``came`` bytes brought: these files wait to be read."""
        with self._mutex:
            self._coming[person] -= came
            for path in map(Path, paths):
                if upload := self._waiting.get(path):
                    upload.copies += 1
                else:
                    self._waiting[path] = Upload(person, _size(path))

    def take(self, paths: Iterable[str]) -> None:
        """Note that these are going to be read, however long that takes."""
        with self._mutex:
            for path in map(Path, paths):
                if upload := self._waiting.get(path):
                    upload.taken = True

    def holds(self, path: str) -> bool:
        """Tell whether a file waits to be read."""
        with self._mutex:
            return Path(path) in self._waiting

    def delete(self, path: str) -> None:
        """Delete a file that was read, unless it is to be read once more; any other file is left alone."""
        with self._mutex:
            if upload := self._waiting.get(Path(path)):
                upload.copies -= 1
                if not upload.copies:
                    self._remove(Path(path))

    def sweep(self, age: float = LEFT_ALONE) -> None:
        """Delete what came in ``age`` seconds ago or earlier and nobody asked to have read, and what came in half."""
        with self._mutex:
            for path, upload in list(self._waiting.items()):
                if not upload.taken and time.monotonic() - upload.since >= age:
                    self._remove(path)
            self._clear_partial(age if self._requests else 0.0)

    def close(self) -> None:
        """Delete all."""
        with self._mutex:
            self._closed.set()
            self._waiting.clear()
            if self._lock.is_locked:
                _clear(self.folder)
                self._lock.release()

    def _make_ready(self) -> None:
        if self._lock.is_locked or self._closed.is_set():
            return
        with disk_errors(self.folder):
            for folder in (self._all, self.folder):
                if folder == self.folder:
                    self._lock.acquire(timeout=0)  # before there is a folder that another process could take for left
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                folder.chmod(0o700)
        threading.Thread(target=self._keep_sweeping, name="dixit-uploads", daemon=True).start()

    def _keep_sweeping(self) -> None:
        while not self._closed.wait(SWEEPING):
            self.sweep()

    def _clear_ended(self) -> None:
        """Delete the folders of processes that were ended."""
        for folder in self._all.glob("*/"):
            with contextlib.suppress(Timeout, OSError), FileLock(folder.with_suffix(".lock")).acquire(timeout=0):
                _clear(folder)

    def _clear_partial(self, age: float = 0.0) -> None:
        # Gradio writes each file under a passing name first, and leaves it when its sender goes or the disk is full
        with contextlib.suppress(OSError):
            for entry in list(os.scandir(self.folder)):
                if entry.is_file(follow_symlinks=False) and time.time() - entry.stat().st_mtime >= age:
                    os.truncate(entry, 0)  # Gradio may hold it open for long yet, and the disk be full until then
                    Path(entry).unlink(missing_ok=True)
        if not self._requests:
            self._coming.clear()

    def _remove(self, path: Path) -> None:
        del self._waiting[path]
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()  # named by the bytes; another file of the same bytes may be in it


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_suffix(".lock").unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

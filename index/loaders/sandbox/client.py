"""Readers of foreign forms, in processes of their own: a document that takes too long or too much ends one alone."""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from index.errors import ReadingStopped, SourceRefused
from index.loaders.archive import MOST_UNPACKED
from index.loaders.document import MOST_BYTES, Document
from index.loaders.forms import Form
from index.loaders.sandbox.frames import BrokenFrame, Found, Task, receive_found, send_task

SECONDS = 120
"""How long one document may take."""

_ROOT = Path(__file__).resolve().parents[3]
_COMMAND = (sys.executable, "-P", "-B", "-m", "index.loaders.sandbox.worker", str(SECONDS))
_NEEDED = ("LD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT")
"""Variables without which Python may not start; a reader is told no others."""


def read_confined(
    form: Form, document: Document, limit: int, seconds: float = SECONDS, readers: Readers | None = None
) -> Iterator[Found]:
    """Yield what a document's own reader finds in it; the seconds that the caller takes in between do not count.

    Raises:
        SourceRefused: the document gives nothing, takes longer, or more memory than is allowed.
        ReadingStopped: nothing is read any more.
    """
    yield from (readers or _READERS).read(form, document, limit, seconds)


def stop_readers() -> None:
    """End all readers now, also those at work in other threads, and let nothing be read until ``start_readers``."""
    _READERS.stop()


def start_readers() -> None:
    """Let documents be read again after ``stop_readers``."""
    _READERS.start()


class Readers:
    """Processes that read documents, as many as are read at once; safe to share between threads."""

    def __init__(self, command: Sequence[str] = _COMMAND) -> None:
        """Take the command that starts a reader."""
        self._command = command
        self._lock = threading.RLock()  # a signal may stop all while one is taken
        self._waiting: list[_Reader] = []
        self._all: set[_Reader] = set()
        self._stopped = False

    def read(self, form: Form, document: Document, limit: int, seconds: float) -> Iterator[Found]:
        """Yield what is found in a document; see ``read_confined``."""
        size = _size(form, document)
        task = Task(form, document.name, document.origin, document.url, document.charset, limit)
        reader = self._take()
        whole = False
        try:
            yield from reader.read(task, document.file, size, seconds)
            whole = True
        except SourceRefused as error:
            whole = reader.alive
            if self._stopped:
                raise ReadingStopped(
                    f"{document.name}: reading was stopped. Add it again after the next start."
                ) from error
            raise
        finally:
            self._put_back(reader, whole)  # one that was left in mid-document answers the next with the rest of this

    def stop(self) -> None:
        """End all processes; see ``stop_readers``."""
        with self._lock:
            self._stopped = True
            for reader in self._all:
                reader.kill()
            while self._waiting:
                self._end(self._waiting.pop())

    def start(self) -> None:
        """Let documents be read again."""
        self._stopped = False

    def _take(self) -> _Reader:
        with self._lock:
            if self._stopped:
                raise ReadingStopped("Reading was stopped, as Dixit is being ended. Start it again.")
            while self._waiting:
                reader = self._waiting.pop()
                if reader.alive:
                    return reader
                self._end(reader)
            atexit.unregister(self.stop)
            atexit.register(self.stop)
            reader = _Reader(self._command)
            self._all.add(reader)
            return reader

    def _put_back(self, reader: _Reader, whole: bool) -> None:
        with self._lock:
            if whole and not self._stopped and reader.alive:
                self._waiting.append(reader)
            else:
                self._end(reader)

    def _end(self, reader: _Reader) -> None:
        self._all.discard(reader)
        reader.close()


class _Reader:
    """A process that reads documents, one after the other."""

    def __init__(self, command: Sequence[str]) -> None:
        told = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
        paths = os.pathsep.join([str(_ROOT), *map(os.path.abspath, told)])  # it stands in a folder that goes
        # The folder is gone once the process stands in it: nothing is in it, and nothing can be put there.
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as empty:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=empty,
                env={name: os.environ[name] for name in _NEEDED if name in os.environ} | {"PYTHONPATH": paths},
                start_new_session=True,  # an interrupt from the keyboard is for us, who then close its input
            )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def read(self, task: Task, file: BinaryIO, size: int, seconds: float) -> Iterator[Found]:
        """Yield what is found.

        Raises:
            SourceRefused: it is nothing; the process had to be ended, ended by itself, or told what it may not.
        """
        found = self._found(task, file, size)
        left = seconds
        while True:
            began = time.monotonic()
            with self._within(left, seconds):
                one = next(found, None)
            if one is None:
                return
            left -= time.monotonic() - began
            yield one

    def kill(self) -> None:
        """End the process; reading from it then raises."""
        self._process.kill()

    def close(self) -> None:
        """End the process and let go of it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast(BinaryIO, pipe).close()
        self._process.wait()

    def _found(self, task: Task, file: BinaryIO, size: int) -> Iterator[Found]:
        send_task(cast(BinaryIO, self._process.stdin), task, file, size)
        yield from receive_found(cast(BinaryIO, self._process.stdout), task)

    @contextlib.contextmanager
    def _within(self, left: float, seconds: float) -> Iterator[None]:
        late = threading.Timer(max(0, left), self.kill)
        late.start()
        try:
            yield
        except (EOFError, OSError, BrokenFrame):
            self.close()
            if late.finished.is_set():
                raise SourceRefused("too_many_seconds", seconds=seconds) from None
            raise SourceRefused("made_to_break") from None
        finally:
            late.cancel()


def _size(form: Form, document: Document) -> int:
    """Return how many bytes a document has; it stands at its beginning again."""
    most = MOST_UNPACKED if form == "ZIP" else MOST_BYTES
    begin = document.file.tell()
    size = document.file.seek(0, os.SEEK_END) - begin
    document.file.seek(begin)
    if not size:
        raise SourceRefused("empty")
    if size > most:
        raise SourceRefused("too_large", megabytes=most // 1_000_000)
    return size


_READERS = Readers()

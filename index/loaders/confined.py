"""Readers of foreign forms, in a process of their own: a document that takes too long or too much ends it alone."""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import BinaryIO, cast

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.forms import Form
from index.loaders.refusal import Refusal
from index.models import Article

SECONDS = 120
"""How long one document may take."""

_ROOT = Path(__file__).resolve().parents[2]

Read = list[Article | Refusal | Document]
"""What a reader found: articles, refusals, and documents that the document holds."""


def read_confined(form: Form, document: Document, limit: int, seconds: float = SECONDS) -> Read:
    """Return what a document's own reader finds in it, within some seconds.

    Raises:
        SourceRefused: the document gives nothing, takes longer, or more memory than is allowed.
    """
    data = document.read()
    room = _room()
    _AT_WORK.append(room)
    try:
        if _STOPPED.is_set():
            room.close()
            raise SourceRefused("Dixit was stopped before it was read. Add it again.")
        found = room.read((form, data, document.name, document.origin, document.url, document.charset, limit), seconds)
    finally:
        _AT_WORK.remove(room)
    _ROOMS.append(room)
    if isinstance(found, str):
        raise SourceRefused(found)
    return found


class _Room:
    """A process that reads documents, one after the other."""

    def __init__(self) -> None:
        paths = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "index.loaders.readers", str(SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": paths},
            start_new_session=True,  # an interrupt from the keyboard is for us, who then close its input
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def read(self, task: tuple[object, ...], seconds: float) -> Read | str:
        """Return what was found, or why there is nothing.

        Raises:
            SourceRefused: the process had to be ended, or ended by itself.
        """
        late = threading.Timer(seconds, self._process.kill)
        late.start()
        try:
            pickle.dump(task, self._stdin, pickle.HIGHEST_PROTOCOL)
            self._stdin.flush()
            return cast(Read | str, pickle.load(self._stdout))
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            if late.finished.is_set():
                raise SourceRefused(
                    f"reading it takes more than {seconds:g} seconds. Split it, or give its text."
                ) from None
            raise SourceRefused("it is damaged, or made to break what reads it. Give its text.") from None
        except BaseException:
            self.close()  # interrupted: what it would answer is of no use to the next
            raise
        finally:
            late.cancel()

    def kill(self) -> None:
        """End the process, whatever it does; who waits for its answer closes it."""
        self._process.kill()

    def close(self) -> None:
        self._process.kill()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()

    @property
    def _stdin(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdin)

    @property
    def _stdout(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdout)


_ROOMS: deque[_Room] = deque()
"""Processes that wait for a document: as many as there were documents read at once."""


_AT_WORK: deque[_Room] = deque()
_STOPPED = threading.Event()


def stop_readers() -> None:
    """End the processes that read documents, those at work too; what is read from then on is refused."""
    _STOPPED.set()
    for room in list(_AT_WORK):
        room.kill()
    _close_all()


def _room() -> _Room:
    while _ROOMS:
        with contextlib.suppress(IndexError):  # another thread took the last
            room = _ROOMS.pop()
            if room.alive:
                return room
            room.close()
    atexit.register(_close_all) if not _ROOMS else None
    return _Room()


def _close_all() -> None:
    while _ROOMS:
        _ROOMS.pop().close()

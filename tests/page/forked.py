"""The stand-in's process, forked from one that has imported all it needs, which is begun when it is first asked for."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.page.stand_in"])


class Forked:
    """What tests need of a ``subprocess.Popen``, of a stand-in's process.

    Args:
        arguments: of ``stand_in.main``.
        environment: of the process.
    """

    def __init__(self, arguments: Sequence[str], environment: dict[str, str]) -> None:
        told, telling = _FORKING.Pipe(duplex=False)
        self._process = _FORKING.Process(target=_serve, args=(arguments, environment, telling))
        self._process.start()
        telling.close()
        self.stdout = os.fdopen(os.dup(told.fileno()), encoding="utf-8")
        told.close()

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process.pid is not None
        return self._process.pid

    def send_signal(self, number: int) -> None:
        """Send a signal to the process, if it is still there."""
        if self._process.is_alive():
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        """Return the code with which the process ends."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("the stand-in", timeout or 0)
        return self._process.exitcode


def _serve(arguments: Sequence[str], environment: dict[str, str], telling: Connection) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    os.dup2(telling.fileno(), 1)
    from tests.page import stand_in

    stand_in.main(*arguments)

"""A real Chroma server on this machine, stopped by whoever started it."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.web_server import closed_port

SECONDS = 120


class ChromaServer:
    """``chroma run`` over a folder; it can be stopped, killed and started again on the same port."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.port = closed_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = str(Path(sys.executable).with_name("chroma"))
        command = [program, "run", "--path", str(self.path), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + SECONDS
        while not self._answers():
            assert self._process.poll() is None, f"chroma run ended with {self._process.returncode}"
            assert time.monotonic() < until, "chroma run does not answer"
            time.sleep(0.1)

    @property
    def pid(self) -> int:
        """The process that runs."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False


@contextmanager
def chroma_server(path: Path) -> Iterator[ChromaServer]:
    """A server that answers."""
    server = ChromaServer(path)
    try:
        server.start()
        yield server
    finally:
        server.kill()

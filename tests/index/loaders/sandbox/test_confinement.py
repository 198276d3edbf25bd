"""A process that reads documents may do nothing else: real processes, each tries one thing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

IMPORTS = """
import ctypes, os, socket, subprocess, sys, threading
from pathlib import Path
from index.loaders.sandbox.confinement import allow_seconds, confine
here = Path(sys.argv[1])
libc = ctypes.CDLL(None)
known = [getattr(libc, name) for name in "connect open perror sendto socket unlink".split()]
"""
CONFINE = "held = confine(2_000_000_000)\n"


def tried(attempt: str, folder: Path, before: str = "") -> str:
    """Return what a confined process prints, or the last line of its error."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS + before + CONFINE + attempt, str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[4],
    )
    return (done.stdout or done.stderr).strip().split("\n")[-1]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What holds on this system."""
    return tried("print(sorted(held))", tmp_path_factory.mktemp("held"))


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "(here / 'new.txt').write_text('x')",
        "(here / 'kept.txt').open('a')",
        "os.open(here / 'kept.txt', os.O_RDWR)",
        "(here / 'kept.txt').unlink()",
        "(here / 'kept.txt').rename(here / 'other.txt')",
        "(here / 'kept.txt').chmod(0o777)",
        "(here / 'folder').mkdir()",
        "os.fork()",
        "os.system('true')",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "subprocess.run(['true'])",
        "os.kill(os.getppid(), 0)",
        "ctypes.CDLL(None)",
    ],
)
def test_a_reader_may_not(tmp_path: Path, attempt: str) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    assert tried(attempt, tmp_path).startswith("PermissionError: ")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    assert (tmp_path / "kept.txt").read_text() == "kept"


NAMED = "; libc.perror(b'') if failed < 0 else print('done')"
SOCKETS = r"""
s, u, ADDRESS = libc.socket(2, 1, 0), libc.socket(2, 2, 0), b"\2\0\0\x09\x7f\0\0\1" + bytes(8)
"""
BEYOND_PYTHON = [
    ("files", "failed = libc.open(bytes(here / 'kept.txt'), os.O_RDONLY)", ("Permission denied",)),
    ("files", "failed = libc.open(bytes(here / 'new.txt'), os.O_WRONLY | os.O_CREAT, 0o600)", ("Permission denied",)),
    ("files", "failed = libc.unlink(bytes(here / 'kept.txt'))", ("Permission denied",)),
    ("files", "failed = libc.open(b'/etc/passwd', os.O_RDONLY)", ("Permission denied",)),
    ("network", "failed = libc.connect(s, ADDRESS, 16)", ("Permission denied", "Network is unreachable")),
    ("network", "failed = libc.sendto(u, b'x', 1, 0, ADDRESS, 16)", ("Network is unreachable",)),
]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own bounds are those of Linux")
@pytest.mark.parametrize(("needed", "attempt", "errors"), BEYOND_PYTHON)
def test_a_reader_that_was_taken_over_may_not(
    tmp_path: Path, held: str, needed: str, attempt: str, errors: tuple[str, ...]
) -> None:
    if needed not in held:
        pytest.skip(f"the system does not hold {needed}")
    (tmp_path / "kept.txt").write_text("kept")
    assert tried(SOCKETS + attempt + NAMED, tmp_path).removeprefix(": ") in errors
    assert (tmp_path / "kept.txt").read_text() == "kept"


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ("x = bytearray(3_000_000_000)", "MemoryError"),
        ("files = [open(sys.executable) for _ in range(100)]", "OSError: [Errno 24] Too many open files"),
        ("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))", "(0, 0)"),
        ("import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE))", "(0, 0)"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_reader_has_limits(tmp_path: Path, attempt: str, error: str) -> None:
    assert tried(attempt, tmp_path).startswith(error)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_reader_that_runs_wild_is_ended_by_the_system(tmp_path: Path) -> None:
    assert tried("print('begun', flush=True)\nallow_seconds(1)\nwhile True: pass", tmp_path) == "begun"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may become another user")
def test_a_reader_of_an_ordinary_user_begins_nothing(tmp_path: Path) -> None:
    assert "can't start new thread" in tried("threading.Thread(target=print).start()", tmp_path, "os.setuid(65534)\n")

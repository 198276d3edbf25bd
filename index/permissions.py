"""What Dixit keeps is its owner's alone: folders 0700, files 0600, whatever the umask.

A folder that somebody gave with files of other programs in it stays as it is; only what is Dixit's in it is closed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path

FOLDER = 0o700
FILE = 0o600
OURS = (
    "catalog.sqlite*", "conversations.sqlite*", "feeds.sqlite*", "workspaces.sqlite*", "users*",
    "adding", "uploads", "jobs", "vectors", "workspaces", "restoring-*",
)  # fmt: skip
"""What lies in a data directory; with anything else beside it, the directory is somebody's who keeps more in it."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_folder(path: Path) -> None:
    """Make a folder that its owner alone can enter; one that is there stays as it is.

    Raises:
        OSError: it cannot be made.
    """
    path.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file that its owner alone can read; one that is there stays as it is.

    SQLite gives the logs that it writes beside a database the permissions of the database.

    Raises:
        OSError: it cannot be made.
    """
    if not path.exists():
        path.touch(FILE)


def private(path: str, flags: int) -> int:
    """Open a file for ``open(opener=...)``; one that is made is its owner's alone."""
    return os.open(path, flags, FILE)


def close_to_others(data: Path) -> bool:
    """Take from other users of the machine what they may do in a data directory; return whether they could read it.

    What belongs to another user, or lies on a disk that cannot be written, stays as it is.
    """
    if os.name == "nt" or not data.is_dir():  # Windows: a user's folders are closed by themselves
        return False
    data = data.resolve()  # a link has no permissions of its own
    entries = list(data.iterdir())
    ours = [entry for entry in entries if any(fnmatch(entry.name, name) for name in OURS)]
    exposed = _is_exposed(data)
    for path in chain.from_iterable(map(_within, ours)):
        _close(path)
    if len(ours) == len(entries):
        _close(data)
    return exposed and not _is_exposed(data)


def _is_exposed(data: Path) -> bool:
    return _is_open(data) and _is_open(data / "catalog.sqlite")


def can_write(folder: Path) -> bool:
    """Tell whether this user may make files in a folder, on a disk that is not mounted to be read alone."""
    return os.access(folder, os.W_OK | os.X_OK)


def _within(path: Path) -> Iterator[Path]:
    yield path
    for folder, folders, files in os.walk(path):
        yield from (Path(folder, name) for name in (*folders, *files))


def _is_open(path: Path) -> bool:
    try:
        return bool(path.lstat().st_mode & _OTHERS)
    except OSError:
        return False


def _close(path: Path) -> None:
    with suppress(OSError):  # gone meanwhile, or read-only
        found = path.lstat()
        if found.st_mode & _OTHERS and found.st_uid == os.geteuid() and not stat.S_ISLNK(found.st_mode):
            path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)

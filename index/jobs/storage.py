"""Where the bytes of jobs lie so that every worker can read them: a folder, or whatever else fsspec opens."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

import fsspec
from fsspec.implementations.local import LocalFileSystem

from index.errors import SettingsError, SourceRefused, StoreError
from index.permissions import make_folder

FOLDER = "jobs"
"""The folder of the data directory where bytes lie when no other place is set."""

_PLACE = re.compile(r"[0-9a-f]{32}/")


class Storage:
    """Keeps the bytes of sources under a place each, a folder with one file; safe to share between threads."""

    def __init__(self, data: Path, url: str = "") -> None:
        """Take where bytes are to lie; nothing is opened before it is needed.

        Args:
            data: the data directory.
            url: a folder, or an address of fsspec's (s3://bucket/folder); empty: a folder of the data directory.
        """
        self._url = url or str(data.absolute() / FOLDER)

    def keep(self, name: str, file: BinaryIO) -> tuple[str, int]:
        """Keep a file under its name; return its place, and how many bytes it has.

        Raises:
            StoreError: it cannot be written.
        """
        last = PurePosixPath(name).name
        place = f"{uuid.uuid4().hex}/{FOLDER if last in ('', '..') else last}"
        with self._opened() as (system, root):
            if isinstance(system, LocalFileSystem):
                make_folder(Path(root))
            folder = f"{root}/{PurePosixPath(place).parent}"
            try:
                system.makedirs(folder, exist_ok=True)
                with system.open(f"{root}/{place}", "wb") as kept:
                    shutil.copyfileobj(file, kept)
                return place, int(system.size(f"{root}/{place}"))
            except BaseException:
                with suppress(Exception):  # the first error is the one to tell
                    system.rm(folder, recursive=True)
                raise

    @contextmanager
    def local(self, place: str) -> Iterator[Path]:
        """What lies at a place, as a file of this machine while inside; nobody may change it.

        Raises:
            SourceRefused: there is nothing any more.
            StoreError: it cannot be read.
        """
        name = PurePosixPath(place).name
        with self._opened() as (system, root):
            if not system.exists(f"{root}/{place}"):
                raise SourceRefused("upload_lost", name=name)
        if isinstance(system, LocalFileSystem):
            yield Path(root) / place
            return
        with TemporaryDirectory(prefix="dixit-job-") as folder:
            with self._opened():
                system.get_file(f"{root}/{place}", str(Path(folder) / name))
            yield Path(folder) / name

    def delete(self, place: str) -> None:
        """Delete what lies at a place; nothing where nothing does.

        Raises:
            StoreError: it cannot be deleted.
        """
        with self._opened() as (system, root):
            folder = f"{root}/{PurePosixPath(place).parent}"
            if place and system.exists(folder):
                with suppress(FileNotFoundError):  # another process was quicker
                    system.rm(folder, recursive=True)

    def delete_others(self, held: Collection[str], before: datetime) -> None:
        """Delete what was kept before a time and lies at none of the places that are held.

        Folders of others (another workspace's in this one, say) are left alone.

        Raises:
            StoreError: it cannot be listed or deleted.
        """
        with self._opened() as (system, root):
            places = {"/".join(PurePosixPath(path).parts[-2:]): path for path in system.find(root, maxdepth=2)}
            left = [place for place in places if _PLACE.match(place) and place not in held]
            old = [place for place in left if system.modified(places[place]) < before]
        for place in old:
            self.delete(place)

    @contextmanager
    def _opened(self) -> Iterator[tuple[fsspec.AbstractFileSystem, str]]:
        """Have the file system and the folder within it; its errors are told in one line."""
        try:
            system, root = fsspec.url_to_fs(self._url)
        except (ImportError, ValueError) as error:
            raise SettingsError(
                f"DIXIT_UPLOADS_URL={self._url}: {error}. Name a folder, or s3://bucket/folder after "
                "`pip install 'dixit[s3]'`."
            ) from error
        try:
            yield system, root.rstrip("/")
        except SourceRefused:
            raise
        except Exception as error:  # noqa: BLE001 - each kind of storage raises its own
            told = " ".join(str(error).split())
            raise StoreError(f"{self._url}: {told}. It must answer, and be written by this user.") from error

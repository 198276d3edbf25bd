"""A data directory -> one file that it can be made from again, and back.

The file is a zip of SQLite databases, each copied as of one moment while others may write, and of a manifest. The
vector index is not in it: it is rebuilt from the catalog.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from filelock import FileLock, Timeout

from index.catalog import open_catalog
from index.catalog.dialects.sqlite.file import CATALOG, connect_to_read, refuse_emptied
from index.errors import StoreError, disk_errors
from index.permissions import FILE, can_write, make_folder, private

MANIFEST = "manifest.json"
FORMAT = "dixit backup 1"
MOST_MANIFEST = 1_000_000
"""Bytes; a longer manifest is none of ours."""
OLDEST, LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""What a zip can tell of time; a machine whose clock has no battery starts in 1970."""
_WRITING = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
}
"""SQLite's errors that can come of the copy alone: what is copied is not written."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        format: see ``FORMAT``.
        dixit: the version that made it.
        made: when, ISO 8601 in UTC.
        articles: how many there are in it.
        files: the SHA-256 of each database.
    """

    format: str
    dixit: str
    made: str
    articles: int
    files: dict[str, str]


def back_up(data: Path, target: Path) -> Manifest:
    """Write a backup of a data directory; others may read and write it meanwhile.

    The target appears, or is replaced, when the backup is whole.

    Raises:
        StoreError: there is no catalog, it is damaged, the target cannot be written, or is a file of another kind.
    """
    with disk_errors(data):
        if not (data / CATALOG).is_file():
            raise StoreError(f"{data}: there is no catalog to back up. Name the data directory with --data.")
        refuse_emptied(data / CATALOG)
    with disk_errors(target):
        there = target.exists()
    if there:
        read_manifest(target)  # refuses to replace what is no backup
    with disk_errors(target), TemporaryDirectory(prefix="dixit-", dir=target.resolve().parent) as folder:
        copies = [_copy(path, Path(folder) / path.name, target) for path in sorted(data.glob("*.sqlite"))]
        hashes = {copy.name: _sha256(copy) for copy in copies}
        articles = _count_articles(Path(folder) / CATALOG)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(FORMAT, version("dixit"), made, articles, hashes)
        _pack(manifest, copies, target)
    return manifest


def restore(source: Path, data: Path, force: bool = False) -> Manifest:
    """Put a backup in the place of a data directory; what is derived from it is rebuilt at the next start.

    All is unpacked and checked beside the old before anything of the old is touched.

    Args:
        source: the backup.
        data: the data directory, made when it is not there.
        force: replace what is in it.

    Raises:
        StoreError: it is no backup or a damaged one, the directory holds articles, or another process uses it.
    """
    manifest = read_manifest(source)
    if (data / CATALOG).exists() and not force:
        raise StoreError(f"{data}: there is a catalog already. Restore to another --data, or replace it with --force.")
    with disk_errors(data):
        make_folder(data)
        with _alone(data), TemporaryDirectory(prefix="restoring-", dir=data) as folder:
            _unpack(source, manifest, Path(folder))
            open_catalog(Path(folder)).close()  # of a version that can be read, or be brought to it
            (data / "vectors" / "current").unlink(missing_ok=True)
            for name in sorted(manifest.files, key=lambda name: name == CATALOG):
                _swap(Path(folder) / name, data / name)
        shutil.rmtree(data / "adding", ignore_errors=True)
    return manifest


def require_file(catalog_url: str) -> None:
    """Refuse to back up or restore a catalog that a server has.

    Raises:
        StoreError: it has one of its own way.
    """
    if catalog_url:
        raise StoreError(
            "DIXIT_CATALOG_URL is set, so the catalog is on a PostgreSQL server: back it up with `pg_dump` and put it "
            "back with `pg_restore`, and keep a copy of the data directory for the rest."
        )


def read_manifest(source: Path) -> Manifest:
    """Return what a backup says of itself.

    Raises:
        StoreError: the file is no backup, or cannot be read.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
                raise ValueError
            values: dict[str, Any] = json.loads(archive.read(MANIFEST))
        manifest = Manifest(**values)
        if manifest.format != FORMAT or CATALOG not in manifest.files or any(map(_is_path, manifest.files)):
            raise ValueError
    except OSError as error:
        raise StoreError(f"{source}: {error.strerror or error}. Name a file that `dixit backup` made.") from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"{source}: this is no backup of Dixit. Name a file that `dixit backup` made.") from error
    return manifest


def _copy(path: Path, copy: Path, target: Path) -> Path:
    """Copy a database as it was last committed, by SQLite's online backup."""
    try:
        with closing(_connected(path)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
            told = new.execute("PRAGMA quick_check(1)").fetchone()[0]
            new.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        if error.sqlite_errorcode in _WRITING:
            raise StoreError(
                f"{target}: {error}. The disk takes no more: free some space there, or name a file on another."
            ) from error
        raise StoreError(f"{path}: {error}. It cannot be backed up. Run `dixit check`.") from error
    if told != "ok":
        raise StoreError(f"{path}: {' '.join(told.split())}. It is damaged: restore an earlier backup.")
    return copy


def _connected(path: Path) -> sqlite3.Connection:
    if can_write(path.parent) and os.access(path, os.W_OK):
        return sqlite3.connect(path, timeout=30)
    return connect_to_read(path)


def _pack(manifest: Manifest, copies: Iterable[Path], target: Path) -> None:
    """Put a manifest and databases into a zip, which appears under its name when it is whole."""
    draft = target.with_name(f"{target.name}.part")
    stamp = min(max(time.gmtime(time.time())[:6], OLDEST), LATEST)
    try:
        with open(draft, "wb", opener=private) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_entry(MANIFEST, stamp), json.dumps(asdict(manifest), indent=1))
            for copy in copies:
                with (
                    copy.open("rb") as database,
                    archive.open(_entry(copy.name, stamp), "w", force_zip64=True) as packed,
                ):
                    shutil.copyfileobj(database, packed)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _entry(name: str, stamp: tuple[int, ...]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, stamp)  # type: ignore[arg-type]
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = FILE << 16  # what an unzip gives it
    return entry


def _count_articles(catalog: Path) -> int:
    with closing(sqlite3.connect(catalog)) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def _unpack(source: Path, manifest: Manifest, folder: Path) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            for name, expected in manifest.files.items():
                with archive.open(name) as packed, open(folder / name, "wb", opener=private) as file:
                    shutil.copyfileobj(packed, file)
                if _sha256(folder / name) != expected:
                    raise ValueError(f"{name} is not what was packed")
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise StoreError(f"{source}: the backup is damaged ({error}). Use another one.") from error


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Keep other processes from opening the vector index, as each does that uses the directory."""
    make_folder(data / "vectors")
    lock = FileLock(data / "vectors" / "lock", mode=FILE, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreError(f"{data}: another Dixit is using it. Stop that one first (the page, or a command).") from None
    try:
        yield
    finally:
        lock.release()


def _swap(new: Path, old: Path) -> None:
    """Put a database in the place of another, whose log must not be read as its own."""
    try:
        if old.exists():  # else SQLite would make it, and nothing of it
            with closing(sqlite3.connect(old, timeout=1)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")  # refused while any other process has it open
    except sqlite3.OperationalError as error:
        raise StoreError(f"{old}: {error}. Another Dixit is using it: stop that one first.") from error
    except sqlite3.DatabaseError:  # it is damaged, and to be replaced for that
        pass
    for log in ("-wal", "-shm", "-journal"):
        old.with_name(old.name + log).unlink(missing_ok=True)
    new.replace(old)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_path(name: str) -> bool:
    return Path(name).name != name or not name.endswith(".sqlite")

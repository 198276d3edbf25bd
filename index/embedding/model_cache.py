"""A folder that is built once, by one process, and known to be whole whenever it is handed out."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.errors import ModelError

Builder = Callable[[Path], dict[str, Any]]

MANIFEST = "manifest.json"
_CHECKED_BYTES = 256 * 1024 * 1024
"""A larger file is checked by its size alone at each start: reading it would take seconds."""


def kept_folder(cache: Path, name: str, build: Builder, room: int) -> Path:
    """Return the folder ``name`` of ``cache``; build it when it is missing or damaged.

    Safe when several processes ask at once: one builds, the others wait for it. A build that was killed leaves
    nothing that could be taken for the folder.

    Args:
        cache: made when it is missing.
        name: of the folder; to be changed when ``build`` would fill it otherwise.
        build: fills an empty folder and returns what the manifest shall say of it, for people.
        room: bytes that must be free to build.

    Raises:
        ModelError: the folder cannot be built there.
    """
    folder = cache / name
    try:
        if _is_whole(folder):
            return folder
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{name}.lock"):
            if not _is_whole(folder):
                _require_room(cache, room)
                _build_beside(folder, build)
    except OSError as error:
        raise ModelError(
            f"Cannot keep the embedding model in {folder}: {error.strerror or error}. It must be a folder that can be "
            f"written to, with {room / 1e9:.1f} GB free. Make room, or name another with DIXIT_CACHE."
        ) from error
    return folder


def _require_room(cache: Path, room: int) -> None:
    free = shutil.disk_usage(cache).free
    if free < room:
        raise OSError(f"{free / 1e9:.1f} GB are free")


def _build_beside(folder: Path, build: Builder) -> None:
    beside = folder.with_name(f"{folder.name}.building")
    shutil.rmtree(beside, ignore_errors=True)  # left by a process that was killed: this one holds the lock
    try:
        beside.mkdir()
        _write_manifest(beside, build(beside))
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_manifest(folder: Path, about: dict[str, Any]) -> None:
    files = {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": _sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = {**about, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _is_whole(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return all(_is_as_listed(folder / name, entry) for name, entry in manifest["files"].items())
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _is_as_listed(path: Path, entry: dict[str, Any]) -> bool:
    size = path.stat().st_size
    return size == entry["bytes"] and (size > _CHECKED_BYTES or _sha256(path) == entry["sha256"])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""An error of the database -> what to do about it, in a sentence."""

from __future__ import annotations

import sqlite3

_DAMAGED = (
    "The catalog is damaged: put a backup back with `dixit restore FILE --force`, or move the file away and add the "
    "articles again."
)
WRITABLE = "Let this user write the folder and the files in it, or name another with --data."
_ADVICE = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_FULL: "Free some space; nothing was changed.",
    sqlite3.SQLITE_IOERR: "The disk is full or does not answer; nothing was changed.",
    sqlite3.SQLITE_READONLY: WRITABLE,
    sqlite3.SQLITE_CANTOPEN: WRITABLE,
    sqlite3.SQLITE_BUSY: "Another process has been writing for long: wait for it, or stop it.",
}


def is_damage(error: BaseException | None) -> bool:
    """Tell whether SQLite says that a file is damaged, or none of its own."""
    return _advice(error) == _DAMAGED


def advice(error: BaseException | None) -> str:
    """Return what to do about an error of SQLite's."""
    return _advice(error) or "The catalog must be a writable SQLite file on a disk with space."


def _advice(error: BaseException | None) -> str | None:
    return _ADVICE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)

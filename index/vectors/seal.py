"""What a Chroma folder held when it was closed properly, and how its files were then: unchanged, it can be trusted."""

from __future__ import annotations

import json
import logging
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import disk_errors
from index.vectors.chroma import Row

PARTIAL = -1
"""The revision of an article that Chroma may hold a part of."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seal:
    """Stands beside a Chroma folder from its closing to its next opening.

    Attributes:
        revision: the catalog's revision up to which all was taken up.
        articles: the revision of each article that the folder holds.
        files: the size in bytes and the time of change (ns) of each file.
    """

    revision: int
    articles: dict[str, int]
    files: dict[str, list[int]]

    def fits(self, path: Path) -> bool:
        """Tell whether the files of a folder are as they were."""
        return self.files == files_of(path)


def set_seal(path: Path, revision: int, articles: Mapping[str, int]) -> None:
    """Seal a folder that was closed; when that cannot be written, the next start tries the folder out."""
    seal = Seal(revision, dict(articles), files_of(path))
    draft = path.with_suffix(".new")
    try:
        draft.write_text(json.dumps(asdict(seal)))
        draft.replace(_seal_of(path))
    except OSError as error:
        log.info("%s: %s", path, error.strerror)


def seal_of(path: Path) -> Seal | None:
    """Return the seal of a folder; None when there is none that can be read."""
    try:
        return Seal(**json.loads(_seal_of(path).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def break_seal(path: Path) -> None:
    """Take the seal of a folder away, before it is opened for writing."""
    with disk_errors(path):
        _seal_of(path).unlink(missing_ok=True)


def files_of(path: Path) -> dict[str, list[int]]:
    """Return the size in bytes and the time of change (ns) of each file."""
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return {str(file.relative_to(path)): [(stat := file.stat()).st_size, stat.st_mtime_ns] for file in files}


def current(folder: Path) -> Path | None:
    """Return the Chroma folder that counts; None when there is none."""
    try:
        name = (folder / "current").read_text()
    except (OSError, UnicodeDecodeError):
        return None
    path = folder / name
    return path if re.fullmatch(r"[0-9a-f]{8}", name) and path.is_dir() else None


def set_current(path: Path, kept: Iterable[Path] = ()) -> None:
    """Let a Chroma folder be the one that counts, and clear the others away, but for some."""
    draft = path.with_name("current.new")
    with disk_errors(draft):
        draft.write_text(path.name)
        draft.replace(path.with_name("current"))
    for other in path.parent.iterdir():
        if other.is_dir() and other not in (path, *kept):
            shutil.rmtree(other, ignore_errors=True)
            _seal_of(other).unlink(missing_ok=True)


def held(rows: Iterable[Row], counts: Mapping[str, int]) -> dict[str, int]:
    """Return the revision of each article in Chroma; PARTIAL for one that is not there as a whole, or is mixed."""
    revisions: dict[str, set[int]] = {}
    found = Counter(row.article_id for row in rows)
    for row in rows:
        revisions.setdefault(row.article_id, set()).add(row.revision)
    return {
        article: min(at) if len(at) == 1 and found[article] == counts.get(article) else PARTIAL
        for article, at in revisions.items()
    }


def _seal_of(path: Path) -> Path:
    return path.with_suffix(".closed")

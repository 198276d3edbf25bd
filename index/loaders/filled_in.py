"""The properties of a document -> what a person told in them, not what a program filled in."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files


def title_told(written: str | None) -> str | None:
    """Return a title, None when it is a program's ("Document1") or a file's name."""
    title = " ".join((written or "").split())
    known, plain = _filled_in(), title.lower()
    if plain in known["titles"] or plain.endswith(known["file_endings"]) or plain.startswith(known["file_beginnings"]):
        return None
    return title or None


def author_told(written: str | None) -> str | None:
    """Return an author, None when it is a program or an unnamed user."""
    author = " ".join((written or "").split())
    return None if author.lower() in _filled_in()["authors"] else author or None


@functools.cache
def _filled_in() -> Mapping[str, tuple[str, ...]]:
    path = files("index.loaders") / "data" / "filled_in.toml"
    return {name: tuple(values) for name, values in tomllib.loads(path.read_text(encoding="utf-8")).items()}

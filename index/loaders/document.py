"""A document to be read: its bytes, and what is known of it beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from index.errors import SourceRefused

MOST_BYTES = 64_000_000
"""A document that must be held whole to be read (anything but text and JSON lines) may be this large."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that somebody gave, or that another document holds.

    Attributes:
        file: its bytes, from where it stands on; whoever opened it closes it.
        name: what a refusal calls it: a path, an address, "news.zip/monday/piscine.html". Its suffix tells the
            form where nothing else does.
        origin: where a new version of it would come from.
        url: its address on the web, None when it has none or it is not known.
        charset: the encoding that its sender declared, None when none was.
    """

    file: BinaryIO
    name: str
    origin: str
    url: str | None = None
    charset: str | None = None

    @property
    def key(self) -> str:
        """What people call it: its name without folders and suffix."""
        return PurePosixPath(self.name).stem or self.name

    def read(self) -> bytes:
        """Return its bytes.

        Raises:
            SourceRefused: there are none, or more than ``MOST_BYTES``.
        """
        data = self.file.read(MOST_BYTES + 1)
        if not data:
            raise SourceRefused("empty")
        if len(data) > MOST_BYTES:
            raise SourceRefused("too_large", megabytes=MOST_BYTES // 1_000_000)
        return data

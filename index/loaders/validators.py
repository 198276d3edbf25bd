"""What a machine says of a page to be asked again whether it has changed: its ETag and its Last-Modified (RFC 9110)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST = 500
"""Characters; a longer one is not kept."""


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of a page, each as the machine wrote it; empty: there is none."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Return the headers that ask for the page only if it has changed."""
        asked = ((b"If-None-Match", self.etag), (b"If-Modified-Since", self.modified))
        return [(name, value.encode("ascii")) for name, value in asked if value]


def validators_of(headers: Mapping[bytes, str]) -> Validators:
    """Return the validators among the headers of an answer, by their names in lower case."""
    return Validators(_plain(headers.get(b"etag", "")), _plain(headers.get(b"last-modified", "")))


def _plain(value: str) -> str:
    """Return a value that can be sent back as it is; nothing of any other."""
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST else ""

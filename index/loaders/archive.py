"""A ZIP file, or a document that is one within (DOCX, ODT, EPUB): opened with its size bounded."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import BinaryIO

from index.errors import SourceRefused

MOST_UNPACKED = 500_000_000
"""How many bytes an archive may hold, unpacked."""
MOST_MEMBERS = 10_000
"""How many files an archive may hold."""
MOST_RATIO = 200
"""How many times its own size an archive may hold; text is packed some five times, a bomb a thousand."""

_SMALL = 10_000_000  # unpacked, harms nobody
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
"""What reading a member of a damaged or encrypted archive raises."""


def open_archive(file: BinaryIO, size: int) -> zipfile.ZipFile:
    """Return the archive in a file of ``size`` bytes; members are never read further than they say they are long.

    Raises:
        SourceRefused: it is damaged, or would unpack to more than is allowed.
    """
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise SourceRefused("it is damaged, or no ZIP archive. Pack it anew, or give its files.") from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise SourceRefused(f"it holds {len(members):,} files; {MOST_MEMBERS:,} are allowed. Split it.")
    if unpacked > MOST_UNPACKED or unpacked > max(_SMALL, MOST_RATIO * size):
        raise SourceRefused(
            f"it unpacks to {unpacked / 1_000_000:,.0f} MB; {MOST_UNPACKED // 1_000_000} MB and "
            f"{MOST_RATIO} times its own size are allowed. Unpack it, and give its files."
        )
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of a member.

    Raises:
        SourceRefused: there is no such member, or it is damaged.
    """
    try:
        return archive.read(name)
    except KeyError as error:
        raise SourceRefused(f"{name} is missing in it: it is damaged. Save it anew.") from error
    except BROKEN as error:
        raise SourceRefused("it is damaged, or protected by a password. Save it without one.") from error


def refuse_entities(xml: bytes) -> None:
    """Refuse XML that defines entities: a few lines of them can stand for gigabytes, or for a file of this machine.

    Raises:
        SourceRefused: it does.
    """
    if b"<!ENTITY" in xml or "<!ENTITY".encode("utf-16-le") in xml or "<!ENTITY".encode("utf-16-be") in xml:
        raise SourceRefused("its XML defines entities of its own, which are not read. Save it anew.")

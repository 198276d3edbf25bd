"""A ZIP file, or a document that is one within (DOCX, ODT, EPUB): opened with its size bounded."""

from __future__ import annotations

import copy
import zipfile
import zlib
from typing import BinaryIO

from index.errors import SourceRefused
from index.loaders.xml import refuse_unfit_xml

MOST_UNPACKED = 500_000_000
"""How many bytes an archive may hold, unpacked."""
MOST_MEMBERS = 10_000
"""How many files an archive may hold."""
MOST_RATIO = 200
"""How many times its own size an archive may hold; text is packed some five times, a bomb a thousand."""

_SMALL = 10_000_000  # unpacked, harms nobody
_BEYOND = 65_536  # more than the library unpacks at a time
_XML = (".xml", ".rels")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
"""What reading a member of a damaged or encrypted archive raises."""


def open_archive(file: BinaryIO, size: int) -> zipfile.ZipFile:
    """Return the archive in a file of ``size`` bytes, whose members say that they unpack to what is allowed.

    Raises:
        SourceRefused: it is damaged, or would unpack to more than is allowed.
    """
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise SourceRefused("no_zip") from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise SourceRefused("too_many_files", count=len(members), most=MOST_MEMBERS)
    if unpacked > MOST_UNPACKED or unpacked > max(_SMALL, MOST_RATIO * size):
        raise SourceRefused(
            "unpacks_too_large",
            megabytes=round(unpacked / 1_000_000),
            most=MOST_UNPACKED // 1_000_000,
            ratio=MOST_RATIO,
        )
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of a member.

    Raises:
        SourceRefused: there is no such member, it is damaged, or longer than it says.
    """
    try:
        return unpacked(archive, archive.getinfo(name))
    except KeyError as error:
        raise SourceRefused("missing_member", name=name) from error
    except BROKEN as error:
        raise SourceRefused("damaged_member") from error


def refuse_unfit_parts(archive: zipfile.ZipFile) -> None:
    """Refuse a document that is an archive, whose library would unpack all of its parts, and without a bound.

    Raises:
        SourceRefused: a part is damaged, longer than it says, or XML that defines entities.
    """
    for name in archive.namelist():
        part = member(archive, name)
        if name.endswith(_XML):
            refuse_unfit_xml(part)


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the bytes of a member, of which never more are unpacked than one beyond what it says.

    Raises:
        SourceRefused: it is longer than it says, or packed in a way that cannot be unpacked in pieces.
    """
    if info.compress_type not in _METHODS:
        raise SourceRefused("packed_otherwise", method=info.compress_type)
    roomier = copy.copy(info)
    roomier.file_size += _BEYOND  # else the library would cut what is longer, and say nothing
    with archive.open(roomier) as file:
        data = file.read(info.file_size + 1)  # without a number, it would unpack up to 2 GB before it cuts
    if len(data) > info.file_size:
        raise SourceRefused("longer_than_told", bytes=info.file_size)
    return data

"""A ZIP archive -> the documents in it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from index.errors import SourceRefused
from index.loaders.archive import BROKEN, open_archive, unpacked
from index.loaders.document import MOST_BYTES, Document
from index.loaders.refusal import Refusal

_UTF8 = 0x800
_ENCRYPTED = 0x1
_LINK = 0o12


def unzip(document: Document, limit: int) -> Iterator[Document | Refusal]:
    """Yield the files of an archive, in its order, and a refusal for each that cannot be taken out.

    Nothing is written to the disk. Folders, links and hidden files are passed over. ``limit`` is left to those who
    read the files.

    Raises:
        SourceRefused: it is damaged, empty, or would unpack to more than is allowed.
    """
    size = document.file.seek(0, io.SEEK_END)
    with open_archive(document.file, size) as archive:
        empty = True
        for info in archive.infolist():
            name = _name(info)
            if info.is_dir() or _is_link(info) or _is_hidden(name):
                continue
            empty = False
            try:
                yield Document(
                    io.BytesIO(_bytes(archive, info, name)), f"{document.name}/{name}", f"{document.origin}#{name}"
                )
            except SourceRefused as error:
                yield Refusal(f"{document.name}/{name}", error.reason)
    if empty:
        raise SourceRefused("empty_archive")


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name: in UTF-8, whether the archive says so or not, else in the code page of Windows."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp850")
    return name.replace("\\", "/")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/") or posixpath.normpath(name) == ".":
        raise SourceRefused("name_leads_out")
    if info.flag_bits & _ENCRYPTED:
        raise SourceRefused("protected_in_archive")
    if info.file_size > MOST_BYTES:
        raise SourceRefused("too_large_unpacked", megabytes=MOST_BYTES // 1_000_000)
    try:
        return unpacked(archive, info)
    except BROKEN as error:
        raise SourceRefused("damaged_in_archive") from error


def _is_link(info: zipfile.ZipInfo) -> bool:
    return info.external_attr >> 28 == _LINK


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part != ".." or part == "__MACOSX" for part in name.split("/"))

"""Sources -> Articles: the one door through which articles come in, whatever their form."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SourceRefused
from index.loaders.captions import load_plain_text
from index.loaders.dispatch import read
from index.loaders.document import Document
from index.loaders.forms import EXPECTED, HEAD, SUFFIXES, form_of
from index.loaders.note import Note
from index.loaders.refusal import Refusal
from index.loaders.text import load_text, printable
from index.models import Article
from index.reason import Reason

__all__ = ["Note", "Refusal", "load", "load_document", "load_plain_text", "load_text", "sources"]

_PlainPath = Path if TYPE_CHECKING else type(Path())


class _LinkOut(_PlainPath):  # type: ignore[misc,valid-type,unused-ignore]
    """A link that stands in a folder and leads out of it: whoever gave the folder need not know where to."""


def load(path: Path, limit: int) -> Iterator[Article | Refusal | Note]:
    """Yield the articles of a file, a refusal for each part of it, or the whole, that gives none, and notes.

    Nothing about the file is raised: whatever is wrong with it is a refusal, and others are not affected.

    Args:
        path: a file, as ``sources`` finds them.
        limit: the most characters that an article may have.
    """
    name = printable(str(path))
    try:
        if _is_out(path):
            raise SourceRefused("link_out")
        _refuse_no_file(path)
        form = form_of(path.name)
        with path.open("rb") as file:
            yield from read(form, Document(file, name, origin=printable(str(path.resolve()))), limit)
    except SourceRefused as error:
        yield Refusal(name, error.reason)
    except OSError as error:
        yield Refusal(name, Reason("unreadable", {"why": error.strerror or str(error)}))


def load_document(
    data: bytes, name: str, kind: str | None, *, origin: str, url: str | None = None, limit: int
) -> Iterator[Article | Refusal | Note]:
    """Yield the articles of a document's bytes, a refusal for each part of it that gives none, and notes.

    Nothing about the document is raised. Many articles (a feed's, a table's) have origins of their own.

    Args:
        data: the document, whole.
        name: what refusals call it, and the articles' key when it tells no other: a file's name, or the last
            part of an address. Its suffix tells the form when ``kind`` does not.
        kind: its media type as a server says it ("text/html; charset=utf-8"), None when it is not known.
        origin: where a new version of it would come from.
        url: the address it has on the web; links in it are read from there.
        limit: the most characters that an article may have.
    """
    document = Document(io.BytesIO(data), printable(name), printable(origin), url, _charset(kind))
    try:
        yield from read(form_of(name, kind or "", data[:HEAD]), document, limit)
    except SourceRefused as error:
        yield Refusal(document.name, error.reason)


def sources(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to load: those named, whatever they are, and those of the folders named, sorted.

    In a folder and its folders, hidden files are passed over, and so are those that are no articles
    (pictures, programs); documents in a form that is not read come along, for ``load`` to refuse by name.
    Links to folders are not followed: they may lead in a circle. A link that leads out of the folder named comes
    along, for ``load`` to refuse; one that is itself named is followed.
    """
    for path in paths:
        yield from _in_folder(path, path.resolve()) if _is_folder(path) and not _is_out(path) else [path]


def _is_out(path: Path) -> bool:
    return isinstance(path, _LinkOut)


def _in_folder(folder: Path, whole: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder  # refused by ``load``, with the reason
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from _at(entry, whole)


def _at(entry: Path, whole: Path) -> Iterator[Path]:
    is_folder = _is_folder(entry)
    if not is_folder and entry.suffix.lower() not in SUFFIXES and entry.suffix.lower() not in EXPECTED:
        return
    if _leads_out(entry, whole):
        yield _LinkOut(entry)
    elif not is_folder:
        yield entry
    elif not entry.is_symlink():
        yield from _in_folder(entry, whole)


def _leads_out(path: Path, folder: Path) -> bool:
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # in a circle: ``load`` tells
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # too long a name, say: ``load`` tells
        return False


def _refuse_no_file(path: Path) -> None:
    if path.is_dir():
        raise SourceRefused("unlisted_folder")
    if not path.exists():
        raise SourceRefused("no_file")
    if not path.is_file():
        raise SourceRefused("device")


def _charset(kind: str | None) -> str | None:
    message = Message()
    message["Content-Type"] = kind or ""
    return message.get_content_charset()

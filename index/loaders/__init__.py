"""Sources -> Articles: the one door through which articles come in, whatever their form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from index.errors import SourceRefused
from index.loaders.jsonl import load_jsonl_file
from index.loaders.refusal import Refusal
from index.loaders.text import load_text, load_text_file, printable
from index.models import Article

__all__ = ["Refusal", "load", "load_text", "sources"]

Loader = Callable[[Path, int], Iterator[Article | Refusal]]

LOADERS: Mapping[str, Loader] = {".txt": load_text_file, ".md": load_text_file, ".jsonl": load_jsonl_file}
"""What reads a file, by its suffix; a new form of article is a new row."""

EXPECTED = frozenset(
    [
        ".csv",
        ".doc",
        ".docx",
        ".eml",
        ".epub",
        ".htm",
        ".html",
        ".json",
        ".markdown",
        ".mhtml",
        ".odt",
        ".pdf",
    ]
    + [".pptx", ".rtf", ".text", ".xml", ".zip"]
)
"""Suffixes of what a reader may take for articles: in a folder they are refused, not passed over."""


def load(path: Path, limit: int) -> Iterator[Article | Refusal]:
    """Yield the articles of a file, and a refusal for each part of it, or the whole, that gives none.

    Nothing about the file is raised: whatever is wrong with it is a refusal, and others are not affected.

    Args:
        path: a file, as ``sources`` finds them.
        limit: the most characters that an article may have.
    """
    try:
        yield from _loader(path)(path, limit)
    except SourceRefused as error:
        yield Refusal(printable(str(path)), str(error))
    except OSError as error:
        yield Refusal(printable(str(path)), f"it cannot be read: {error.strerror or error}.")


def sources(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to load: those named, whatever they are, and those of the folders named, sorted.

    In a folder and its folders, hidden files are passed over, and so are those that are no articles
    (pictures, programs); documents in a form that is not read come along, for ``load`` to refuse by name.
    Links to folders are not followed: they may lead in a circle.
    """
    for path in paths:
        yield from _in_folder(path) if _is_folder(path) else [path]


def _in_folder(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder  # refused by ``load``, with the reason
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from [] if entry.is_symlink() else _in_folder(entry)
        elif entry.suffix.lower() in LOADERS or entry.suffix.lower() in EXPECTED:
            yield entry


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # too long a name, say: ``load`` tells
        return False


def _loader(path: Path) -> Loader:
    if path.is_dir():
        raise SourceRefused("it is a folder that cannot be listed. Check who may read it.")
    if not path.exists():
        raise SourceRefused("there is no such file. Check its name.")
    if not path.is_file():
        raise SourceRefused("it is a device or a pipe. Give a file.")
    *others, last = LOADERS
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        kind = f"{path.suffix} files are" if path.suffix else "a file without a suffix is"
        raise SourceRefused(f"{kind} not read. Use {', '.join(others)} or {last}.")
    return loader

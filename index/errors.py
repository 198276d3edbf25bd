"""What can go wrong with the index, by what the caller can do about it.

IndexingError
├── SourceRefused      skip this source, go on with the others
├── ReadingStopped     read nothing more: the program is being ended
├── ArticleNotFound    name another article
├── JobNotFound        name another job
├── CorrectionRefused  correct something else, or otherwise
├── QueryRefused       write the query otherwise
├── SettingsError      correct the settings, start again
├── ModelError         repair the installation or correct the model's setting, start again
└── StoreError         the data directory cannot be used as it is; nothing was changed
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from index.reason import Reason, Value

LONGEST_VALUE = 120
"""In characters: what an error quotes of a value that somebody gave."""


class IndexingError(Exception):
    """Base of all errors of the index; its message is one line: the value, the rule, the next step."""


class Reasoned(IndexingError):
    """An error that can be told in any language.

    Attributes:
        reason: why, to be told in any language; the message is what it is in English.
    """

    def __init__(self, kind: str, /, **values: Value) -> None:
        """Take a kind of ``index.reason.Reason``, and its values."""
        self.reason = Reason(kind, values)
        super().__init__(self.reason)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), self.reason.kind, **self.reason.values), ()


class SourceRefused(Reasoned):
    """A source holds no article that can be read; the others are not affected."""


class QueryRefused(Reasoned):
    """A query of the exact search cannot be read."""


class ReadingStopped(IndexingError):
    """Documents are no longer read, as the program is being ended; this one is neither taken nor refused."""


class ArticleNotFound(IndexingError):
    """No article, or more than one, has that name."""


class JobNotFound(IndexingError):
    """No job has that id, or none that can be changed so."""


class CorrectionRefused(IndexingError):
    """What is to be corrected is not there, or cannot be so."""


class SettingsError(IndexingError):
    """A setting is unknown or malformed."""


class ModelError(IndexingError):
    """A model cannot be built or loaded, or is not the one that made the stored vectors."""


class StoreError(IndexingError):
    """The catalog or the vector index cannot be opened, read or written."""


def shortened(value: str) -> str:
    """Return a value as an error quotes it: whole up to ``LONGEST_VALUE`` characters, else its beginning and end."""
    if len(value) <= LONGEST_VALUE:
        return value
    end = LONGEST_VALUE // 3  # of a path, the name
    return f"{value[: LONGEST_VALUE - end - 1]}…{value[-end:]}"


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the system cannot do with a path into a ``StoreError``."""
    try:
        yield
    except OSError as error:
        if isinstance(error, TimeoutError) and error.errno is None:
            raise  # a lock that somebody else holds, no error of the disk
        raise StoreError(f"{path}: {error.strerror or error}. It must be writable, on a disk with space.") from error

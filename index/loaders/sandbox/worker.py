"""The process that reads foreign forms: documents in by standard input, what they hold out by standard output."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from pkgutil import resolve_name
from typing import BinaryIO

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.forms import FORMS, SCAN, Form
from index.loaders.sandbox.confinement import allow_seconds, confine
from index.loaders.sandbox.frames import Found, Task, receive_task, send_end, send_found

MEMORY = 2_000_000_000
"""How many bytes the process may take, where the system lets one say so."""

Reader = Callable[[Document, int], Iterator[Found]]

READERS: Mapping[Form, Reader] = {form.name: resolve_name(form.reader) for form in FORMS if form.reader}
"""What reads each form, imported with this module: once the process is confined, it may no longer find them."""


_ONE_BY_ONE: tuple[Form, ...] = ("ZIP", SCAN)
"""Forms that hold more than is to be held at once."""


def read_guarded(form: Form, document: Document, limit: int) -> Iterator[Found]:
    """Yield what a document holds: that of an archive and pictures one by one, all of another's at once.

    Raises:
        SourceRefused: it gives nothing, whatever its reader does.
    """
    try:
        found = READERS[form](document, limit)
        yield from found if form in _ONE_BY_ONE else list(found)
    except SourceRefused:
        raise
    except MemoryError:
        raise SourceRefused("too_much_memory", gigabytes=MEMORY // 1_000_000_000) from None
    except Exception as error:
        # The outermost door: libraries fail in any way on broken documents.
        logging.getLogger(__name__).debug("%s: %s", document.name, form, exc_info=True)
        raise SourceRefused("damaged_document", form=form) from error


def main() -> None:
    """Read documents until there are no more."""
    seconds = int(sys.argv[1])
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # some libraries print
    warnings.simplefilter("ignore")
    confine(MEMORY)
    while told := receive_task(sys.stdin.buffer):
        # Should whoever asks be killed, nobody else ends a reader that runs wild.
        allow_seconds(seconds + 10)
        _answer(out, *told)


def _answer(out: BinaryIO, task: Task, document: Document) -> None:
    reason = None
    try:
        for found in read_guarded(task.form, document, task.limit):
            send_found(out, found)
    except SourceRefused as error:
        reason = error.reason
    send_end(out, reason)


if __name__ == "__main__":
    main()

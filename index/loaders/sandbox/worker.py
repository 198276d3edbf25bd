"""The process that reads foreign forms: documents in by standard input, what they hold out by standard output."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.docx import read_docx
from index.loaders.epub import read_epub
from index.loaders.feed import read_feed
from index.loaders.forms import Form
from index.loaders.html import read_html
from index.loaders.mail import read_mail
from index.loaders.mhtml import read_mhtml
from index.loaders.odt import read_odt
from index.loaders.pdf.reader import read_pdf
from index.loaders.rtf import read_rtf
from index.loaders.sandbox.confinement import allow_seconds, confine
from index.loaders.sandbox.frames import Found, Task, receive_task, send_end, send_found
from index.loaders.table import read_table
from index.loaders.zipped import unzip

MEMORY = 2_000_000_000
"""How many bytes the process may take, where the system lets one say so."""

Reader = Callable[[Document, int], Iterator[Found]]

READERS: Mapping[Form, Reader] = {
    "HTML": read_html,
    "MHTML": read_mhtml,
    "PDF": read_pdf,
    "DOCX": read_docx,
    "ODT": read_odt,
    "RTF": read_rtf,
    "EPUB": read_epub,
    "mail": read_mail,
    "feed": read_feed,
    "CSV": read_table,
    "ZIP": lambda document, limit: unzip(document),
}
"""What reads each form; a new form is a new row here and one in ``forms.py``."""


def read_guarded(form: Form, document: Document, limit: int) -> Iterator[Found]:
    """Yield what a document holds: that of an archive one by one, all of another's at once.

    Raises:
        SourceRefused: it gives nothing, whatever its reader does.
    """
    try:
        found = READERS[form](document, limit)
        yield from found if form == "ZIP" else list(found)
    except SourceRefused:
        raise
    except MemoryError:
        raise SourceRefused("too_much_memory", gigabytes=MEMORY // 1_000_000_000) from None
    except Exception as error:
        # The outermost door: libraries fail in any way on broken documents.
        logging.getLogger(__name__).debug("%s: %s", document.name, form, exc_info=True)
        raise SourceRefused("damaged_document", form=form, error=type(error).__name__) from error


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

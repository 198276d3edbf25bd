"""The process that reads foreign forms: documents in by standard input, what they hold out by standard output."""

from __future__ import annotations

import faulthandler
import io
import logging
import os
import pickle
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping

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
from index.loaders.pdf import read_pdf
from index.loaders.refusal import Refusal
from index.loaders.rtf import read_rtf
from index.loaders.table import read_table
from index.models import Article

MEMORY = 2_000_000_000
"""How many bytes the process may take, where the system lets one say so."""

Reader = Callable[[Document, int], Iterator[Article | Refusal | Document]]

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
}
"""What reads each form; a new form is a new row here and one in ``forms.py``."""


def read_guarded(form: Form, document: Document, limit: int) -> list[Article | Refusal | Document] | str:
    """Return what a document holds, or, in one line, why it gives nothing; whatever its reader does."""
    try:
        return list(READERS[form](document, limit))
    except SourceRefused as error:
        return str(error)
    except MemoryError:
        return f"reading it takes more than {MEMORY // 1_000_000_000} GB of memory. Split it, or give its text."
    except Exception as error:  # noqa: BLE001 - the outermost door: libraries fail in any way on broken documents
        logging.getLogger(__name__).debug("%s: %s", document.name, form, exc_info=True)
        told = f"it is a damaged {form} document, or none ({type(error).__name__} while reading it)."
        return f"{told} Save it anew, or give its text."


def main() -> None:
    """Read documents until there are no more."""
    seconds = int(sys.argv[1])
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # some libraries print
    _bound_memory()
    warnings.simplefilter("ignore")
    while True:
        try:
            form, data, name, origin, url, charset, limit = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        # Should whoever asks be killed, nobody else ends a reader that runs wild.
        faulthandler.dump_traceback_later(seconds + 10, exit=True)
        found = read_guarded(form, Document(io.BytesIO(data), name, origin, url, charset), limit)
        faulthandler.cancel_dump_traceback_later()
        pickle.dump(found, out, pickle.HIGHEST_PROTOCOL)
        out.flush()


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: time alone is bounded
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most), most))


if __name__ == "__main__":
    main()

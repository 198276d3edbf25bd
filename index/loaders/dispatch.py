"""A document in a known form -> Articles, those of the documents within it too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.forms import EXPECTED, HEAD, SCAN, SUBTITLES, SUFFIXES, Form, form_of
from index.loaders.jsonl import read_jsonl
from index.loaders.letters import rightly_decoded
from index.loaders.note import Note
from index.loaders.pdf.recognition import recognised_languages
from index.loaders.pdf.scan import read_scan
from index.loaders.plain_text import read_text
from index.loaders.refusal import Refusal
from index.loaders.sandbox.client import read_confined
from index.loaders.sandbox.frames import Found
from index.models import Article
from index.reason import Reason

_DEEPEST = 2
"""A document attached to a mail in an archive is read, and none that lies deeper."""


def read(form: Form, document: Document, limit: int, depth: int = 0) -> Iterator[Article | Refusal | Note]:
    """Yield the articles of a document, a refusal for each part of it that gives none, and what is to be told beside.

    Args:
        form: what the document is in.
        document: the document.
        limit: the most characters that an article may have.
        depth: how many documents it lies within.

    Raises:
        SourceRefused: the document as a whole gives none.
    """
    mended = None
    for found in _read(form, document, limit, depth):
        right = rightly_decoded(found) if isinstance(found, Article) and not depth else None
        mended = mended or right
        yield right or found
    if mended:
        yield Note(document.name, Reason("letters_mended", {"example": mended.title}))


def _read(form: Form, document: Document, limit: int, depth: int) -> Iterator[Article | Refusal | Note]:
    nothing = True
    for found in _found(form, document, limit, depth):
        if isinstance(found, Document):
            for inner in _within(found, limit, depth + 1):
                nothing = False
                yield inner
        else:
            nothing = False
            yield found
    if nothing:
        raise SourceRefused("nothing_read")


def _found(form: Form, document: Document, limit: int, depth: int) -> Iterator[Found]:
    match form:
        case "text" if subtitles := _subtitles(document):
            yield from read_confined(subtitles, document, limit)
        case "text":
            yield from read_text(document, limit)
        case "PDF":
            yield from _pdf(document, limit)
        case "JSON lines":
            yield from read_jsonl(document, limit)
        case "ZIP" if depth:
            raise SourceRefused("archive_within")
        case _:
            yield from read_confined(form, document, limit)


def _pdf(document: Document, limit: int) -> Iterator[Found]:
    """Yield what a PDF holds; where it has pictures of text alone, the words that are recognised in them."""
    begin = document.file.tell()
    try:
        yield from read_confined("PDF", document, limit)
    except SourceRefused as error:
        if error.reason.kind != "no_text_layer" or not recognised_languages():
            raise
        document.file.seek(begin)
        yield from read_scan(read_confined(SCAN, document, limit), document, limit)


def _subtitles(document: Document) -> Form | None:
    """Return the form of subtitles that were given as a text, None when it is any other text."""
    at = document.file.tell()
    head = document.file.read(HEAD)
    document.file.seek(at)
    told = form_of("", "", head)
    return told if told in SUBTITLES else None


def _within(document: Document, limit: int, depth: int) -> Iterator[Article | Refusal | Note]:
    suffix = PurePosixPath(document.name).suffix.lower()
    if suffix not in SUFFIXES and suffix not in EXPECTED:
        return  # a picture, say, as in a folder
    try:
        if depth > _DEEPEST:
            raise SourceRefused("too_deep")
        yield from read(form_of(document.name), document, limit, depth)
    except SourceRefused as error:
        yield Refusal(document.name, error.reason)

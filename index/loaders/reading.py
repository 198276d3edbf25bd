"""A document in a known form -> Articles, those of the documents within it too."""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import SourceRefused
from index.loaders.document import Document
from index.loaders.forms import Form
from index.loaders.jsonl import read_jsonl
from index.loaders.refusal import Refusal
from index.loaders.text import read_text
from index.models import Article


def read(form: Form, document: Document, limit: int) -> Iterator[Article | Refusal]:
    """Yield the articles of a document, and a refusal for each part of it that gives none.

    Raises:
        SourceRefused: the document as a whole gives none.
    """
    match form:
        case "text":
            yield from read_text(document, limit)
        case "JSON lines":
            yield from read_jsonl(document, limit)
        case _:
            raise SourceRefused(f"{form} is not read yet.")

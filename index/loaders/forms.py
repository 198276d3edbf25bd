"""The forms in which articles come: suffix, media type or first bytes -> a form's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Literal

from index.errors import SourceRefused

Form = Literal["text", "JSON lines", "HTML", "PDF", "DOCX", "ODT", "RTF", "EPUB", "mail", "MHTML", "feed", "CSV", "ZIP"]

SUFFIXES: Mapping[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".mhtml": "MHTML",
    ".mht": "MHTML",
    ".pdf": "PDF",
    ".docx": "DOCX",
    ".odt": "ODT",
    ".rtf": "RTF",
    ".epub": "EPUB",
    ".eml": "mail",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".csv": "CSV",
    ".tsv": "CSV",
    ".jsonl": "JSON lines",
    ".zip": "ZIP",
}
"""Which form a file is in, by its suffix in small letters."""

EXPECTED = frozenset(
    {".doc", ".json", ".mobi", ".msg", ".odp", ".ods", ".pages", ".pptx", ".tar", ".gz", ".xls", ".xlsx"}
)
"""Suffixes of what a reader may take for articles: in a folder they are refused, not passed over."""

MEDIA_TYPES: Mapping[str, Form] = {
    "text/html": "HTML",
    "application/xhtml+xml": "HTML",
    "multipart/related": "MHTML",
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/rtf": "RTF",
    "text/rtf": "RTF",
    "application/epub+zip": "EPUB",
    "message/rfc822": "mail",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "text/csv": "CSV",
    "text/tab-separated-values": "CSV",
    "application/jsonl": "JSON lines",
    "application/x-ndjson": "JSON lines",
    "application/zip": "ZIP",
    "application/x-zip-compressed": "ZIP",
    "text/markdown": "text",
}
"""Which form bytes are in, by what a server says of them; "text/plain" says too little."""

_UNTOLD = ("", "text/plain", "application/octet-stream", "binary/octet-stream")
_BEGINNINGS: tuple[tuple[re.Pattern[bytes], Form], ...] = (
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"\{\\rtf"), "RTF"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF)\b", re.I), "feed"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.I), "HTML"),
)
*_OTHERS, _LAST = SUFFIXES
_SUFFIXES = ", ".join(_OTHERS)
HEAD = 1_024
"""How many of its first bytes tell a document's form when nothing else does."""


def form_of(name: str, media_type: str | None = None, head: bytes = b"") -> Form:
    """Return the form of a document: by its media type, else its name's suffix, else its first bytes.

    Args:
        name: a path or an address.
        media_type: as a server says it ("text/html; charset=utf-8"), None when none does.
        head: the document's first ``HEAD`` bytes; where a media type says "text/plain" or nothing, they tell.

    Raises:
        SourceRefused: it is in none of the forms that are read.
    """
    told = (media_type or "").partition(";")[0].strip().lower()
    if told in MEDIA_TYPES:
        return MEDIA_TYPES[told]
    if told not in _UNTOLD:
        raise SourceRefused("media_type_not_read", media_type=told, suffixes=_SUFFIXES, last=_LAST)
    suffix = PurePosixPath(name).suffix
    if suffix.lower() in SUFFIXES:
        return SUFFIXES[suffix.lower()]
    if media_type is None:
        if not suffix:
            raise SourceRefused("no_suffix", suffixes=_SUFFIXES, last=_LAST)
        raise SourceRefused("suffix_not_read", suffix=suffix, suffixes=_SUFFIXES, last=_LAST)
    return next((form for beginning, form in _BEGINNINGS if beginning.match(head)), "text")

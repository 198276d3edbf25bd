"""The forms in which articles come: suffix, media type or first bytes -> a form's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.errors import SourceRefused

Form = str
"""The name of a form, as a row of ``FORMS`` gives it."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form that is read.

    Attributes:
        name: as a reader of the result sees it.
        suffixes: of its files, in lower case.
        reader: the function that reads it, "module:function"; the process that reads foreign forms imports it. None:
            ``dispatch`` reads it in this process.
        media_types: what a server says of it.
        beginning: matches the first bytes of a document in this form, where they can tell it.
    """

    name: Form
    suffixes: tuple[str, ...]
    reader: str | None
    media_types: tuple[str, ...] = ()
    beginning: re.Pattern[bytes] | None = None


SCAN: Form = "scan"
"""The pages of a PDF as pictures: no file says that it is one."""

_XML = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?"

FORMS: tuple[FormRow, ...] = (
    FormRow("text", (".txt", ".text"), None),
    FormRow("Markdown", (".md", ".markdown"), "index.loaders.markdown:read_markdown", ("text/markdown",)),
    FormRow(
        "HTML",
        (".html", ".htm", ".xhtml"),
        "index.loaders.html:read_html",
        ("text/html", "application/xhtml+xml"),
        re.compile(_XML + rb"<(?:!doctype html|html)\b", re.I),
    ),
    FormRow("MHTML", (".mhtml", ".mht"), "index.loaders.mhtml:read_mhtml", ("multipart/related",)),
    FormRow("PDF", (".pdf",), "index.loaders.pdf.reader:read_pdf", ("application/pdf",), re.compile(rb"%PDF-")),
    FormRow(SCAN, (), "index.loaders.pdf.pictures:read_pictures"),
    FormRow(
        "DOCX",
        (".docx",),
        "index.loaders.docx:read_docx",
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ),
    FormRow("ODT", (".odt",), "index.loaders.odt:read_odt", ("application/vnd.oasis.opendocument.text",)),
    FormRow("RTF", (".rtf",), "index.loaders.rtf:read_rtf", ("application/rtf", "text/rtf"), re.compile(rb"\{\\rtf")),
    FormRow("EPUB", (".epub",), "index.loaders.epub:read_epub", ("application/epub+zip",)),
    FormRow(
        "SubRip",
        (".srt",),
        "index.loaders.subtitles:read_srt",
        ("application/x-subrip", "text/srt"),
        re.compile(rb"(?:\xef\xbb\xbf)?\s*\d{1,6}\s*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{1,3} *--> *\d"),
    ),
    FormRow(
        "WebVTT",
        (".vtt",),
        "index.loaders.subtitles:read_vtt",
        ("text/vtt",),
        re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT\b"),
    ),
    FormRow("mail", (".eml",), "index.loaders.mail:read_mail", ("message/rfc822",)),
    FormRow("mailbox", (".mbox",), "index.loaders.mbox:read_mbox", ("application/mbox",)),
    FormRow(
        "feed",
        (".rss", ".atom", ".xml"),
        "index.loaders.feed:read_feed",
        ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
        re.compile(_XML + rb"<(?:rss|feed|rdf:RDF)\b", re.I),
    ),
    FormRow("CSV", (".csv", ".tsv"), "index.loaders.table:read_table", ("text/csv", "text/tab-separated-values")),
    FormRow(
        "XLSX",
        (".xlsx",),
        "index.loaders.workbook:read_workbook",
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    ),
    FormRow("JSON", (".json",), "index.loaders.json_array:read_json", ("application/json",)),
    FormRow("JSON lines", (".jsonl",), None, ("application/jsonl", "application/x-ndjson")),
    FormRow("ZIP", (".zip",), "index.loaders.zipped:unzip", ("application/zip", "application/x-zip-compressed")),
)
"""Every form that is read; a new form is a new row."""

SUFFIXES: Mapping[str, Form] = {suffix: form.name for form in FORMS for suffix in form.suffixes}
"""Which form a file is in, by its suffix in small letters."""

EXPECTED = frozenset({".doc", ".mobi", ".msg", ".odp", ".ods", ".pages", ".pptx", ".tar", ".gz", ".xls"})
"""Suffixes of what a reader may take for articles: in a folder they are refused, not passed over."""

SUBTITLES = ("SubRip", "WebVTT")
"""Forms that are recognised in a text, whatever its name: times between the words are nobody's words."""

MEDIA_TYPES: Mapping[str, Form] = {kind: form.name for form in FORMS for kind in form.media_types}
"""Which form bytes are in, by what a server says of them; "text/plain" says too little."""

_UNTOLD = ("", "text/plain", "application/octet-stream", "binary/octet-stream")
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
    return next((form.name for form in FORMS if form.beginning and form.beginning.match(head)), "text")

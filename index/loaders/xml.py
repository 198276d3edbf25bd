"""Bytes of XML -> a refusal, when they could stand for more than they are."""

from __future__ import annotations

import codecs
import re

from index.errors import SourceRefused

_ENCODINGS = frozenset(
    ("utf-8", "utf-8-sig", "ascii", "utf-16", "utf-16-le", "utf-16-be", "iso8859-1", "iso8859-15")
    + tuple(f"cp{page}" for page in range(1250, 1259))
)
"""Those in which letters of ASCII stand for themselves, and UTF-16: in them a search for a mark finds it."""

_OTHERS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    b"<\0\0\0": "UTF-32",
    b"\0\0\0<": "UTF-32",
    b"\x4c\x6f\xa7\x94": "EBCDIC",
    b"+/v": "UTF-7",
}
_DECLARED = re.compile(r"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']?\s*([^\s\"'?>]{1,40})", re.I)
_HEAD = 1_024


def refuse_unfit_xml(xml: bytes, charset: str | None = None) -> None:
    """Refuse XML that defines entities, or whose encoding could hide that it does.

    A few lines of entities can stand for gigabytes, or for a file of this machine.

    Args:
        xml: the document.
        charset: the encoding that its sender declared, None when none was.

    Raises:
        SourceRefused: it is so.
    """
    for encoding in (charset, _declared(xml[:_HEAD]), _detected(xml)):
        if encoding and _canonical(encoding) not in _ENCODINGS:
            raise SourceRefused("xml_encoding", encoding=encoding)
    if any("<!ENTITY".encode(encoding) in xml for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise SourceRefused("xml_entities")


def _declared(head: bytes) -> str | None:
    # In UTF-16, every other byte of the declaration is null.
    found = _DECLARED.search(head.replace(b"\0", b"").decode("latin-1"))
    return found[1] if found else None


def _detected(xml: bytes) -> str | None:
    return next((encoding for mark, encoding in _OTHERS.items() if xml.lstrip().startswith(mark)), None)


def _canonical(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return encoding

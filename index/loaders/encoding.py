"""Bytes of a text file -> its characters, or a refusal; nothing is ever replaced by a question mark."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from index.errors import SourceRefused

MOST_BYTES = 4
"""How many bytes a character takes at most, in any encoding that is read."""

SAMPLE = 50_000
"""How many bytes on each side of the first that is not UTF-8 tell the encoding."""

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    # Before UTF-16: its little-endian mark begins like this one.
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_LATIN = frozenset(("cp1250", "cp1252", "iso8859-1", "iso8859-2", "iso8859-9", "iso8859-15", "mac-roman", "cp850"))
# What running text is made of: in a text of another encoding, capitals stand behind small letters, or signs of sums.
_PROSE = re.compile(r"(?:[\t\n\r -~\u00a0«»‘’‚“”„–—…•€£§°à-öø-ÿßœ]|(?<![a-zà-öø-ÿœ])[À-ÖØ-ÜŒŸ])*")
_BEYOND_LATIN_1 = re.compile(rb"[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters that bytes stand for.

    Attributes:
        encoding: as a reader would say it ("Windows-1252"), None for UTF-8.
    """

    text: str
    encoding: str | None = None


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """Return the text that the bytes of a file stand for, its byte order mark dropped.

    UTF-8 (strictly), UTF-16 and UTF-32 with a mark, UTF-16 without, then Windows-1252 and Mac Roman. A text is said
    to be in Latin-1 when it holds none of the characters that Windows-1252 has beyond it.

    Args:
        data: the whole file.
        charset: what its sender says the encoding is; it counts when the bytes bear it out. Bytes that are
            declared to be in an encoding of Latin letters and are UTF-8 are UTF-8.

    Raises:
        SourceRefused: the bytes are no text, or a text in an encoding that is not read.
    """
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return _decode(data[len(bom) :], encoding)
    if charset and (declared := _as_declared(data, charset)):
        return declared
    if b"\0" in data:
        return _decode(data, _utf16_without_mark(data))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error.start)
        return _decode(data, _single_byte(data, data[max(0, error.start - SAMPLE) : error.start + SAMPLE]))


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 that holds more than ASCII: no text in another encoding looks so by chance."""
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def mended(text: str) -> str:
    """Return a text that a library decoded as it was declared: as UTF-8, where it was that ("crÃ¨ches")."""
    for encoding in ("latin-1", "cp1252"):
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if is_utf8(data):
            return data.decode("utf-8")
    return text


def _as_declared(data: bytes, charset: str) -> Decoded | None:
    try:
        encoding = codecs.lookup(charset).name
        if encoding in _LATIN and is_utf8(data):
            return None  # a program that declares the one for all it sends
        text = data.decode(encoding)
    except (LookupError, ValueError):  # no encoding, or not this one
        return None
    return None if "\0" in text else Decoded(text, _name(encoding))


def _decode(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), _name(encoding))
    except UnicodeDecodeError as error:
        raise SourceRefused("invalid_bytes", encoding=encoding.upper(), byte=error.start) from error


def _name(encoding: str) -> str | None:
    names = {
        "utf-8": None,
        "ascii": None,
        "cp1252": "Windows-1252",
        "latin-1": "Latin-1",
        "iso8859-1": "Latin-1",
        "mac-roman": "Mac Roman",
    }
    return names.get(encoding, encoding.upper().removesuffix("-LE").removesuffix("-BE"))


def _utf16_without_mark(data: bytes) -> str:
    # In Latin letters every other byte of UTF-16 is null.
    high, low = data[0::2].count(0), data[1::2].count(0)
    if max(high, low) * 4 > len(data) and min(high, low) * 20 < max(high, low):
        return "utf-16-be" if high > low else "utf-16-le"
    raise SourceRefused("null_bytes")


def _refuse_damaged_utf8(data: bytes, at: int) -> None:
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if sum(not char.isascii() for char in text) > 2 * damaged:
        raise SourceRefused("damaged_utf8", byte=at)


def _single_byte(data: bytes, sample: bytes) -> str:
    """Return the encoding of Latin letters, a byte each, that a text is in, of those that are read."""
    of_windows = _PROSE.fullmatch(sample.decode("cp1252", "replace"))
    if not of_windows and _PROSE.fullmatch(sample.decode("mac-roman")):
        return "mac-roman"
    if of_windows or charset_normalizer.from_bytes(sample, cp_isolation=["cp1252"]).best():
        return "cp1252" if _BEYOND_LATIN_1.search(data) else "latin-1"
    # Only asked for the message: between Latin encodings its first choice is too often a rare one.
    likeliest = charset_normalizer.from_bytes(sample).best()
    if likeliest:
        raise SourceRefused("other_encoding", encoding=likeliest.encoding)
    raise SourceRefused("unknown_encoding")

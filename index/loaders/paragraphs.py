"""Paragraphs taken out of a document -> the text of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable

BREAK = "\n\n"
"""What stands between two paragraphs."""

# NEL and the separators of lines and paragraphs are line ends that few programs know.
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# A soft hyphen behind "Ã" is half of an "í" that was wrongly decoded.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff\ufeff\ufffe\uffff]|(?<!Ã)\u00ad")
_SPACES = re.compile(r"[ \t]+")
_AROUND_BREAKS = re.compile(r"[ \t]*\n[ \t]*")


def clean(paragraph: str) -> str:
    """Return a paragraph without control characters, soft hyphens and needless spaces; its lines stay lines."""
    paragraph = _NO_TEXT.sub("", _LINE_ENDS.sub("\n", paragraph))
    return _AROUND_BREAKS.sub("\n", _SPACES.sub(" ", paragraph)).strip()


def joined(paragraphs: Iterable[str]) -> str:
    """Return the text of some paragraphs, empty ones left out."""
    return BREAK.join(filter(None, map(clean, paragraphs)))

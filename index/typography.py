"""Typography-blind reading: a shadow text of the same length, and equality of words."""

from __future__ import annotations

import re
import unicodedata

NO_BREAK_SPACES = "\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2005"
APOSTROPHES = "’ʼ‛′´`‘"
_SHADOW = str.maketrans(
    {c: " " for c in NO_BREAK_SPACES + "\t"} | {c: "'" for c in APOSTROPHES} | dict.fromkeys("–—‒―−‐‑", "-")
)
_MARKS = dict.fromkeys(map(ord, "«»“”„‟\"'‹›"), " ")


def shadow(text: str) -> str:
    """Return the text with plain spaces, apostrophes and dashes, one character for one.

    Offsets into the shadow are offsets into the text. Quotation marks stay as they are: telling them apart is
    the work of ``index.quotations.marks``. ‘ counts as an apostrophe here.
    """
    return text.translate(_SHADOW)


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with plain punctuation (the length may change)."""
    plain = unicodedata.normalize("NFKD", shadow(text).casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(text: str) -> str:
    """Return the text's folded words joined by one space: equal for texts that differ in typography alone."""
    return " ".join(re.findall(r"\w+", fold(text).translate(_MARKS)))

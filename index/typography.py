"""Typography-blind reading: a shadow text of the same length, and equality of words."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse

NO_BREAK_SPACES = "\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2005"
APOSTROPHES = "’ʼ‛′´`‘"
_SHADOW = str.maketrans(
    {c: " " for c in NO_BREAK_SPACES + "\t"} | {c: "'" for c in APOSTROPHES} | dict.fromkeys("–—‒―−‐‑", "-")
)
# Letters that Unicode does not take apart, as readers type them without their key.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_JOINERS = frozenset("\u200d\uff9e\uff9f")
_MARKS = dict.fromkeys(map(ord, "«»“”„‟\"'‹›"), " ")


def shadow(text: str) -> str:
    """Return the text with plain spaces, apostrophes and dashes, one character for one.

    Offsets into the shadow are offsets into the text. Quotation marks stay as they are: telling them apart is
    the work of ``index.text.marks``. ‘ counts as an apostrophe here.
    """
    return text.translate(_SHADOW)


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with plain punctuation (the length may change)."""
    if text.isascii():
        return shadow(text).lower()
    plain = unicodedata.normalize("NFKD", shadow(text).casefold().translate(_LETTERS))
    return "".join(filterfalse(unicodedata.combining, plain))


def words(text: str) -> str:
    """Return the text's folded words joined by one space: equal for texts that differ in typography alone."""
    return " ".join(re.findall(r"\w+", fold(text).translate(_MARKS)))


def may_cut(text: str, at: int, start: int = 0) -> bool:
    """Tell whether a slice may begin at ``at``: no combining accent, emoji or CR LF is torn apart.

    The common cases of grapheme clusters (Unicode's UAX #29). ``start`` is a position not after ``at`` where
    a slice is known to begin: flags, which are pairs of letters, are counted from there.
    """
    if at <= start or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if before == "\u200d" or (before == "\r" and after == "\n"):
        return False
    if _is_flag_letter(before) and _is_flag_letter(after):
        first = at
        while first > start and _is_flag_letter(text[first - 1]):
            first -= 1
        return (at - first) % 2 == 0
    return not _extends(after)


def _extends(char: str) -> bool:
    return (
        char in _JOINERS
        or unicodedata.category(char).startswith("M")
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= char <= "\U000e007f"  # tags of regional flags
        or "\u1160" <= char <= "\u11ff"  # Hangul vowels and finals
    )


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"

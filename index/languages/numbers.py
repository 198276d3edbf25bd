"""The numbers that a text names, in figures or in words: "2 millions" and "deux millions" are one."""

from __future__ import annotations

import re

from text_to_num import alpha2digit

from index.languages.data_files import languages, table
from index.typography import shadow

SMALL = 1.0
"""Numbers above this are told in figures even where they stand alone."""
_THOUSANDS = re.compile(r"(?<=\d)[ ,.](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SCALED = re.compile(r"(\d+(?:[.,]\d+)?) (1000(?:000)*)(?!\d)")


def numbers(text: str, lang: str) -> frozenset[float]:
    """Return the numbers of a text; "one" and its like are mostly articles, and left out."""
    plain = _THOUSANDS.sub("", in_figures(text.lower(), lang))
    plain = _SCALED.sub(lambda match: f"{_value(match[1]) * int(match[2]):.12g}", plain)
    return frozenset(value for number in _NUMBER.findall(plain) if (value := _value(number)) != 1)


def in_figures(text: str, lang: str) -> str:
    """Return a text with plain spaces, its numbers in figures, those after a decimal number apart: "4,6 1000000"."""
    plain = shadow(text)
    if lang not in languages():
        return plain
    percent = table(lang, "claims")["claims"]["percent"]
    written: str = alpha2digit(re.sub(percent, "%", plain, flags=re.IGNORECASE), lang, threshold=SMALL)
    return written


def _value(number: str) -> float:
    return float(number.replace(",", "."))

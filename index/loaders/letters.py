"""A text as it came -> the same with each letter whole: composed, unbroken, and in the encoding it was written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

import ftfy
from ftfy.badness import badness

from index.models import Article, content_id

# Hyphens and spaces of no width, which part words where nobody sees it. A hyphen behind "Ã" is half of an "í" that was
# wrongly decoded; joiners have a meaning in other scripts than the Latin, and in emoji.
_UNSEEN = re.compile("(?<!Ã)\u00ad|[\u200b\u2060\ufeff\u034f]|(?<=[A-Za-zÀ-ɏ])[\u200c\u200d](?=[A-Za-zÀ-ɏ])")
_FEWEST = 2
"""One sequence that looks wrongly decoded may be a letter on its own, as in “Â”."""

_ENCODING_ALONE = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    replace_lossy_sequences=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)


def composed(text: str, begins: Sequence[int] = ()) -> tuple[str, list[int]]:
    """Return a text with accents on their letters (NFC) and nothing unseen within words, and the places anew.

    Args:
        text: any.
        begins: places in it.
    """
    if unicodedata.is_normalized("NFC", text) and not _UNSEEN.search(text):
        return text, list(begins)
    cuts = [0, *sorted({*begins} - {0}), len(text)]
    whole, anew = "", {}
    for begin, end in pairwise(cuts):
        anew[begin] = len(whole)
        whole += _composed(text[begin:end])
    return whole, [anew[begin] for begin in begins]


def rightly_decoded(article: Article) -> Article | None:
    """Return an article whose letters were decoded wrongly before it came ("Ã©"), mended; None for any other."""
    if badness(article.text) < _FEWEST:
        return None
    text = _decoded(article.text)
    if text == article.text:
        return None
    begins = [len(_decoded(article.text[:begin])) for begin in article.pages]
    seconds = [(len(_decoded(article.text[:begin])), second) for begin, second in article.times]
    return replace(
        article,
        id=content_id(text),
        text=text,
        title=_decoded(article.title),
        source=article.source and _decoded(article.source),
        author=article.author and _decoded(article.author),
        pages=tuple(begins),
        times=tuple(seconds),
    )


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def _decoded(text: str) -> str:
    """Return a text with its letters mended; as it is when that would bring in letters of another script."""
    mended = ftfy.fix_text(text, _ENCODING_ALONE)
    return mended if _are_latin(set(mended) - set(text)) else text


def _are_latin(letters: Set[str]) -> bool:
    return all(not each.isalnum() or unicodedata.name(each, "").startswith("LATIN") for each in letters)

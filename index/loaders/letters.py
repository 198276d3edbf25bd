"""A text as it came -> the same with each letter whole: composed, unbroken, and in the encoding it was written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from itertools import accumulate, pairwise

import ftfy
from ftfy.badness import badness

from index.languages.detection import detect_language
from index.models import Article, content_id

# Hyphens and spaces of no width, which part words where nobody sees it. A hyphen behind "Ã" is half of an "í" that was
# wrongly decoded; joiners have a meaning in other scripts than the Latin, and in emoji.
_UNSEEN = re.compile("(?<!Ã)\u00ad|[\u200b\u2060\ufeff\u034f]|(?<=[A-Za-zÀ-ɏ])[\u200c\u200d](?=[A-Za-zÀ-ɏ])")
_COMMON = re.compile("[\\t\\n -~\u00a0-\u017f\u1e00-\u1eff]|[^\\w\0-\u017f]")
"""Latin letters, those of Vietnamese among them, and signs that are no controls."""
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
    return _changed(text, begins, _composed)


def rightly_decoded(article: Article) -> Article | None:
    """Return an article whose letters were decoded wrongly before it came ("Ã©"), mended; None for any other."""
    if badness(article.text) < _FEWEST:
        return None
    places = [*article.pages, *(begin for begin, _ in article.times)]
    text, begins = _changed(article.text, places, _decoded)
    if text == article.text:
        return None
    pages = len(article.pages)
    told = article.lang != detect_language(article.text)
    return replace(
        article,
        id=content_id(text),
        text=text,
        lang=article.lang if told else detect_language(text),
        title=_line(article.title),
        source=article.source and _line(article.source),
        author=article.author and _line(article.author),
        pages=tuple(begins[:pages]),
        times=tuple(zip(begins[pages:], (second for _, second in article.times), strict=True)),
    )


def _changed(text: str, begins: Sequence[int], change: Callable[[str], str]) -> tuple[str, list[int]]:
    """Return a text whose parts between places are changed, each alone, and the places anew."""
    cuts = [0, *sorted({*begins} - {0}), len(text)]
    parts = [change(text[begin:end]) for begin, end in pairwise(cuts)]
    anew = dict(zip(cuts, accumulate(map(len, parts), initial=0), strict=True))
    return "".join(parts), [anew[begin] for begin in begins]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def _line(text: str) -> str:
    return " ".join(_decoded(text).split())


def _decoded(text: str) -> str:
    """Return a text with its letters mended and whole; as it is when that would bring in rare letters."""
    mended = _composed(ftfy.fix_text(text, _ENCODING_ALONE))
    return mended if _are_common(set(mended) - set(text)) else text


def _are_common(letters: Set[str]) -> bool:
    # A mark of quotation beside an accent ("»é") looks like one of the others, wrongly decoded.
    return all(_COMMON.fullmatch(each) for each in letters)

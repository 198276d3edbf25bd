"""A text, pasted or taken from a document -> Article."""

from __future__ import annotations

import re
from datetime import date

from index.errors import SourceRefused
from index.languages.detection import detect_language, language_code
from index.loaders.letters import composed
from index.models import Article, content_id

LONGEST_TITLE = 200
"""In characters; a longer first line is cut for display, never in the text."""

_WORD = re.compile(r"[^\W_]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
# They turn what stands around them on the page: a title that ends in "exe" reads as one that ends in "jpg".
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def load_text(
    text: str,
    *,
    key: str,
    title: str | None = None,
    lang: str | None = None,
    published: date | None = None,
    source: str | None = None,
    author: str | None = None,
    url: str | None = None,
    origin: str | None = None,
    form: str | None = None,
    pages: tuple[int, ...] = (),
    times: tuple[tuple[int, int], ...] = (),
    limit: int | None = None,
) -> Article:
    """Return the article that a text is: its line ends become LF, its letters are composed, nothing else changes.

    What is not told stays None, but for the title (then the first line that has a word) and the language
    (detected, unless ``lang`` is an ISO 639-1 code such as "fr" or "en-GB"). ``limit`` is the most characters
    allowed, None any number.

    Raises:
        SourceRefused: there are no words, null characters, lone surrogates, or more characters than allowed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_unfit(text, limit)
    text, begins = composed(text, [*pages, *(begin for begin, _ in times)])
    _refuse_unfit(text, limit)
    return Article(
        id=content_id(text),
        key=key,
        title=_display_title(title or "") or _first_line(text),
        text=text,
        lang=language_code(lang) or detect_language(text),
        published=published,
        source=_told(source),
        author=_told(author),
        url=url,
        origin=origin,
        form=form,
        pages=tuple(begins[: len(pages)]),
        times=tuple(zip(begins[len(pages) :], (second for _, second in times), strict=True)),
    )


def printable(name: str) -> str:
    """Return a file's name with "?" for what is not Unicode in it: the system allows any bytes there."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _refuse_unfit(text: str, limit: int | None) -> None:
    if limit is not None and len(text) > limit:
        raise SourceRefused("too_long", most=limit)
    if not text.strip():
        raise SourceRefused("empty")
    if "\0" in text or len(_CONTROL.findall(text)) * 50 > len(text):
        raise SourceRefused("control_characters")
    if not _WORD.search(text):
        raise SourceRefused("no_words")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceRefused("lone_surrogate", at=error.start) from error


def _first_line(text: str) -> str:
    word = _WORD.search(text)
    at = word.start() if word else 0
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return _display_title(re.sub(r"^\s{0,3}#{1,6}\s+", "", text[start : end if end >= 0 else None]))


def _told(written: str | None) -> str | None:
    return " ".join(composed(_TURNS.sub("", written or ""))[0].split()) or None


def _display_title(title: str) -> str:
    title = " ".join(composed(_TURNS.sub("", title[: 2 * LONGEST_TITLE]))[0].split())
    if len(title) <= LONGEST_TITLE:
        return title
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"

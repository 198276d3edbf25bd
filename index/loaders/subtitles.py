"""Subtitles (SubRip, WebVTT) -> an Article: a paragraph a turn, who speaks before it, and when each cue begins."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Literal

from pysubs2 import SSAFile
from pysubs2.exceptions import Pysubs2Error

from index.errors import SourceRefused
from index.loaders.cues import BRACKETED, LABEL, TURN, Row, joined
from index.loaders.document import Document
from index.loaders.encoding import decode
from index.loaders.paragraphs import clean
from index.loaders.text import load_text
from index.models import Article

_FORMATS = {"SubRip": "srt", "WebVTT": "vtt"}
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,200})>")
_TAG = re.compile(r"</?[a-zA-Z\d][^<>]{0,200}>|\{\\[^{}]{0,200}\}")
_TITLE = re.compile(r"\ufeff?WEBVTT[ \t]+-?[ \t]*(\S.*)")
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2})\b", re.M)
_HEAD = 1_000
_REPEATED = 2
_ROLLING = 0.3
"""The share of the cues that begin with the line before, from which captions are rolling."""


def read_srt(document: Document, limit: int) -> Iterator[Article]:
    """Yield the one article of subtitles in SubRip's form (see ``_read``)."""
    yield _read(document, "SubRip", limit)


def read_vtt(document: Document, limit: int) -> Iterator[Article]:
    """Yield the one article of subtitles in WebVTT's form (see ``_read``)."""
    yield _read(document, "WebVTT", limit)


def _read(document: Document, form: Literal["SubRip", "WebVTT"], limit: int) -> Article:
    """Return what is said, a paragraph a turn; numbers and times are left out, and kept as the places of the words.

    Lines that rolling captions show twice stand once. Raises ``SourceRefused`` when there are no subtitles in it.
    """
    text = decode(document.read(), document.charset).text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        file = SSAFile.from_string(text, _FORMATS[form], keep_html_tags=True)
    except (Pysubs2Error, ValueError, OverflowError) as error:
        raise SourceRefused("no_subtitles", form=form) from error
    cues = [list(_rows(event.start, event.end, event.text, form)) for event in file]
    words, times = joined(list(_without_labels_again(row for cue in _without_repeats(cues) for row in cue)))
    if not words:
        raise SourceRefused("no_subtitles", form=form)
    head = text[:_HEAD]
    title, lang = _TITLE.match(head), _LANGUAGE.search(head)
    return load_text(
        words,
        key=document.key,
        title=title[1] if title and form == "WebVTT" else None,
        lang=lang[1] if lang and form == "WebVTT" else None,
        url=document.url,
        origin=document.origin,
        form=form,
        times=times,
        limit=limit,
    )


def _rows(start: int, end: int, text: str, form: str) -> Iterator[Row]:
    """Yield the lines of a cue, its tags left out; a blank line ends a cue of WebVTT, behind it are notes."""
    lines = text.split("\\N")
    if form == "WebVTT":
        lines = list(takewhile(str.strip, lines))
    voice = ""
    for line in lines:
        parts = _VOICE.split(line)
        for n in range(0, len(parts), 2):
            voice = " ".join(html.unescape(parts[n - 1]).split()) if n else voice
            words = clean(html.unescape(_TAG.sub("", parts[n]))).replace("\n", " ")
            if words:
                yield Row(start, end, words, voice)


def _without_repeats(cues: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Return the cues without the lines that rolling captions show again."""
    full = [list(cue) for cue in cues if cue]
    if not _are_rolling(full):
        return full
    kept, shown = [], set[str]()
    for cue in full:
        kept.append([row for row in cue if row.words not in shown])
        shown = {row.words for row in cue}
    return kept


def _without_labels_again(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield lines without the label ("Ana Ruiz:") that the line before has, as if a tag named the voice."""
    before, voice = "", ""
    for row in rows:
        if row.voice != voice or TURN.match(row.words) or BRACKETED.match(row.words):
            before = ""  # somebody else speaks between
        voice = row.voice
        label = LABEL.match(row.words)
        again = label is not None and label[0] == before
        words = row.words[label.end() :].strip() if label and again else ""
        yield replace(row, words=words) if words else row
        before = label[0] if label else before


def _are_rolling(cues: Sequence[Sequence[Row]]) -> bool:
    again = sum(before[-1].words == cue[0].words for before, cue in pairwise(cues))
    return again >= max(_REPEATED, _ROLLING * len(cues))

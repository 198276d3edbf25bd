"""Where sentences end: text -> spans that tile it and never end inside quotation marks."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from index.languages.calendar import short_dates
from index.languages.data_files import every
from index.languages.stopwords import all_stopwords
from index.text.spans import merged
from index.typography import fold, may_cut, shadow

Spans = list[tuple[int, int]]
"""Offsets (start, end) into a text, end excluded, in order, none overlapping another."""

_LONGEST_COUNT = 3
"""Digits of the longest number that opens a paragraph ("1. First point")."""
WINDOW = 80
"""How many characters around a stop are looked at; it keeps the time linear on texts made of stops."""

_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BROKEN = re.compile(r"(?<!\s)[^\S\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
"""Spaces that hold a line break."""
_KIND = {"«": "«", "»": "«", "‹": "‹", "›": "‹", "“": "“", "”": "“", "„": "“", '"': '"'}
_MARK = re.compile(f"[{''.join(_KIND)}]")
# ‘…’ and '…' in the shadow text, where both look like the apostrophes they may hold ("it's").
_SINGLE = re.compile(r"(?<!\w)'(?=[\w“\"«…(\[])(?:[^']|(?<=\w)'(?=\w))*'(?!\w)")
_STOP = re.compile(r"[.!?…؟۔।。！？｡]+")
_NO_SPACE_NEEDED = "。！？｡"
_TO_CLOSING_MARK = re.compile(r"[\s'»›”“\")\]]*")
_CLOSERS = re.compile(r"['’)\]]*(?: ?[»›”])*(?:\[\d{1,3}\])*")
_SPACES = re.compile(r"\s*")
_WORD = re.compile(r"[^\W_]")
_NEXT_WORD = re.compile(r"[\W_]*([^\W_]+'?)(\.?)")
_LAST_WORD = re.compile(r"[\w.°§-]*\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")


def sentences(text: str) -> Spans:
    """Return the spans of the sentences: they tile the text, spaces belonging to the sentence before them.

    A paragraph's end ends a sentence; a stop does not when it stands inside quotation
    marks, in a number, a name's initial or an abbreviation. Time is linear in the length of the text.
    """
    view = shadow(text)
    quotations = quoted(text)
    ends = [end for start, stop in paragraphs(text) for end in _ends(view, start, stop, quotations)]
    return list(zip([0, *ends], ends, strict=False))


def paragraphs(text: str) -> Spans:
    """Return the spans of the paragraphs: they tile the text, blank lines belonging to the one before.

    A single line break before a small letter is no end: there the text was wrapped to a width.
    """
    spaces = (match for match in _BROKEN.finditer(text) if match.start() and match.end() < len(text))
    ends = [space.end() for space in spaces if _ends_paragraph(text, space)]
    ends += [len(text)] if text else []
    return list(zip([0, *ends], ends, strict=False))


def _ends_paragraph(text: str, space: re.Match[str]) -> bool:
    breaks = len(_LINE_BREAK.findall(space[0]))
    return breaks > (1 if text[space.end()].islower() else 0) and may_cut(text, space.end())


def quoted(text: str) -> Spans:
    """Return the outermost stretches in quotation marks, marks included.

    One that is never closed ends with its paragraph. Where the next paragraph closes it without an opening
    mark of its own, that paragraph's part is a stretch too.
    """
    view = shadow(text)
    found: Spans = []
    unclosed = False
    for start, end in paragraphs(text):
        spans, unclosed = _in_double_marks(view, start, end, unclosed)
        found += merged(spans + [match.span() for match in _SINGLE.finditer(view, start, end)])
    return found


def _in_double_marks(text: str, start: int, end: int, carried: bool) -> tuple[Spans, bool]:
    spans: Spans = []
    opened: list[str] = []
    counts: Counter[str] = Counter()
    first = start
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match[0]
        kind = _KIND[mark]
        if _opens(text, at, mark, opened, counts):
            first = first if opened else at
            opened.append(mark)
            counts[kind] += 1
        elif counts[kind]:
            _close(kind, opened, counts)
            if not opened:
                spans.append((first, at + 1))
        elif carried and not spans and not opened:
            spans.append((start, at + 1))
    if opened:
        spans.append((first, end))
    return spans, bool(opened)


def _close(kind: str, opened: list[str], counts: Counter[str]) -> None:
    """Close the marks of a kind that were opened last, and those that were opened inside them."""
    while (closed := _KIND[opened.pop()]) != kind:
        counts[closed] -= 1
    counts[kind] -= 1


def _opens(text: str, at: int, mark: str, opened: list[str], counts: Counter[str]) -> bool:
    if mark in "«‹„»›":
        return mark in "«‹„"
    follows_word, before_word = bool(text[at - 1 : at].strip()), text[at + 1 : at + 2].isalnum()
    leans_left = follows_word and not before_word
    if mark == '"':
        return not counts['"'] and not leans_left
    if mark == "“":
        return not (opened and (opened[-1] == "„" or leans_left))
    return not counts["“"] and not follows_word and before_word  # ” opens too in Swedish


def _ends(view: str, start: int, end: int, quotations: Spans) -> Iterator[int]:
    first = start
    for stop in _STOP.finditer(view, start, end):
        at = _sentence_end(view, first, stop, end, quotations)
        if at is not None:
            yield at
            first = at
    yield end


def _sentence_end(view: str, first: int, stop: re.Match[str], end: int, quotations: Spans) -> int | None:
    quotation = _enclosing(quotations, stop.start())
    at = quotation[1] if quotation else stop.end()
    if _match_end(_TO_CLOSING_MARK, view, stop.end(), at) < at:
        return None
    closed = _match_end(_CLOSERS, view, at, end)
    following = _match_end(_SPACES, view, closed, end)
    if _is_inside(quotations, following):
        return None  # what looked like a closing mark opens the next quotation
    if following == closed and stop[0][-1] not in _NO_SPACE_NEEDED:
        return None
    if quotation and _cue().match(view, following, min(end, following + WINDOW)):
        return None
    has_words = _WORD.search(view, first, min(stop.start(), first + WINDOW))
    return following if has_words and _begins(view, following, end, stop, first) else None


def _is_inside(quotations: Spans, at: int) -> bool:
    enclosing = _enclosing(quotations, at)
    return enclosing is not None and enclosing[0] < at


def _begins(view: str, at: int, end: int, stop: re.Match[str], first: int) -> bool:
    """Tell whether a sentence begins at ``at``, behind a mark that may end one which began at ``first``."""
    word = _NEXT_WORD.match(view, at, min(end, at + WINDOW))
    if word is None or word[1][0].islower() or not may_cut(view, at):
        return False
    return stop[0] != "." or not _goes_on(view, first, stop.start(), word)


def _match_end(pattern: re.Pattern[str], view: str, start: int, end: int) -> int:
    match = pattern.match(view, start, end)
    return match.end() if match else start


def _enclosing(spans: Spans, at: int) -> tuple[int, int] | None:
    place = bisect_right(spans, (at, len(spans) and spans[-1][1])) - 1
    return spans[place] if place >= 0 and spans[place][1] > at else None


def _goes_on(view: str, first: int, stop: int, following: re.Match[str]) -> bool:
    """Tell whether the full stop at ``stop`` belongs to its word, so that the sentence goes on."""
    match = _LAST_WORD.search(view[max(first, stop - WINDOW) : stop])
    last = match[0] if match else ""
    word, dot = following[1], following[2]
    starts_sentence = fold(word).strip("'") in _starters() and not (dot and len(word) == 1)
    if last in _listed("titles") or _counts(last, word, opens=stop - len(last) == first):
        return True
    if len(last) == 1 and last.isupper():
        return not starts_sentence or word in _listed("particles")
    return _is_abbreviation(last) and not starts_sentence


def _is_abbreviation(word: str) -> bool:
    return word in _listed("abbreviations") or _DOTTED.fullmatch(word) is not None


def _counts(last: str, following: str, opens: bool) -> bool:
    """Tell whether a word leads to a number ("n. 4"), or is one that opens a paragraph ("1. First point")."""
    if last in _listed("numbers") and following[0].isdigit():
        return True
    return opens and last.isdecimal() and len(last) <= _LONGEST_COUNT


@functools.cache
def _listed(kind: str) -> frozenset[str]:
    entries = [entry for lists in every("sentences") for entry in lists.get(kind, [])]
    entries += short_dates() if kind == "abbreviations" else ()
    return frozenset(entries) | {entry[0].upper() + entry[1:] for entry in entries}


@functools.cache
def _starters() -> frozenset[str]:
    return all_stopwords()


@functools.cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"(?:[\w'.-]+ ){{1,5}}(?:{'|'.join(sorted(_listed('cues')))})\b")

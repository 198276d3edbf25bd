"""Text -> its paragraphs, and the stretches that stand in quotation marks.

Marks are paired by what they are and by what stands around them, one paragraph at a time, so that a mark that
is missing costs one paragraph. Only the outermost pair is returned: words quoted within a quotation belong to
its speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

OPENERS = "«„‟“"
CLOSERS = "»”"
DOUBLE = OPENERS + CLOSERS + '"'
_OWN_CLOSERS = {("«", "”"): "»", ("“", "»"): '”"', ('"', "»"): '”"'}
"""By opener and another's closer: the opener's own closers, which that one gives way to when they come later."""
SINGLE = "‘’'"
_LONGEST_PARAGRAPH = 20_000
_BREAK = re.compile(r"\n[ \t\u00a0\u202f]*(?:\n\s*|(?=[^\sa-zà-ÿ])|$)")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in quotation marks; offsets count code points of the text, marks excluded.

    Attributes:
        open_at: offset of the opening mark (equal to ``start`` when a paragraph goes on without one).
        close_at: one past the closing mark (equal to ``end`` when it never closes).
        closed: whether a closing mark was found in its paragraph.
        continues: whether it goes on with the quotation of the paragraph before.
        dash: whether a dash stands before it, as in a dialogue, and no mark.
    """

    start: int
    end: int
    open_at: int
    close_at: int
    closed: bool = True
    continues: bool = False
    dash: bool = False


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs' spans, blanks trimmed; a line that goes on in lower case is no new paragraph.

    Of a paragraph longer than any of the press only the beginning is read.
    """
    spans, start = [], 0
    for found in [*_BREAK.finditer(text), None]:
        stop = found.start() if found else len(text)
        chunk = text[start:stop]
        if chunk.strip():
            left = start + len(chunk) - len(chunk.lstrip())
            spans.append((left, min(start + len(chunk.rstrip()), left + _LONGEST_PARAGRAPH)))
        start = found.end() if found else stop
    return spans


def find_marked(text: str, lang: str) -> list[Marked]:
    """Return the outermost quoted stretches of a text, in order, without overlap.

    A quotation whose next paragraph opens again is two stretches, the second ``continues``; one that runs on
    into the next paragraph and closes there is one stretch.
    """
    found: list[Marked] = []
    last_end = -1
    for start, end in paragraph_spans(text):
        paragraph = _Paragraph(text, start, end, lang)
        carried = bool(found) and not found[-1].closed and found[-1].close_at == last_end
        closer = paragraph.orphan_closer() if carried else None
        if closer == start and paragraph.goes_on():
            found += paragraph.continued()
        elif closer is not None:
            found[-1] = replace(found[-1], end=_trim(text, found[-1].start, closer), close_at=closer + 1, closed=True)
            found += paragraph.marked(closer + 1, False)
        else:
            found += paragraph.marked(start, carried)
        last_end = end
    return found


def closed(found: Sequence[Marked]) -> list[Marked]:
    """Return the stretches that a mark closes: their own, or that of the last paragraph in which they go on.

    Where the article lost a closing mark, nobody knows where the words end.
    """
    kept: list[Marked] = []
    closes = False
    for each, following in zip(reversed(found), [None, *reversed(found)], strict=False):
        goes_on = following is not None and following.continues and closes
        closes = each.closed or goes_on
        kept += [each] if closes else []
    return kept[::-1]


def _trim(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


class _Paragraph:
    """Pairs the marks of one paragraph."""

    def __init__(self, text: str, start: int, end: int, lang: str) -> None:
        self.text, self.start, self.end, self.lang = text, start, end, lang

    def marked(self, position: int, carried: bool) -> list[Marked]:
        """Return the marked stretches from a position on; ``carried``: the paragraph before left one open."""
        found: list[Marked] = []
        while (opener := self._next_opener(position)) is not None:
            stop, after, closed = self._closing(opener)
            found += self._span(opener, stop, after, closed, carried and opener == self.start)
            position = max(after, opener + 1)
        return found

    def _span(self, open_at: int, end: int, close_at: int, closed: bool, continues: bool) -> list[Marked]:
        inside = self.text[open_at + 1 : end]
        if not any(c.isalnum() for c in inside):
            return []
        left = open_at + 1 + len(inside) - len(inside.lstrip())
        return [Marked(left, _trim(self.text, left, end), open_at, close_at, closed, continues)]

    def _before(self, i: int) -> str:
        return self.text[i - 1] if i > self.start else " "

    def _after(self, i: int) -> str:
        return self.text[i + 1] if i + 1 < self.end else " "

    def _opens(self, i: int) -> bool:
        """Tell whether the mark at i can open: after nothing, a blank, a bracket, a dash or an apostrophe."""
        before = self._before(i)
        return (before.isspace() or before in "([{-–—/'’‘:" or before in OPENERS) and i + 1 < self.end

    def _closes(self, i: int) -> bool:
        after = self._after(i)
        return not after.isalnum() and not self._before(i).isspace()

    def _next_opener(self, position: int) -> int | None:
        return next((i for i in range(position, self.end) if self._is_opener(self.text[i], i)), None)

    def _is_opener(self, c: str, i: int) -> bool:
        if c == '"':
            return self._opens(i) or not self._closes(i) or self._is_odd(i)
        if c in SINGLE:
            return c != "’" and (self._single_close(i) is not None or self._never_closes(i))
        return c in OPENERS or (c in CLOSERS and self._opens_backwards(c, i))

    def _opens_backwards(self, c: str, i: int) -> bool:
        """Tell whether a mark that closes elsewhere opens here: ”so”, »so«."""
        return self._opens(i) and not self._after(i).isspace() and (c == "”" or self._has(i + 1, "«»"))

    def _never_closes(self, i: int) -> bool:
        """Tell whether a curly single mark opens a sentence that nothing closes: "‘I am late, she said."."""
        begins = i == self.start or (self._before(i).isspace() and self._follows_sentence(i))
        return self.lang == "en" and self.text[i] == "‘" and begins and self._after(i).isupper()

    def _is_odd(self, i: int) -> bool:
        """Tell whether a mark that looks like a closer opens, since one more is left to close it: ',"For example'.

        Behind a figure it is a measure: 5" wide.
        """
        return (
            not self._before(i).isdigit() and self._after(i).isspace() and self.text[i : self.end].count('"') % 2 == 0
        )

    def _has(self, position: int, marks: str) -> bool:
        return any(self.text.find(mark, position, self.end) >= 0 for mark in marks)

    def goes_on(self) -> bool:
        """Tell whether the paragraph opens with a closing mark that says that a quotation goes on: "» Puis"."""
        inside = self.text[self.start + 1 : self.end].lstrip()
        return self.text[self.start] == "»" and inside[:1].isalnum()

    def continued(self) -> list[Marked]:
        """Return the stretch that a closing mark at the head of the paragraph opens again, and those behind it."""
        stop, after, closed = self._closing(self.start)
        return self._span(self.start, stop, after, closed, True) + self.marked(max(after, self.start + 1), False)

    def orphan_closer(self) -> int | None:
        """Return where a quotation that the paragraph before left open closes, when no other opens sooner."""
        for i in range(self.start, self.end):
            c = self.text[i]
            if c in CLOSERS or (c == '"' and self._closes(i) and not self._opens(i)):
                return i
            if c in DOUBLE:
                return None
        return None

    def _closing(self, opener: int) -> tuple[int, int, bool]:
        """Return the end of the words, the offset after the closing mark, and whether there was one."""
        mark = self.text[opener]
        if mark in SINGLE:
            close = self._single_close(opener)
            return (self.end, self.end, False) if close is None else (close, close + 1, True)
        depth = 1
        for i in range(opener + 1, self.end):
            c = self.text[i]
            if c not in DOUBLE:
                continue
            if self._is_closer(c, mark, i, depth):
                depth -= 1
                if depth == 0:
                    return i, i + 1, True
            elif self._is_nested(c, mark, i, depth):
                depth += 1
            elif c in OPENERS + '"' and self._follows_sentence(i):
                return i, i, False
        return self.end, self.end, False

    def _is_closer(self, c: str, mark: str, i: int, depth: int) -> bool:
        if c == '"':
            return self._closes(i) or (mark == '"' and not self._opens(i)) or self._is_apart(i)
        if c in "“«":
            return self._closes_backwards(c, mark, i) and self._closes(i)
        return c in CLOSERS and not (depth == 1 and self._closes_later(_OWN_CLOSERS.get((mark, c), ""), i))

    def _closes_backwards(self, c: str, mark: str, i: int) -> bool:
        """Tell whether a mark that opens elsewhere closes here: „so“, »so«."""
        if c == "«":
            return mark == "»"
        return mark == "„" or not self._has(i + 1, "”")

    def _is_apart(self, i: int) -> bool:
        """Tell whether a mark is the last sign, or stands between blanks."""
        return i + 1 == self.end or (self._before(i).isspace() and self._after(i).isspace())

    def _closes_later(self, closers: str, i: int) -> bool:
        for c in self.text[i + 1 : self.end]:
            if c in closers:
                return True
            if c in OPENERS:
                return False
        return False

    def _is_nested(self, c: str, mark: str, i: int, depth: int) -> bool:
        """Tell whether an opener within a quotation opens a nested one: enough closers must be left for both."""
        left = self.text[i + 1 : self.end]
        if c == '"':
            return left.count('"') >= (2 if mark == '"' else 1) and mark != '"'
        if c in CLOSERS:
            return False
        own = {"«": "»", "“": "”“" if mark == "„" else "”", "„": "”“", "‟": "”"}[c]
        closers = sum(left.count(k) for k in own)
        same = c == mark
        return closers - left.count(c) > depth if same else closers > 0

    def _follows_sentence(self, i: int) -> bool:
        """Tell whether the mark at i comes after the end of a sentence or a colon."""
        return self.text[self.start : i].rstrip()[-1:] in (".", "!", "?", "…", ":", ",")

    def _single_close(self, opener: int) -> int | None:
        """Return the mark that closes a single opening mark, or None when it is an apostrophe."""
        if not self._opens(opener) or not (self._after(opener).isalpha() or self._after(opener) in '[“"'):
            return None
        if self.lang == "fr" and self.text[opener] != "‘":
            return None
        sure, weak = self._single_closers
        for closers in (sure, weak):
            at = bisect_left(closers, opener + 2)
            if at < len(closers):
                return closers[at]
        return None

    @cached_property
    def _single_closers(self) -> tuple[list[int], list[int]]:
        """The single marks that can close, and those that may be a plural's apostrophe as well ("the girls' ")."""
        sure: list[int] = []
        weak: list[int] = []
        for i in range(self.start, self.end):
            if self.text[i] in "’'" and not self._after(i).isalnum() and not self._before(i).isspace():
                (weak if self._before(i) == "s" and self._after(i) == " " else sure).append(i)
        return sure, weak

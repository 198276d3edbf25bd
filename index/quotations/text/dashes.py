"""Dialogue by dashes: paragraphs that begin with a dash are words in marks, where a cue within them says so.

« — Et où vas-tu ? demanda la gardienne. » A list behind dashes has no cues, and stays a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.languages.lexicon import Lexicon
from index.quotations.text.interposed_cues import split_at_cues
from index.text.marks import DOUBLE, Marked, paragraph_spans

_DASH = re.compile(r"[—–―-][ \t\u00a0\u202f]*(?=[^\W\d_a-zà-ÿ]|[…¿¡])")
_FEWEST = 2
"""Paragraphs with a cue, or with a cue and with a question, of a dialogue."""
_SHARE = 3
"""One paragraph of so many has a cue, at least."""


def mark_dialogue(text: str, marked: Sequence[Marked], lex: Lexicon) -> list[Marked]:
    """Return the marked stretches of a text, cut at the cues within them; those of a dialogue by dashes among them."""
    dashed = _dashed(text, lex)
    within = [m for m in marked if not any(d.open_at <= m.open_at < d.close_at for d in dashed)]
    return sorted([*split_at_cues(text, within, lex), *dashed], key=lambda m: m.start)


def _dashed(text: str, lex: Lexicon) -> list[Marked]:
    """Return the words behind dashes, without cues; none where the dashes are those of a list."""
    turns = [pieces for start, end in paragraph_spans(text) if (pieces := _turn(text, start, end, lex))]
    cued = sum(_has_cue(pieces, text) for pieces in turns)
    asked = any(text[pieces[-1].start : pieces[-1].end].endswith("?") for pieces in turns)
    if not cued or cued + asked < _FEWEST or cued * _SHARE < len(turns):
        return []
    return [piece for pieces in turns for piece in pieces]


def _turn(text: str, start: int, end: int, lex: Lexicon) -> list[Marked]:
    """Return the words of a paragraph behind a dash, cut at its cues; nothing where there is no dash."""
    dash = _DASH.match(text, start, end)
    if dash is None or text[dash.end()] in DOUBLE:
        return []
    whole = Marked(dash.end(), end, start, end, closed=False, dash=True)
    return [replace(piece, closed=True) for piece in split_at_cues(text, [whole], lex)]


def _has_cue(pieces: Sequence[Marked], text: str) -> bool:
    """Tell whether a paragraph was cut at a cue."""
    line_end = text.find("\n", pieces[-1].end)
    rest = text[pieces[-1].end : len(text) if line_end < 0 else line_end]
    return len(pieces) > 1 or any(c.isalpha() for c in rest)

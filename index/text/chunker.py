"""An article becomes passages: they tile its text, end where sentences end, and suit the embedding model."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from index.models import Article, Passage
from index.text.sentences import Spans, paragraphs, quoted, sentences
from index.typography import may_cut

TokenCounter = Callable[[Sequence[str]], list[int]]
"""How many tokens each of some texts is for the embedding model."""

_SPACE = re.compile(r"\s+")
_OPENING_MARK = re.compile(r"[«“„‹\"'‘]")


class _End(IntEnum):
    """How good it is to end a passage at a place."""

    ANYWHERE = 0
    WORD = 1
    CLAUSE = 2
    SENTENCE = 3
    PARAGRAPH = 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text that is not cut any further."""

    start: int
    end: int
    tokens: int
    ending: _End


Cuts = list[tuple[int, _End]]
"""Where a piece may be cut, its own end left out."""


def chunk(article: Article, count_tokens: TokenCounter, limit: int) -> list[Passage]:
    """Cut an article into passages that tile its text: joined in order they are the text.

    Passages end where sentences end, at a paragraph's end when one is near. A sentence longer than the limit
    is cut between words outside its quotations, a quotation longer than the limit between its own sentences,
    then between words; a run without spaces is cut where no accent or emoji is torn from its letter.

    Args:
        article: an empty text has no passages.
        count_tokens: how many tokens each text is for the embedding model.
        limit: the most tokens a passage may have; only one character that has more by itself exceeds it.
    """
    text = article.text
    pieces = _pieces(text, count_tokens, limit)
    groups = _fitted(text, pieces, count_tokens, limit, limit)
    return [Passage(article.id, group[0].start, group[-1].end) for group in groups]


def _pieces(text: str, count_tokens: TokenCounter, limit: int) -> list[_Piece]:
    whole = [_Piece(0, len(text), limit + 1, _End.PARAGRAPH)] if text else []
    quotations = quoted(text)
    finer: list[Callable[[_Piece], Cuts]] = [
        lambda _: _sentence_cuts(text),
        lambda piece: _word_cuts(text, piece, quotations),
        lambda piece: _edge_cuts(text, piece, quotations),
        lambda piece: _inner_sentence_cuts(text, piece),
        lambda piece: _word_cuts(text, piece, []),
        *(_character_cutter(text, size) for size in _halves(limit)),
    ]
    pieces = whole
    for cuts in finer:
        pieces = _refined(text, pieces, cuts, count_tokens, limit)
    return pieces


def _refined(
    text: str, pieces: list[_Piece], cuts: Callable[[_Piece], Cuts], count_tokens: TokenCounter, limit: int
) -> list[_Piece]:
    """Cut the pieces that are too long, each at its own cuts, and count the tokens of all at once."""
    spans: list[tuple[int, int, _End]] = []
    for piece in pieces:
        if piece.tokens > limit:
            start = piece.start
            for end, ending in [*cuts(piece), (piece.end, piece.ending)]:
                spans.append((start, end, ending))
                start = end
    counted = count_tokens([text[start:end] for start, end, _ in spans]) if spans else []
    refined = (_Piece(*span[:2], tokens, span[2]) for span, tokens in zip(spans, counted, strict=True))
    kept = (piece for piece in pieces if piece.tokens <= limit)
    return sorted([*kept, *refined], key=lambda piece: piece.start)


def _sentence_cuts(text: str) -> Cuts:
    ends = {end for _, end in paragraphs(text)}
    return [(end, _End.PARAGRAPH if end in ends else _End.SENTENCE) for _, end in sentences(text)[:-1]]


def _word_cuts(text: str, piece: _Piece, quotations: Spans) -> Cuts:
    """Cut after each space that stands outside the quotations."""
    cuts: Cuts = []
    for space in _SPACE.finditer(text, piece.start, piece.end):
        at = space.end()
        if at < piece.end and may_cut(text, at) and not _inside(quotations, at):
            before = text[max(piece.start, space.start() - 1)]
            cuts.append((at, _End.CLAUSE if before in ",;:–—)»”" else _End.WORD))
    return cuts


def _edge_cuts(text: str, piece: _Piece, quotations: Spans) -> Cuts:
    """Cut before and after the quotations: a long word clings to one, a bracket say."""
    within = quotations[bisect_left(quotations, (piece.start,)) : bisect_left(quotations, (piece.end,))]
    edges = sorted({edge for span in within for edge in span})
    return [(at, _End.WORD) for at in edges if piece.start < at < piece.end and may_cut(text, at)]


def _inner_sentence_cuts(text: str, piece: _Piece) -> Cuts:
    """Cut a quotation between its own sentences: without its opening mark it reads like any text."""
    inner = _OPENING_MARK.sub(" ", text[piece.start : piece.end], count=1)
    ends = (piece.start + end for _, end in sentences(inner)[:-1])
    return [(end, _End.CLAUSE) for end in ends if may_cut(text, end)]


def _character_cutter(text: str, size: int) -> Callable[[_Piece], Cuts]:
    def cuts(piece: _Piece) -> Cuts:
        return [(at, _End.ANYWHERE) for at in _steps(text, piece.start, piece.end, size)]

    return cuts


def _steps(text: str, start: int, end: int, size: int) -> Iterator[int]:
    """Yield places at most ``size`` characters apart, or further: a letter keeps its accents."""
    while start + size < end:
        at = start + size
        while at > start and not may_cut(text, at, start):
            at -= 1
        if at == start:
            at = next((i for i in range(start + size + 1, end) if may_cut(text, i, start)), end)
        if at == end:
            return
        yield at
        start = at


def _halves(number: int) -> Iterator[int]:
    while number:
        yield number
        number //= 2


def _inside(spans: Spans, at: int) -> bool:
    place = bisect_right(spans, (at,)) - 1
    return place >= 0 and spans[place][0] < at < spans[place][1]


def _fitted(text: str, pieces: list[_Piece], count_tokens: TokenCounter, limit: int, budget: int) -> list[list[_Piece]]:
    """Join pieces into passages, and check: tokens of a whole can outnumber those of its parts."""
    if not pieces:
        return []
    groups = _packed(pieces, budget)
    counted = count_tokens([text[group[0].start : group[-1].end] for group in groups])
    fitted: list[list[_Piece]] = []
    for group, tokens in zip(groups, counted, strict=True):
        if tokens <= limit or len(group) == 1:
            fitted.append(group)
        else:
            fitted += _fitted(text, group, count_tokens, limit, budget // 2)
    return fitted


def _packed(pieces: list[_Piece], budget: int) -> list[list[_Piece]]:
    groups: list[list[_Piece]] = []
    group: list[_Piece] = []
    total = 0
    for piece in pieces:
        while group and total + _weight(piece) > budget:
            size = _best_size(group, total)
            groups.append(group[:size])
            total -= sum(map(_weight, group[:size]))
            group = group[size:]
        group.append(piece)
        total += _weight(piece)
    return [*groups, group]


def _weight(piece: _Piece) -> int:
    return max(1, piece.tokens)


def _best_size(group: list[_Piece], total: int) -> int:
    """Return how many pieces of a full group to keep: up to the best and last end in its second half."""
    ahead = itertools.accumulate(map(_weight, group))
    second_half = (size for size, weight in enumerate(ahead, start=1) if 2 * weight >= total)
    return max(second_half, key=lambda size: (group[size - 1].ending, size))

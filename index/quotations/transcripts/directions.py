"""The words of a paragraph without what is not said: "(Applause.)", "[Interruption.]", times, marks of emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.models import Span
from index.quotations.transcripts.labels import TIME
from index.quotations.transcripts.vocabulary import Vocabulary, begins_with

_BRACKETS = re.compile(r"\([^()]{1,300}\)|\[[^\[\]]{1,300}\]|\*[^*\n]{1,80}\*(?!\*)")
_TIME = re.compile(TIME + "$")
_ENDED = re.compile(r"(?:[.!?…:,—–-][»”\"]?|^)[\s*_]*$")
_EDGES = " \t\n\u00a0\u202f*_"
_PAIRS = {"«": "»", "“": "”", '"': '"', "„": "“"}


def said(text: str, span: Span, vocabulary: Vocabulary) -> Iterator[Span]:
    """Yield the stretches of a paragraph that are said."""
    start, end = span
    at = start
    for found in _BRACKETS.finditer(text, start, end):
        if _is_direction(text, found, span, vocabulary):
            yield from _trimmed(text, at, found.start())
            at = found.end()
    yield from _trimmed(text, at, end)


def _is_direction(text: str, found: re.Match[str], span: Span, vocabulary: Vocabulary) -> bool:
    """Tell whether brackets hold what is done, not what is said: by their first word, or as a sentence of their own."""
    inside = found[0][1:-1].strip(" *_")
    before, after = text[span[0] : found.start()], text[found.end() : span[1]].lstrip(_EDGES)
    if _TIME.match(inside):
        return True
    at_edge = bool(_ENDED.search(before)) or not after.strip(".!?…")
    listed = begins_with(inside, vocabulary.directions)
    if found[0][0] == "*":
        return listed and at_edge
    sentence = inside[:1].isupper() and inside[-1:] in tuple(".!?…")
    return (listed and (at_edge or inside[:1].isupper())) or (sentence and at_edge)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a stretch without blanks, emphasis and a pair of marks at its edges; nothing when no letter is left."""
    words = text[start:end]
    end -= len(words) - len(words.rstrip(_EDGES))
    start += len(words) - len(words.lstrip(_EDGES + ".,;:)]»"))
    words = text[start:end]
    if not any(map(str.isalpha, words)):
        return
    opener, inside, closer = words[0], words[1:-1], words[-1]
    if len(words) > 1 and _PAIRS.get(opener) == closer and opener not in inside:
        yield from _trimmed(text, start + 1, end - 1)
    else:
        yield start, end

"""A pattern and a text's words -> where it stands among them."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.terms import folded_words
from index.models import Span
from index.query.models import Pattern, Phrase


def spaced_words(text: str) -> str:
    """Return the folded words of a text with a space before, between and after, as ``occurrences`` reads them."""
    return f" {' '.join(folded_words(text))} "


def occurrences(pattern: Pattern, words: str) -> list[Span]:
    """Return each place of a pattern, in order: the number of its first word, the first is 0, and one past its last.

    ``words``: see ``spaced_words``.
    """
    if isinstance(pattern, Phrase):
        return _phrase(pattern, words)
    return _near([_phrase(phrase, words) for phrase in pattern.phrases], pattern.distance)


def _phrase(phrase: Phrase, words: str) -> list[Span]:
    wanted = f" {' '.join(phrase.words)}{'' if phrase.prefix else ' '}"
    found: list[Span] = []
    number, counted, at = 0, 0, words.find(wanted)
    while at >= 0:
        number += words.count(" ", counted, at)
        counted = at
        found.append((number, number + len(phrase.words)))
        at = words.find(wanted, at + 1)
    return found


def _near(places: Sequence[list[Span]], distance: int) -> list[Span]:
    """Return the stretches, none over another, that hold a place of each list with few enough words between."""
    found: list[Span] = []
    current = [0] * len(places)
    while all(at < len(listed) for at, listed in zip(current, places, strict=True)):
        held = [listed[at] for at, listed in zip(current, places, strict=True)]
        first = min(range(len(held)), key=lambda number: held[number][1])
        if max(start for start, _ in held) - held[first][1] <= distance:
            _keep_closest(found, (min(start for start, _ in held), max(end for _, end in held)))
        current[first] += 1  # whatever comes later is farther from it
    return found


def _keep_closest(found: list[Span], stretch: Span) -> None:
    """Add a stretch behind the last; in its place if it lies within it, not at all if it begins in it."""
    last = found[-1] if found else (0, 0)
    if found and last[0] <= stretch[0] and stretch[1] <= last[1]:
        found[-1] = stretch
    elif stretch[0] >= last[1]:
        found.append(stretch)

"""How names are written, to be compared with what may be one of them misspelt."""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz.distance import OSA

SURE_EDITS = {1: 0, 2: 0, 3: 0, 4: 1, 5: 1, 6: 1}
"""Edits that a word of that many letters may hold without leaving doubt; two when it is longer."""
SURE_ALONE = 6
"""Letters of a surname by itself that may hold one edit without leaving doubt."""


class Spellings:
    """Spellings by their length: likeness bounds how much two may differ in it."""

    def __init__(self) -> None:
        # Of each length, those of speakers and the others, each with how many names are written so.
        self._of_length: dict[int, tuple[dict[str, int], dict[str, int]]] = defaultdict(lambda: ({}, {}))

    def add(self, spelt: str, speaks: bool) -> None:
        """Count a name that is written so; ``speaks``: it is a speaker's."""
        counts = self._counts(spelt, speaks)
        counts[spelt] = counts.get(spelt, 0) + 1

    def drop(self, spelt: str, speaks: bool) -> None:
        """Count one less."""
        counts = self._counts(spelt, speaks)
        counts[spelt] -= 1
        if not counts[spelt]:
            del counts[spelt]

    def of_lengths(self, least: int, most: int) -> list[str]:
        """Return the spellings of some lengths, those of speakers first."""
        parts = [self._of_length[length] for length in range(least, most + 1)]
        return [spelt for group in (0, 1) for part in parts for spelt in list(part[group])]

    def _counts(self, spelt: str, speaks: bool) -> dict[str, int]:
        return self._of_length[len(spelt)][0 if speaks else 1]


def is_slip(typed: tuple[str, ...], meant: tuple[str, ...]) -> bool:
    """Tell whether words differ so little that they are one name misspelt, not two names."""
    if len(typed) != len(meant):
        return OSA.distance(" ".join(typed), " ".join(meant)) <= 1
    if len(typed) == 1:
        return OSA.distance(typed[0], meant[0]) <= 1 and min(len(typed[0]), len(meant[0])) >= SURE_ALONE
    return all(
        OSA.distance(one, other) <= SURE_EDITS.get(min(len(one), len(other)), 2)
        for one, other in zip(typed, meant, strict=True)
    )

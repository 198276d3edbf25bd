"""Whom the pointer points at, which knows no rule: it sees the tokens beside the words and beside each mention."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotations.attribution.pointer.inputs import PointerInput
from index.quotations.attribution.pointer.network import Pointing

_LAST = 8.0
"""Of so many candidates or more pointed at more strongly, all count alike."""


def of_pointing(given: PointerInput, pointing: Pointing, candidates: int) -> list[dict[str, float]]:
    """Return for each candidate how strongly its mentions are pointed at, and how strongly the others' are."""
    shares, most, written = ([0.0] * candidates for _ in range(3))
    for m, share, told in zip(given.mentions, pointing.mentions, pointing.written, strict=True):
        shares[m.candidate] += share
        most[m.candidate] = max(most[m.candidate], share)
        written[m.candidate] = max(written[m.candidate], told)
    return [
        {
            "pointed": shares[n],
            "pointed_most": most[n],
            "pointed_other": max((share for other, share in enumerate(shares) if other != n), default=0.0),
            "pointed_before": _before(shares, n),
            "pointed_nobody": pointing.nobody,
            "pointed_written": written[n],
            "pointed_written_before": _before(written, n),
        }
        for n in range(candidates)
    ]


def _before(values: Sequence[float], n: int) -> float:
    return min(float(sum(value > values[n] for value in values)), _LAST)

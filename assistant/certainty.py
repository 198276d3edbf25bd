"""How certain it is who spoke: a quotation's confidence as the three words that readers are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from index.models import Quotation
from index.quotations.attribution.scorer import bars

Certainty = Literal["sure", "likely", "unnamed"]
"""sure: the speaker is named plainly; likely: with "probably"; unnamed: no speaker is told."""


def certainty(said: Quotation) -> Certainty:
    """Return how certain the speaker of a quotation is; one that was stored without a confidence is sure."""
    if said.speaker is None:
        return "unnamed"
    return "sure" if said.confidence is None or said.confidence >= bars().sure else "likely"


def surest(said: Iterable[Quotation]) -> dict[str, Quotation]:
    """Return one quotation of each speaker, by name and in order of appearance: a sure one when there is one."""
    found: dict[str, Quotation] = {}
    for each in said:
        if each.speaker and (each.speaker not in found or certainty(each) == "sure"):
            found[each.speaker] = each
    return found

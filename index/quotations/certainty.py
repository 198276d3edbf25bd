"""How certain it is who spoke: what is stored of a quotation as the three words that readers are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from index.models import Quotation
from index.quotations.attribution.scorer import bars

Certainty = Literal["sure", "likely", "unnamed"]
"""sure: the speaker is named plainly; likely: with "probably"; unnamed: no speaker is told."""


def certainty(said: Quotation) -> Certainty:
    """Return how certain the speaker of a quotation is.

    Where it is not stored whether they are sure, their confidence tells; one that was stored without either is sure.
    """
    if said.speaker is None:
        return "unnamed"
    by_confidence = said.confidence is None or said.confidence >= bars().sure
    return "sure" if (by_confidence if said.sure is None else said.sure) else "likely"


def surest(said: Iterable[Quotation]) -> dict[str, Quotation]:
    """Return one quotation of each speaker, by name and in order of appearance: a sure one when there is one."""
    found: dict[str, Quotation] = {}
    for each in said:
        if each.speaker and (each.speaker not in found or certainty(each) == "sure"):
            found[each.speaker] = each
    return found

from __future__ import annotations

import pytest

from index.quotations.attribution.scorer import bars
from index.quotations.certainty import certainty, surest
from tests.invented import quotation


@pytest.mark.parametrize(
    ("speaker", "confidence", "expected"),
    [
        ("Ana Ruiz", 1.0, "sure"),
        ("Ana Ruiz", bars().sure, "sure"),
        ("Ana Ruiz", bars().sure - 0.001, "likely"),
        ("Ana Ruiz", bars().named, "likely"),
        ("Ana Ruiz", 0.0, "likely"),
        ("Ana Ruiz", None, "sure"),
        (None, None, "unnamed"),
        (None, 0.99, "unnamed"),
    ],
)
def test_a_speaker_is_sure_likely_or_not_named(speaker: str | None, confidence: float | None, expected: str) -> None:
    assert certainty(quotation("Oui", speaker=speaker, confidence=confidence)) == expected


@pytest.mark.parametrize(
    ("speaker", "confidence", "sure", "expected"),
    [
        ("Ana Ruiz", bars().named, True, "sure"),  # perhaps not by her full name, but nobody else's words
        ("Ana Ruiz", 0.99, False, "likely"),
        ("Ana Ruiz", None, True, "sure"),
        (None, None, None, "unnamed"),
        (None, 0.99, True, "unnamed"),
    ],
)
def test_what_is_stored_of_being_sure_goes_before_the_confidence(
    speaker: str | None, confidence: float | None, sure: bool | None, expected: str
) -> None:
    assert certainty(quotation("Oui", speaker=speaker, confidence=confidence, sure=sure)) == expected


def test_the_surest_quotation_of_each_speaker_is_kept_in_order() -> None:
    likely, sure = quotation("Oui", confidence=0.7), quotation("Non", confidence=0.99)
    other, nobody = quotation("Si", speaker="Luc Mas", confidence=0.6), quotation("Ah", speaker=None)
    assert surest([likely, other, nobody, sure]) == {"Yolande Perchat": sure, "Luc Mas": other}
    assert surest([sure, likely]) == {"Yolande Perchat": sure}

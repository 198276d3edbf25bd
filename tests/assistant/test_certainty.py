from __future__ import annotations

import pytest

from assistant.certainty import certainty
from index.quotations.attribution.scorer import bars
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

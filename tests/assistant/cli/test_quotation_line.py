from __future__ import annotations

import pytest

from assistant.cli.quotes import quotation_line
from assistant.rendering.as_json import statement_json
from tests.invented import statement


@pytest.mark.parametrize(
    ("changes", "speaker"),
    [
        ({}, "Yolande Perchat"),
        ({"confidence": 0.99, "alternative": "Luc Mas"}, "Yolande Perchat"),
        ({"confidence": 0.7}, "probably Yolande Perchat"),
        ({"confidence": 0.7, "alternative": "Luc Mas"}, "probably Yolande Perchat (or perhaps Luc Mas)"),
        ({"speaker": None, "alternative": "Luc Mas"}, "?"),
    ],
)
def test_a_line_tells_how_certain_the_speaker_is(changes: dict[str, object], speaker: str) -> None:
    assert (
        quotation_line(statement_json(statement("Oui,\nvite", **changes))) == f"fanal-3  {speaker}  [direct]  Oui, vite"
    )

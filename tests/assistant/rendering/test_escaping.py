"""What others wrote in, the same as Markdown shows it out, however many blanks a visitor sends."""

from __future__ import annotations

import pytest

from assistant.rendering.escaping import for_markdown

BLANKS = " " * 400_000


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Le quai\nrouvre", "Le quai rouvre"),
        ("Le quai \t\r\n\n  rouvre", "Le quai rouvre"),
        ("\nLe quai  rouvre\r\n", " Le quai  rouvre "),
        (f"Le quai{BLANKS}rouvre", f"Le quai{BLANKS}rouvre"),
        (f"Le quai{BLANKS}\n{BLANKS}rouvre", "Le quai rouvre"),
    ],
    ids=["break", "breaks", "ends", "blanks", "break in blanks"],
)
def test_line_breaks_become_spaces_and_other_blanks_stay(written: str, line: str) -> None:
    assert for_markdown(written) == line

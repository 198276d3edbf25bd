from __future__ import annotations

import pytest

from index.languages.speech_acts import speech_act


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("a également promis", "promise"), ("s’est engagée", "promise"), ("vowed", "promise"),
        ("a-t-il démenti", "deny"), ("denies", "deny"), ("reconnaît", "admit"), ("admitted", "admit"),
        ("a exigé", "demand"),
        ("met en garde", "warn"), ("warned", "warn"), ("a déclaré", None), ("said", None), ("", None),
    ],
)  # fmt: skip
def test_a_cue_tells_what_is_done_by_saying(words: str, act: str | None) -> None:
    assert speech_act(words) == act

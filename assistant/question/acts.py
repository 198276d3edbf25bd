"""What somebody does by saying something: the words of a reporting verb -> the speech act (Austin, Searle)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from index.typography import fold


def speech_act(words: str) -> str | None:
    """Return the act that a verb or a cue tells ("a promis", "vowed" -> "promise"), None for one that only says."""
    folded = fold(words)
    return next((act for act, begins in _acts() if begins.search(folded)), None)


@cache
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = tomllib.loads((files("assistant.question") / "acts.toml").read_text(encoding="utf-8"))
    return tuple((act, re.compile(rf"\b(?:{'|'.join(begins)})")) for act, begins in data.items())

"""A speaker's number in, the class of the colour out that page.css gives the speaker."""

from __future__ import annotations

COLOURS = 8
"""How many colours there are for speakers; the ninth speaker shares the first one's."""
UNNAMED = "speaker-none"
"""The class of the colour of who is not named."""


def colour(number: int) -> str:
    """Return the class of the colour of a speaker, by the speaker's number from 0 on."""
    return f"speaker-{number % COLOURS}"

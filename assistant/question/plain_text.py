"""A question's text beside the same text made plain for matching, character for character."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from index.typography import shadow

LONGEST = 600
"""Characters of a question that are read; the rest is left to the topic."""
TAIL = " \t?!.,;:…"
"""What may stand behind the words of a question, or before them."""
_QUOTES = re.compile(
    r"«(?P<a>[^«»]*)»|“(?P<b>[^“”]*)”|„(?P<c>[^„“”]*)[“”]|\"(?P<d>[^\"]*)\"|''(?P<e>.*?)''"
    r"|(?<!\w)['‘](?P<f>\S(?:[^'‘’]|(?<=\w)['’](?=\w))*)['’](?!\w)"
    r"|[«“„\"](?P<g>[^«»“”„\"]*?)(?=\s*\?*\s*$)"
)


@dataclass(frozen=True, slots=True)
class Surface:
    """A question as typed, and ``plain``: no accents, no capitals, what it quotes blanked out.

    Offsets into ``plain`` are offsets into ``text``. In ``plain`` a quotation is a mark (") followed by blanks (a
    control character each), so that no rule reads another's words as the question's own.
    """

    text: str
    plain: str
    quotes: tuple[tuple[int, int], ...]

    @property
    def quoted(self) -> tuple[str, ...]:
        """The quoted words, marks and outer spaces excluded."""
        return tuple(self.text[start:end].strip() for start, end in self.quotes)


def surface(asked: str) -> Surface:
    """Read a question: quotations found, spaces joined, the rest made plain."""
    text = " ".join(unicodedata.normalize("NFC", asked).split())
    marks = [(match.span(), match.span(match.lastgroup or 0)) for match in _QUOTES.finditer(text)]
    kept = [(whole, inner) for whole, inner in marks if text[slice(*inner)].strip()]
    made_plain = list(plain(shadow(text)))
    for (start, end), _ in kept:
        made_plain[start:end] = ['"', *["\0"] * (end - start - 1)]
    return Surface(text, "".join(made_plain), tuple(inner for _, inner in kept))


def plain(text: str) -> str:
    """Return text without accents and capitals, character for character."""
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    bare = unicodedata.normalize("NFD", char)[0].lower()
    return bare if len(bare) == 1 else char

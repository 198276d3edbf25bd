"""Lines of a wrapped text -> its paragraphs."""

from __future__ import annotations

import pytest

from index.loaders.exports.wrapping import unwrapped

LINES = [
    "La maire de Sargune a promis mardi de rouvrir la piscine",
    "municipale avant le début de l’été, si la région le veut",
]


@pytest.mark.parametrize("blank", ["", "  ", "\u2003", "\u00a0", "\x1c"])
def test_a_line_of_nothing_but_space_parts_paragraphs_whatever_its_space_is(blank: str) -> None:
    blocks = list(unwrapped("\n".join([*LINES, blank, *LINES])))
    assert blocks == [" ".join(LINES)] * 2

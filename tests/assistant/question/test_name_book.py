"""The book of names, kept up with what comes and goes, is the one that is made anew."""

from __future__ import annotations

import random

import pytest

from assistant.question.name_index import NameBook, Source, key_of

NAMES: list[tuple[Source, str]] = [
    ("speaker", "Maud Lorne"), ("speaker", "Paul Lorne"), ("speaker", "Lorne"), ("name", "Maud Lorne"),
    ("name", "Hélène de Tarvelle"), ("speaker", "Hélène Tarvelle"), ("name", "Tarvelle"), ("outlet", "Le Fanal"),
    ("name", "Le Fanal du pont"), ("speaker", "la ville de Tarvelle"), ("outlet", "Tarvelle"), ("name", "maud lorne"),
]  # fmt: skip
LOOKED_UP = ("Lorne", "Maud", "Maud Lorne", "M Lorne", "Tarvelle", "Hélène Tarvelle", "Le Fanal", "Fanal", "Maud Lrone")


class Names:
    """A vocabulary of some names, in order."""

    def __init__(self, there: set[tuple[Source, str]]) -> None:
        self._there = sorted(there)

    def speakers(self) -> list[str]:
        return [text for source, text in self._there if source == "speaker"]

    def names(self) -> list[str]:
        return [text for source, text in self._there if source == "name"]

    def outlets(self) -> list[str]:
        return [text for source, text in self._there if source == "outlet"]


@pytest.mark.parametrize("seed", range(20))
def test_a_book_that_is_kept_up_finds_what_a_new_one_finds(seed: int) -> None:
    chance, there, book = random.Random(seed), set[tuple[Source, str]](), NameBook()
    for _ in range(30):
        name = chance.choice(NAMES)
        (there.discard if name in there else there.add)(name)
        book.renew([(*name, name in there)], None)
        anew = NameBook(Names(there))
        for words in LOOKED_UP:
            key = key_of(words)
            assert book.exact(key) == anew.exact(key), words
            assert book.near(key) == anew.near(key), words
            assert book.outlet(words) == anew.outlet(words), words

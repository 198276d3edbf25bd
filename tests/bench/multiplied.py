"""Articles that were read -> any number of others like them, stored through the catalog without being read again.

A copy has other names and other words of the same lengths, so that what was found in the text stands where it stood,
and vectors beside those of what it is a copy of. Reading a hundred thousand passages would take an hour; this takes
minutes, and the catalog cannot tell the difference.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.catalog import Catalog, Reading
from index.models import Article, Person, Quotation, content_id

EXCHANGED = 0.4
"""The share of the small words of a text that others take the place of: copies are no near-duplicates."""
JITTER = 0.01
"""Of each number of a vector; some hundred numbers make that a fifth of its length."""
Renaming = Callable[[str | None], str | None]
JOINED = 0.2
"""The share of the copies that tell of people whom they quote."""
_WORD = re.compile(r"[^\W\d_]{4,}")


class Copies:
    """Makes articles like those that were read; the same seed makes the same ones.

    Attributes:
        known: the speaker with most quotations, whose name stays in every copy: somebody is quoted very often.
    """

    def __init__(self, readings: Sequence[Reading], seed: int = 1) -> None:
        self._readings = readings
        self._seed = seed
        speakers = Counter(said.speaker for reading in readings for said in reading.quotations if said.speaker)
        self.known = max(speakers, key=lambda name: (" " in name, speakers[name]))
        self._kept = set(_WORD.findall(self.known))
        self._words: dict[tuple[int, bool], list[str]] = defaultdict(list)
        for word in (word for reading in readings for word in _WORD.findall(reading.article.text)):
            self._words[_shape(word)].append(word)

    def made(self) -> Iterator[Reading]:
        """Yield the articles as they were read, and then copies of them without end."""
        yield from self._readings
        chance = random.Random(self._seed)
        jitter = np.random.default_rng(self._seed)
        while True:
            names: dict[str, str] = {}  # of a whole round: somebody is quoted in several articles of it
            for reading in self._readings:
                yield self._copy(reading, names, chance, jitter)

    def _copy(
        self, reading: Reading, names: dict[str, str], chance: random.Random, jitter: np.random.Generator
    ) -> Reading:
        def other_name(match: re.Match[str]) -> str:
            word = match[0]
            if word in self._kept or word.islower():
                return word
            if word not in names:
                names[word] = chance.choice(self._words[_shape(word)])
            return names[word]

        def other_word(match: re.Match[str]) -> str:
            word = match[0]
            if not word.islower() or chance.random() > EXCHANGED:
                return other_name(match)
            return chance.choice(self._words[_shape(word)])

        def renamed(words: str | None) -> str | None:
            return words and _WORD.sub(other_name, words)

        # to join people over all articles takes most of the time: whom some of them quote is enough
        speakers = {said.speaker for said in reading.quotations} if chance.random() < JOINED else set()
        article = _article(reading.article, _WORD.sub(other_word, reading.article.text), chance)
        return replace(
            reading,
            article=article,
            passages=[replace(passage, article_id=article.id) for passage in reading.passages],
            quotations=[_quotation(said, article, renamed) for said in reading.quotations],
            passage_vectors=_beside(reading.passage_vectors, jitter),
            quotation_vectors=_beside(reading.quotation_vectors, jitter),
            names=[renamed(name) or "" for name in reading.names],
            people=[_person(person, renamed) for person in reading.people if person.name in speakers],
        )


def fill(catalog: Catalog, copies: Copies, passages: int) -> None:
    """Store articles until they have so many passages."""
    stored = 0
    for reading in copies.made():
        if stored >= passages:
            return
        catalog.add(reading)
        stored += len(reading.passages)


def _shape(word: str) -> tuple[int, bool]:
    return len(word), word.islower()


def _article(article: Article, text: str, chance: random.Random) -> Article:
    id = content_id(text)
    day = article.published and article.published.replace(year=article.published.year + chance.randrange(-9, 3), day=1)
    title = text[: len(article.title)] if article.text.startswith(article.title) else article.title
    return replace(article, id=id, key=id, title=title, published=day, origin=f"copies#{id}", url=None, text=text)


def _quotation(said: Quotation, article: Article, renamed: Renaming) -> Quotation:
    named = {name: renamed(getattr(said, name)) for name in ("speaker", "speaker_as_written", "via", "alternative")}
    return replace(said, article_id=article.id, speaker_id=None, **named)


def _person(person: Person, renamed: Renaming) -> Person:
    return replace(person, name=renamed(person.name) or "", roles=tuple(renamed(role) or "" for role in person.roles))


def _beside(
    vectors: Sequence[NDArray[np.float32]] | NDArray[np.float32], jitter: np.random.Generator
) -> list[NDArray[np.float32]]:
    moved = [vector + jitter.normal(0.0, JITTER, len(vector)).astype(np.float32) for vector in vectors]
    return [vector / np.float32(np.linalg.norm(vector)) for vector in moved]

"""The names that the catalog knows, looked up by what people type."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.question.models import Known, Vocabulary
from index.names import is_particle, is_title
from index.typography import fold

Key = tuple[str, ...]

_TOKEN = re.compile(r"\w+")
_ARTICLES = frozenset({"le", "la", "les", "l", "un", "une", "the", "a", "an"})
NEAR = 0.78
"""Likeness (1 less edits by the longer length) from which a misspelt name is offered."""
SURE_EDITS = {1: 0, 2: 0, 3: 0, 4: 1, 5: 1, 6: 1}
"""Edits that a word of that many letters may hold without leaving doubt; two when it is longer."""
MAX_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Name:
    """A known name."""

    text: str
    key: Key
    known: Known
    personal: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Known names that some words may mean, the likeliest first.

    Attributes:
        sure: they are spelt as they should be, or nearly.
        whole: they are the whole name.
        first: they are but its beginning: a first name, an organisation's first words.
    """

    names: tuple[Name, ...]
    sure: bool
    whole: bool
    first: bool = False

    @property
    def best(self) -> Name:
        """The likeliest."""
        return self.names[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The rest, by their text."""
        return tuple(name.text for name in self.names[1 : 1 + MAX_OTHERS])


class NameBook:
    """Finds names by whole form, surname, first name or a misspelling; built once for a vocabulary.

    Accents, capitals, articles and titles make no difference. It never changes, so threads may share it.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._whole: dict[Key, Name] = {}
        self._ends: dict[Key, list[Name]] = defaultdict(list)
        self._starts: dict[Key, list[Name]] = defaultdict(list)
        self._pairs: dict[Key, list[Name]] = defaultdict(list)
        for known, texts in (("speaker", vocabulary.speakers()), ("mentioned", vocabulary.names())):
            self._add(texts, "speaker" if known == "speaker" else "mentioned")
        self._outlets = {key_of(outlet): outlet for outlet in vocabulary.outlets()}
        self._spelt = {" ".join(key): name for key, name in self._whole.items()}
        self._surnames = {key[0]: names for key, names in self._ends.items() if len(key) == 1}
        self._surnames |= {key[0]: [name] for key, name in self._whole.items() if len(key) == 1}

    def _add(self, texts: Iterable[str], known: Known) -> None:
        for text in texts:
            key = key_of(text)
            if not key or key in self._whole:
                continue
            name = self._whole[key] = Name(text, key, known, _is_personal(text))
            for cut in range(1, len(key)):
                if name.personal:
                    self._ends[key[cut:]].append(name)
                if cut == 1 or not name.personal:
                    self._starts[key[:cut]].append(name)
            if name.personal and len(key) > 2:
                self._pairs[key[0], key[-1]].append(name)
            if name.personal and len(key) > 1:
                self._pairs[key[0][0], key[-1]].append(name)

    def outlet(self, words: str) -> str | None:
        """Return the outlet that words name, None when they name none."""
        return self._outlets.get(key_of(words))

    def exact(self, key: Key) -> Match | None:
        """Return what a key means as it is spelt: a whole name, else a surname, else a first name or a beginning."""
        whole = self._whole.get(key)
        if whole and len(key) > 1:
            return Match((whole,), sure=True, whole=True)
        ends = _ranked(self._ends.get(key, ()))
        if whole and not (ends and ends[0].known == "speaker"):
            return Match((whole,), sure=True, whole=True)
        if whole:
            return Match((whole, *ends), sure=True, whole=True) if whole.known == "speaker" else Match(ends, True, False)
        ends = ends or _ranked(self._pairs.get(key, ()))
        found = ends or _ranked(self._starts.get(key, ()))
        return Match(found, sure=True, whole=False, first=not ends) if found else None

    def near(self, key: Key) -> Match | None:
        """Return what a key may mean if it is misspelt (optimal string alignment distance)."""
        typed = " ".join(key)
        if len(typed) < 4:
            return None
        choices = self._surnames if len(key) == 1 else self._spelt
        found = process.extractOne(
            typed, choices.keys(), scorer=OSA.normalized_similarity, score_cutoff=NEAR if len(typed) > 4 else 0.75
        )
        if not found:
            return None
        meant = choices[found[0]]
        names = _ranked(meant) if isinstance(meant, list) else (meant,)
        return Match(names, sure=_is_slip(key, tuple(found[0].split())), whole=len(key) > 1) if names else None

    def surname_of(self, key: Key) -> tuple[Name, ...]:
        """Return the known people whose surname is the last word of a key."""
        return _ranked(self._ends.get(key[-1:], ()))


def key_of(text: str) -> Key:
    """Return the words that a name is looked up by: folded, without a leading article."""
    words = tuple(_TOKEN.findall(fold(text)))
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def _is_personal(text: str) -> bool:
    """Tell whether a name may be called by its last word alone: every word of it is capitalised."""
    words = [word for word in re.findall(r"[\w.]+", text) if not is_particle(fold(word))]
    joined = set(key_of(text)[1:-1])
    group = bool(joined & {"of", "for"}) or (bool(joined & {"de", "du", "des"}) and len(words) > 3)
    return len(words) > 1 and all(word[0].isupper() for word in words) and not group


def _ranked(names: Sequence[Name]) -> tuple[Name, ...]:
    """Speakers before names that are only mentioned, which are left out beside speakers; no name twice."""
    speakers = [name for name in names if name.known == "speaker"]
    kept: list[Name] = []
    for name in speakers or sorted(names, key=lambda name: len(name.key)):
        if not any(name.key[-len(other.key) :] == other.key for other in kept):
            kept.append(name)
    return tuple(kept)


def _is_slip(typed: Key, meant: Key) -> bool:
    """Tell whether words differ so little that they are one name misspelt, not two names."""
    if len(typed) != len(meant):
        return OSA.distance(" ".join(typed), " ".join(meant)) <= 1
    return all(
        OSA.distance(one, other) <= SURE_EDITS.get(min(len(one), len(other)), 2)
        for one, other in zip(typed, meant, strict=True)
    ) and (len(typed) > 1 or min(len(typed[0]), len(meant[0])) > 5)

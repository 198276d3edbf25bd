"""The names that the catalog knows, looked up by what people type."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.question.figures import first_name_gender
from assistant.question.models import AskedPerson, Known, KnownNames
from assistant.question.spellings import Spellings, is_slip
from index.languages.data_files import shared
from index.text.names import is_particle
from index.typography import fold

Key = tuple[str, ...]
Source = Literal["speaker", "name", "outlet"]
_KNOWN: dict[Source, Known] = {"speaker": "speaker", "name": "mentioned", "outlet": "mentioned"}
_PLACES: dict[Source, int] = {"speaker": 0, "name": 1, "outlet": 2}
"""Of names that are written alike, who is quoted is meant first, then what is named, then an outlet."""

_TOKEN = re.compile(r"\w+")
_WORDS = re.compile(r"[\w.]+")
_ARTICLES = frozenset({"le", "la", "les", "l", "un", "une", "the", "a", "an"})
NEAR = 0.78
"""Likeness (1 less edits by the longer length) from which a misspelt name is offered."""
NEAR_SHORT = 0.75
"""The same for names of ``SHORTEST`` letters."""
SHORTEST = 4
"""Letters of the shortest name that is looked for when it is misspelt."""
PAIR = 2
"""Words of a first name and a surname."""
MAX_OTHERS = 5
_NOBLE = 3
"""Words, particles left out, of the longest name with "de" in it that is somebody's."""


@dataclass(frozen=True, slots=True)
class Name:
    """A known name; ``place``: among those that are written alike, or may be meant by the same words."""

    text: str
    key: Key
    known: Known
    personal: bool
    place: tuple[int, str]


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

    def person(self, typed: str, role: str | None = None, sure: bool | None = None) -> AskedPerson:
        """The likeliest as a person of a question that types it so."""
        sure = self.sure if sure is None else sure
        return AskedPerson(self.best.text, typed, self.best.known, sure, self.others, role)


class NameBook:
    """Finds names by whole form, surname, first name or a misspelling; kept up with a vocabulary, never built again.

    Accents, capitals, articles and titles make no difference. Threads may look names up while it is renewed: they
    find what was there before, or what is there now.

    Attributes:
        today: the day from which "last week" is counted; None: today.
    """

    def __init__(self, vocabulary: KnownNames | None = None, today: date | None = None) -> None:
        self.today = today
        self._written: dict[Key, list[Name]] = {}  # all that are written so: the first is meant
        self._ends: dict[Key, list[Name]] = defaultdict(list)
        self._starts: dict[Key, list[Name]] = defaultdict(list)
        self._pairs: dict[Key, list[Name]] = defaultdict(list)
        self._outlets: dict[Key, str] = {}
        self._exonyms = exonyms()
        self._spelt, self._surnames = Spellings(), Spellings()
        if vocabulary is not None:
            self.renew(_all_of(vocabulary), today)

    def renew(self, changed: Iterable[tuple[Source, str, bool]], today: date | None) -> None:
        """Take up names that came, or went, each with whether it is there now; ``today``: see above."""
        unsorted: dict[int, list[Name]] = {}
        outlets = self._outlets.copy()
        for source, text, there in changed:
            key = key_of(text)
            if source == "outlet":
                outlets.pop(key, None) if not there else outlets.update({key: text})
            if key:
                self._place(
                    Name(text, key, _KNOWN[source], _is_personal(text, key), (_PLACES[source], text)), there, unsorted
                )
        for names in unsorted.values():
            names[:] = sorted(names, key=_place_of)  # at once: another thread may be reading it
        self._outlets, self.today = outlets, today

    def _place(self, name: Name, there: bool, unsorted: dict[int, list[Name]]) -> None:
        """Put a name among those that are written alike, or take it away; what is meant by the words may be another."""
        alike = self._written.get(name.key, [])
        others = [other for other in alike if other.place != name.place]
        now = sorted([*others, name], key=_place_of) if there else others
        if alike[:1] != now[:1]:
            for meant in now[:1]:
                self._learn(meant, unsorted)
            for meant in alike[:1]:
                self._forget(meant)
        if now:
            self._written[name.key] = now
        else:
            self._written.pop(name.key, None)

    def _learn(self, name: Name, unsorted: dict[int, list[Name]]) -> None:
        for names in self._lists(name):
            names.append(name)
            unsorted[id(names)] = names
        for spellings, spelt in self._spellings(name):
            spellings.add(spelt, name.known == "speaker")

    def _forget(self, name: Name) -> None:
        for names in self._lists(name):
            names.remove(name)
        for spellings, spelt in self._spellings(name):
            spellings.drop(spelt, name.known == "speaker")

    def _lists(self, name: Name) -> Iterator[list[Name]]:
        """Where a name is found by less than all of it: by its beginnings, somebody by surnames and initials too."""
        key = name.key
        for cut in range(1, len(key)):
            # "the mayor" is not "the mayor's spokesman".
            if (cut == 1 or not name.personal) and key[cut] != "s":
                yield self._starts[key[:cut]]
        if name.personal:
            for cut in range(1, len(key)):
                yield self._ends[key[cut:]]
            if len(key) > PAIR:
                yield self._pairs[key[0], key[-1]]
            if len(key) >= PAIR:
                yield self._pairs[key[0][0], key[-1]]

    def _spellings(self, name: Name) -> Iterator[tuple[Spellings, str]]:
        """How a name may be misspelt: all of it, and the surname, or the one word that it is."""
        yield self._spelt, " ".join(name.key)
        if len(name.key) == 1 or name.personal:
            yield self._surnames, name.key[-1]

    def outlet(self, words: str) -> str | None:
        """Return the outlet that words name, None when they name none."""
        return self._outlets.get(key_of(words))

    def outlet_in_short(self, words: str) -> str | None:
        """Return the one outlet whose name begins or ends with some words, None when there is not just one."""
        key = key_of(words)
        found = [outlet for whole, outlet in self._outlets.items() if key in (whole[: len(key)], whole[-len(key) :])]
        return found[0] if key and len(found) == 1 else None

    def exact(self, key: Key) -> Match | None:
        """Return what a key means: a whole name, else a surname, else a first name or a beginning.

        A name that is unknown as it is spelt is looked up as the other language writes it ("Brussels").
        """
        found = self._spelt_as(key)
        if found and not found.first:
            return found
        abroad = [match for other in self._exonyms.get(key, ()) if (match := self._spelt_as(other))]
        return next((match for match in abroad if not match.first), found)

    def _spelt_as(self, key: Key) -> Match | None:
        whole, ends = next(iter(self._written.get(key, ())), None), _ranked(self._ends.get(key, ()))
        speaking = tuple(name for name in ends if name.known == "speaker")
        if whole and (len(key) > 1 or not speaking):
            return self._called_by_first_name(whole) or Match((whole,), sure=True, whole=True)
        if whole and whole.known == "speaker":
            return Match((whole, *speaking), sure=True, whole=True)
        return self._called(key, ends)

    def _called_by_first_name(self, name: Name) -> Match | None:
        """The only speaker of a first name that articles print alone too; None: it is nobody's, or several's."""
        if name.known == "speaker" or len(name.key) > 1 or not first_name_gender(name.text):
            return None
        speaking = [one for one in self._starts.get(name.key, ()) if one.personal and one.known == "speaker"]
        return Match((speaking[0],), sure=True, whole=False, first=True) if len(speaking) == 1 else None

    def _called(self, key: Key, ends: tuple[Name, ...]) -> Match | None:
        ends = ends or _ranked(self._pairs.get(key, ()))
        found = ends or _ranked(self._starts.get(key, ()))
        return Match(found, sure=True, whole=False, first=not ends) if found else None

    def near(self, key: Key) -> Match | None:
        """Return what a key may mean if it is misspelt (optimal string alignment distance)."""
        typed = " ".join(key)
        if len(typed) < SHORTEST:
            return None
        spellings = self._surnames if len(key) == 1 else self._spelt
        near = NEAR if len(typed) > SHORTEST else NEAR_SHORT
        choices = spellings.of_lengths(int(len(typed) * near), int(len(typed) / near) + 1)
        found = process.extractOne(typed, choices, scorer=OSA.normalized_similarity, score_cutoff=near)
        if not found:
            return None
        meant = tuple(found[0].split())
        match = self.exact(meant)
        return replace(match, sure=is_slip(key, meant)) if match else None

    def surname_of(self, key: Key) -> tuple[Name, ...]:
        """Return the known people whose surname is the last word of a key."""
        return _ranked(self._ends.get(key[-1:], ()))


@functools.cache
def exonyms() -> dict[Key, list[Key]]:
    """Return how names are written in other languages, from each to the others."""
    pairs = [
        (key_of(one), key_of(other)) for names in shared("exonyms")["names"] for one, other in combinations(names, 2)
    ]
    abroad: dict[Key, list[Key]] = defaultdict(list)
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        abroad[one].append(other)
    return abroad


def key_of(text: str) -> Key:
    """Return the words that a name is looked up by: folded, without a leading article."""
    words = tuple(_TOKEN.findall(fold(text)))
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def _all_of(vocabulary: KnownNames) -> Iterator[tuple[Source, str, bool]]:
    yield from (("speaker", text, True) for text in vocabulary.speakers())
    yield from (("name", text, True) for text in vocabulary.names())
    yield from (("outlet", text, True) for text in vocabulary.outlets())


def _place_of(name: Name) -> tuple[int, str]:
    return name.place


def _is_personal(text: str, key: Key) -> bool:
    """Tell whether a name may be called by its last word alone: every word of it is capitalised."""
    if len(key) < PAIR and "." not in text:
        return False
    words = [word for word in _WORDS.findall(text) if not _is_particle(word)]
    joined = set(key[1:-1])
    group = bool(joined & {"of", "for"}) or (bool(joined & {"de", "du", "des"}) and len(words) > _NOBLE)
    return len(words) > 1 and all(word[0].isupper() for word in words) and not group


@functools.lru_cache(maxsize=20_000)
def _is_particle(word: str) -> bool:
    return is_particle(fold(word))


def _ranked(names: Sequence[Name]) -> tuple[Name, ...]:
    """Speakers before names that are only mentioned, which are left out beside speakers; no name twice."""
    speakers = [name for name in names if name.known == "speaker"]
    kept: list[Name] = []
    for name in speakers or sorted(names, key=lambda name: len(name.key)):
        if not any(name.key[-len(other.key) :] == other.key for other in kept):
            kept.append(name)
    return tuple(kept)

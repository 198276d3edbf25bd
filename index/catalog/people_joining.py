"""Whom several articles name -> who is one with whom; what articles came in first makes no difference.

A person's whole name, a body's or a place's makes those of that name one, whatever accents, capitals and hyphens.
People of one name whose genders differ are two, and one whose gender is not told is then neither of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from index.languages.data_files import languages
from index.languages.lexicon import lexicon
from index.languages.stopwords import all_stopwords
from index.models import SpeakerKind
from index.typography import fold, words

_INITIAL = re.compile(r"\w\.?(?:-\w\.?)?")
NAMELESS = ("crowd", "document")
"""What bears no name of its own: "officials" of one article are not those of another."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How one article names somebody; ``roles`` are as it prints them."""

    article_id: str
    name: str
    kind: SpeakerKind
    gender: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """What is told of those who are one: the name that most articles give, and so the kind."""

    name: str
    kind: SpeakerKind
    gender: str


def groups(namings: Sequence[Naming]) -> list[list[int]]:
    """Return which namings are of one, as positions, each in one group; all that share a last word must be there."""
    named = defaultdict[tuple[str, ...], list[int]](list)
    short: list[int] = []
    for at, naming in enumerate(namings):
        if _is_short(naming):
            short.append(at)
        else:
            named[_identifying(naming)].append(at)
    whole = [group for same in named.values() for group in _by_gender(namings, same)]
    for group in whole.copy():
        group += _meant(namings, group, short, whole)
    joined = {at for group in whole for at in group}
    return whole + [[at] for at in short if at not in joined]


def identity(namings: Sequence[Naming]) -> Identity:
    """Return what is told of those who are one; a surname alone is not their name when there is a whole one."""
    whole = [naming for naming in namings if not _is_short(naming)] or namings
    gender = next((naming.gender for naming in namings if naming.gender), "")
    return Identity(_most(naming.name for naming in whole), _most_kind(whole), gender)


def last_word(name: str) -> str:
    """Return what all names share that may be one's: the last word, folded."""
    return (words(name).split() or [name])[-1]


def name_key(name: str, kind: SpeakerKind) -> tuple[str, str]:
    """Return what is equal for names of one: persons apart from bodies and places, which may lose their noun."""
    person = kind == "person"
    return "person" if person else "body", words(name if person else _without_noun(name))


def role_words(role: str) -> tuple[str, ...]:
    """Return the folded words of a role, without articles and the like: "la maire de Morvillac"."""
    return tuple(word for word in words(role).split() if word not in all_stopwords())


def _identifying(naming: Naming) -> tuple[str, ...]:
    key = name_key(naming.name, naming.kind)
    return (*key, naming.kind, naming.article_id) if naming.kind in NAMELESS else key


def _by_gender(namings: Sequence[Naming], same: Sequence[int]) -> list[list[int]]:
    by_gender = defaultdict[str, list[int]](list)
    for at in same:
        by_gender[namings[at].gender].append(at)
    return list(by_gender.values()) if len(by_gender.keys() - {""}) > 1 else [list(same)]


def _is_short(naming: Naming) -> bool:
    """Tell whether a person is named by a surname alone, or behind an initial."""
    given = naming.name.split()[:-1]
    return naming.kind == "person" and all(_INITIAL.fullmatch(word) for word in given)


def _meant(
    namings: Sequence[Naming], group: Sequence[int], short: Sequence[int], whole: Sequence[list[int]]
) -> list[int]:
    """Return the short names that mean a person: the only one of that surname, who has a role of theirs.

    Where two genders are told of those whom they may mean, only the person's own counts.
    """
    one = [namings[at] for at in group]
    surname = last_word(one[0].name)
    if _bearers(namings, whole, surname) != [group]:
        return []
    alike = [at for at in short if last_word(namings[at].name) == surname]
    meant = _agreeing(namings, alike, one)
    told = _genders(one) or _genders([namings[at] for at in meant])
    return [at for at in meant if namings[at].gender in ("", *told)] if len(told) <= 1 else []


def _agreeing(namings: Sequence[Naming], short: Sequence[int], one: Sequence[Naming]) -> list[int]:
    """Return the short names with a person's initials and one of the roles, where the article names no such other."""
    articles, offices, forms = {each.article_id for each in one}, _offices(one), {each.name for each in one}
    return [
        at
        for at in short
        if namings[at].article_id not in articles
        and any(_has_initials(namings[at].name, form) for form in forms)
        and _offices([namings[at]]) & offices
    ]


def _genders(namings: Iterable[Naming]) -> set[str]:
    return {naming.gender for naming in namings if naming.gender}


def _bearers(namings: Sequence[Naming], whole: Sequence[list[int]], surname: str) -> list[list[int]]:
    firsts = ((group, namings[group[0]]) for group in whole)
    return [group for group, first in firsts if first.kind == "person" and last_word(first.name) == surname]


def _has_initials(short: str, whole: str) -> bool:
    initials = words(short).split()[:-1]
    given = words(whole).split()
    return len(initials) < len(given) and all(
        name.startswith(initial) for initial, name in zip(initials, given, strict=False)
    )


def _offices(namings: Iterable[Naming]) -> set[str]:
    return {word for naming in namings for role in naming.roles for word in role_words(role)} & _role_nouns("any")


def _without_noun(name: str) -> str:
    """Return a body's name without a noun that tells what it is: "compagnie Manche & Nuit"."""
    first, _, rest = name.partition(" ")
    while rest and first.islower() and fold(first) in all_stopwords():
        first, _, rest = rest.partition(" ")
    plain = f"{first} {rest}".strip()
    return rest if rest[:1].isupper() and first.islower() and fold(first) in _role_nouns("bodies") else plain


@cache
def _role_nouns(key: str) -> frozenset[str]:
    return frozenset(
        word for lang in languages() for noun in lexicon(lang).words[f"roles.{key}"] for word in _parts(noun)
    )


def _parts(noun: str) -> list[str]:
    return words(noun).split() if " " not in noun else []


def _most(names: Iterable[str]) -> str:
    counted = Counter(names)
    return min(counted, key=lambda name: (-counted[name], -len(name), name))


def _most_kind(namings: Sequence[Naming]) -> SpeakerKind:
    counted = Counter(naming.kind for naming in namings)
    return min(counted, key=lambda kind: (-counted[kind], kind))

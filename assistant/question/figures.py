"""Somebody whom a conversation may turn to: who they are, and which words stand beside their name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.question.grammar import Grammar
from assistant.question.models import AskedPerson
from index.languages.data_files import languages
from index.languages.lexicon import lexicon
from index.languages.stopwords import all_stopwords
from index.languages.terms import terms
from index.languages.thesaurus import same_meaning
from index.models import SpeakerKind
from index.typography import fold

Gender = Literal["Masc", "Fem", ""]
NEAR = 90
"""Characters between a name and a word that may tell its bearer's function."""
_WORD = re.compile(r"\w+")
_PRINTED, _HELD, _BESIDE = 3.0, 2.0, 1.5
_FITS = 0.75
_CLOSE = 0.3


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody (a person, an organisation) whom an answer shows, a question names or an article names.

    Attributes:
        name: in full.
        roles: as the articles print them.
        speaks: whether the articles quote them.
        beside: the words that stand near the name, folded, each with the characters between the two at least, the
            nearest last.
    """

    name: str
    kind: SpeakerKind | None = None
    gender: str = ""
    roles: tuple[str, ...] = ()
    speaks: bool = True
    beside: tuple[tuple[str, int], ...] = ()

    @property
    def surname(self) -> str:
        """The last word of the name, folded."""
        return fold(self.name).split()[-1]

    def person(self, typed: str | None = None, role: str | None = None) -> AskedPerson:
        """Return them as a question names them."""
        return AskedPerson(self.name, typed or self.name, "speaker" if self.speaks else "mentioned", role=role)

    def may_be(self, gender: str) -> bool:
        """Tell whether they may be of a gender; "" is any, and one whom nobody tells of may be either."""
        return not gender or not self.gender or self.gender == gender


def figure_of(person: AskedPerson) -> Figure:
    """Return somebody whom a question names, of whom nothing else is known but what the first name tells."""
    return Figure(person.name, gender=first_name_gender(person.name), speaks=person.known == "speaker")


def first_name_gender(name: str) -> str:
    """Return "Fem" or "Masc" when a first name tells, else ""."""
    first = name.split()[0] if name.split() else ""
    return next((told for lang in languages() if (told := lexicon(lang).gender_of(first))), "")


def called(phrase: str, figures: Iterable[Figure], grammar: Grammar) -> list[Figure]:
    """Return those of some figures whom a phrase may mean ("la maire de Bréval", "the harbour pilot"), the likeliest.

    Several are returned when they fit alike.
    """
    words, gender = role_words(phrase), gender_of(phrase, grammar)
    if not words:
        return []
    scored = [(fit(words, figure), figure) for figure in figures if figure.may_be(gender)]
    best = max((score for score, _ in scored), default=0.0)
    return [figure for score, figure in scored if score >= max(_FITS, best - _CLOSE)]


def is_role(phrase: str) -> bool:
    """Tell whether some words hold a noun that people or bodies are called by."""
    return head_of(role_words(phrase)) is not None


def is_persons(phrase: str) -> bool:
    """Tell whether some words are led by a noun that people are called by, no body: "l'inspecteur", not "l'agence"."""
    head = next(iter(role_words(phrase)), "")
    return head in _persons()


@cache
def _persons() -> frozenset[str]:
    """The folded nouns for people, in the languages that questions are asked in."""
    words = ((lang, word) for lang in languages() for word in lexicon(lang).words["roles.speaking"])
    return frozenset(fold(word) for lang, word in words if not lexicon(lang).has("roles.bodies", word))


def fit(words: Sequence[str], figure: Figure) -> float:
    """Return how well the words of a role fit somebody: 0 or more."""
    head = head_of(words) or words[0]
    rest = [word for word in words if word != head]
    beside = {form: far for word, far in figure.beside for form in _forms(word)}
    printed = max((_held(head, rest, role_words(role)) for role in figure.roles), default=0.0)
    told = max(printed, _nearness(head, beside))
    with_rest = sum(not _forms(word).isdisjoint(beside) for word in rest)
    return told + with_rest / (2 * len(words)) if told else 0.0


def _nearness(head: str, beside: Mapping[str, int]) -> float:
    """How near a noun stands to a name: 0 when it does not."""
    far = [beside[form] for form in _forms(head) if form in beside]
    return _BESIDE - min(far) / NEAR if far else 0.0


def _held(head: str, rest: Sequence[str], role: Sequence[str]) -> float:
    """How well a role fits a printed one: they have one noun, and the other words in common."""
    if head == _initials(role):
        return _PRINTED
    if not any(_alike(head, own) for own in role):
        return 0.0
    leads = _alike(head, head_of(role) or role[0]) or _alike(head, role[-1])
    held = sum(any(_alike(word, own) for own in role) for word in rest)
    return (_PRINTED if held == len(rest) else _HELD) + held / 4 if leads else _FITS / 2


def _initials(role: Sequence[str]) -> str:
    """What a printed role is abbreviated to: "Chief Financial Officer" is the "cfo"; "" when it is one word."""
    return "".join(word[0] for word in role) if len(role) > 1 else ""


def _alike(one: str, other: str) -> bool:
    return bool(_forms(one) & _forms(other))


def head_of(words: Sequence[str]) -> str | None:
    """Return the noun that somebody is called by: the first such word of a role; None: there is none."""
    return next((word for word in words if _forms(word) & _nouns()), None)


@cache
def _nouns() -> frozenset[str]:
    """The nouns for people and bodies in the languages that questions are asked in, and their stems."""
    lists = ("roles.speaking", "roles.offices", "kin.all")
    told = (fold(word) for lang in languages() for name in lists for word in lexicon(lang).words[name])
    return frozenset(form for word in told if word.isalpha() or "-" in word for form in _forms(word))


def role_words(phrase: str) -> tuple[str, ...]:
    """Return the folded words of a role without articles and the like: "la maire de Morvillac"."""
    return tuple(word for word in _WORD.findall(fold(phrase)) if word not in all_stopwords() and len(word) > 1)


def gender_of(phrase: str, grammar: Grammar) -> str:
    """Return the gender that the words of a function tell: "la maire", "son frère", "her sister"."""
    plain = fold(phrase)
    told = [gender for gender in ("Fem", "Masc") if grammar.phrases[f"called_{gender.lower()}"].match(plain)]
    return told[0] if told else ""


@cache
def _forms(word: str) -> frozenset[str]:
    """The word and its stems in the languages that questions are asked in, and what means the same in either."""
    stems = [(stem, lang) for lang in languages() for stem in terms(word, lang)]
    others = (phrase for stem, lang in stems for phrase in same_meaning((stem,), lang) if len(phrase) == 1)
    return frozenset((word, *(stem for stem, _ in stems), *(phrase[0] for phrase in others)))

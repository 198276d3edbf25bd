"""The words of a language by what they do, read from its folder: a form in a text -> the verb, the role, the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from index.languages.conjugation import forms
from index.languages.data_files import LEXICON, every, languages, shared, table
from index.typography import fold

_FORMS = ("verbs", "acts", "tense", "paradigms", "alternation", "irregular", "phrases")
"""Sections whose entries are read as forms of verbs."""
FALLBACK = "en"
"""The language whose words serve for texts of languages that have no folder of their own."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb.

    ``groups`` are the lists of the lexicon that name it (say, think, object, promise, deny, naming, dependent).
    """

    lemma: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language's data files say, forms spelt out.

    Attributes:
        verbs: form in lower case -> verb.
        phrases: verb form -> the words that may follow it to make one cue ("faire" -> ("savoir",), ...).
        before: the sources that stand before a name, as tuples of words ("d'", "après"), longest first.
        openers: the first words of ``before``.
        own: first word -> the sources that hold a pronoun ("à ses yeux"), the pronoun after an asterisk.
        words: every other list of the files, by "section.key", as a set of words in lower case, empty when the
            language has none; "roles.speaking" is the nouns of both people and bodies.
        kinds: general role ("élu") -> the particular roles it may stand for.
        feminine: first names of women, folded; ``masculine``: of men; ``either``: of both.
    """

    lang: str
    verbs: Mapping[str, Verb]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    before: tuple[str, ...]
    openers: frozenset[str]
    own: Mapping[str, tuple[tuple[str, ...], ...]]
    words: Mapping[str, frozenset[str]]
    kinds: Mapping[str, frozenset[str]]
    feminine: frozenset[str]
    masculine: frozenset[str]
    either: frozenset[str]

    def has(self, key: str, word: str) -> bool:
        """Tell whether a word (any case) is in the list "section.key"."""
        return word.lower() in self.words[key]

    def ends(self, key: str, word: str) -> bool:
        """Tell whether a word in lower case has one of the endings in the list "section.key"."""
        return word.endswith(tuple(self.words[key]))

    def singulars(self, word: str) -> list[str]:
        """Return what a word in lower case may be in the singular, itself included: "élus" -> "élus", "élu".

        An ending of the singular is tried where none of the plural is taken off, too.
        """
        endings = [ending.partition("-") for ending in self.words["suffixes.plural"]]
        return [word, *(word.removesuffix(many) + one for many, _, one in endings)]

    def forms_of(self, group: str) -> set[str]:
        """Return the forms of the verbs of a group ("say")."""
        return {form for form, verb in self.verbs.items() if group in verb.groups}

    def is_first_name(self, word: str) -> bool:
        """Tell whether a word (or the first half of "Marie-Claude") is somebody's first name."""
        name = _first_half(word)
        return name in self.feminine or name in self.masculine or name in self.either

    def gender_of(self, word: str) -> str:
        """Return "Fem" or "Masc" for a first name that one gender alone bears, else ""."""
        name = _first_half(word)
        return "Fem" if name in self.feminine else "Masc" if name in self.masculine else ""


@lru_cache(maxsize=4096)
def _first_half(word: str) -> str:
    return fold(word).split("-")[0]


@lru_cache(maxsize=4)
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language; English serves for those that have none."""
    lang = lang if lang in languages() else FALLBACK
    data = {section: entries for noun in LEXICON for section, entries in table(lang, noun).items()}
    feminine, masculine, either = _first_names(lang)
    words = dict.fromkeys(_known_lists(), frozenset[str]()) | _word_lists(data)
    words["roles.any"] |= frozenset(data["roles"]["kinds"]) - words["names.titles"]
    words["roles.any"] |= words["names.peoples"]
    words["roles.speaking"] = words["roles.any"] | words["roles.bodies"]
    return Lexicon(
        lang=lang,
        verbs=_verbs(data),
        phrases=_phrases(data),
        before=tuple(sorted((s for s in data["sources"]["before"]), key=len, reverse=True)),
        openers=frozenset(_opener(s) for s in data["sources"]["before"]),
        own=_own_sources(data["sources"]["own"]),
        words=words,
        kinds={general: frozenset(text.split()) for general, text in data["roles"]["kinds"].items()},
        feminine=feminine,
        masculine=masculine,
        either=either,
    )


def _first_names(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the names of women, of men and of both, as the newspapers of a language give them."""
    names = shared("first_names")
    own = names.get(lang, {})
    here = {gender: frozenset(own.get(gender, "").split()) for gender in ("feminine", "masculine", "either")}
    feminine = (frozenset(names["feminine"].split()) | here["feminine"]) - here["either"]
    masculine = (frozenset(names["masculine"].split()) | here["masculine"]) - here["either"]
    return feminine, masculine, (frozenset(names["either"].split()) | here["either"]) - feminine - masculine


def _own_sources(sources: Sequence[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for source in sources:
        words = tuple(source.replace("d'après", "d' après").split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


def _opener(source: str) -> str:
    """Return the first word of a source as the tokenizer cuts it: "d'" of "d'après"."""
    first = source.split()[0]
    return first.split("'")[0] + "'" if "'" in first else first


@cache
def _known_lists() -> frozenset[str]:
    """Return the lists that any language has, but those of kinship: one that a language lacks is empty in it."""
    lists = {key for noun in LEXICON for data in every(noun) for key in _word_lists(data)}
    return frozenset(key for key in lists if not key.startswith("kin."))


def _word_lists(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    lists = {}
    for section, entries in data.items():
        if section in _FORMS:
            continue
        for key, value in entries.items():
            if not isinstance(value, dict):
                lists[f"{section}.{key}"] = frozenset(
                    v.lower() for v in (value.split() if isinstance(value, str) else value)
                )
    return lists


def _verbs(data: Mapping[str, Any]) -> dict[str, Verb]:
    groups: dict[str, set[str]] = {}
    for group, lemmas in data["verbs"].items():
        for lemma in lemmas.split():
            groups.setdefault(lemma, set()).add(group)
    known: dict[str, Verb] = {}
    for lemma, names in groups.items():
        verb = Verb(lemma, frozenset(names))
        for form in forms(lemma, data):
            known.setdefault(form, verb)
    return known


def _phrases(data: Mapping[str, Any]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases by each form of their first word; those "as_written" have but one."""
    found: dict[str, list[tuple[str, ...]]] = {}
    conjugated = [(phrase, forms(phrase.split()[0], data)) for phrase in data["phrases"].get("say", [])]
    written = [(phrase, {phrase.split()[0]}) for phrase in data["phrases"].get("as_written", [])]
    for phrase, heads in conjugated + written:
        for head in heads:
            found.setdefault(head, []).append(tuple(phrase.split()[1:]))
    return {form: tuple(rests) for form, rests in found.items()}

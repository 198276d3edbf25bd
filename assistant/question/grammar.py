"""How questions are asked in one language: a data file -> compiled rules."""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from assistant.question.models import Move, QuestionKind, Wants
from assistant.question.plain_text import plain
from index.languages.data_files import QuestionLanguage, table
from index.languages.lexicon import lexicon
from index.languages.patterns import one_of
from index.languages.speech_acts import act_forms
from index.typography import fold

_MACRO = re.compile(r"\{([a-z_]+)\}")
_PART = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|(?P<macro>\{[a-z_]+\})|[(|)]")
_OUTER = re.compile(r"\\.|\[(?:\\.|[^\]])*\]")
LONG = 2_000
"""Letters of a list of words that takes long to compile."""
_SUBJECT = '(?P<subject>[^,?!;:"\\x00]{1,90}?)(?:,\\s[^,?!;"\\x00]{1,60},)?'


class Pattern:
    """A regular expression that is compiled when it is matched first: a question needs a few of hundreds.

    Attributes:
        pattern: as it is compiled.
    """

    __slots__ = ("_compiled", "_head", "pattern")

    def __init__(self, pattern: str, head: str = "") -> None:
        """``head``: the beginning of the pattern; where that does not match, the rest is not compiled."""
        self.pattern = pattern
        self._compiled: re.Pattern[str] | None = None
        self._head = Pattern(head) if head else None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """See ``re.Pattern``."""
        if self._compiled is None and self._head is not None and not self._head.match(text, start):
            return None
        return self._ready().match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """See ``re.Pattern``."""
        return self._ready().fullmatch(text)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """See ``re.Pattern``."""
        return self._ready().search(text, start, end)

    def sub(self, other: str | Callable[[re.Match[str]], str], text: str) -> str:
        """See ``re.Pattern``."""
        return self._ready().sub(other, text)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """See ``re.Pattern``."""
        return self._ready().finditer(text, start, end)

    def compile(self) -> None:
        """Compile it now, so that no question waits for it."""
        self._ready()

    def _ready(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """One way of asking.

    Attributes:
        pattern: matched where a clause begins; may name the groups ``subject``, ``pronoun`` and ``verb``.
        subject_follows: the speaker comes right after the match.
        unless_claim: the kind when a claim or a quotation comes next.
        unless_name: the kind when a name comes next.
        needs_name: the rule counts only when its subject is a name, or a function.
        needs_speaker: the rule counts only when its subject is a name, or a function that people hold.
        needs_quoted: the rule counts only when its subject is one whom the articles quote.
        before_facts: it is tried before question words ("combien") make the question one of fact.
    """

    kind: QuestionKind
    pattern: Pattern
    subject_follows: bool = False
    unless_claim: QuestionKind | None = None
    unless_name: QuestionKind | None = None
    needs_name: bool = False
    needs_speaker: bool = False
    needs_quoted: bool = False
    before_facts: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of one language, in order, and its small words, as patterns over plain text.

    ``wants``: the question words that ask for a fact; ``nouns``: the nouns that do ("durée du film").
    """

    lang: QuestionLanguage
    rules: tuple[QuestionRule, ...]
    wants: tuple[tuple[Wants, Pattern], ...]
    nouns: tuple[tuple[Wants, Pattern], ...]
    phrases: Mapping[str, Pattern]
    written: Mapping[str, Pattern]
    numbers: Mapping[str, int]
    compose: Mapping[str, str]
    taken_up: Mapping[str, str]
    moves: Mapping[Move | Literal["ordinal"], Pattern]
    ordinals: Mapping[str, int]
    articles: Mapping[str, str]

    def compile(self) -> None:
        """Compile all patterns now: about two seconds, which questions of a page need not wait for."""
        asked = (pattern for _, pattern in (*self.wants, *self.nouns))
        found = (rule.pattern for rule in self.rules), asked
        for pattern in chain(*found, self.phrases.values(), self.written.values(), self.moves.values()):
            pattern.compile()

    @property
    def before_facts(self) -> Sequence[QuestionRule]:
        """The rules that are tried before question words make a question one of fact."""
        return [rule for rule in self.rules if rule.before_facts]

    def skip(self, phrase: str, plain: str, start: int) -> int:
        """Return where a phrase that begins at ``start`` ends; ``start`` when it is not there."""
        match = self.phrases[phrase].match(plain, start)
        return match.end() if match else start

    def is_(self, phrase: str, words: str) -> bool:
        """Tell whether plain words are a phrase, wholly."""
        return bool(self.phrases[phrase].fullmatch(words))


@functools.cache
def grammar(lang: QuestionLanguage) -> Grammar:
    """Return the grammar of a language; it is read once."""
    data, follow = table(lang, "questions"), table(lang, "follow_ups")
    lists = _lists(lang) | {"ordinals": list(follow["ordinals"])}
    macros = {name: "|".join(words) for name, words in lists.items()} | data["phrases"]
    alternatives = {name: rf"(?:{'|'.join(words)})\b" for name, words in lists.items()}
    stop = rf"\b(?:{'|'.join(data['stop']['words'])})\b"
    phrases = alternatives | data["phrases"] | follow["phrases"] | {"stop": stop}
    compose = data["compose"] | follow["compose"]
    return Grammar(
        lang=lang,
        rules=tuple(_rule(entry, macros) for entry in data["rules"]),
        wants=_wanted(data["wants"], macros),
        nouns=_wanted(data["nouns"], macros),
        written=_written(data["written"], macros),
        numbers=data["numbers"],
        compose={name: text for name, text in compose.items() if isinstance(text, str)},
        taken_up=data["compose"]["taken_up"],
        phrases={name: _compiled(pattern, macros) for name, pattern in phrases.items()},
        moves={move: _compiled(f"(?:{'|'.join(asked)})", macros) for move, asked in follow["moves"].items()},
        ordinals=follow["ordinals"],
        articles=follow["articles"],
    )


def _wanted(patterns: Mapping[Wants, list[str]], macros: Mapping[str, str]) -> tuple[tuple[Wants, Pattern], ...]:
    """What asks for each kind of thing that answers a question of fact."""
    return tuple((kind, _compiled(rf"\b(?:{'|'.join(each)})(?!\w)", macros)) for kind, each in patterns.items())


def _written(patterns: Mapping[str, str], macros: Mapping[str, str]) -> dict[str, Pattern]:
    return {lang: _compiled(rf"(?<!\w)(?:{pattern})", macros) for lang, pattern in patterns.items()}


def _lists(lang: str) -> dict[str, list[str]]:
    """Return the lists of words of the rules: those that questions alone have, and those of the lexicon."""
    data = table(lang, "questions")
    lists: dict[str, list[str]] = {name: list(words) for name, words in data["words"].items()}
    unasked = set(data["lexicon"]["unasked"])
    for name, source in data["lexicon"]["lists"].items():
        words = _of_lexicon(lang, source) - unasked
        spelt = {spelling.replace("-", "~") for word in words for spelling in (plain(word), fold(word))}
        lists.setdefault(name, []).append(one_of(spelt))
    return lists


def _of_lexicon(lang: str, source: str) -> set[str]:
    """Return the words of a list of the lexicon, the forms of a group of verbs or of a speech act."""
    section, name = source.split(".")
    if section == "verbs":
        return lexicon(lang).forms_of(name)
    return act_forms(lang, name) if section == "acts" else set(lexicon(lang).words[source])


def _rule(entry: Mapping[str, Any], macros: Mapping[str, str]) -> QuestionRule:
    written = entry["pattern"]
    return QuestionRule(
        kind=entry["kind"],
        pattern=_compiled(written.removesuffix("<after>").replace("<subject>", _SUBJECT), macros),
        subject_follows=written.endswith("<after>"),
        unless_claim=entry.get("unless_claim"),
        unless_name=entry.get("unless_name"),
        needs_name=entry.get("needs_name", False),
        needs_speaker=entry.get("needs_speaker", False),
        needs_quoted=entry.get("needs_quoted", False),
        before_facts=entry.get("before_facts", False),
    )


def _compiled(pattern: str, macros: Mapping[str, str]) -> Pattern:
    return Pattern(_spaced(_expanded(pattern, macros)), _spaced(_expanded(_head(pattern, macros), macros)))


def _expanded(pattern: str, macros: Mapping[str, str]) -> str:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda match: macros[match[1]], pattern)
    return pattern


def _spaced(pattern: str) -> str:
    return pattern.replace(" ?", r"\s*").replace(" ", r"\s+").replace("'", r"(?:'\s?|\s)").replace("~", r"[-\s]+")


def _head(pattern: str, macros: Mapping[str, str]) -> str:
    """Return what stands in a pattern before its first long list of words; nothing when that is in a group."""
    depth = 0
    for part in _PART.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(part[0], 0)
        if part[0] == "|" and not depth:
            return ""
        if part["macro"] and len(_expanded(part[0], macros)) > LONG:
            return "" if depth or "|" in _OUTER.sub("", pattern[part.end() :]) else pattern[: part.start()]
    return ""

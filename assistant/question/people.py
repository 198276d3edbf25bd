"""Who the words of a question name: stretches of its text -> people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.question.grammar import Grammar
from assistant.question.models import Person
from assistant.question.namebook import Key, Match, NameBook, key_of
from assistant.question.surface import Surface
from index.language import stopwords
from index.names import is_particle, is_title, name_spans
from index.typography import fold

Span = tuple[int, int]

_WORD = re.compile(r"\w+")
_END = re.compile(r"[,;:?!\"(\x00]|$")
_COMPLEMENT = re.compile(r"(?:de la|de l'|du|des|de|d'|of)\s*$")
_AND = re.compile(r"\s*(?:,|\bet\b|\band\b|&)\s*(?:et |and )?")
_POSSESSOR = re.compile(r"\w['’]s?\s+[a-zà-ÿ]")
LONGEST_NAME = 9
"""Words of the longest stretch that is looked up as one name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A person and where the question names them."""

    start: int
    end: int
    person: Person


class People:
    """Finds people in one question."""

    def __init__(self, surface: Surface, grammar: Grammar, book: NameBook) -> None:
        self._text = surface.text
        self._plain = surface.plain
        self._grammar = grammar
        self._book = book
        letters = [word for word in _WORD.findall(_outside_quotes(surface)) if not word.isdigit()]
        self._uncapitalised = not any(word[0].isupper() for word in letters)

    def named(self, start: int, end: int) -> list[Person]:
        """The people that a stretch names which is nothing but a speaker, or speakers."""
        typed = self._text[start:end].strip(" ,")
        whole = self.person(typed)
        if whole.known != "unknown" or not _AND.search(typed):
            return [whole]
        return [self.person(part) for part in _AND.split(typed) if part]

    def person(self, typed: str) -> Person:
        """The person that some words stand for."""
        key = key_of(typed)
        described = self._is_description(typed)
        found = self._book.exact(key)
        if found and (found.whole or not described or (len(found.names) == 1 and found.best.known == "speaker")):
            return _person(typed, found)
        return (
            self._titled(typed)
            or (None if described else self._misspelt(typed, key))
            or Person(
                name=typed,
                as_typed=typed,
                others=found.others if found else () if described else self._namesakes(key),
                role=typed if described else None,
            )
        )

    def spot(self, start: int, end: int) -> Iterator[Place]:
        """The names in a stretch of anything: known ones, and unknown ones by their capitals."""
        words = [match.span() for match in _WORD.finditer(self._text, start, end)]
        words = [word for word in words if self._plain[word[0]] != "\0"]
        runs = [(start + a, start + b) for a, b in name_spans(self._text[start:end]) if self._plain[start + a] != "\0"]
        at = 0
        taken = start
        while at < len(words):
            found = self._known_at(words, at)
            if found and not self._is_part(runs, words[at][0], found):
                yield found
                taken = found.end
                at = next((i for i, word in enumerate(words) if word[0] >= taken), len(words))
                continue
            run = next((run for run in runs if run[0] == words[at][0] and run[0] >= taken), None)
            if run and not self._is_function_word(words[at]):
                yield Place(*run, self.person(self._text[slice(*run)]))
                taken = run[1]
                at = next((i for i, word in enumerate(words) if word[0] >= taken), len(words))
                continue
            at += 1

    def speaker_end(self, start: int) -> int:
        """Where the speaker ends whose name or function begins at ``start`` ("le maire de Morvillac" | "sur …")."""
        ends = _END.search(self._plain, start)
        limit = ends.start() if ends else len(self._plain)
        end = self._first_name(start, limit) or self._described(start, limit)
        joined = re.compile(r"\s+(?:et|and)\s+").match(self._plain, end, limit)
        if joined:
            determined = self._grammar.skip("determiner", self._plain, joined.end()) > joined.end()
            second = self._first_name(joined.end(), limit)
            return second or (self._described(joined.end(), limit) if determined else end)
        return end

    def _first_name(self, start: int, limit: int) -> int | None:
        """The end of the name that a stretch begins with, titles and functions before it allowed."""
        words = [match.span() for match in _WORD.finditer(self._text, start, limit)]
        for at in range(min(6, len(words))):
            if at and _COMPLEMENT.search(self._plain[start : words[at][0]]):
                return None
            place = self._known_at(words, at, eager=at == 0 or self._after_title(start, words[at][0]))
            if place:
                return place.end
            if self._text[words[at][0]].isupper() and not is_title(fold(self._text[slice(*words[at])])):
                return self._capitalised(words[at][0], limit)
            place = self._misspelt_at(words, at) if at == 0 else None
            if place:
                return place
        return None

    def _capitalised(self, start: int, limit: int) -> int | None:
        """The end of the unknown name in capitals at ``start``: of as many words as may be a known one misspelt."""
        for a, b in name_spans(self._text[start:limit]):
            if a == 0:
                words = [match.span() for match in _WORD.finditer(self._text, start, start + b)]
                joined = re.search(r"\w \b(?:de la|du|des|de|of|for|d'|la|le)\b", self._plain[start : start + b])
                return self._misspelt_at(words, 0) or start + (joined.start() + 1 if joined else b)
        return None

    def _described(self, start: int, limit: int) -> int:
        """The end of a function ("le maire de Morvillac") whose holder is not named."""
        grammar = self._grammar
        head = grammar.skip("determiner", self._plain, start)
        strong = re.compile(rf"\s+(?={grammar.phrases['strong'].pattern})").search(self._plain, head, limit)
        limit = strong.start() if strong else limit
        weak = list(re.compile(rf"\s+(?={grammar.phrases['weak'].pattern})").finditer(self._plain, head, limit))
        if not weak:
            return limit
        first = self._plain[head : weak[0].start()]
        relational = any(grammar.is_("relational", word) for word in (first, first.split(" ")[0]))
        after = weak[0].end() + len(grammar.phrases["weak"].match(self._plain, weak[0].end())[0])  # type: ignore[index]
        proper = self._text[after : after + 1].isupper()
        if not ((proper or relational) and (len(weak) > 1 or strong)) and not (proper and relational):
            return limit if strong else weak[0].start()
        for one, other in zip(weak, weak[1:], strict=False):
            complement = self._plain[one.end() : other.start()].split(" ")[-1]
            if not grammar.is_("relational", complement):
                return other.start()
        return limit

    def _known_at(self, words: list[Span], at: int, eager: bool = False) -> Place | None:
        """The longest known name that begins at a word."""
        for count in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            start, end = words[at][0], words[at + count - 1][1]
            if not _is_one_phrase(self._plain[start:end]):
                continue
            if not eager and any(self._is_small(word) for word in (words[at], words[at + count - 1])):
                continue
            typed = self._text[start:end]
            key = key_of(typed)
            if not key or (len(key) == 1 and not self._may_be_name(words[at + count - 1], eager)):
                continue
            found = self._book.exact(key)
            shown = typed[0].isupper() or self._uncapitalised
            if found and (found.whole or (found.best.personal and (shown or not found.first))):
                person = _person(typed, found)
                guessed = len(key) == 1 and not found.whole and not eager and typed.islower()
                return Place(start, end, replace(person, sure=False) if guessed else person)
        return None

    def _is_small(self, word: Span) -> bool:
        return self._text[word[0]].islower() and self._is_function_word(word)

    def _misspelt_at(self, words: list[Span], at: int) -> int | None:
        """The end of a name of two to four words that begins at a word and is a known one misspelt."""
        for count in range(min(4, len(words) - at), 1, -1):
            start, end = words[at][0], words[at + count - 1][1]
            found = self._book.near(key_of(self._text[start:end])) if _is_one_phrase(self._plain[start:end]) else None
            if found and found.sure:
                return end
        return None

    def _may_be_name(self, word: Span, eager: bool) -> bool:
        typed = self._text[slice(*word)]
        if self._is_function_word(word) or typed.isdigit():
            return False
        return typed[0].isupper() or eager or (self._uncapitalised and len(typed) > 3)

    def _is_function_word(self, word: Span) -> bool:
        plain = self._plain[slice(*word)]
        return plain in stopwords("fr") or plain in stopwords("en") or self._grammar.is_("stop", plain)

    def _is_part(self, runs: list[Span], start: int, found: Place) -> bool:
        """Tell whether a surname stands in a longer name, which then is somebody else's ("Laurent Delatour")."""
        before = self._text[:start].split(" ")
        return bool(
            len(key_of(found.person.as_typed)) == 1
            and any(a < start <= b for a, b in runs)
            and self._text[start - 1] == " "
            and not is_title(fold(before[-2] if len(before) > 1 else ""))
        ) or any(a == start and b > found.end and self._text[found.end] == " " for a, b in runs if _bare(self, a, b))

    def _after_title(self, start: int, at: int) -> bool:
        before = self._plain[self._grammar.skip("determiner", self._plain, start) : at].split()
        return not before or is_title(before[-1]) or self._grammar.is_("relational", before[-1])

    def _is_description(self, typed: str) -> bool:
        """Tell whether words tell a function, not a name: an article and a noun, or somebody's something."""
        plain = fold(typed) + " "
        start = self._grammar.skip("determiner", plain, 0)
        rest = typed[start:]
        lower = bool(rest) and rest[0].islower()
        return (start > 0 and lower) or bool(_POSSESSOR.search(typed)) or self._grammar.is_("relational", plain.split(" ")[0])

    def _titled(self, typed: str) -> Person | None:
        """A name behind a title or a function: "le ministre Bekir Bozdag", "Mayor Corwell"."""
        words = [match.span() for match in _WORD.finditer(typed)]
        for at in range(1, len(words)):
            before, rest = typed[: words[at][0]], typed[words[at][0] :]
            if is_particle(fold(rest.split()[0])) and rest[0].islower():
                continue
            if _COMPLEMENT.search(fold(before)) or before.rstrip()[-1] in "'’" and not fold(before).endswith("l'"):
                return None
            found = self._book.exact(key_of(rest))
            found = None if found and found.first and rest[0].islower() else found
            last = fold(before).split()[-1].rstrip(".") if before.split() else ""
            introduced = is_title(last) or self._is_description(typed) or (before[0].islower() and rest[0].isupper())
            if found and (introduced or (found.whole and len(found.best.key) > 1)):
                return _person(rest, found, as_typed=typed, role=before.strip() if self._is_role(before) else None)
            if introduced and rest[0].isupper() and rest.split()[-1][0].isupper():
                guess = self.person(rest)
                role = before.strip() if self._is_role(before) else None
                return Person(guess.name, typed, guess.known, guess.sure, guess.others, role)
        return None

    def _is_role(self, before: str) -> bool:
        return len(before.strip(" .")) > 3

    def _misspelt(self, typed: str, key: Key) -> Person | None:
        found = self._book.near(key)
        return _person(typed, found) if found else None

    def _namesakes(self, key: Key) -> tuple[str, ...]:
        return tuple(name.text for name in self._book.surname_of(key)) if len(key) > 1 else ()


def _person(typed: str, found: Match, as_typed: str | None = None, role: str | None = None) -> Person:
    best = found.best
    return Person(best.text, as_typed or typed, best.known, found.sure, found.others, role)


def _bare(people: People, start: int, end: int) -> bool:
    return len(people._text[start:end].split()) > 1


def _is_one_phrase(plain: str) -> bool:
    """Tell whether nothing but spaces and what joins the words of a name stands between words."""
    return not re.search(r"[^\w\s'.&-]", plain)


def _outside_quotes(surface: Surface) -> str:
    return "".join(" " if plain == "\0" else char for char, plain in zip(surface.text, surface.plain, strict=True))

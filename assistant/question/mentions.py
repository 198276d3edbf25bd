"""Where a question names people: a stretch of its text -> places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise

from assistant.question.figures import first_name_gender
from assistant.question.grammar import Grammar
from assistant.question.models import AskedPerson
from assistant.question.name_index import Key, Match, NameBook, key_of
from assistant.question.people import People
from assistant.question.plain_text import Surface
from index.languages.lemmas import is_word
from index.languages.stopwords import all_stopwords
from index.text.names import is_title, name_spans
from index.typography import fold

Span = tuple[int, int]

_WORD = re.compile(r"\w+")
_END = re.compile(r"[,;:?!\"(\x00]|$")
_COMPLEMENT = re.compile(r"(?:de la|de l'|du|des|de|d'|of)\s*$")
_JOINED = re.compile(r"(?<=\w) (?:de la|du|des|de|of|for|d'|la|le)\b")
_AND = re.compile(r"\s+(?:et|and|vs\.?|versus)\s+")
LONGEST_NAME = 9
"""Words of the longest stretch that is looked up as one name."""
_LONGEST_MISSPELT = 4
"""Words of the longest stretch that is looked up as a known name misspelt."""
LONGEST_TYPED = 80
"""Characters in which the words of a misspelt name stand."""
_SHORTEST_NAME = 4
"""Letters of the shortest word that may be a name where nothing is capitalised."""
_INTRODUCTION = 6
"""Words that may stand before the name of a speaker: an article, titles, a function."""


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person and where the question names them."""

    start: int
    end: int
    person: AskedPerson


class PersonMentions:
    """Finds where one question names people."""

    def __init__(self, surface: Surface, grammar: Grammar, book: NameBook) -> None:
        self._text = surface.text
        self._plain = surface.plain
        self._grammar = grammar
        self._book = book
        self._people = People(grammar, book)
        self._uncapitalised = not any(c.isupper() and p != "\0" for c, p in zip(self._text, self._plain, strict=True))

    def spot(self, start: int, end: int) -> Iterator[PersonMention]:
        """The names in a stretch of anything: known ones, and unknown ones by their capitals."""
        found = (match.span() for match in _WORD.finditer(self._text, start, end))
        words = [word for word in found if self._plain[word[0]] != "\0"]
        runs = [(start + a, start + b) for a, b in name_spans(self._text[start:end])]
        reached = start
        for at, word in enumerate(words):
            if word[0] < reached:
                continue
            if place := self._place_at(words, at, runs):
                yield place
            reached = place.end if place else word[1]

    def _place_at(self, words: list[Span], at: int, runs: list[Span]) -> PersonMention | None:
        place = self._known_at(words, at)
        if place and place.end == words[at][1] and (longer := self._misspelt_at(words, at)):
            place = self._as_misspelt(words[at][0], longer) or place
        return place if place and not self._is_part(runs, place) else self._unknown_at(words[at], runs)

    def _unknown_at(self, word: Span, runs: list[Span]) -> PersonMention | None:
        run = next((run for run in runs if run[0] == word[0]), None)
        if not run or self._is_function_word(word):
            return None
        return PersonMention(*run, self._people.person(self._text[slice(*run)]))

    def _as_misspelt(self, start: int, end: int) -> PersonMention | None:
        """The known name that a stretch spells wrongly."""
        typed = self._text[start:end]
        found = self._book.near(key_of(typed))
        return PersonMention(start, end, found.person(typed)) if found else None

    def speaker_end(self, start: int) -> int:
        """Where the speaker ends whose name or function begins at ``start`` ("le maire de Morvillac" | "sur …")."""
        ends = _END.search(self._plain, start)
        limit = ends.start() if ends else len(self._plain)
        end = self._first_name(start, limit) or self._described(start, limit)
        joined = _AND.match(self._plain, end, limit)
        if joined:
            determined = self._grammar.skip("determiner", self._plain, joined.end()) > joined.end()
            second = self._first_name(joined.end(), limit)
            return second or (self._described(joined.end(), limit) if determined else end)
        return end

    def misspelt(self, start: int) -> PersonMention | None:
        """The known name, misspelt, that a question without a verb begins with: "sandvort on the hole"."""
        words = [match.span() for match in _WORD.finditer(self._text, start, start + LONGEST_TYPED)][:_LONGEST_MISSPELT]
        if not words or words[0][0] != start or self._is_function_word(words[0]):
            return None
        end = self._misspelt_at(words, 0) or words[0][1]
        named = end > words[0][1] or self._is_introduced(end)
        place = self._as_misspelt(start, end) if named else None
        return place if place and place.person.sure else None

    def _is_introduced(self, end: int) -> bool:
        """Tell whether nothing stands behind a word, or what leads to a topic: it is no noun with others then."""
        rest = self._plain[end:].strip(" ?!.")
        return not rest or self._grammar.skip("on_something", f" {rest} ", 0) > 0

    def starts_with_preposition(self, start: int) -> bool:
        """Tell whether a stretch begins as a topic or a circumstance does, not as a speaker does."""
        after = self._grammar.skip("circumstance", self._plain, start), self._grammar.skip("about", self._plain, start)
        return max(after) > start and self._text[start].islower()

    def _first_name(self, start: int, limit: int) -> int | None:
        """The end of the name that a stretch begins with, titles and functions before it allowed."""
        words = [match.span() for match in _WORD.finditer(self._text, start, limit)]
        for at in range(min(_INTRODUCTION, len(words))):
            if at and self._hangs_on(start, words, at):
                return None
            if end := self._known_end(start, words, at):
                return end
            if self._is_unknown_name(words[at]):
                return self._capitalised(words[at][0], limit)
            if at == 0 and not self._is_small(words[0]) and (misspelt := self._misspelt_at(words, 0)):
                return misspelt
        return None

    def _hangs_on(self, start: int, words: list[Span], at: int) -> bool:
        """Tell whether a word is what something before it is of: "the mayor of Morvillac"."""
        return bool(_COMPLEMENT.search(self._plain[start : words[at][0]])) or self._is_preposition(words[at - 1][0])

    def _known_end(self, start: int, words: list[Span], at: int) -> int | None:
        """The end of the known name at a word; of a longer one misspelt when one word alone is known."""
        place = self._known_at(words, at, eager=at == 0 or self._after_title(start, words[at][0]))
        if place and place.end <= words[at][1]:
            return self._misspelt_at(words, at) or place.end
        return place.end if place else None

    def _is_unknown_name(self, word: Span) -> bool:
        return self._text[word[0]].isupper() and not is_title(fold(self._text[slice(*word)]))

    def _is_preposition(self, at: int) -> bool:
        return self._grammar.skip("strong", self._plain, at) > at

    def _capitalised(self, start: int, limit: int) -> int | None:
        """The end of the unknown name in capitals at ``start``: of as many words as may be a known one misspelt."""
        for a, b in name_spans(self._text[start:limit]):
            if a == 0:
                words = [match.span() for match in _WORD.finditer(self._text, start, start + b)]
                joined = _JOINED.search(self._plain, start, start + b)
                return self._misspelt_at(words, 0) or (joined.start() if joined else start + b)
        return None

    def _described(self, start: int, limit: int) -> int:
        """The end of a function whose holder is not named: "le maire de Morvillac", "le maire" | "du marché".

        What follows with "de" belongs to the function when the function asks for it and more comes, or a name does.
        """
        phrases, is_relational = self._grammar.phrases, partial(self._grammar.is_, "relational")
        head = self._grammar.skip("determiner", self._plain, start)
        strong = re.compile(rf"\s+(?={phrases['strong'].pattern})").search(self._plain, head, limit)
        limit = strong.start() if strong else limit
        weak = list(re.compile(rf"\s+(?={phrases['weak'].pattern})").finditer(self._plain, head, limit))
        if not weak:
            return limit
        if not self._is_complement(self._plain[head : weak[0].start()], weak, more=len(weak) > 1 or strong is not None):
            return limit if strong else weak[0].start()
        for one, two in pairwise(weak):
            if not is_relational(self._plain[one.end() : two.start()].split(" ")[-1]):
                return two.start()
        return limit

    def _is_complement(self, function: str, weak: list[re.Match[str]], more: bool) -> bool:
        """Tell whether the "de" behind a function belongs to it; ``more``: something comes after what it leads to."""
        asks = any(self._grammar.is_("relational", head) for head in (function, function.split(" ")[0]))
        proper = self._text[self._grammar.skip("weak", self._plain, weak[0].end()) :][:1].isupper()
        return (proper or asks) and (more or (proper and asks))

    def _known_at(self, words: list[Span], at: int, eager: bool = False) -> PersonMention | None:
        """The longest known name that begins at a word."""
        for count in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            first, last = words[at], words[at + count - 1]
            if not _is_one_phrase(self._plain[first[0] : last[1]]):
                continue
            if not eager and (self._is_small(first) or self._is_small(last)):
                continue
            key = key_of(self._text[first[0] : last[1]])
            if not key or (len(key) == 1 and not self._may_be_name(last, eager)):
                continue
            if place := self._known_as(key, first[0], last[1], eager):
                return place
        return None

    def _known_as(self, key: Key, start: int, end: int, eager: bool) -> PersonMention | None:
        typed, found = self._text[start:end], self._book.exact(key)
        if found is None or not self._is_meant(typed, found, eager):
            return None
        guessed = len(key) == 1 and not found.whole and not eager and typed.islower()
        return PersonMention(start, end, found.person(typed, sure=found.sure and not guessed))

    def _is_meant(self, typed: str, found: Match, eager: bool) -> bool:
        """Tell whether words that are found in a name name its bearer: somebody's, and no common noun typed small."""
        if found.whole:
            return True
        if not found.best.personal or (found.first and not self._is_capitalised(typed)):
            return False
        return eager or not typed.islower() or " " in typed or not self._is_common(typed, found)

    def _is_common(self, word: str, found: Match) -> bool:
        """Tell whether a word typed small is a common noun, not what a name begins with ("mill" of "Mill Workers")."""
        return found.first and is_word(word, self._grammar.lang) and not first_name_gender(word)

    def _is_capitalised(self, typed: str) -> bool:
        return typed[0].isupper() or self._uncapitalised

    def _misspelt_at(self, words: list[Span], at: int) -> int | None:
        """The end of a name of two to four words that begins at a word and is a known one misspelt."""
        for count in range(min(_LONGEST_MISSPELT, len(words) - at), 1, -1):
            start, end = words[at][0], words[at + count - 1][1]
            found = self._book.near(key_of(self._text[start:end])) if _is_one_phrase(self._plain[start:end]) else None
            if found and found.sure:
                return end
        return None

    def _may_be_name(self, word: Span, eager: bool) -> bool:
        typed = self._text[slice(*word)]
        if self._is_function_word(word) or typed.isdigit():
            return False
        return typed[0].isupper() or eager or (self._uncapitalised and len(typed) >= _SHORTEST_NAME)

    def _is_small(self, word: Span) -> bool:
        return self._text[word[0]].islower() and self._is_function_word(word)

    def _is_function_word(self, word: Span) -> bool:
        plain = self._plain[slice(*word)]
        return plain in _function_words() or self._grammar.is_("stop", plain)

    def _is_part(self, runs: list[Span], place: PersonMention) -> bool:
        """Tell whether a name stands in a longer one, which then is somebody else's ("Laurent Delatour")."""
        after = [b for a, b in runs if a == place.start and b > place.end and self._text[place.end] == " "]
        return self._is_surname(runs, place) or any(
            not self._book.exact(key_of(self._text[place.end : b])) for b in after
        )

    def _is_surname(self, runs: list[Span], place: PersonMention) -> bool:
        """Tell whether other words of a name lead to a word that is known."""
        if self._text[max(0, place.start - 1) : place.start] != " " or len(key_of(place.person.as_typed)) != 1:
            return False
        before = self._text[: place.start].split(" ")
        return any(a < place.start <= b for a, b in runs) and not is_title(fold(before[-2]))

    def _after_title(self, start: int, at: int) -> bool:
        before = self._plain[self._grammar.skip("determiner", self._plain, start) : at].split()
        return not before or is_title(before[-1]) or self._grammar.is_("function", before[-1])


def _is_one_phrase(plain: str) -> bool:
    """Tell whether nothing but spaces and what joins the words of a name stands between words."""
    return not re.search(r"[^\w\s'.&-]", plain)


@cache
def _function_words() -> frozenset[str]:
    return all_stopwords()

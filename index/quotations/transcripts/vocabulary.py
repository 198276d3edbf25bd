"""The words by which transcripts are told, of all languages together: a short text's language is easily mistaken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from index.languages.data_files import every, languages
from index.languages.lexicon import Lexicon, lexicon
from index.typography import fold


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the languages' ``transcripts.toml`` and lexicons say, folded.

    Attributes:
        asking: labels of the one who asks; ``answering``: of the one who answers; ``voices``: of those without a name.
        chairs: offices that are labels in small letters too.
        interviewed: what stands before the name of the one who is interviewed; ``interviewers``: of the one who asks.
        signs: what says that a text is an interview.
        testimony: what says that whoever answers is a witness.
        directions: what begins a stage direction; ``closings``: what opens a line that nobody says.
    """

    asking: frozenset[str]
    answering: frozenset[str]
    voices: frozenset[str]
    articles: frozenset[str]
    feminine_articles: frozenset[str]
    masculine_articles: frozenset[str]
    chairs: frozenset[str]
    interviewed: tuple[str, ...]
    interviewers: tuple[str, ...]
    signs: tuple[str, ...]
    testimony: tuple[str, ...]
    directions: tuple[str, ...]
    closings: tuple[str, ...]
    lexicons: tuple[Lexicon, ...]

    def has(self, key: str, word: str) -> bool:
        """Tell whether a word, as it is written, is in a list of any language's lexicon."""
        return any(lex.has(key, word) for lex in self.lexicons)

    def is_first_name(self, word: str) -> bool:
        """Tell whether a word is somebody's first name."""
        return any(lex.is_first_name(word) for lex in self.lexicons)

    def without_article(self, words: Sequence[str]) -> list[str]:
        """Return words without the article that they begin with, if they do: "LA MAIRE", "l'adjoint"."""
        first = fold(words[0])
        elided = next((each for each in self.articles if each.endswith("'") and first.startswith(each)), "")
        if elided:
            return [words[0][len(elided) :], *words[1:]]
        return list(words[1:] if first in self.articles else words)

    def gender_of_article(self, word: str) -> str:
        """Return the gender that an article tells: "Fem", "Masc" or ""."""
        if fold(word) in self.feminine_articles:
            return "Fem"
        return "Masc" if fold(word) in self.masculine_articles else ""

    def gender(self, title: str, first_name: str) -> str:
        """Return the gender that a title tells, else a first name: "Fem", "Masc" or ""."""
        if self.has("names.feminine_titles", title):
            return "Fem"
        if self.has("names.masculine_titles", title):
            return "Masc"
        return next((told for lex in self.lexicons if (told := lex.gender_of(first_name))), "")


@cache
def vocabulary() -> Vocabulary:
    """Return the words of all languages that are read as a whole."""
    return Vocabulary(
        asking=frozenset(_listed("labels", "asking")),
        answering=frozenset(_listed("labels", "answering")),
        voices=frozenset(_listed("labels", "voices")),
        articles=frozenset(_listed("labels", "articles")),
        feminine_articles=frozenset(_listed("labels", "feminine_articles")),
        masculine_articles=frozenset(_listed("labels", "masculine_articles")),
        chairs=frozenset(_listed("labels", "chairs")),
        interviewed=tuple(_listed("interviews", "interviewed")),
        interviewers=tuple(_listed("interviews", "interviewers")),
        signs=tuple(_listed("interviews", "signs")),
        testimony=tuple(_listed("testimony", "signs")),
        directions=tuple(_listed("between", "directions")),
        closings=tuple(_listed("between", "closings")),
        lexicons=tuple(map(lexicon, languages())),
    )


def _listed(section: str, key: str) -> Iterable[str]:
    return (fold(entry) for data in every("transcripts") for entry in data.get(section, {}).get(key, []))


def begins_with(text: str, openings: Iterable[str]) -> bool:
    """Tell whether a text, folded, begins with one of some words."""
    head = fold(text[:80]).lstrip("*_#([ ")
    return any(head.startswith(each) and not head[len(each) : len(each) + 1].isalnum() for each in openings)

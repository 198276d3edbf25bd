"""What an article lets slip about a name: that it is a person's, and whether "he" or "she" follows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.quotations.syntax.parser import Paragraph, Token

_STRONG = 2  # what a sign right beside a name counts
_YOUNGEST, _OLDEST = 6, 119  # years of an age in print
_HEAD = 6  # tokens

Run = tuple[int, int, int]
"""A run of capitals: paragraph, first token, one past the last."""


@dataclass(slots=True)
class Signs:
    """Counts by last word of a name, in lower case.

    Attributes:
        personal: signs that a person bears it (an age, "who"), minus signs of a body ("which", "its").
        feminine: how often "she" or "her" can only mean that name; ``masculine`` likewise.
    """

    personal: Counter[str] = field(default_factory=Counter)
    feminine: Counter[str] = field(default_factory=Counter)
    masculine: Counter[str] = field(default_factory=Counter)

    def gender(self, name: str) -> str:
        """Return "Fem" or "Masc" when one clearly prevails, else ""."""
        word = name.split()[-1].lower()
        she, he = self.feminine[word], self.masculine[word]
        return "Fem" if she > he else "Masc" if he > she else ""


def read_signs(paragraphs: Sequence[Paragraph], runs: Sequence[Run], lex: Lexicon) -> Signs:
    """Count the signs beside every name of an article."""
    signs = Signs()
    by_paragraph: dict[int, list[Run]] = {}
    for run in runs:
        by_paragraph.setdefault(run[0], []).append(run)
    for number, named in by_paragraph.items():
        tokens = paragraphs[number].tokens
        for _, first, last in named:
            _note_person(signs, tokens, first, last, lex)
        _note_pronouns(signs, paragraphs[number], named, lex)
    return signs


def _note_person(signs: Signs, tokens: Sequence[Token], first: int, last: int, lex: Lexicon) -> None:
    """Count what stands right beside a name: an age, a relative, an article, what a person alone has."""
    signs.personal[tokens[last - 1].low] += (
        _relative_sign(tokens, last, lex) - _article_sign(tokens, first, lex) + _owner_sign(tokens, last, lex)
    )


def _relative_sign(tokens: Sequence[Token], last: int, lex: Lexicon) -> int:
    """Return 2 for "Hask, who" and "Hask, 52", -2 for "Hask, which", else 0."""
    if last + 1 >= len(tokens) or tokens[last].low != ",":
        return 0
    word = tokens[last + 1].low
    if lex.has("joining.of_person", word) or _is_age(word):
        return _STRONG
    return -_STRONG if lex.has("joining.of_thing", word) else 0


def _is_age(word: str) -> bool:
    """Tell whether a number is somebody's age, not a year."""
    return word.isascii() and word.isdigit() and _YOUNGEST <= int(word) <= _OLDEST


def _article_sign(tokens: Sequence[Token], first: int, lex: Lexicon) -> int:
    """Return 2 for an article before a name, as bodies and places have it: "the Hask", else 0."""
    det = tokens[first - 1].low if first > 0 else ""
    definite = lex.has("determiners.definite", det) or lex.has("determiners.definite_plural", det)
    return _STRONG if definite else 0


def _owner_sign(tokens: Sequence[Token], last: int, lex: Lexicon) -> int:
    """Return 2 for what a person alone has: "Hask's lawyer", else 0."""
    owner = last + 1 < len(tokens) and tokens[last].low in lex.words["determiners.owner"]
    return _STRONG if owner and lex.has("persons.owned", tokens[last + 1].low) else 0


def _note_pronouns(signs: Signs, paragraph: Paragraph, named: Sequence[Run], lex: Lexicon) -> None:
    """Count "he" and "she" in a sentence with one name, and at the head of the next."""
    for n, (a, b) in enumerate(paragraph.sentences):
        here = [run for run in named if a <= run[1] < b]
        words = {paragraph.tokens[last - 1].low for _, _, last in here}
        if len(words) != 1:
            continue
        word = words.pop()
        tail = _outside(paragraph.tokens[here[0][2] : b]) + _head(paragraph, n + 1, named)
        she, he, its = (_count(tail, lex.words[key]) for key in ("pronouns.she", "pronouns.he", "determiners.its"))
        signs.feminine[word] += she
        signs.masculine[word] += he
        if lex.has("naming.traits", "personal_pronouns"):
            signs.personal[word] += (she + he > 0) - (its > 0)


def _outside(tokens: Sequence[Token]) -> list[str]:
    """Return words that stand outside marks, in lower case."""
    return [t.low for t in tokens if t.quote < 0]


def _count(words: Sequence[str], listed: frozenset[str]) -> int:
    """Return how many words are in a list."""
    return sum(word in listed for word in words)


def _head(paragraph: Paragraph, n: int, named: Sequence[Run]) -> list[str]:
    """Return the first words of a sentence without a name, in which a pronoun takes up the one before."""
    if n >= len(paragraph.sentences):
        return []
    a, b = paragraph.sentences[n]
    if any(a <= run[1] < b for run in named):
        return []
    return _outside(paragraph.tokens[a : a + _HEAD])

"""What an article lets slip about a name: that it is a person's, and whether "he" or "she" follows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.quotations.syntax.parser import Paragraph, Token

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
            _note_person(signs, tokens, first, last)
        _note_pronouns(signs, paragraphs[number], named, lex)
    return signs


def _note_person(signs: Signs, tokens: Sequence[Token], first: int, last: int) -> None:
    word = tokens[last - 1].low
    after = [t.low for t in tokens[last : last + 3]]
    if after[:1] == [","] and len(after) > 1:
        aged = after[1].isdigit() and 5 < int(after[1]) < 120 if after[1].isascii() else False
        signs.personal[word] += 2 * (after[1] == "who" or aged) - 2 * (after[1] == "which")
    if first > 0 and tokens[first - 1].low in ("the", "le", "la", "l'", "les"):
        signs.personal[word] -= 2
    if after[:1] == ["'s"] and len(after) > 1 and after[1] in ("wife", "husband", "mother", "father", "lawyer", "son"):
        signs.personal[word] += 2


def _note_pronouns(signs: Signs, paragraph: Paragraph, named: Sequence[Run], lex: Lexicon) -> None:
    """Count "he" and "she" in a sentence with one name, and at the head of the next."""
    for n, (a, b) in enumerate(paragraph.sentences):
        here = [run for run in named if a <= run[1] < b]
        words = {paragraph.tokens[last - 1].low for _, _, last in here}
        if len(words) != 1:
            continue
        word = words.pop()
        tail = [t.low for t in paragraph.tokens[here[0][2] : b] if t.quote < 0]
        if n + 1 < len(paragraph.sentences) and not any(
            paragraph.sentences[n + 1][0] <= run[1] < paragraph.sentences[n + 1][1] for run in named
        ):
            start = paragraph.sentences[n + 1][0]
            tail += [t.low for t in paragraph.tokens[start : start + 6] if t.quote < 0]
        she = sum(low in ("she", "her", "herself", "elle", "-elle") for low in tail)
        he = sum(low in ("he", "his", "him", "himself", "il", "-il") for low in tail)
        signs.feminine[word] += she
        signs.masculine[word] += he
        if lex.lang == "en":
            signs.personal[word] += (she > 0 or he > 0) - ("its" in tail)

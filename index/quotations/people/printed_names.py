"""The runs of capitals of an article that are names: paragraphs -> names as they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.languages.lexicon import Lexicon
from index.quotations.people.kinds import Run
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import name_run, strip_titles, text_of


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name where it stands.

    Attributes:
        tokens: those of its paragraph.
        first: where the run of capitals begins.
        start: where the name itself does, titles left out.
        last: one past its last word.
    """

    tokens: Sequence[Token]
    first: int
    start: int
    last: int
    lex: Lexicon

    @property
    def text(self) -> str:
        """The name without titles."""
        return text_of(self.tokens, self.start, self.last)

    @property
    def words(self) -> Sequence[Token]:
        """The name's tokens, titles left out."""
        return self.tokens[self.start : self.last]

    @property
    def length(self) -> int:
        """How many words the name has."""
        return self.last - self.start

    @property
    def final(self) -> Token:
        """The name's last word."""
        return self.tokens[self.last - 1]

    @property
    def before(self) -> Token | None:
        """The word before the run of capitals."""
        return self.tokens[self.first - 1] if self.first > 0 else None

    def gender(self, name: str) -> str:
        """Return the gender that a title shows, else the first name of a full name (a surname may be "Martin")."""
        words = name.split()
        return self.title_gender or (self.lex.gender_of(words[0]) if len(words) > 1 else "")

    @property
    def title_gender(self) -> str:
        """The gender that a title before the name shows, "" when none does."""
        for t in self.tokens[max(self.first - 1, 0) : self.start]:
            if self.lex.has("names.feminine_titles", t.text):
                return "Fem"
            if self.lex.has("names.masculine_titles", t.text):
                return "Masc"
        return ""


def printed_name(tokens: Sequence[Token], first: int, last: int, lex: Lexicon) -> PrintedName:
    """Return the name within a run of capitals."""
    return PrintedName(tokens, first, strip_titles(tokens, first, last, lex), last, lex)


def name_runs(paragraphs: Sequence[Paragraph], lex: Lexicon) -> list[Run]:
    """Return the runs of capitals of an article that are names, in order."""
    runs = []
    inside = _capitals_inside(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        i = 0
        while i < len(paragraph.tokens):
            end = name_run(paragraph.tokens, i, len(paragraph.tokens), lex)
            if end > i and not (end == i + 1 and _only_begins_sentence(paragraph, i, inside, lex)):
                runs.append((number, i, end))
            i = max(end, i + 1)
    return runs


def _capitals_inside(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Return the capitalised words that stand within sentences, where the capital is their own."""
    return frozenset(
        t.text
        for paragraph in paragraphs
        for first, last in paragraph.sentences
        for t in paragraph.tokens[first + 1 : last]
        if t.capital and t.quote < 0
    )


def _only_begins_sentence(paragraph: Paragraph, i: int, inside: frozenset[str], lex: Lexicon) -> bool:
    """Tell whether a capital is only the sentence's: "Facteur l'hiver, il ...", "Attablé, X ..."."""
    t = paragraph.tokens[i]
    if not any(first == i for first, _ in paragraph.sentences):
        return False
    if t.pos == "NUM" or (t.pos != "PROPN" and not t.ent):
        return True
    common = lex.has("roles.speaking", t.low) or t.pos in ("VERB", "ADV", "ADP") or _is_participle(paragraph, i, lex)
    return common and t.text not in inside and not lex.is_first_name(t.text)


def _is_participle(paragraph: Paragraph, i: int, lex: Lexicon) -> bool:
    """Tell whether a French word that opens a sentence is a participle, taken for a name: "Assis sur", "Contacté, "."""
    t, after = paragraph.tokens[i], paragraph.tokens[i + 1 : i + 2]
    leads = bool(after) and (after[0].pos == "ADP" or after[0].low == ",")
    return leads and not t.ent and lex.ends("suffixes.past_participle", t.low)

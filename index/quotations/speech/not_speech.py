"""Marks that hold no speech: titles of works, nicknames, terms, words that the writer keeps at a distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.languages.lexicon import Lexicon
from index.quotations.syntax.noun_phrases import Sentence
from index.quotations.syntax.parser import Token

_VERBAL = ("VERB", "AUX")
_NEAR, _FURTHER = 3, 8
"""Tokens before marks among which a noun tells what they hold; further where a comma parts them."""
_CHARGED, _FAR_CHARGED = 5, 25
"""Tokens before marks among which a charge stands."""
_APPOSED, _TITLE_NAMED, _EXPLAINED_TITLE, _FOLLOWED_TITLE = 5, 6, 8, 9
"""Words of a title: behind a comma, behind an article, before what explains it and what it is."""
_LONGEST_NAME, _LONGEST_LABEL = 4, 4
"""Words of a name that people use, of one before a noun."""
_BEHIND = 5
"""Tokens behind marks that tell what they hold."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """A marked stretch, the words within, and the paragraph from where its sentence begins."""

    s: Sentence
    first: int
    last: int
    words: str

    @property
    def count(self) -> int:
        return len(self.words.split())

    @property
    def capital(self) -> bool:
        return self.words[:1].isupper()

    @property
    def behind_comma(self) -> bool:
        return self.s.low(self.first - 1) == ","

    def before(self, count: int) -> Sequence[Token]:
        """Return so many tokens of the sentence before the marks."""
        return self.s.tokens[max(self.s.first, self.first - count) : self.first]

    def has_before(self, count: int, key: str) -> bool:
        """Tell whether one of so many words before the marks is in a list, outside other marks."""
        return any(self.s.lex.has(key, t.low) for t in self.before(count) if t.quote < 0)


def names_a_thing(tokens: Sequence[Token], first: int, last: int, start: int, words: str, lex: Lexicon) -> bool:
    """Tell whether the marks at tokens first..last hold a title, a nickname or a term rather than speech.

    Args:
        tokens: those of the paragraph.
        first: the first token of the marked stretch.
        last: one past its last token.
        start: first token of the sentence.
        words: what stands within the marks.
        lex: the language's lexicon.
    """
    m = _Marks(Sentence(tokens, start, len(tokens), lex), first, last, words)
    if _is_announced(m) or _is_charge(m):
        return True
    naming = _naming_verb(m)
    if naming is not None:
        return not _is_reflexive(m) and not _judges(m, naming)
    if _is_name(m):
        return True
    if _is_determined(m):
        return not _is_said(m) and words[-1] not in ".!?…"
    return _precedes_its_kind(m) and m.count < _FOLLOWED_TITLE


def _is_announced(m: _Marks) -> bool:
    """Tell whether the word before marks says what they hold: "dit « Jo »", "the film “Low Tide”"."""
    before = _words_before(m)
    beside = not m.behind_comma or m.count < _APPOSED
    return beside and bool(before) and m.s.lex.has("not_speech.before", before[-1].low)


def _words_before(m: _Marks) -> list[Token]:
    return [t for t in m.before(_NEAR) if t.quote < 0 and t.pos != "PUNCT"]


def _naming_verb(m: _Marks) -> Token | None:
    """Return the verb of naming right before marks, articles and adjectives left out: "baptisé le « Phare »"."""
    nearest = next((t for t in reversed(_words_before(m)) if t.pos not in ("DET", "ADJ")), None)
    verb = m.s.lex.verbs.get(nearest.low) if nearest is not None else None
    return nearest if verb is not None and "naming" in verb.groups else None


def _judges(m: _Marks, naming: Token) -> bool:
    """Tell whether a verb of naming before several small words is one of speech: he called “a mess”."""
    beside = _words_before(m)[-1] is naming and naming.form == "Fin"
    return beside and not m.capital and m.count > 1 and m.s.lex.has("syntax.traits", "judging_names")


def _is_name(m: _Marks) -> bool:
    """Tell whether capitals and the words around make a name or a title of what stands in marks."""
    return _is_renaming(m) or _is_label(m) or _is_title_by_place(m)


def _is_title_by_place(m: _Marks) -> bool:
    """Tell whether a capital in marks begins a title, by what stands before: "the novel, “Tides”", "dans « X »"."""
    if not m.capital:
        return False
    near = _since_verb(m.before(_FURTHER if m.behind_comma else _NEAR), m.s.lex)
    kind = any(m.s.lex.has("not_speech.before", t.low) for t in near if t.quote < 0)
    return kind or (m.s.pos(m.first - 1) == "ADP" and not m.s.is_marked(m.first - 1))


def _since_verb(before: Sequence[Token], lex: Lexicon) -> Sequence[Token]:
    """Return the words between the last verb of saying and marks: "After the game, Moss said, “...”" names no game."""
    groups = [lex.verbs[t.low].groups if t.pos == "VERB" and t.low in lex.verbs else frozenset[str]() for t in before]
    said = (i for i, names in enumerate(groups) if "say" in names)
    return before[max(said, default=-1) + 1 :]


def _is_determined(m: _Marks) -> bool:
    """Tell whether an article stands before a capital in marks, which names something in French: « les « Quais » »."""
    named = m.capital and m.count < _TITLE_NAMED and m.s.pos(m.first - 1) == "DET"
    return named and m.s.lex.has("syntax.traits", "determined_titles")


def _is_said(m: _Marks) -> bool:
    """Tell whether a reporting verb stands before marks in their sentence."""
    return any(t.low in m.s.lex.verbs and t.pos in _VERBAL for t in m.s.tokens[m.s.first : m.first])


def _is_label(m: _Marks) -> bool:
    """Tell whether capitals in marks name the noun behind them: "launches its “Safe Hands” programme"."""
    capitals = [word[:1].isupper() for word in m.words.split()]
    behind = m.s.pos(m.last) == "NOUN" and not m.s.is_marked(m.last)
    return behind and 1 < len(capitals) <= _LONGEST_LABEL and all(capitals)


def _is_renaming(m: _Marks) -> bool:
    """Tell whether the marks hold a name that things or people go by: "Locals call it “the Beast”"."""
    named = m.count <= _LONGEST_NAME and any(word[:1].isupper() for word in m.words.split())
    if not named or m.first - m.s.first < _NEAR or not m.s.has(m.first - 1, "marks.renamed"):
        return False
    verb = m.s.lex.verbs.get(m.s.low(m.first - 2))
    return verb is not None and "naming" in verb.groups and m.s.pos(m.first - 2) in _VERBAL


def _is_charge(m: _Marks) -> bool:
    """Tell whether the marks hold what somebody is charged with, or warned of.

    Examples: "mis en examen pour « abus de biens sociaux »", "placé en vigilance pour « vents violents »".
    """
    accused = m.first - 2
    if m.s.has(m.first - 1, "marks.accused_links") and _is_accused(m, accused):
        return m.has_before(_CHARGED, "verb_groups.be") and not m.has_before(_CHARGED, "marks.accusers")
    if m.s.low(m.first - 1) != ":" and not m.s.has(m.first - 1, "marks.charge_links"):
        return False
    return m.s.has_pair(m.first - 3, "marks.custody") or _is_charged(m)


def _is_accused(m: _Marks, i: int) -> bool:
    """Tell whether the word at i is the participle of a charge: "accusé"."""
    return m.s.has(i, "not_speech.charges") and m.s.tokens[i].form == "Part"


def _is_charged(m: _Marks) -> bool:
    """Tell whether a charge stands before marks, and nobody who says the words."""
    said = m.has_before(m.first - m.s.first, "marks.charge_sources")
    return not said and m.has_before(_FAR_CHARGED, "not_speech.charges")


def _is_reflexive(m: _Marks) -> bool:
    """Tell whether "dit" before the marks is somebody who speaks of himself, or a verb with a subject."""
    return _has_subject(m) or any(m.s.lex.has("marks.signs_of_speech", t.low) for t in m.before(4))


def _has_subject(m: _Marks) -> bool:
    """Tell whether "dit" right before the marks is a verb, not the participle of a nickname: "X, dit « Jo »"."""
    at = m.first - 1
    if not m.s.has(at, "marks.saying_or_named") or at <= m.s.first:
        return False
    infinitive = m.first + 1 < len(m.s.tokens) and m.s.tokens[m.first + 1].form == "Inf"
    return m.s.low(at - 1) == "," or m.s.tokens[at].form == "Fin" or infinitive


def _precedes_its_kind(m: _Marks) -> bool:
    """Tell whether what follows the marks says that they hold a title: “Low Tide”, a film about eels."""
    after = [t for t in m.s.tokens[m.last : m.last + _BEHIND] if t.quote < 0]
    if not after or after[0].low != ",":
        return False
    return any(m.s.lex.has("not_speech.before", t.low) for t in after[1:4]) and after[1].pos == "DET"


def is_explained(tokens: Sequence[Token], last: int, stop: int, words: str, lex: Lexicon) -> bool:
    """Tell whether what follows the marks says that they hold a title: "“Low Tide”, a film about eels, opens"."""
    comma = last < stop and tokens[last].low == ","
    if len(words.split()) > _EXPLAINED_TITLE or last + 2 >= stop or not (comma or words[-1:] == ","):
        return False
    i = last + comma
    return tokens[i].pos == "DET" and tokens[i].quote < 0 and _begins_with_kind(tokens[i + 1 : min(i + 5, stop)], lex)


def _begins_with_kind(tokens: Sequence[Token], lex: Lexicon) -> bool:
    """Tell whether a noun for titles comes first, but for the words that tell more of it: "short | film"."""
    for t in tokens:
        if t.pos not in ("ADJ", "NOUN", "PROPN", "NUM") or t.quote >= 0:
            return False
        if lex.has("not_speech.before", t.low):
            return True
    return False

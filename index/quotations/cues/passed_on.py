"""What one person says another said: "Ada heard Tom say", "the Post quoted Tom as saying", "Ada was told by Tom"."""

from __future__ import annotations

from index.quotations.cues.subjects import can_speak, subject_of_sentence
from index.quotations.syntax.noun_phrases import Phrase, Sentence, phrase_at
from index.quotations.syntax.time_words import PEOPLE

_FARTHEST = 12
"""Tokens between "quoted" and "saying": "quoted Moss, a former clerk of the town, as saying"."""
_BY = 4
"""Tokens behind "was told" among which "by" stands."""
_VOICE = 12
"""Tokens between a body and "through"."""


def passes_on(s: Sentence, i: int) -> bool:
    """Tell whether the verb at i leaves the words to another verb and its subject: "heard | Tom Reed | say"."""
    return s.has(i, "verb_groups.passing_on") and not s.is_marked(i) and _verb_behind(s, i) is not None


def _verb_behind(s: Sentence, i: int) -> int | None:
    """Return the verb of saying that an object parts from the verb at i."""
    phrase = phrase_at(s.tokens, i + 1, s.last, s.lex)
    if phrase is None:
        return None
    for j in range(phrase.last, min(phrase.last + _FARTHEST, s.last)):
        if s.is_marked(j) or s.low(j) == ":" or s.is_finite(j):
            return None
        if _says(s, j):
            return j if j == phrase.last or s.has(j - 1, "clauses.as") else None
    return None


def _says(s: Sentence, j: int) -> bool:
    """Tell whether the word at j is an infinitive or a participle of saying: "say", "telling", "dire"."""
    verb = s.lex.verbs.get(s.low(j))
    return verb is not None and "say" in verb.groups and s.tokens[j].form in ("Inf", "Part")


def passed_on_by(s: Sentence, first: int, i: int) -> Phrase | None:
    """Return whose words another passes on by the verb at i, whose group begins at ``first``."""
    for j in range(first - 1, max(s.first - 1, first - _FARTHEST - _BY), -1):
        if s.is_marked(j):
            return None
        if not s.has(j, "verb_groups.passing_on"):
            continue
        if s.has(first - 1, "clauses.as") and s.pos(j - 1) == "AUX":
            return subject_of_sentence(s, j)  # "Moss was quoted as saying"
        if _verb_behind(s, j) in (first, i):
            return phrase_at(s.tokens, j + 1, first, s.lex)
    return None


def is_told(s: Sentence, first: int, i: int) -> bool:
    """Tell whether the subject of the verb at i hears the words: "Reed was told", "Reed s'est entendu dire"."""
    be = any(s.has(j, "verb_groups.be") for j in range(first, i))
    heard = s.tokens[i].form == "Inf" and s.has(i - 1, "verb_groups.passing_on")
    return (be and s.has(i, "verb_groups.told_passives")) or (heard and _is_reflexive(s, i))


def _is_reflexive(s: Sentence, i: int) -> bool:
    return any(s.has(j, "verb_groups.reflexives") for j in range(i - 4, i))


def teller(s: Sentence, last: int) -> Phrase | None:
    """Return by whom somebody was told: "was told | by Judge Ann Moore"."""
    by = next((j for j in range(last, min(last + _BY, s.last)) if s.has(j, "joining.by")), None)
    return phrase_at(s.tokens, by + 1, s.last, s.lex) if by is not None and not s.is_marked(by) else None


def voice_of(s: Sentence, source: Phrase) -> Phrase | None:
    """Return by whose voice a body speaks: "the charity, through its chairman Tom Reed, said"."""
    if any(t.ent in PEOPLE for t in s.tokens[source.first : source.last]):
        return None
    for i in range(source.last, min(source.last + _VOICE, s.last - 1)):
        if s.is_marked(i):
            return None
        start = _behind_voice(s, i)
        voice = phrase_at(s.tokens, start, s.last, s.lex) if start is not None else None
        if voice is not None and can_speak(s, voice) and any(t.capital for t in s.tokens[voice.first : voice.last]):
            return voice
    return None


def _behind_voice(s: Sentence, i: int) -> int | None:
    """Return where it is told whose voice the word at i announces: "through |"; French: ``people.voices``."""
    return i + 1 if s.low(i - 1) == "," and s.has(i, "joining.through") else None

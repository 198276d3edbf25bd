"""Prepositions that name a source: "selon X", "à ses yeux", "in her view"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.quotations.cues.subjects import can_speak, phrase_speaks, subject_after
from index.quotations.syntax.noun_phrases import Phrase, Sentence, is_nominal, phrase_at

Named = tuple[int, Phrase]
"""One past the last token of the source's words, and who it is."""


def preposition(s: Sentence, i: int) -> Named | None:
    """Return the source that begins at i: "selon la maire", "à ses yeux", "in her view"."""
    if s.tokens[i].quote >= 0:
        return None
    own = _own_source(s, i)
    if own is not None:
        return own
    after = _match_words(s, i, s.lex.before) if s.tokens[i].low in s.lex.openers else None
    if after is None and s.lex.lang == "en" and not (i == s.first and s.tokens[i].low == "for"):
        return _view(s, i)
    opens = i == s.first or (s.lex.lang == "fr" and all(t.pos in ("CCONJ", "PUNCT") for t in s.tokens[s.first : i]))
    if after is None and opens and s.tokens[i].low in s.lex.words["sources.opening"]:
        phrase = phrase_at(s.tokens, i + 1, s.last, s.lex)
        if phrase is not None and _is_opening_source(s, phrase):
            return (phrase.last, phrase)
        return None
    if after is None:
        return None
    told = _told_by(s, after)
    if told is not None:
        verb = told.last < s.last and s.tokens[told.last].pos in ("VERB", "AUX")
        comma = next((j for j in range(told.last, min(told.last + 12, s.last)) if s.tokens[j].low == ","), told.last)
        return (comma if verb else told.last, told)
    phrase = _indefinite(s, after) or phrase_at(s.tokens, after, s.last, s.lex)
    if phrase is None or _is_rate(s, i, phrase) or _is_no_source(s, after, phrase):
        return None
    return (phrase.last, phrase)


def _is_no_source(s: Sentence, i: int, phrase: Phrase) -> bool:
    """Tell whether the words after a preposition name nobody: "d'après-guerre", "d'après moi"."""
    low = s.tokens[i].low
    empty = low in ("que", "qu'", "moi", "ce", "les", "l'usage") and not is_nominal(s.tokens[phrase.head])
    return low in ("midi", "guerre", "match") or empty


def _indefinite(s: Sentence, i: int) -> Phrase | None:
    """Return "certains experts", whose first word the parser takes for a pronoun."""
    indefinite = i < s.last and s.lex.has("grammar.indefinite", s.tokens[i].low)
    phrase = phrase_at(s.tokens, i + 1, s.last, s.lex) if indefinite else None
    return None if phrase is None or phrase.pronoun else replace(phrase, first=i)


def _is_rate(s: Sentence, i: int, phrase: Phrase) -> bool:
    """Tell whether "per" counts: "18 deaths per 100,000 people", "twice per year"."""
    begins = i == s.first or s.tokens[i - 1].pos == "PUNCT"
    return s.tokens[i].low == "per" and not begins and not can_speak(s, phrase)


def _told_by(s: Sentence, i: int) -> Phrase | None:
    """Return whose the information at i is: "selon | les informations que la maire a confiées au Fanal"."""
    if s.lex.lang != "fr" or i + 2 >= s.last:
        return None
    at = i + (s.tokens[i].pos == "DET")
    if s.tokens[i].low != "ce" and not s.lex.has("nouns.reports", s.tokens[at].low):
        return None
    for j in range(at, min(at + 5, s.last - 1)):
        low = s.tokens[j].low
        if s.tokens[j].quote >= 0 or s.tokens[j].pos == "PUNCT":
            return None
        if low == "par":
            return _speaking(s, phrase_at(s.tokens, j + 1, s.last, s.lex))
        if low in ("que", "qu'"):
            return _speaking(s, phrase_at(s.tokens, j + 1, s.last, s.lex)) or _speaking(s, _after_have(s, j + 1))
        if low in ("de", "d'", "du", "des") and s.tokens[i].low != "ce":
            return _speaking(s, phrase_at(s.tokens, j + (low != "du"), s.last, s.lex))
    return None


def _after_have(s: Sentence, i: int) -> Phrase | None:
    """Return the subject that follows its verb: "ce qu' | a confié au Fanal Jeanne Morel"."""
    verb = next((j for j in range(i, min(i + 4, s.last)) if s.tokens[j].pos == "VERB"), None)
    return subject_after(s, verb + 1) if verb is not None else None


def _speaking(s: Sentence, phrase: Phrase | None) -> Phrase | None:
    return phrase if phrase is not None and phrase_speaks(s, phrase) else None


def _own_source(s: Sentence, i: int) -> Named | None:
    """Match "à ses yeux", "de son propre aveu", "à l'entendre": the source is whoever the pronoun means."""
    for words in s.lex.own.get(s.tokens[i].low, ()):
        last = i + len(words)
        if last <= s.last and all(
            s.tokens[i + k].low == word.lstrip("*") and s.tokens[i + k].quote < 0 for k, word in enumerate(words)
        ):
            at = i + next(k for k, word in enumerate(words) if word.startswith("*"))
            return (last, Phrase(at, at + 1, at, pronoun=True))
    return None


def _is_opening_source(s: Sentence, phrase: Phrase) -> bool:
    head = s.tokens[phrase.head]
    words = s.tokens[phrase.first : phrase.last]
    named = phrase.pronoun or any(t.ent in ("PER", "PERSON", "ORG") for t in words)
    person = s.lex.has("roles.speaking", head.low)
    comma = phrase.last < s.last and (s.tokens[phrase.last].low == ",")
    if s.lex.lang == "en":  # "For Pike, the figure is “a coincidence”"; without marks it may be a purpose
        return comma and words[0].capital and any(t.quote >= 0 for t in s.tokens[phrase.last : s.last])
    return comma and (named or person)


def _match_words(s: Sentence, i: int, phrases: Sequence[str]) -> int | None:
    """Return the position after a source phrase ("d'après") that begins at i."""
    for words in phrases:
        parts = words.replace("'", "' ").split()
        got, j, k = [t.low for t in s.tokens[i : min(i + len(parts), s.last)]], i, 0
        while (
            k < len(parts)
            and j < s.last
            and (s.tokens[j].low == parts[k] or s.tokens[j].low == "".join(parts[k : k + 2]))
        ):
            k += 2 if s.tokens[j].low == "".join(parts[k : k + 2]) and k + 1 < len(parts) else 1
            j += 1
        if k >= len(parts) and got:
            return j
    return None


def _view(s: Sentence, i: int) -> Named | None:
    """Match "in her view", "in the mayor's opinion"."""
    if s.tokens[i].low not in ("in", "to", "by"):
        return None
    for j in range(i + 1, min(i + 9, s.last)):
        if s.tokens[j].quote >= 0 or s.tokens[j].pos in ("VERB", "PUNCT"):
            return None
        if s.tokens[j].low in s.lex.words["sources.views"]:
            if i > s.first and (j + 1 >= s.last or s.tokens[j + 1].low not in (",", ".")):
                return None
            owner = s.tokens[j - 1]
            if s.lex.has("grammar.possessive", owner.low):
                return (j + 1, Phrase(j - 1, j, j - 1, pronoun=True))
            if owner.low in ("'s", "'"):
                phrase = phrase_at(s.tokens, i + 1, j - 1, s.lex)
                return (j + 1, phrase) if phrase else None
            return None
    return None

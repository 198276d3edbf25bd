"""Prepositions that name a source: "selon X", "à ses yeux", "in her view"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.quotations.cues.subjects import can_speak, phrase_speaks, subject_after
from index.quotations.syntax.noun_phrases import Phrase, Sentence, is_nominal, phrase_at
from index.quotations.syntax.time_words import PEOPLE

Named = tuple[int, Phrase]
"""One past the last token of the source's words, and who it is."""
_LONGEST_TELLING = 5
"""Tokens among which "que la maire", "par la maire", "de la maire" follows the information that is hers."""
_LONGEST_CLAUSE = 12
"""Tokens of the clause that tells whose an information is."""
_LONGEST_VIEW = 9
_NAMED = ("PER", "PERSON", "ORG")


def preposition(s: Sentence, i: int) -> Named | None:
    """Return the source that begins at i: "selon la maire", "à ses yeux", "in her view"."""
    if s.is_marked(i):
        return None
    own = _own_source(s, i)
    if own is not None:
        return own
    after = _match_words(s, i, s.lex.before) if s.low(i) in s.lex.openers else None
    if after is None:
        return _opening_source(s, i) or _view(s, i)
    return _source_of_information(s, after) or _named_source(s, i, after)


def _named_source(s: Sentence, i: int, after: int) -> Named | None:
    """Return the source that stands right behind the preposition from i to ``after``: "selon | la maire"."""
    phrase = _indefinite(s, after) or phrase_at(s.tokens, after, s.last, s.lex)
    if phrase is None or _is_rate(s, i, phrase) or _is_no_source(s, after, phrase):
        return None
    return (phrase.last, phrase)


def _opening_source(s: Sentence, i: int) -> Named | None:
    """Return the source that opens a sentence: "Pour la maire, ...", "For Pike, the figure is “a coincidence”"."""
    if not s.has(i, "sources.opening"):
        return None
    if s.low(i - 1) == "," and s.is_marked(i - 2) and s.is_marked(s.first):
        return _closing_source(s, i)
    opens = all(t.pos in ("CCONJ", "PUNCT") for t in s.tokens[s.first : i])
    phrase = phrase_at(s.tokens, i + 1, s.last, s.lex) if opens else None
    if phrase is None or s.low(phrase.last) != ",":
        return None
    return (phrase.last, phrase) if _speaks_first(s, i, phrase) else None


def _speaks_first(s: Sentence, i: int, phrase: Phrase) -> bool:
    """Tell whether the phrase behind the preposition at i is a source, and no purpose."""
    if s.has(i, "named_sources.purposes"):
        return i == s.first and _is_told(s, phrase)
    return _names_speaker(s, phrase)


def _closing_source(s: Sentence, i: int) -> Named | None:
    """Return the source that ends a sentence behind French marks: « Un scandale », pour la CGT."""
    if s.has(i, "named_sources.purposes"):
        return None
    phrase = phrase_at(s.tokens, i + 1, s.last, s.lex)
    ends = phrase is not None and phrase.last >= s.last - 1
    return (phrase.last, phrase) if phrase is not None and ends and _names_speaker(s, phrase) else None


def _is_told(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether "for Pike" is followed by his words in marks: without them it may be a purpose."""
    named = s.tokens[phrase.first].capital or _names_somebody(s, phrase)
    return named and any(t.quote >= 0 for t in s.tokens[phrase.last : s.last])


def _names_somebody(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase is a trade and the name of who has it: "director Amir Nadeem"."""
    return s.has(phrase.first, "roles.any") and s.tokens[phrase.last - 1].ent in PEOPLE


def _names_speaker(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase is a pronoun, has a name in it, or is headed by a person or a body."""
    named = any(t.ent in _NAMED for t in s.tokens[phrase.first : phrase.last])
    return phrase.pronoun or named or s.has(phrase.head, "roles.speaking")


def _is_no_source(s: Sentence, i: int, phrase: Phrase) -> bool:
    """Tell whether the words after a preposition name nobody: "d'après-guerre", "d'après moi"."""
    empty = s.has(i, "named_sources.no_source") and not is_nominal(s.tokens[phrase.head])
    return empty or s.has(i, "named_sources.compounds_of_after") or _speaks_for_nobody(s, phrase)


def _speaks_for_nobody(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase is a thing without an owner, or the writer's own: "selon les cas", "to our information"."""
    noun = s.tokens[phrase.head].low
    if s.has(phrase.first, "named_sources.ours"):
        return s.lex.has("nouns.reports", noun)
    if not s.lex.has("named_sources.things", noun):
        return False
    words = range(phrase.first, phrase.last)
    return not any(s.tokens[i].capital or s.has(i, "grammar.links") or s.has(i, "determiners.genitive") for i in words)


def _indefinite(s: Sentence, i: int) -> Phrase | None:
    """Return "certains experts", whose first word the parser takes for a pronoun."""
    indefinite = i < s.last and s.lex.has("grammar.indefinite", s.tokens[i].low)
    phrase = phrase_at(s.tokens, i + 1, s.last, s.lex) if indefinite else None
    return None if phrase is None or phrase.pronoun else replace(phrase, first=i)


def _is_rate(s: Sentence, i: int, phrase: Phrase) -> bool:
    """Tell whether "per" counts: "18 deaths per 100,000 people", "twice per year"."""
    begins = i == s.first or s.tokens[i - 1].pos == "PUNCT"
    return s.has(i, "named_sources.rates") and not begins and not can_speak(s, phrase)


def _source_of_information(s: Sentence, i: int) -> Named | None:
    """Return whose the information at i is, and where the clause that tells so ends: at a comma, if it has a verb."""
    told = _told_by(s, i)
    if told is None:
        return None
    comma = next((j for j in range(told.last, told.last + _LONGEST_CLAUSE) if s.low(j) == ","), told.last)
    return (comma if s.pos(told.last) in ("VERB", "AUX") else told.last, told)


def _told_by(s: Sentence, i: int) -> Phrase | None:
    """Return whose the information at i is: "selon | les informations que la maire a confiées au Fanal"."""
    at = i + (s.pos(i) == "DET")
    which = s.has(i, "named_sources.that_which")
    if i + 2 >= s.last or not (which or s.has(at, "nouns.reports")):
        return None
    for j in range(at, min(at + _LONGEST_TELLING, s.last - 1)):
        if s.is_marked(j) or s.pos(j) == "PUNCT":
            return None
        if s.has(j, "named_sources.tellers") or (s.has(j, "named_sources.owners") and not which):
            return _teller(s, j)
    return None


def _teller(s: Sentence, i: int) -> Phrase | None:
    """Return who speaks behind the word at i: "par | la maire", "que | la maire a confiées", "qu' | a dit la maire"."""
    first = i + (not s.has(i, "named_sources.with_article"))
    beside = _speaking(s, phrase_at(s.tokens, first, s.last, s.lex))
    return beside or (_speaking(s, _after_have(s, first)) if s.has(i, "grammar.that") else None)


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


def _match_words(s: Sentence, i: int, phrases: Sequence[str]) -> int | None:
    """Return the position after a source phrase ("d'après") that begins at i."""
    found = (_end_of_match(s, i, words.replace("'", "' ").split()) for words in phrases)
    return next((end for end in found if end is not None), None)


def _end_of_match(s: Sentence, i: int, parts: Sequence[str]) -> int | None:
    """Return the position after words that begin at i; the tokenizer may leave two of them together: "d'après"."""
    k = 0
    while k < len(parts):
        if s.low(i) == "".join(parts[k : k + 2]):
            k += 2
        elif s.low(i) == parts[k]:
            k += 1
        else:
            return None
        i += 1
    return i


def _view(s: Sentence, i: int) -> Named | None:
    """Match "in her view", "in the mayor's opinion"."""
    if not s.has(i, "named_sources.before_view"):
        return None
    for j in range(i + 1, min(i + _LONGEST_VIEW, s.last)):
        if s.is_marked(j) or s.pos(j) in ("VERB", "PUNCT"):
            return None
        if s.has(j, "sources.views"):
            ends = i == s.first or s.low(j + 1) in (",", ".")
            return _owner_of_view(s, i, j) if ends else None
    return None


def _owner_of_view(s: Sentence, i: int, j: int) -> Named | None:
    """Return whose the view at j is: "in | her | view", "in | the mayor | 's opinion"."""
    if s.has(j - 1, "grammar.possessive"):
        return (j + 1, Phrase(j - 1, j, j - 1, pronoun=True))
    owner = phrase_at(s.tokens, i + 1, j - 1, s.lex) if s.has(j - 1, "named_sources.possessive_endings") else None
    return (j + 1, owner) if owner is not None else None

"""A sentence -> its cues, each with the phrase that names who speaks.

To the right of a quotation the surface decides before the parser does: French parsers find the subject of
"a déclaré X" in fewer than half of the cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.languages.lexicon import Verb
from index.quotations.cues.prepositions import preposition
from index.quotations.cues.reporting_verbs import is_verb, must_speak
from index.quotations.cues.subjects import (
    is_bare,
    phrase_speaks,
    subject_after,
    subject_after_comma,
    subject_before_verb,
    subject_of_main_clause,
    subject_of_sentence,
)
from index.quotations.cues.verb_groups import clitic, group_start, negated
from index.quotations.syntax.noun_phrases import Phrase, Sentence, bare_phrases, is_silent, phrase_at
from index.quotations.syntax.parser import Token
from index.quotations.syntax.time_words import after_dates

_PARTICIPLE = {"fr": "ant", "en": "ing"}

CueKind = Literal["verb", "preposition"]
_APART = (",", "while", "when", "by", "before", "after", "and", "-", "--")
"""What parts an English participle from the noun before it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell that somebody speaks.

    Attributes:
        first: first token, auxiliaries included; ``last`` is one past the last.
        verb: the reporting verb, None for a preposition.
        source: who speaks, None when the sentence does not say.
        inverted: whether the source follows the verb.
        negated: whether the verb is denied, so that nothing is reported.
    """

    kind: CueKind
    first: int
    last: int
    at: int
    verb: Verb | None = None
    source: Phrase | None = None
    inverted: bool = False
    negated: bool = False

    def is_in(self, group: str) -> bool:
        """Tell whether the verb belongs to a group of the lexicon."""
        return self.verb is not None and group in self.verb.groups


def find_cues(sentence: Sentence) -> list[Cue]:
    """Return the cues of a sentence, in order, outside its quotations."""
    cues: list[Cue] = []
    i = sentence.first
    while i < sentence.last:
        cue = _preposition(sentence, i) or _verb(sentence, i, cues)
        if cue is not None:
            cue = _of_main_clause(sentence, _shared(sentence, cue, cues), cues)
            cues.append(cue)
            i = max(cue.last, i + 1)
        else:
            i += 1
    return cues


def _shared(s: Sentence, cue: Cue, earlier: Sequence[Cue]) -> Cue:
    """Give "X a dit que le pont tiendrait et a demandé ..." the subject of its first verb, not the bridge."""
    joined = (
        cue.kind == "verb"
        and cue.first > s.first
        and s.tokens[cue.first - 1].low in ("et", "and", "puis", "mais", "but")
    )
    before = next((c for c in reversed(earlier) if c.kind == "verb" and c.source is not None), None)
    if not joined or before is None or (cue.source is not None and (cue.source.pronoun or _is_person(s, cue.source))):
        return cue
    return replace(cue, source=before.source)


def _of_main_clause(s: Sentence, cue: Cue, earlier: Sequence[Cue]) -> Cue:
    """Give "X a vu le pont que Y bâtit, estimant que ..." the subject of the main clause, not the nearest noun."""
    if cue.kind != "verb":
        return cue
    return _of_french_participle(s, cue, earlier) if s.lex.lang == "fr" else _of_english_participle(s, cue)


def _of_english_participle(s: Sentence, cue: Cue) -> Cue:
    """Give "Moss mocked the plan, saying ..." its main subject, and "a man saying he was king" the man."""
    if cue.first == s.first:
        return cue
    source = _quoted_as(s, cue)
    if source is None and _is_apart(s, cue):
        source = subject_of_sentence(s, cue.first)
    return cue if source is None else replace(cue, source=source)


def _is_apart(s: Sentence, cue: Cue) -> bool:
    """Tell whether an English participle belongs to the main clause, not to the noun before it."""
    participle, before = s.tokens[cue.at], s.tokens[cue.first - 1]
    if not participle.low.endswith("ing") or cue.inverted:
        return False
    parted = participle.dep == "advcl" or (before.quote < 0 and before.low in _APART)
    return parted or cue.source is None or not phrase_speaks(s, cue.source)


def _quoted_as(s: Sentence, cue: Cue) -> Phrase | None:
    """Return whose words an outlet passes on: "The Post quoted Moss, a clerk, as saying", "was cited as saying"."""
    if cue.first - 1 <= s.first or s.tokens[cue.first - 1].low != "as":
        return None
    for i in range(cue.first - 2, s.first, -1):
        if s.lex.has("sources.quoting", s.tokens[i].low) and s.tokens[i].quote < 0:
            passive = s.tokens[i - 1].pos == "AUX"
            return subject_of_sentence(s, i) if passive else phrase_at(s.tokens, i + 1, cue.first, s.lex)
    return None


def _of_french_participle(s: Sentence, cue: Cue, earlier: Sequence[Cue]) -> Cue:
    if cue.source is None and cue.first == s.first and s.tokens[cue.at].low.endswith("ant"):
        return replace(cue, source=subject_after_comma(s, cue.last))
    before = s.tokens[cue.first - 1] if cue.first > s.first else None
    gerund = before is not None and before.low == "en"
    apart = before is not None and before.quote < 0 and (gerund or before.low in (",", "tout", "pour", "après"))
    participle = s.tokens[cue.at].low.endswith("ant") or s.tokens[cue.first].low == "avoir"
    if not participle or not apart:
        return cue
    main = next(
        (c for c in earlier if c.kind == "verb" and c.source is not None and s.tokens[c.at].dep == "ROOT"), None
    )
    source = main.source if main is not None else subject_of_main_clause(s, cue.first)
    if source is None and (cue.source is None or not phrase_speaks(s, cue.source)):
        source = next((c.source for c in reversed(earlier) if c.kind == "verb" and c.source is not None), None)
    return cue if source is None else replace(cue, source=source)


def _is_person(s: Sentence, phrase: Phrase) -> bool:
    words = s.tokens[phrase.first : phrase.last]
    return any(s.lex.has("roles.any", t.low) or t.ent in ("PER", "PERSON") for t in words)


def _preposition(s: Sentence, i: int) -> Cue | None:
    named = preposition(s, i)
    return Cue("preposition", i, named[0], i, source=named[1]) if named is not None else None


def _verb(s: Sentence, i: int, earlier: list[Cue]) -> Cue | None:
    token = s.tokens[i]
    verb = s.lex.verbs.get(token.low)
    last = i + 1
    for rest in s.lex.phrases.get(token.low, ()):
        j = i + 1
        while j < s.last and j < i + 3 and s.tokens[j].pos == "ADV" and s.tokens[j].low != rest[0]:
            j += 1
        if tuple("de" if t.low == "d'" else t.low for t in s.tokens[j : j + len(rest)]) == rest:
            verb, last = Verb(token.low, frozenset(("say", "object"))), j + len(rest)
    if verb is None and must_speak(s, i, any(c.kind == "verb" for c in earlier)):
        verb = Verb(token.low, frozenset(("manner",)))
    if verb is None or token.quote >= 0 or not is_verb(s, i, last):
        return None
    first = group_start(s, i)
    if "unreflexive" in verb.groups and any(t.low in ("se", "s'") for t in s.tokens[first:i]):
        return None
    at = clitic(s, i)
    source, inverted = _source(s, first, i, last, at)
    if at is not None and at >= last:
        last = at + 1
    return Cue("verb", first, last, i, verb, source, inverted, negated(s, first, i))


def _source(s: Sentence, first: int, i: int, last: int, at: int | None) -> tuple[Phrase | None, bool]:
    if at is not None:
        low = s.tokens[at].low
        return (None if low == "-on" else Phrase(at, at + 1, at, pronoun=True)), True
    if _is_as(s, first):
        right = subject_after(s, last)
        if right is not None:
            return right, True
    quote_end = _quote_before(s, first)
    if quote_end is not None:
        between = [p for p in bare_phrases(s.tokens, quote_end, first, s.lex) if not _is_gerund(s.tokens[p.head])]
        between = [p for p in between if s.lex.lang == "en" or not is_bare(s, p)]
        if between:
            return between[0], False
        right = subject_after(s, last) if not s.tokens[i].low.endswith("ant") else None
        if right is not None:
            return right, True
    elif _is_incise(s, first, last) and not s.tokens[i].low.endswith(_PARTICIPLE[s.lex.lang]):
        right = subject_after(s, last)
        if right is not None:
            return right, True
    left = subject_before_verb(s, first, i)
    if left is not None:
        return left, False
    return None, False


def _is_as(s: Sentence, first: int) -> bool:
    """Tell whether a French verb follows "comme l'" or "ainsi que l'", after which its subject comes."""
    clitic_pronoun = s.tokens[first].low in ("l'", "le")
    return s.lex.lang == "fr" and clitic_pronoun and first > s.first and s.tokens[first - 1].low in ("comme", "que")


def _is_gerund(token: Token) -> bool:
    return token.low.endswith("ing") and not token.capital


def _quote_before(s: Sentence, first: int) -> int | None:
    """Return the end of the quotation that the verb's clause follows, when no other clause lies between."""
    for j in range(first - 1, s.first - 1, -1):
        t = s.tokens[j]
        if t.quote >= 0:
            whole = t.pos == "QUOTE" or (j + 1 < s.last and s.tokens[j + 1].low in (",", "-"))
            return j + 1 if whole else None
        if t.low in (":", "(", ")", "que", "qu'", "that", "who", "qui") or (t.pos in ("CCONJ",) and j + 1 == first):
            return None
    return None


def _goes_on(s: Sentence, comma: int, stop: int) -> bool:
    """Tell whether a main verb stands after the aside that opens at a comma: "Le pont, qui rouille, tiendra, dit X"."""
    closing = next((j for j in range(comma + 1, stop) if s.tokens[j].low == ","), None)
    return closing is not None and any(t.form == "Fin" for t in s.tokens[closing + 1 : stop] if t.quote < 0)


def _is_told_of(s: Sentence, right: Phrase) -> bool:
    """Tell whether the phrase after a verb is what is spoken of: "X, ému, commente les propos du maire :"."""
    colon = right.last + 1 < s.last and s.tokens[right.last].low == ":" and s.tokens[right.last + 1].quote >= 0
    head = s.tokens[right.head]
    speaks = head.capital or s.lex.has("roles.speaking", head.low)
    return colon and not right.pronoun and not speaks


def _is_incise(s: Sentence, first: int, last: int) -> bool:
    """Tell whether an unmarked clause ends in ", estime le maire" or ", said the mayor"."""
    if first - 1 <= s.first or s.tokens[first - 1].low not in (",", "-"):
        return False
    if last < s.last and (
        s.tokens[last].low in ("que", "qu'", "that", ":", "de", "d'", "to") or s.tokens[last].quote >= 0
    ):
        return False
    opening = phrase_at(s.tokens, s.first, first, s.lex)
    aside = opening is not None and opening.last < first - 1 and s.tokens[opening.last].low == ","
    if aside and opening is not None and not _goes_on(s, opening.last, first - 1):
        return False  # "Jeanne Morel, très émue, dénonce ..."
    right = phrase_at(s.tokens, after_dates(s.tokens, last, s.last), s.last, s.lex)
    if right is None or is_silent(s.tokens, right, s.lex) or _is_told_of(s, right):
        return False
    return (
        right.last >= s.last - 1
        or s.tokens[right.last].low in (",", ".", "-", "(", ":")
        or s.lex.lang == "fr"
        and right.last >= s.last - 6
    )

"""A reporting verb -> the phrase that names who speaks, on its left or on its right."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.quotations.cues.parsed_subjects import is_subject_of, nearest_left, subject_token
from index.quotations.syntax.noun_phrases import (
    Phrase,
    Sentence,
    bare_phrases,
    is_nominal,
    is_pronoun,
    is_silent,
    phrase_around,
    phrase_at,
)

_FAR = 14
"""Tokens between a verb and a subject behind it: "a assuré devant les salariés réunis sur le parking, mardi, X"."""
_BEHIND = 3
"""Tokens behind a subject among which its verb stands."""
_LONGEST = 12
"""Tokens of a phrase before "qui"."""
_NESTED = 4
"""Phrases within which "qui" may stand, each in the one before."""
_NAMED = ("PER", "PERSON", "ORG")


def subject_after(s: Sentence, last: int) -> Phrase | None:
    """Return the first phrase after the verb that no preposition governs."""
    phrases = bare_phrases(s.tokens, last, _end_of_clause(s, last), s.lex)
    near = itertools.takewhile(lambda phrase: phrase.first - last <= _FAR, phrases)
    return next((phrase for phrase in near if _may_follow_verb(s, phrase)), None)


def _end_of_clause(s: Sentence, first: int) -> int:
    """Return where the clause of a verb before ``first`` ends: at another verb at the latest."""
    return next((j for j in range(first, s.last) if _ends_clause(s, j) or _is_other_verb(s, first, j)), s.last)


def _is_other_verb(s: Sentence, first: int, i: int) -> bool:
    """Tell whether another verb begins at i, not the participle of a noun: "les salariés | réunis"."""
    told = s.tokens[i].form == "Part" and s.tokens[i].dep == "acl" and s.pos(i - 1) == "NOUN"
    return s.pos(i) == "VERB" and i > first and not told


def _ends_clause(s: Sentence, i: int) -> bool:
    """Tell whether the clause of a verb ends at i: at marks, a colon, "que", "who"."""
    opens = s.has(i, "grammar.that") or s.has(i, "subjects.personal_relatives")
    return s.is_marked(i) or s.low(i) in (":", ";") or opens


def _may_follow_verb(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase may be the subject of the verb before it: "the mayor", not "them" nor "merci"."""
    silent = is_silent(s.tokens, phrase, s.lex) or s.has(phrase.head, "subjects.object_pronouns")
    return not silent and not is_bare(s, phrase)


def is_bare(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase lacks the article or capital that French asks for: "a parlé debout", "a dit merci"."""
    if phrase.pronoun or not s.lex.has("syntax.traits", "articles"):
        return False
    determined = s.pos(phrase.first) == "DET" or s.has(phrase.first, "subjects.determiners")
    return not determined and not any(t.capital for t in s.tokens[phrase.first : phrase.last])


def subject_before_verb(s: Sentence, first: int, i: int) -> Phrase | None:
    """Return the subject that stands before the verb at i, whose group begins at ``first``."""
    if _is_indefinite(s, first - 1):
        return None  # "beaucoup craignent": nobody in particular
    if _is_as_for(s, first):
        return nearest_left(s, _before_as_for(s, first))
    if s.has(first - 1, "subjects.personal_relatives") and not s.is_marked(first - 1):
        return _antecedent(s, first - 1)
    beside = _pronoun_beside(s, first) or _before_aside(s, first) or _joined_name(s, first, i)
    return beside if beside is not None else _parsed_subject(s, first, i)


def _is_indefinite(s: Sentence, i: int) -> bool:
    return s.has(i, "grammar.indefinite") and not s.is_marked(i) and s.pos(i) != "DET"


def _is_as_for(s: Sentence, first: int) -> bool:
    """Tell whether "quant à lui" parts a verb from its subject: "X a | quant à lui | reconnu"."""
    return first - 4 > s.first and s.has_pair(first - 3, "subjects.as_for")


def _before_as_for(s: Sentence, first: int) -> int:
    """Return where the words before "quant à lui" end, without the verb's auxiliary."""
    auxiliary = s.has(first - 4, "verb_groups.perfect_auxiliaries") or s.has(first - 4, "verb_groups.be")
    return first - 3 - auxiliary


def _pronoun_beside(s: Sentence, first: int) -> Phrase | None:
    """Return the pronoun, or "ce dernier", right before a verb."""
    at = first - 1
    alone = at >= s.first and (is_pronoun(s.tokens[at], s.lex) or s.has_pair(at - 1, "grammar.pronouns_latter"))
    return phrase_around(s.tokens, at, s.first, first, s.lex) if alone else None


def _parsed_subject(s: Sentence, first: int, i: int) -> Phrase | None:
    """Return the phrase of the subject that the parser sees, or the nearest phrase."""
    head = subject_token(s, i)
    if head is None:
        return nearest_left(s, first) if s.tokens[i].form in ("", "Fin", "Part") else None
    if s.has(head, "subjects.subject_relatives") or s.has(head, "subjects.demonstratives"):
        return _antecedent(s, head)
    if s.has(head, "grammar.never"):
        return None
    return phrase_around(s.tokens, head, s.first, first if head < first else s.last, s.lex)


def subject_of_main_clause(s: Sentence, stop: int) -> Phrase | None:
    """Return the subject of the main verb that stands before a position, when that can speak."""
    root = max(_roots(s, stop), default=s.first)
    subject = max((i for i in range(s.first, root) if is_subject_of(s, i, root)), default=None)
    phrase = phrase_around(s.tokens, subject, s.first, root, s.lex) if subject is not None else None
    silent = phrase is None or is_silent(s.tokens, phrase, s.lex)
    return None if silent or phrase is None or not phrase_speaks(s, phrase) else phrase


def _roots(s: Sentence, stop: int) -> Iterator[int]:
    """Yield the places of main verbs before a position, outside marks."""
    return (i for i in range(s.first, stop) if s.tokens[i].dep == "ROOT" and not s.is_marked(i))


def subject_of_sentence(s: Sentence, stop: int) -> Phrase | None:
    """Return the subject of the sentence's main verb, a pronoun too, when it stands before a position."""
    root = next(_roots(s, s.last), None)
    first = next((i for i in range(s.first, stop) if is_subject_of(s, i, root)), stop)
    phrase = phrase_around(s.tokens, first, s.first, stop, s.lex) if first < stop else None
    return None if phrase is None or is_silent(s.tokens, phrase, s.lex) or phrase.last > stop else phrase


def subject_after_comma(s: Sentence, i: int) -> Phrase | None:
    """Return the subject of the main clause behind the participle that opens a sentence: "Se disant prêt, X ..."."""
    commas = (j for j in range(i, s.last - 2) if s.low(j) == "," and not s.is_marked(j))
    phrases = (phrase_at(s.tokens, comma + 1, s.last, s.lex) for comma in commas)
    return next((p for p in phrases if p is not None and phrase_speaks(s, p) and _has_verb_behind(s, p)), None)


def _has_verb_behind(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a finite verb, or a comma, follows a phrase: "X a regretté", "X, ému, ..."."""
    behind = s.tokens[phrase.last : phrase.last + _BEHIND]
    comma = bool(behind) and behind[0].low == ","
    return comma or any(t.form == "Fin" and t.quote < 0 for t in behind)


def _joined_name(s: Sentence, first: int, i: int) -> Phrase | None:
    """Return the person who begins a clause of his own after "et": "X est parti et Y a déclaré"."""
    if _is_plural(s, first, i) or first - 3 < s.first or s.tokens[first - 1].ent not in _NAMED:
        return None
    start = _name_start(s, first - 1)
    joined = s.has(start - 1, "subjects.new_subject_links") and not s.is_marked(start - 1)
    spoken = any(t.form == "Fin" and t.quote < 0 for t in s.tokens[s.first : start - 1])
    return phrase_around(s.tokens, start, start, first, s.lex) if joined and spoken else None


def _is_plural(s: Sentence, first: int, i: int) -> bool:
    """Tell whether the verb at i is that of several: "ont dit", "affirment"."""
    return s.has(first, "verb_groups.plural_auxiliaries") or s.lex.ends("endings.plural_verb", s.low(i))


def _name_start(s: Sentence, i: int) -> int:
    """Return where the name begins that ends at i."""
    while i > s.first and s.tokens[i - 1].ent == s.tokens[i].ent and s.tokens[i - 1].capital:
        i -= 1
    return i


def _joined(s: Sentence, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return phrases with a bare word joined to the name that it ends: "Le site Robe | noire"."""
    joined: list[Phrase] = []
    for phrase in phrases:
        before = joined[-1] if joined else None
        if before is not None and before.last == phrase.first and s.tokens[phrase.first - 1].capital:
            joined[-1] = replace(before, last=phrase.last)
        else:
            joined.append(phrase)
    return joined


def _before_aside(s: Sentence, first: int) -> Phrase | None:
    """Return the phrase that an aside between commas parts from its verb: "Le Fanal, citant deux élus, rapporte"."""
    if s.low(first - 1) != ",":
        return None
    phrases = _joined(s, bare_phrases(s.tokens, _clause_start(s, first), first - 1, s.lex))
    asides = [p for p in phrases if p.last < first - 1 and _is_before_aside(s, p)]
    return next((p for p in asides if phrase_speaks(s, p)), asides[0] if asides else None)


def _clause_start(s: Sentence, stop: int) -> int:
    """Return the position behind the last "que" or "that" before a place, or where the sentence begins."""
    conjunctions = (j for j in range(s.first, stop) if s.has(j, "grammar.that") and s.pos(j) == "SCONJ")
    return max(conjunctions, default=s.first - 1) + 1


def _is_before_aside(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a comma follows a phrase that can be a subject."""
    comma = s.low(phrase.last) == "," and not s.is_marked(phrase.last)
    return comma and not is_silent(s.tokens, phrase, s.lex) and not is_bare(s, phrase)


def _antecedent(s: Sentence, relative: int) -> Phrase | None:
    """Return the phrase that "qui" or "who" stands for: the last before it that can speak.

    In "le chef de mission de MSF pour la Syrie qui considère", Syria does not.
    """
    phrases = list(_phrases_ending_at(s, _before_punctuation(s, relative)))
    return next((p for p in phrases if can_speak(s, p)), phrases[0] if phrases else None)


def _before_punctuation(s: Sentence, end: int) -> int:
    """Return where the words before a place end, without commas, prepositions and what stands in brackets."""
    while end > s.first and s.pos(end - 1) in ("PUNCT", "ADP") and not s.is_marked(end - 1):
        end -= 1
        if s.low(end) == ")":
            end = next((i for i in range(end, s.first, -1) if s.low(i) == "("), end)
    return end


def _phrases_ending_at(s: Sentence, end: int) -> Iterator[Phrase]:
    """Yield the phrase that ends at a place, and those before it that a preposition joins to it, backwards."""
    for _ in range(_NESTED):
        phrase = _ending_at(s, end)
        if phrase is None:
            return
        yield phrase
        if s.pos(phrase.first - 1) != "ADP":
            return
        end = phrase.first - 1


def _ending_at(s: Sentence, end: int) -> Phrase | None:
    """Return the longest noun phrase that ends at a position."""
    found = None
    for j in range(end - 1, max(s.first - 1, end - _LONGEST), -1):
        if s.tokens[j].quote >= 0 or s.tokens[j].pos in ("VERB", "AUX"):
            break
        if is_nominal(s.tokens[j]):
            phrase = phrase_around(s.tokens, j, s.first, end, s.lex)
            if phrase is not None and phrase.last == end:
                found = phrase if found is None or phrase.first <= found.first else found
    return found


def phrase_speaks(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase is a pronoun or names somebody, no time or place."""
    return phrase.pronoun or can_speak(s, phrase)


def can_speak(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase names a person, a role or a body."""
    words = s.tokens[phrase.first : phrase.last]
    known = any(s.lex.has("roles.speaking", t.low) for t in words)
    return known or any(t.ent in ("PER", "PERSON", "ORG") for t in words)

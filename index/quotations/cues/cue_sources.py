"""A reporting verb and what stands around it -> who speaks: a clitic, the phrase before it or the phrase behind it."""

from __future__ import annotations

from index.quotations.cues.subjects import is_bare, subject_after, subject_before_verb
from index.quotations.syntax.noun_phrases import Phrase, Sentence, bare_phrases, is_silent, phrase_at
from index.quotations.syntax.time_words import after_dates

_LINKS = 3
"""Tokens of "du côté de"."""
_REST = 6
"""Tokens of a sentence behind the source of an inverted verb: ", estime le maire depuis lundi"."""


def source_of_verb(s: Sentence, first: int, i: int, last: int, at: int | None) -> tuple[Phrase | None, bool]:
    """Return who speaks by the verb at i, None when the sentence does not say, and whether the source follows it.

    Args:
        s: the sentence.
        first: where the verb's group begins.
        i: the verb.
        last: one past the cue.
        at: where the verb's clitic subject stands, None when it has none.
    """
    if at is not None:
        return _of_clitic(s, at, last), True
    if s.has(first - 1, "verb_groups.impersonal_subjects"):
        return body_of_one(s, s.first), False
    quote_end = _quote_before(s, first)
    likened = s.has_pair(first - 1, "subjects.as_it")  # "comme l'a dit X"
    right = subject_after(s, last) if likened else None
    if right is None and quote_end is not None and (beside := _phrase_between(s, quote_end, first)):
        return beside, False
    if right is None and _may_be_inverted(s, first, i, last, quote_end):
        right = subject_after(s, last)
    return (right, True) if right is not None else (subject_before_verb(s, first, i), False)


def _of_clitic(s: Sentence, at: int, last: int) -> Phrase | None:
    """Return whom a clitic at a place stands for: "dit-elle", "dit-on à la mairie"."""
    if s.has(at, "verb_groups.impersonal_clitics"):
        return body_of_one(s, max(last, at + 1))
    return Phrase(at, at + 1, at, pronoun=True)


def body_of_one(s: Sentence, i: int) -> Phrase | None:
    """Return the body in which "on" speaks, told at i: "dit-on | à la mairie", "Du côté de la préfecture, on dit"."""
    links = 0
    while links < _LINKS and s.has(i + links, "joining.within"):
        links += 1
    phrase = phrase_at(s.tokens, i + links, s.last, s.lex) if links else None
    return phrase if phrase is not None and s.has(phrase.head, "roles.bodies") else None


def _phrase_between(s: Sentence, quote_end: int, first: int) -> Phrase | None:
    """Return the phrase between marks and a verb: "...", the mayor said."""
    phrases = bare_phrases(s.tokens, quote_end, first, s.lex)
    return next((p for p in phrases if not _is_gerund(s, p.head) and not is_bare(s, p)), None)


def _is_gerund(s: Sentence, i: int) -> bool:
    return s.lex.ends("endings.gerund", s.low(i)) and not s.tokens[i].capital


def _may_be_inverted(s: Sentence, first: int, i: int, last: int, quote_end: int | None) -> bool:
    """Tell whether the source of a verb may follow it: "...", said the mayor; the pier will hold, said the mayor."""
    if quote_end is not None:
        return not s.lex.ends("endings.without_subject", s.low(i))
    return _is_incise(s, first, last) and not s.lex.ends("endings.present_participle", s.low(i))


def _quote_before(s: Sentence, first: int) -> int | None:
    """Return the end of the quotation that the verb's clause follows, when no other clause lies between."""
    for j in range(first - 1, s.first - 1, -1):
        if s.is_marked(j):
            whole = s.pos(j) == "QUOTE" or s.low(j + 1) in (",", "-")
            return j + 1 if whole else None
        if _opens_clause(s, j) or (s.pos(j) == "CCONJ" and j + 1 == first):
            return None
    return None


def _opens_clause(s: Sentence, i: int) -> bool:
    """Tell whether another clause begins at i: at a colon, a bracket, "that", "who"."""
    return s.low(i) in (":", "(", ")") or s.has(i, "grammar.that") or s.has(i, "subjects.personal_relatives")


def _is_incise(s: Sentence, first: int, last: int) -> bool:
    """Tell whether an unmarked clause ends in ", estime le maire" or ", said the mayor"."""
    if first - 1 <= s.first or s.low(first - 1) not in (",", "-"):
        return False
    if _leads_on(s, last) or _is_behind_aside(s, first):
        return False
    right = phrase_at(s.tokens, after_dates(s.tokens, last, s.last), s.last, s.lex)
    if right is None or _is_no_subject(s, right) or _is_told_of(s, right):
        return False
    return _ends_sentence(s, right) or s.low(right.last) in (",", ".", "-", "(", ":")


def _is_no_subject(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase names nobody, or is an object: "it", "her"."""
    return is_silent(s.tokens, phrase, s.lex) or s.has(phrase.head, "subjects.object_pronouns")


def _leads_on(s: Sentence, last: int) -> bool:
    """Tell whether what is said follows a verb: ", said that", ", dit :"."""
    return s.has(last, "clauses.complement_openers") or s.low(last) == ":" or s.is_marked(last)


def _is_behind_aside(s: Sentence, first: int) -> bool:
    """Tell whether an aside parts a verb from the subject before it: "Jeanne Morel, très émue, dénonce ..."."""
    opening = phrase_at(s.tokens, s.first, first, s.lex)
    if opening is None or opening.last >= first - 1 or s.low(opening.last) != ",":
        return False
    return not _goes_on(s, opening.last, first - 1)


def _goes_on(s: Sentence, comma: int, stop: int) -> bool:
    """Tell whether a main verb stands after the aside that opens at a comma: "Le pont, qui rouille, tiendra, dit X"."""
    closing = next((j for j in range(comma + 1, stop) if s.low(j) == ","), None)
    return closing is not None and any(t.form == "Fin" for t in s.tokens[closing + 1 : stop] if t.quote < 0)


def _is_told_of(s: Sentence, right: Phrase) -> bool:
    """Tell whether the phrase after a verb is what is spoken of: "X, ému, commente les propos du maire :"."""
    colon = s.low(right.last) == ":" and s.is_marked(right.last + 1)
    speaks = s.tokens[right.head].capital or s.has(right.head, "roles.speaking")
    return colon and not right.pronoun and not speaks


def _ends_sentence(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase ends a sentence, or stands near its end where a verb may well be inverted."""
    rest = _REST if s.lex.has("syntax.traits", "inversion") else 1
    return phrase.last >= s.last - rest

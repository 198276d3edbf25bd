"""Where the clause that a cue reports begins, when it is a clause of its own: behind "that", or behind nothing."""

from __future__ import annotations

from index.languages.calendar import time_words
from index.quotations.cues.cues import Cue
from index.quotations.syntax.noun_phrases import Sentence, bare_phrases

_VERBAL = ("VERB", "AUX")
_OPENS = ("DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON", "VERB", "ADV")
_EARLY = 6
"""Tokens before a cue in "As X told the paper, ..."."""
_NEAR = 5
"""Tokens of what tells when and where something is said."""
_LONGEST_ASIDE = 20
_LONGEST_DASHED = 25
_DISTANT = 40
"""Tokens between a verb and the "that" of its clause."""
_DASHES = ("-", "–", "—")


def after_as(s: Sentence, cue: Cue) -> int | None:
    """Return where the words begin in "As X told the paper, ...", "Comme l'a dit X, ..."."""
    if not s.has(s.first, "clauses.as") or not cue.is_in("say") or cue.first - s.first > _EARLY:
        return None
    return next((i + 1 for i in range(cue.last, s.last) if s.low(i) == "," and not s.is_marked(i)), None)


def plain_clause(s: Sentence, cue: Cue) -> int | None:
    """Return where a clause without "that" begins when the parser missed it: a phrase, then a finite verb."""
    if not _reports(cue) or cue.source is None or cue.last >= s.last:
        return None
    start = _behind_circumstances(s, cue.last)
    return start if _may_open_clause(s, start) and _has_predicate(s, start, cue) else None


def _reports(cue: Cue) -> bool:
    """Tell whether a clause may follow a cue: "the mayor said", but not "said the mayor"."""
    return not cue.inverted and (cue.is_in("say") or cue.is_in("think") or cue.is_in("deny"))


def _may_open_clause(s: Sentence, i: int) -> bool:
    """Tell whether a clause may begin with the word at i: "the", "when", but not "whether"."""
    if s.is_marked(i) or s.has(i, "clauses.interrogatives"):
        return False
    return s.pos(i) in _OPENS or s.has(i, "clauses.conditionals")


def _behind_circumstances(s: Sentence, i: int) -> int:
    """Return the position behind "on Tuesday", "in a letter to the board," right after a cue."""
    comma = next((j + 1 for j in range(i, min(i + _NEAR, s.last)) if s.low(j) == ","), i)
    if s.pos(i) == "ADP" and comma > i:
        return comma
    while i + 1 < s.last and _is_circumstance(s, i):
        i += 1 + (s.pos(i) == "ADP" and s.pos(i + 1) == "DET")
        i = next((j for j in range(i, s.last) if not _names(s, j)), i)
    return i


def _names(s: Sentence, i: int) -> bool:
    return s.pos(i) in ("NOUN", "PROPN", "ADJ") and s.low(i) not in time_words()


def _is_circumstance(s: Sentence, i: int) -> bool:
    return s.low(i) in time_words() or (s.pos(i) == "ADP" and s.has(i, "grammar.circumstances"))


def _has_predicate(s: Sentence, start: int, cue: Cue) -> bool:
    """Tell whether a finite verb of its own follows the subject at a position, asides and relative clauses skipped."""
    pending, i = int(s.has(start, "clauses.dependent_openers")), start + 1
    leading = pending > 0
    while i < s.last:
        if _stops(s, i, cue):
            return False
        if s.is_finite(i) and pending == 0:
            return True
        if s.low(i) == "," and leading:
            leading, pending = False, 0
        elif s.low(i) in (",", "-"):
            i = _closing(s, i)
        pending += s.has(i, "clauses.dependent_openers") - s.is_finite(i)
        i += 1
    return False


def _closing(s: Sentence, i: int) -> int:
    """Return the comma or dash that ends the aside which one opens at i; the sentence's end when none does."""
    return next((j for j in range(i + 1, min(i + _LONGEST_ASIDE, s.last)) if s.low(j) == s.low(i)), s.last)


def _stops(s: Sentence, i: int, cue: Cue) -> bool:
    """Tell whether nothing but an object of the verb can stand before a position: "maintains his innocence and"."""
    joined = s.has(i, "clauses.coordinators") and s.is_finite(i + 1)
    to = s.has(i, "promises.infinitive_markers") and not cue.is_in("say")
    return s.is_marked(i) or s.low(i) == ":" or joined or to


def after_that(s: Sentence, cue: Cue) -> int | None:
    """Return where the clause after "que" or "that" begins."""
    if not any(cue.is_in(group) for group in ("say", "think", "object", "promise")):
        return None
    skipped = {*_dash_aside(s, cue), *_relative_marks(s, cue)}
    for i in range(cue.last, min(cue.last + _DISTANT, s.last)):
        if i in skipped:
            continue
        if s.has_pair(i, "clauses.according_to_which"):
            return i + 2
        if _breaks_off(s, cue, i):
            return None
        if _may_be_that(s, cue, i):
            return i + 1 if _announces(s, cue, i) else None
        if _has_other_verb(s, cue, i):
            return None
    return None


def _breaks_off(s: Sentence, cue: Cue, i: int) -> bool:
    """Tell whether no clause of a cue comes: marks do, or an aside: "ironise X, en allusion aux travaux que ..."."""
    inverted = cue.inverted and s.lex.has("syntax.traits", "inversion")
    aside = inverted and sum(t.low == "," for t in s.tokens[cue.last : i]) % 2 > 0
    return s.is_marked(i) or s.low(i) == ":" or aside


def _may_be_that(s: Sentence, cue: Cue, i: int) -> bool:
    """Tell whether "that" stands at i, not the relative pronoun of a noun: "le pont que la ville bâtit"."""
    if not s.has(i, "grammar.that"):
        return False
    plain = s.pos(i) in ("SCONJ", "ADP") or i == cue.last or not s.has(i, "clauses.relatives_like_that")
    return plain or not bare_phrases(s.tokens, cue.last, i, s.lex)


def _announces(s: Sentence, cue: Cue, i: int) -> bool:
    """Tell whether the "that" at i opens words, not "alors que", "ainsi que des moyens", "on that is"."""
    conjunction = i + 1 < s.last and s.has(i - 1, "grammar.not_that")
    following = s.pos(min(i + 1, s.last - 1))
    as_well = s.has_pair(i - 1, "clauses.as_well") and (i - 1 > cue.last or following == "ADP")
    return not conjunction and not as_well and not _is_demonstrative(s, cue, i)


def _is_demonstrative(s: Sentence, cue: Cue, i: int) -> bool:
    """Tell whether "that" is the subject of the verb behind it: "said of the fire that was"."""
    subject = s.pos(i) == "PRON" and s.has(i, "subjects.demonstratives")
    return subject and s.pos(i + 1) in _VERBAL and i > cue.last


def _has_other_verb(s: Sentence, cue: Cue, i: int) -> bool:
    """Tell whether a verb stands between a cue and any "that": participles are none where they have a form."""
    participle = s.tokens[i].form == "Part" or i == cue.last
    return s.pos(i) in _VERBAL and not (participle and s.lex.has("syntax.traits", "participles"))


def _relative_marks(s: Sentence, cue: Cue) -> list[int]:
    """Return the places of "that" which open the clause of a noun: "said the rule, that women may vote, applied"."""
    marks = [i for i in range(cue.last, s.last) if s.tokens[i].dep == "mark"]
    return [i for i in marks if s.tokens[s.tokens[i].head].dep == "relcl"]


def _dash_aside(s: Sentence, cue: Cue) -> range:
    """Return the tokens of an aside between dashes right behind a cue: "explained - they may do so - that"."""
    for i in range(cue.last, min(cue.last + 3, s.last)):
        if s.low(i) in _DASHES:
            end = min(i + _LONGEST_DASHED, s.last)
            closing = next((j for j in range(i + 1, end) if s.low(j) in _DASHES), None)
            return range(i, closing + 1) if closing is not None else range(0)
    return range(0)


def bare_clause(s: Sentence, cue: Cue) -> int | None:
    """Return where a clause without "that" begins, as the parser sees it: "said no request had reached her"."""
    if not _reports(cue):
        return None
    root = next((i for i in range(cue.last, s.last) if _is_clause_of(s, i, cue)), None)
    if root is None:
        return None
    first = _after_day(s, min(_subtree(s, root)))
    asks = s.has(first, "clauses.interrogatives") or s.has(first, "clauses.conditionals")
    return first if not asks and cue.last <= first < root and s.pos(first) != "PUNCT" else None


def _after_day(s: Sentence, i: int) -> int:
    """Return the position after a day that tells when it was said: "said | on Thursday | it would close"."""
    return i + 2 if s.pos(i) == "ADP" and s.low(i + 1) in time_words() else i


def _is_clause_of(s: Sentence, i: int, cue: Cue) -> bool:
    token = s.tokens[i]
    return token.head == cue.at and token.dep == "ccomp" and token.quote < 0


def _subtree(s: Sentence, root: int) -> set[int]:
    found, grown = {root}, True
    while grown:
        more = {i for i in range(s.first, s.last) if s.tokens[i].head in found} - found
        found |= more
        grown = bool(more)
    return found


def is_behind_marks(s: Sentence, cue: Cue) -> bool:
    """Tell whether marks hold what a cue right behind them reports: "“...,” the director assured workers gathered"."""
    return s.is_marked(cue.start - 1 - (s.low(cue.start - 1) == ","))

"""Where the clause that a cue reports begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.calendar import time_words
from index.quotations.cues.cues import Cue
from index.quotations.speech.parted_clause import has_verb
from index.quotations.syntax.noun_phrases import Sentence, bare_phrases
from index.quotations.syntax.parser import QUOTE

_WH = frozenset(["what", "whether", "how", "why", "who", "if", "when", "where", "which"])
_SUBORDINATES = _WH | {"that", "as", "than", "because", "after", "before", "until", "while", "although", "though", "so"}
_FINITE = frozenset(("VERB", "AUX"))


def after_as(s: Sentence, cue: Cue) -> int | None:
    """Return where the words begin in "As X told the paper, ...", "Comme l'a dit X, ..."."""
    if s.tokens[s.first].low not in ("as", "comme") or not cue.is_in("say") or cue.first - s.first > 6:
        return None
    return next((i + 1 for i in range(cue.last, s.last) if s.tokens[i].low == "," and s.tokens[i].quote < 0), None)


def plain_clause(s: Sentence, cue: Cue) -> int | None:
    """Return where a clause without "that" begins when the parser missed it: a phrase, then a finite verb."""
    reports = cue.is_in("say") or cue.is_in("think") or cue.is_in("deny")
    if not reports or cue.inverted or cue.source is None or cue.last >= s.last:
        return None
    start = _behind_circumstances(s, cue.last)
    if start >= s.last or s.tokens[start].quote >= 0:
        return None
    opens = s.tokens[start].pos in ("DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON", "VERB", "ADV")
    if s.tokens[start].low in _WH - {"when", "if"} or not (opens or s.tokens[start].low in ("when", "if")):
        return None
    return start if _has_predicate(s, start, cue) else None


def _behind_circumstances(s: Sentence, i: int) -> int:
    """Return the position behind "on Tuesday", "in a letter to the board," right after a cue."""
    comma = next((j + 1 for j in range(i, min(i + 5, s.last)) if s.tokens[j].low == ","), i)
    if s.tokens[i].pos == "ADP" and comma > i:
        return comma
    while i + 1 < s.last and _is_circumstance(s, i):
        i += 1 + (s.tokens[i].pos == "ADP" and s.tokens[i + 1].pos == "DET")
        i = next((j for j in range(i, s.last) if not _names(s, j)), i)
    return i


def _names(s: Sentence, i: int) -> bool:
    return s.tokens[i].pos in ("NOUN", "PROPN", "ADJ") and s.tokens[i].low not in time_words()


def _is_circumstance(s: Sentence, i: int) -> bool:
    t = s.tokens[i]
    return t.low in time_words() or (t.pos == "ADP" and s.lex.has("grammar.circumstances", t.low))


def _has_predicate(s: Sentence, start: int, cue: Cue) -> bool:
    """Tell whether a finite verb of its own follows the subject at a position, asides and relative clauses skipped."""
    pending, i = int(s.tokens[start].low in _SUBORDINATES), start + 1
    leading = pending > 0
    while i < s.last:
        t = s.tokens[i]
        if _stops(s, i, cue):
            return False
        if _is_finite(s, i) and pending == 0:
            return True
        if t.low == "," and leading:
            leading, pending = False, 0
        elif t.low in (",", "-"):
            i = next((j for j in range(i + 1, min(i + 20, s.last)) if s.tokens[j].low == t.low), s.last)
        pending += (t.low in _SUBORDINATES) - _is_finite(s, i)
        i += 1
    return False


def _stops(s: Sentence, i: int, cue: Cue) -> bool:
    """Tell whether nothing but an object of the verb can stand before a position: "maintains his innocence and"."""
    t = s.tokens[i]
    joined = t.low in ("and", "but") and _is_finite(s, i + 1)
    return t.quote >= 0 or t.low == ":" or joined or (t.low == "to" and not cue.is_in("say"))


def _is_finite(s: Sentence, i: int) -> bool:
    return i < s.last and s.tokens[i].form == "Fin" and s.tokens[i].pos in _FINITE and s.tokens[i].quote < 0


def after_that(s: Sentence, cue: Cue) -> int | None:
    """Return where the clause after "que" or "that" begins."""
    if not (cue.is_in("say") or cue.is_in("think") or cue.is_in("object") or cue.is_in("promise")):
        return None
    skipped = {*_dash_aside(s, cue), *_relative_marks(s, cue)}
    for i in range(cue.last, min(cue.last + 40, s.last)):
        t = s.tokens[i]
        if i in skipped:
            continue
        if t.quote >= 0 or t.low in (":",):
            return None
        if t.low == "selon" and i + 1 < s.last and s.tokens[i + 1].low.startswith(("lesquel", "laquelle")):
            return i + 2
        if cue.inverted and s.lex.lang == "fr" and sum(x.low == "," for x in s.tokens[cue.last : i]) % 2:
            return None  # "ironise le maire, en allusion aux travaux que ..."
        plain = t.pos in ("SCONJ", "ADP") or i == cue.last or s.lex.lang == "en"
        if s.lex.has("grammar.that", t.low) and (plain or not bare_phrases(s.tokens, cue.last, i, s.lex)):
            if s.lex.lang == "fr" and i + 1 < s.last and s.tokens[i - 1].low in s.lex.words["grammar.not_that"]:
                return None
            if s.tokens[i - 1].low == "ainsi" and (i - 1 > cue.last or s.tokens[min(i + 1, s.last - 1)].pos == "ADP"):
                return None  # "annonce un renfort ainsi que des moyens", "ainsi qu'à tous les blessés"
            if (
                s.lex.lang == "en"
                and t.pos == "PRON"
                and i + 1 < s.last
                and s.tokens[i + 1].pos in _FINITE
                and i > cue.last
            ):
                return None
            return i + 1
        if t.pos in _FINITE and t.form != "Part" and s.lex.lang == "fr" and i > cue.last:
            return None
        if s.lex.lang == "en" and t.pos in _FINITE:
            return None
    return None


def _relative_marks(s: Sentence, cue: Cue) -> list[int]:
    """Return the places of "that" which open the clause of a noun: "said the rule, that women may vote, applied"."""
    marks = [i for i in range(cue.last, s.last) if s.tokens[i].dep == "mark"]
    return [i for i in marks if s.tokens[s.tokens[i].head].dep == "relcl"]


def _dash_aside(s: Sentence, cue: Cue) -> range:
    """Return the tokens of an aside between dashes right behind a cue: "explained - they may do so - that"."""
    for i in range(cue.last, min(cue.last + 3, s.last)):
        if s.tokens[i].low in ("-", "–", "—"):
            closing = next((j for j in range(i + 1, min(i + 25, s.last)) if s.tokens[j].low in ("-", "–", "—")), None)
            return range(i, closing + 1) if closing is not None else range(0)
    return range(0)


def infinitive(s: Sentence, cue: Cue) -> int | None:
    """Return where what is promised or denied begins.

    Examples: "de limiter", "avoir parlé", "to call", "having advised".
    """
    i = cue.last
    while i < s.last and s.tokens[i].pos == "ADV" and s.tokens[i].low not in ("ne", "n'"):
        i += 1
    if i + 2 < s.last and f"{s.tokens[i].low} {s.tokens[i + 1].low}" in s.lex.words["grammar.asides"]:
        i += 2
    while i + 1 < s.last and s.tokens[i].low in time_words() | {"soir", "matin"}:
        i += 1
    if s.lex.lang == "fr" and i < s.last and s.tokens[i].low == ",":
        closing = next((j for j in range(i + 1, min(i + 8, s.last)) if s.tokens[j].low == ","), None)
        i = closing + 1 if closing is not None else i  # "menaçait, cet été, de partir"
    if i + 1 >= s.last or s.tokens[i].quote >= 0:
        return None
    t, following = s.tokens[i], s.tokens[i + 1]
    if s.lex.lang == "en":
        denied = cue.is_in("deny") and (t.low in ("having", "being") or t.low.endswith("ing") and t.pos in _FINITE)
        return i if denied or _is_promised(s, i, cue) else None
    if cue.is_in("promise") and t.low in ("de", "d'") and cue.verb is not None and cue.verb.lemma != "refuser":
        return i + 1 if following.low in ("ne", "n'") or _is_infinitive(s, i + 1) else None
    if cue.is_in("deny") and (t.low in ("avoir", "être", "ne", "n'") or _is_infinitive(s, i)):
        return i
    if cue.verb is not None and cue.verb.lemma == "engager":
        return i + 1 if t.low == "à" and _is_infinitive(s, i + 1) else None
    reflexive = any(x.low in ("se", "s'") for x in s.tokens[cue.first : cue.at + 1]) or (
        cue.first > s.first and s.tokens[cue.first - 1].low in ("se", "s'")
    )
    if reflexive and cue.verb is not None and cue.verb.lemma == "dire" and t.pos in ("ADJ", "VERB", "ADV"):
        return i
    return None


def _is_promised(s: Sentence, i: int, cue: Cue) -> bool:
    """Tell whether an English infinitive or a gerund behind "to" is promised: "vowed not to pay", "agreed to a fee"."""
    to = i + (s.tokens[i].low == "not")
    promises = cue.is_in("promise") and cue.verb is not None and cue.verb.lemma != "refuse"
    return promises and s.tokens[to].low == "to" and any(t.pos in _FINITE for t in s.tokens[to + 1 : to + 4])


def _is_infinitive(s: Sentence, i: int) -> bool:
    """Tell whether an infinitive stands at i, clitic pronouns before it skipped: "l'avoir vu", "s'être trompé"."""
    while i + 1 < s.last and s.tokens[i].pos == "PRON":
        i += 1
    t = s.tokens[i]
    return t.pos in _FINITE and (t.form == "Inf" or not t.form and t.low.endswith(("er", "ir", "re", "oir")))


def bare_clause(s: Sentence, cue: Cue) -> int | None:
    """Return where a clause without "that" begins, as the parser sees it: "said no request had reached her"."""
    if not (cue.is_in("say") or cue.is_in("think") or cue.is_in("deny")) or cue.inverted:
        return None
    kids = [
        i
        for i in range(cue.last, s.last)
        if s.tokens[i].head == cue.at and s.tokens[i].dep == "ccomp" and s.tokens[i].quote < 0
    ]
    if not kids:
        return None
    first = min(_subtree(s, kids[0]))
    if s.tokens[first].low in _WH:
        return None
    return first if first >= cue.last and s.tokens[first].pos not in ("PUNCT",) and kids[0] > first else None


def _subtree(s: Sentence, root: int) -> set[int]:
    found, grown = {root}, True
    while grown:
        more = {i for i in range(s.first, s.last) if s.tokens[i].head in found} - found
        found |= more
        grown = bool(more)
    return found


def _goes_over(s: Sentence, i: int, cues: Sequence[Cue], starts: set[int]) -> bool:
    """Tell whether the reporter speaks again at i: "et a demandé", ", ajoutant", ", selon"."""
    low = s.tokens[i].low
    following = s.tokens[i + 1].low if i + 1 < s.last else ""
    if low in ("et", "and", "puis", "mais", "but"):
        return i + 1 in starts
    if low not in (",", "-"):
        return False
    if following in ("et", "and", "mais", "but", "puis"):
        return i + 2 in starts
    cue = next((c for c in cues if i + 1 in (c.first, c.source.first if c.source is not None else -1)), None)
    if cue is None:
        return False
    return cue.kind == "preposition" or cue.inverted or s.tokens[cue.at].low.endswith(("ant", "ing"))


def _is_stop(s: Sentence, i: int) -> bool:
    """Tell whether a clause ends: at a full stop, at "despite", at a colon before marks or a new clause, no list."""
    if s.tokens[i].low == ":":
        return any(t.quote >= 0 for t in s.tokens[i : i + 3]) or has_verb(s, i + 1, s.last)
    low = s.tokens[i].low
    return low in (".", "!", "?", "…", "...") or s.lex.has("grammar.apart_always", low)


def clause_end(s: Sentence, first: int, cue: Cue, cues: Sequence[Cue]) -> int:
    """Return where a clause ends: before the sentence's next cue, an aside of the reporter, or the full stop."""
    starts = {min(c.first, c.source.first if c.source and not c.inverted else c.first) for c in cues if c.first > first}
    starts |= {c.first for c in cues if c.first > first}
    relative = cue.first > s.first and s.tokens[cue.first - 1].low in ("qui", "who", "which")
    for i in range(first + 1, s.last):
        t = s.tokens[i]
        if t.pos == QUOTE and s.tokens[i - 1].low == "," and i - first > 3:
            return i - 1
        if t.quote >= 0:
            continue
        after = s.tokens[i + 1] if i + 1 < s.last else None
        if _goes_over(s, i, cues, starts):
            return i
        if t.low == "," and after is not None and s.lex.has("grammar.apart", after.low):
            return i
        if (
            t.low == "avant"
            and after is not None
            and after.low in ("de", "d'")
            and i + 2 < s.last
            and s.tokens[i + 2].form == "Inf"
        ):
            return i
        if _is_stop(s, i):
            return i
        if t.low == "," and after is not None and i + 2 < s.last and (after.low, s.tokens[i + 2].low) == ("ce", "qui"):
            return i
        if t.low == "," and relative and after is not None and after.form == "Fin":
            return i
        if (
            t.low == ","
            and after is not None
            and after.low in ("contrairement", "comme", "contrary")
            and i + 2 < s.last
        ):
            reports = any(c.first > i and c.kind == "verb" for c in cues)
            if reports or after.low != "comme":
                return i
    return s.last

"""A sentence and its cues -> the clauses that it reports without marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.quotations.parse import QUOTE
from index.quotations.phrases import DATES, bare_phrases, phrase_at
from index.quotations.sources import Cue, Sentence

_THAT = {"fr": frozenset(("que", "qu'")), "en": frozenset(("that",))}
_WH = frozenset(["what", "whether", "how", "why", "who", "if", "when", "where", "which"])
_PARTICIPLES = ("é", "ée", "és", "ées", "ant", "er", "ir", "ing", "ed")
_FINITE = frozenset(("VERB", "AUX"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A reported clause as a range of tokens, and the cue that reports it."""

    cue: Cue
    first: int
    last: int


def reported_clauses(s: Sentence, cues: Sequence[Cue]) -> list[Clause]:
    """Return the clauses that the cues of a sentence report, in order, without overlap."""
    found: list[Clause] = []
    for cue in cues:
        if cue.negated:
            continue
        if cue.kind == "preposition":
            clause = None if _relays(s, cue, cues) else _preposition_clause(s, cue, cues)
        else:
            clause = _verb_clause(s, cue, cues)
        if clause is None or clause.last - clause.first < 2:
            continue
        if cue.kind == "preposition" and not _has_verb(s, clause):
            continue
        if not any(clause.first < c.last and c.first < clause.last for c in found):
            found.append(clause)
    return sorted(found, key=lambda c: c.first)


def _has_verb(s: Sentence, clause: Clause) -> bool:
    words = s.tokens[clause.first : clause.last]
    return any(t.pos in _FINITE and (t.form == "Fin" or not t.low.endswith(_PARTICIPLES)) for t in words)


def _relays(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> bool:
    """Tell whether an outlet only passes on what somebody said: "According to the Herald, Burrows said ..."."""
    if cue.source is None or not is_outlet(s, cue):
        return False
    return any(
        c.kind == "verb" and c.is_in("say") and c.source is not None and c.first > cue.last for c in cues
    )


def is_outlet(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue names a newspaper, an agency or a station."""
    source = cue.source
    return source is not None and any(
        s.lex.has("roles.media", t.low) for t in s.tokens[source.first : source.last]
    )


def _verb_clause(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> Clause | None:
    first = _after_as(s, cue)
    if first is None:
        first = _that(s, cue)
    if first is None:
        first = _infinitive(s, cue)
    if first is None and s.lex.lang == "en":
        first = _bare_clause(s, cue)
        first = _plain_clause(s, cue) if first is None else first
    if first is not None:
        return Clause(cue, first, _clause_end(s, first, cue, cues))
    return _clause_before(s, cue)


def _after_as(s: Sentence, cue: Cue) -> int | None:
    """Return where the words begin in "As X told the paper, ...", "Comme l'a dit X, ..."."""
    if s.tokens[s.first].low not in ("as", "comme") or not cue.is_in("say") or cue.first - s.first > 6:
        return None
    return next(
        (i + 1 for i in range(cue.last, s.last) if s.tokens[i].low == "," and s.tokens[i].quote < 0), None
    )


def _plain_clause(s: Sentence, cue: Cue) -> int | None:
    """Return where a clause without "that" begins when the parser missed it: a phrase, then a finite verb."""
    if (
        not (cue.is_in("say") or cue.is_in("think"))
        or cue.inverted
        or cue.source is None
        or cue.last >= s.last
    ):
        return None
    start = cue.last
    if s.tokens[start].pos == "ADP":
        start = next((i + 1 for i in range(start, min(start + 5, s.last)) if s.tokens[i].low == ","), start)
    if (
        s.tokens[start].low in _WH
        or s.tokens[start].pos not in ("DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON", "VERB")
        or s.tokens[start].quote >= 0
    ):
        return None
    for i in range(start + 1, s.last):
        t = s.tokens[i]
        if t.quote >= 0 or t.low in (
            ",",
            "that",
            "which",
            "who",
            "when",
            "where",
            "what",
            "how",
            "to",
            "as",
            "if",
            "than",
            ":",
        ):
            return None
        if t.form == "Fin" and t.pos in _FINITE:
            return start
    return None


def _that(s: Sentence, cue: Cue) -> int | None:
    """Return where the clause after "que" or "that" begins."""
    if not (cue.is_in("say") or cue.is_in("think") or cue.is_in("object") or cue.is_in("promise")):
        return None
    for i in range(cue.last, min(cue.last + 25, s.last)):
        t = s.tokens[i]
        if t.quote >= 0 or t.low in (":",):
            return None
        if t.low == "selon" and i + 1 < s.last and s.tokens[i + 1].low.startswith(("lesquel", "laquelle")):
            return i + 2
        plain = t.pos in ("SCONJ", "ADP") or i == cue.last or s.lex.lang == "en"
        if t.low in _THAT[s.lex.lang] and (plain or not bare_phrases(s.tokens, cue.last, i, s.lex)):
            if (
                s.lex.lang == "fr"
                and i + 1 < s.last
                and s.tokens[i - 1].low in ("plus", "moins", "alors", "ne")
            ):
                return None
            if (
                s.lex.lang == "en"
                and t.pos == "PRON"
                and i + 1 < s.last
                and s.tokens[i + 1].pos in _FINITE
                and i > cue.last
            ):
                return None
            return i + 1
        if t.pos in _FINITE and t.form != "Inf" and t.form != "Part" and s.lex.lang == "fr" and i > cue.last:
            return None
        if s.lex.lang == "en" and t.pos in _FINITE:
            return None
    return None


def _infinitive(s: Sentence, cue: Cue) -> int | None:
    """Return where what is promised or denied begins: "de limiter", "avoir parlé", "to call", "having advised"."""
    i = cue.last
    while i < s.last and s.tokens[i].pos == "ADV" and s.tokens[i].low not in ("ne", "n'"):
        i += 1
    while i + 1 < s.last and s.tokens[i].low in DATES | {"soir", "matin"}:
        i += 1
    if i + 1 >= s.last or s.tokens[i].quote >= 0:
        return None
    t, following = s.tokens[i], s.tokens[i + 1]
    if s.lex.lang == "en":
        if (
            cue.is_in("promise")
            and "to" in (t.low, following.low if t.low == "not" else "")
            and cue.verb is not None
            and cue.verb.lemma != "refuse"
        ):
            return i
        return (
            i
            if cue.is_in("deny")
            and (t.low in ("having", "being") or t.low.endswith("ing") and t.pos in _FINITE)
            else None
        )
    if (
        cue.is_in("promise")
        and t.low in ("de", "d'")
        and cue.verb is not None
        and cue.verb.lemma != "refuser"
    ):
        return i + 1 if following.low in ("ne", "n'") or _is_infinitive(s, i + 1) else None
    if cue.is_in("deny") and (t.low in ("avoir", "être", "ne", "n'") or _is_infinitive(s, i)):
        return i
    reflexive = any(x.low in ("se", "s'") for x in s.tokens[cue.first : cue.at + 1]) or (
        cue.first > s.first and s.tokens[cue.first - 1].low in ("se", "s'")
    )
    if reflexive and cue.verb is not None and cue.verb.lemma == "dire" and t.pos in ("ADJ", "VERB", "ADV"):
        return i
    return None


def _is_infinitive(s: Sentence, i: int) -> bool:
    """Tell whether an infinitive stands at i, clitic pronouns before it skipped: "l'avoir vu", "s'être trompé"."""
    while i + 1 < s.last and s.tokens[i].pos == "PRON":
        i += 1
    t = s.tokens[i]
    return t.pos in _FINITE and (t.form == "Inf" or not t.form and t.low.endswith(("er", "ir", "re", "oir")))


def _bare_clause(s: Sentence, cue: Cue) -> int | None:
    """Return where a clause without "that" begins, as the parser sees it: "said no request had reached her"."""
    if not (cue.is_in("say") or cue.is_in("think")) or cue.inverted:
        return None
    kids = [
        i
        for i in range(cue.last, s.last)
        if s.tokens[i].head == cue.at and s.tokens[i].dep == "ccomp" and s.tokens[i].quote < 0
    ]
    if not kids:
        return None
    first = min(_subtree(s, kids[0]))
    if s.tokens[first].low in ("what", "whether", "how", "why", "who", "if", "when", "where", "which"):
        return None
    return first if first >= cue.last and s.tokens[first].pos not in ("PUNCT",) and kids[0] > first else None


def _subtree(s: Sentence, root: int) -> set[int]:
    found, grown = {root}, True
    while grown:
        more = {i for i in range(s.first, s.last) if s.tokens[i].head in found} - found
        found |= more
        grown = bool(more)
    return found


def _clause_before(s: Sentence, cue: Cue) -> Clause | None:
    """Return the clause that comes before its cue: "The tram will be late, the authority said"."""
    if not (cue.is_in("say") or cue.is_in("think")) or cue.source is None:
        return None
    group = min(cue.first, cue.source.first)
    if group - 1 <= s.first + 2 or s.tokens[group - 1].low not in (",", "-"):
        return None
    if cue.last < s.last and s.tokens[cue.last].low in (":", "que", "qu'", "that"):
        return None
    before = s.tokens[s.first : group - 1]
    if any(t.quote >= 0 for t in before) or not any(t.pos in _FINITE and t.form != "Part" for t in before):
        return None
    if s.lex.lang == "fr":
        return Clause(cue, s.first, group - 1) if cue.inverted else None
    governed = any(t.dep == "ccomp" and t.head == cue.at for t in before)
    return Clause(cue, s.first, group - 1) if governed else None


def _preposition_clause(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> Clause | None:
    """Return the clause that "selon X" qualifies: what follows it, or what precedes it when it ends the sentence."""
    if cue.source is None or any(t.pos == QUOTE for t in s.tokens[s.first : cue.first]):
        return None
    after = cue.last
    while after < s.last and s.tokens[after].low not in (",", "."):
        if s.tokens[after].pos in _FINITE and s.tokens[after].form != "Part":
            break
        after += 1
    opening = s.first if cue.first - s.first <= 2 else None
    if opening is not None:
        first = _after_appositions(s, cue.last)
        return Clause(cue, first, _clause_end(s, first, cue, cues)) if first is not None else None
    end = cue.first
    while end > s.first and s.tokens[end - 1].low in (",", "-"):
        end -= 1
    first = s.first
    while first < end and s.tokens[first].pos in ("CCONJ", "PUNCT"):
        first += 1
    middle = s.tokens[first:end]
    if any(t.pos in _FINITE for t in middle):
        return Clause(cue, first, end)
    first = _after_appositions(s, cue.last)
    return Clause(cue, first, _clause_end(s, first, cue, cues)) if first is not None else None


def _after_appositions(s: Sentence, i: int) -> int | None:
    """Return where the clause after "selon X, chef de Y," begins."""
    commas = [j for j in range(i, s.last) if s.tokens[j].low == "," and s.tokens[j].quote < 0]
    start = i
    for comma in commas:
        following = s.tokens[comma + 1] if comma + 1 < s.last else None
        if following is None:
            break
        phrase = phrase_at(s.tokens, comma + 1, s.last, s.lex)
        start = comma + 1
        aside = (
            phrase is not None
            and phrase.last < s.last
            and s.tokens[phrase.last].low == ","
            and comma != commas[-1]
        )
        if following.low in ("qui", "who", "which", "dont") or (
            aside and start - i < 14 and _is_aside(s, phrase.first, phrase.last)
        ):
            continue
        break
    if start == i and i < s.last and s.tokens[i].low in (",", ":"):
        start = i + 1
    return start if start < s.last - 1 else None


def _is_aside(s: Sentence, first: int, last: int) -> bool:
    return any(
        s.lex.has("roles.any", t.low) or s.lex.has("roles.bodies", t.low) or t.capital
        for t in s.tokens[first:last]
    )


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


def _clause_end(s: Sentence, first: int, cue: Cue, cues: Sequence[Cue]) -> int:
    """Return where a clause ends: before the next cue of the same sentence, an aside of the reporter, or the full stop."""
    starts = {
        min(c.first, c.source.first if c.source and not c.inverted else c.first)
        for c in cues
        if c.first > first
    }
    starts |= {c.first for c in cues if c.first > first}
    for i in range(first + 1, s.last):
        t = s.tokens[i]
        if t.pos == QUOTE and s.tokens[i - 1].low == "," and i - first > 3:
            return i - 1
        if t.quote >= 0:
            continue
        after = s.tokens[i + 1] if i + 1 < s.last else None
        if _goes_over(s, i, cues, starts):
            return i
        if t.low == "," and after is not None and after.low in ("sans", "avant", "citing", "adding", "tout"):
            return i
        if (
            t.low == "avant"
            and after is not None
            and after.low in ("de", "d'")
            and i + 2 < s.last
            and s.tokens[i + 2].form == "Inf"
        ):
            return i
        if t.low in (".", "!", "?", "…", "...", ":"):
            return i
        if t.low == "," and after is not None and after.low in ("alors", "tandis", "while", "whereas"):
            return i
    return s.last

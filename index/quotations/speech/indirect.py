"""A sentence and its cues -> the clauses that it reports without marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.languages.calendar import time_words
from index.quotations.cues.cues import Cue
from index.quotations.speech.clause_bounds import after_as, after_that, bare_clause, plain_clause
from index.quotations.speech.clause_ends import clause_end
from index.quotations.speech.infinitives import infinitive
from index.quotations.speech.parted_clause import parted_clause
from index.quotations.syntax.noun_phrases import Sentence, phrase_at
from index.quotations.syntax.parser import QUOTE

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
        if cue.negated or (cue.is_in("evidence") and _is_evidence(s, cue)):
            continue
        for clause in _clauses(s, cue, cues):
            apart = all(clause.last <= c.first or c.last <= clause.first for c in found)
            if clause.last - clause.first > 1 and apart:
                found.append(clause)
    return sorted(found, key=lambda c: c.first)


def _clauses(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> list[Clause]:
    """Return the clause that a cue reports, or both parts of it."""
    if cue.kind == "preposition" and _relays(s, cue, cues):
        return []
    parts = parted_clause(s, cue)
    if parts:
        return [Clause(cue, a, b if b <= cue.first else clause_end(s, a, cue, cues)) for a, b in parts]
    if cue.kind == "verb":
        clause = _verb_clause(s, cue, cues)
    else:
        clause = _preposition_clause(s, cue, cues)
        clause = clause if clause is not None and _has_verb(s, clause) else None
    return [clause] if clause is not None else []


def _is_evidence(s: Sentence, cue: Cue) -> bool:
    """Tell whether what "shows that" is no speaker: "the results", "une analyse", neither person, body nor text."""
    source = cue.source
    if source is None or source.pronoun:
        return source is not None and s.lex.has("grammar.pronouns_body", s.tokens[source.head].low)
    words, head = s.tokens[source.first : source.last], s.tokens[source.head]
    speaks = ("roles.speaking", "roles.media", "nouns.documents")
    forms = (head.low, head.low.removesuffix("s"), head.low.removesuffix("ies") + "y", head.low.split("-")[-1])
    known = any(s.lex.has(key, low) for key in speaks for low in forms)
    return not known and not any(t.capital and (t.pos == "PROPN" or t is not s.tokens[s.first]) for t in words)


def _has_verb(s: Sentence, clause: Clause) -> bool:
    words = s.tokens[clause.first : clause.last]
    return any(t.pos in _FINITE and (t.form == "Fin" or not t.low.endswith(_PARTICIPLES)) for t in words)


def _relays(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> bool:
    """Tell whether a source only passes on what somebody said: "According to the Herald, Burrows said ..."."""
    if cue.source is None:
        return False
    said = [c for c in cues if c.first > cue.last and _is_report(s, c)]
    return any(is_outlet(s, cue) or _leads_to_marks(s, c) for c in said)


def _is_report(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue has somebody say something, not an outlet cite it."""
    speaks = cue.kind == "verb" and cue.is_in("say") and cue.source is not None
    return speaks and s.tokens[cue.at].low not in s.lex.words["sources.cites"]


def _leads_to_marks(s: Sentence, cue: Cue) -> bool:
    """Tell whether a colon or marks follow a cue at once: "Selon un tract, X aurait dit : « ... »"."""
    following = s.tokens[cue.last : min(cue.last + 2, s.last)]
    return any(t.low == ":" or t.quote >= 0 for t in following)


def is_outlet(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue names a newspaper, an agency or a station."""
    source = cue.source
    return source is not None and any(s.lex.has("roles.media", t.low) for t in s.tokens[source.first : source.last])


def _verb_clause(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> Clause | None:
    first = after_as(s, cue)
    if first is None:
        first = after_that(s, cue)
    if first is None:
        first = infinitive(s, cue)
    if first is None and s.lex.lang == "en":
        before = _clause_before(s, cue) if _follows_clause(s, cue) else None
        if before is not None:
            return before
        first = bare_clause(s, cue)
        first = plain_clause(s, cue) if first is None else first
    if first is None:
        first = _after_word(s, cue)
    if first is None:
        first = _after_colon(s, cue)
    if first is not None:
        end = clause_end(s, first, cue, cues)
        behind = cue.source is not None and not cue.inverted and first < cue.source.first < end
        return Clause(cue, first, cue.source.first - 1 if behind and cue.source is not None else end)
    return _clause_before(s, cue)


def _after_colon(s: Sentence, cue: Cue) -> int | None:
    """Return where words without marks begin behind a cue and a colon: "Faux, rétorque la maire : rien n'est signé"."""
    if cue.source is None or not cue.is_in("say") or cue.negated:
        return None
    end = max(cue.last, cue.source.last)
    if end >= s.last - 3 or s.tokens[end].low != ":" or any(t.quote >= 0 for t in s.tokens[s.first : s.last]):
        return None
    return end + 1 if any(t.form == "Fin" and t.pos in _FINITE for t in s.tokens[end + 1 : s.last]) else None


def _after_word(s: Sentence, cue: Cue) -> int | None:
    """Return where the words go on after a cue behind a lone word: "Non, assure-t-il, le pont tiendra"."""
    if not cue.inverted or cue.source is None or not cue.is_in("say") or cue.first - s.first not in (2, 3):
        return None
    end = max(cue.last, cue.source.last)
    between = s.tokens[cue.first - 1].low == "," and end < s.last - 3 and s.tokens[end].low == ","
    plain = not any(t.quote >= 0 for t in s.tokens[s.first : s.last])
    goes_on = any(t.form == "Fin" and t.pos in _FINITE for t in s.tokens[end + 1 : s.last])
    return end + 1 if between and plain and goes_on else None


def _follows_clause(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue stands after the clause it reports: "The tram will be late, the city said on Friday"."""
    if cue.source is None or s.lex.has("grammar.subordinators", s.tokens[s.first].low):
        return False
    group = min(cue.first, cue.source.first)
    after = s.tokens[max(cue.last, cue.source.last)] if max(cue.last, cue.source.last) < s.last else None
    ends = after is None or after.pos in ("PUNCT", "ADP") or after.low in time_words()
    return ends and group > s.first and s.tokens[group - 1].low == ","


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
    headline = cue.inverted and s.first == 0 and cue.source.last == s.last  # its verbs often look like nouns
    verbal = headline or any(t.pos in _FINITE and t.form != "Part" for t in before)
    return Clause(cue, s.first, group - 1) if verbal and _is_told_before(s, cue, group) else None


def _is_told_before(s: Sentence, cue: Cue, group: int) -> bool:
    """Tell whether the words before a cue are what it reports."""
    before = s.tokens[s.first : group - 1]
    if any(t.quote >= 0 for t in before):
        return False
    if s.lex.lang == "fr":
        return cue.inverted
    governed = any(t.dep == "ccomp" and t.head == cue.at for t in before)
    return governed or (cue.inverted and cue.is_in("say")) or _is_aside_cue(s, cue, group)


def _is_aside_cue(s: Sentence, cue: Cue, group: int) -> bool:
    """Tell whether a cue stands alone between commas: "The bus would come, she added, but late"."""
    if cue.source is None or not cue.is_in("say") and not cue.is_in("manner"):
        return False
    ends = max(cue.last, cue.source.last)
    opens = s.tokens[s.first].pos in ("DET", "PROPN", "PRON", "NOUN", "NUM")
    opens = opens and any(t.pos in _FINITE for t in s.tokens[s.first : group])
    alone = opens and ends - group <= 4 and ends < s.last and s.tokens[ends].low in (",", ".")
    return alone and (cue.source.pronoun or s.tokens[cue.source.head].capital)


def _preposition_clause(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> Clause | None:
    """Return the clause that "selon X" qualifies: the one after it, or the one before it at a sentence's end."""
    if cue.source is None or any(t.pos == QUOTE for t in s.tokens[s.first : cue.first]):
        return None
    if s.lex.lang == "en" and s.tokens[cue.first].low in s.lex.words["sources.opening"]:
        return None
    after = cue.last
    while after < s.last and s.tokens[after].low not in (",", "."):
        if s.tokens[after].pos in _FINITE and s.tokens[after].form != "Part":
            break
        after += 1
    opening = s.first if cue.first - s.first <= 2 else None
    if opening is not None:
        first = _after_appositions(s, cue.last)
        return Clause(cue, first, clause_end(s, first, cue, cues)) if first is not None else None
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
    return Clause(cue, first, clause_end(s, first, cue, cues)) if first is not None else None


def _after_appositions(s: Sentence, i: int) -> int | None:
    """Return where the clause after "selon X, chef de Y," begins."""
    commas = [j for j in range(i, s.last) if s.tokens[j].low == "," and s.tokens[j].quote < 0]
    office = _office_end(s, commas[0] + 1) if commas and commas[0] == i else None
    if office is not None:
        return office + 1 if office + 1 < s.last - 1 else None
    start = i
    if i < s.last and s.tokens[i].pos in _FINITE and s.tokens[i].form == "Fin":
        return i  # "La valeur selon X a perdu ..."
    for comma in commas:
        following = s.tokens[comma + 1] if comma + 1 < s.last else None
        if following is None:
            break
        phrase = phrase_at(s.tokens, comma + 1, s.last, s.lex)
        start = comma + 1
        aside = phrase is not None and phrase.last < s.last and s.tokens[phrase.last].low == "," and comma != commas[-1]
        if following.low in ("qui", "who", "which", "dont") or (
            aside and start - i < 14 and phrase is not None and _is_aside(s, phrase.first, phrase.last)
        ):
            continue
        break
    if start == i and i < s.last and s.tokens[i].low in (",", ":"):
        start = i + 1
    return start if start < s.last - 1 else None


def _office_end(s: Sentence, i: int) -> int | None:
    """Return the comma that ends "secrétaire d'État auprès du ministre", "du Quotidien de Metz", said of a source."""
    belongs = i + 1 < s.last and s.tokens[i].low in ("du", "de", "d'", "from", "of") and s.tokens[i + 1].capital
    lone = i < s.last and s.tokens[i].low in ("sans", "without")
    if i >= s.last or not (belongs or lone or s.lex.has("roles.any", s.tokens[i].low)):
        return None
    for j in range(i + 1, min(i + 20, s.last)):
        t = s.tokens[j]
        if t.low == ",":
            return j
        if t.quote >= 0 or t.pos in _FINITE or t.pos == "PUNCT":
            return None
    return None


def _is_aside(s: Sentence, first: int, last: int) -> bool:
    return any(s.lex.has("roles.speaking", t.low) or t.capital for t in s.tokens[first:last])

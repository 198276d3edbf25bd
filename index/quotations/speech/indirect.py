"""A sentence and its cues -> the clauses that it reports without marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.languages.calendar import time_words
from index.languages.lexicon import Lexicon
from index.quotations.cues.cues import Cue
from index.quotations.speech.clause_bounds import after_as, after_that, bare_clause, is_behind_marks, plain_clause
from index.quotations.speech.clause_ends import clause_end
from index.quotations.speech.infinitives import infinitive
from index.quotations.speech.parted_clause import parted_clause
from index.quotations.syntax.noun_phrases import Phrase, Sentence, phrase_at
from index.quotations.syntax.parser import QUOTE

_VERBAL = ("VERB", "AUX")
_WORD = (2, 3)
"""Tokens of "Non, | assure-t-il", before the cue."""
_SHORTEST_BEFORE = 3
"""Tokens of a clause before its cue, with the comma."""
_LEAD = 2
"""Tokens before a source that opens a sentence."""
_LONGEST_ASIDE_CUE, _LONGEST_APPOSITION, _LONGEST_OFFICE = 4, 14, 20
"""Tokens."""

StartRule = Callable[[Sentence, Cue], int | None]
"""Where the clause that a cue reports begins, None when it has none of this kind."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A reported clause as a range of tokens, and the cue that reports it."""

    cue: Cue
    first: int
    last: int


def reported_clauses(s: Sentence, cues: Sequence[Cue]) -> list[Clause]:
    """Return the clauses that the cues of a sentence report, in order, without overlap."""
    found: list[Clause] = []
    speaking = (cue for cue in cues if not cue.negated and not _is_evidence(s, cue))
    for clause in (clause for cue in speaking for clause in _clauses(s, cue, cues)):
        if clause.last - clause.first > 1 and _is_apart(clause, found):
            found.append(clause)
    return sorted(found, key=lambda c: c.first)


def _is_apart(clause: Clause, others: Iterable[Clause]) -> bool:
    return all(clause.last <= other.first or other.last <= clause.first for other in others)


def _clauses(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> list[Clause]:
    """Return the clause that a cue reports, or both parts of it."""
    if cue.kind == "preposition" and _relays(s, cue, cues):
        return []
    parts = parted_clause(s, cue)
    if parts:
        return [Clause(cue, a, b if b <= cue.first else clause_end(s, a, cue, cues)) for a, b in parts]
    clause = _verb_clause(s, cue, cues) if cue.kind == "verb" else _preposition_clause(s, cue, cues)
    return [clause] if clause is not None else []


def _is_evidence(s: Sentence, cue: Cue) -> bool:
    """Tell whether what "shows that" is no speaker: "the results", "une analyse", neither person, body nor text."""
    if cue.source is None or not cue.is_in("evidence"):
        return False
    if cue.source.pronoun:
        return s.has(cue.source.head, "grammar.pronouns_body")
    return not _heads_speaker(s.low(cue.source.head), s.lex) and not _is_named(s, cue.source)


def _heads_speaker(noun: str, lex: Lexicon) -> bool:
    """Tell whether a noun, in the plural too, is of a person, a body or a text: "studies", "co-author"."""
    forms = (noun, noun.removesuffix("s"), noun.removesuffix("ies") + "y", noun.split("-")[-1])
    return any(lex.has(key, form) for key in ("roles.speaking", "roles.media", "nouns.documents") for form in forms)


def _is_named(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase has a name in it: a capital that is not just the sentence's first."""
    words = s.tokens[phrase.first : phrase.last]
    return any(t.capital and (t.pos == "PROPN" or t is not s.tokens[s.first]) for t in words)


def _has_verb(s: Sentence, clause: Clause) -> bool:
    words = s.tokens[clause.first : clause.last]
    return any(t.pos in _VERBAL and (t.form == "Fin" or not s.lex.ends("endings.infinite", t.low)) for t in words)


def _relays(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> bool:
    """Tell whether a source only passes on what somebody said: "According to the Herald, Burrows said ..."."""
    if cue.source is None:
        return False
    said = [c for c in cues if c.first > cue.last and _is_report(s, c)]
    return any(is_outlet(s, cue) or _leads_to_marks(s, c) for c in said)


def _is_report(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue has somebody say something, not an outlet cite it."""
    speaks = cue.kind == "verb" and cue.is_in("say") and cue.source is not None
    return speaks and not s.has(cue.at, "sources.cites")


def _leads_to_marks(s: Sentence, cue: Cue) -> bool:
    """Tell whether a colon or marks follow a cue at once: "Selon un tract, X aurait dit : « ... »"."""
    following = s.tokens[cue.last : min(cue.last + 2, s.last)]
    return any(t.low == ":" or t.quote >= 0 for t in following)


def is_outlet(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue names a newspaper, an agency or a station."""
    source = cue.source
    return source is not None and any(s.lex.has("roles.media", t.low) for t in s.tokens[source.first : source.last])


def _verb_clause(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> Clause | None:
    """Return the clause that a verb reports: behind it, or else before it."""
    first = _start(s, cue, (after_as, after_that, infinitive))
    if first is None and s.lex.words["grammar.omitted"] and not is_behind_marks(s, cue):
        before = _clause_before(s, cue) if _follows_clause(s, cue) else None
        if before is not None:
            return before
        first = _start(s, cue, (bare_clause, plain_clause))
    if first is None:
        first = _start(s, cue, (_after_word, _after_colon))
    return _clause_before(s, cue) if first is None else Clause(cue, first, _end(s, first, cue, cues))


def _start(s: Sentence, cue: Cue, rules: Iterable[StartRule]) -> int | None:
    """Return where the clause of a cue begins by the first of some rules that finds one."""
    return next((first for rule in rules if (first := rule(s, cue)) is not None), None)


def _end(s: Sentence, first: int, cue: Cue, cues: Sequence[Cue]) -> int:
    """Return where a clause ends: before the source of its cue at the latest, if that stands behind."""
    end = clause_end(s, first, cue, cues)
    behind = cue.source is not None and not cue.inverted and first < cue.source.first < end
    return cue.source.first - 1 if behind and cue.source is not None else end


def _after_colon(s: Sentence, cue: Cue) -> int | None:
    """Return where words without marks begin behind a cue and a colon: "Faux, rétorque la maire : rien n'est signé"."""
    if cue.source is None or not cue.is_in("say") or cue.negated:
        return None
    return _plain_words_after(s, cue.end, ":")


def _after_word(s: Sentence, cue: Cue) -> int | None:
    """Return where the words go on after a cue behind a lone word: "Non, assure-t-il, le pont tiendra"."""
    behind_word = cue.first - s.first in _WORD and s.low(cue.first - 1) == ","
    if not cue.inverted or cue.source is None or not cue.is_in("say") or not behind_word:
        return None
    return _plain_words_after(s, cue.end, ",")


def _plain_words_after(s: Sentence, i: int, sign: str) -> int | None:
    """Return the position behind a sign at i when a clause follows it, in a sentence without marks."""
    if i >= s.last - 3 or s.low(i) != sign or any(s.is_marked(j) for j in range(s.first, s.last)):
        return None
    return i + 1 if any(s.is_finite(j) for j in range(i + 1, s.last)) else None


def _follows_clause(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue stands after the clause it reports: "The tram will be late, the city said on Friday"."""
    if cue.source is None or s.lex.has("grammar.subordinators", s.tokens[s.first].low):
        return False
    ends = cue.end >= s.last or s.pos(cue.end) in ("PUNCT", "ADP") or s.low(cue.end) in time_words()
    return ends and s.low(cue.start - 1) == ","


def _clause_before(s: Sentence, cue: Cue) -> Clause | None:
    """Return the clause that comes before its cue: "The tram will be late, the authority said"."""
    if not (cue.is_in("say") or cue.is_in("think")) or cue.source is None:
        return None
    parted = s.low(cue.start - 1) in (",", "-") and cue.start - s.first > _SHORTEST_BEFORE
    leads_on = s.low(cue.last) == ":" or s.has(cue.last, "grammar.that")
    told = parted and not leads_on and _is_verbal(s, cue) and _is_told_before(s, cue)
    return Clause(cue, s.first, cue.start - 1) if told else None


def _is_verbal(s: Sentence, cue: Cue) -> bool:
    """Tell whether a verb stands before a cue, or the cue ends a headline, whose verbs often look like nouns."""
    headline = cue.inverted and s.first == 0 and cue.source is not None and cue.source.last == s.last
    return headline or any(t.pos in _VERBAL and t.form != "Part" for t in s.tokens[s.first : cue.start - 1])


def _is_told_before(s: Sentence, cue: Cue) -> bool:
    """Tell whether the words before a cue are what it reports."""
    before = s.tokens[s.first : cue.start - 1]
    if any(t.quote >= 0 for t in before):
        return False
    if s.lex.has("syntax.traits", "inversion"):
        return cue.inverted
    governed = any(t.dep == "ccomp" and t.head == cue.at for t in before)
    return governed or (cue.inverted and cue.is_in("say")) or _is_aside_cue(s, cue)


def _is_aside_cue(s: Sentence, cue: Cue) -> bool:
    """Tell whether a cue stands alone between commas: "The bus would come, she added, but late"."""
    if cue.source is None or not (cue.is_in("say") or cue.is_in("manner")):
        return False
    alone = cue.end - cue.start <= _LONGEST_ASIDE_CUE and s.low(cue.end) in (",", ".")
    named = cue.source.pronoun or s.tokens[cue.source.head].capital
    return alone and named and _opens_with_clause(s, cue.start)


def _opens_with_clause(s: Sentence, stop: int) -> bool:
    """Tell whether a sentence begins with a subject and has a verb before a place."""
    opens = s.pos(s.first) in ("DET", "PROPN", "PRON", "NOUN", "NUM")
    return opens and any(t.pos in _VERBAL for t in s.tokens[s.first : stop])


def _preposition_clause(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> Clause | None:
    """Return the clause that "selon X" qualifies: the one after it, or the one before it at a sentence's end."""
    purpose = s.has(cue.first, "named_sources.purposes")
    if cue.source is None or purpose or any(t.pos == QUOTE for t in s.tokens[s.first : cue.first]):
        return None
    before = _clause_before_source(s, cue) if cue.first - s.first > _LEAD else None
    clause = before if before is not None else _clause_after_source(s, cue, cues)
    return clause if clause is not None and _has_verb(s, clause) else None


def _clause_after_source(s: Sentence, cue: Cue, cues: Sequence[Cue]) -> Clause | None:
    """Return the clause behind a source and what is told of it: "Selon X, chef de gare, le train partira"."""
    first = _after_appositions(s, cue.last)
    return None if first is None else Clause(cue, first, clause_end(s, first, cue, cues))


def _clause_before_source(s: Sentence, cue: Cue) -> Clause | None:
    """Return the clause before a source when it has a verb: "Le pont tiendra, selon X"."""
    end = cue.first
    while end > s.first and s.low(end - 1) in (",", "-"):
        end -= 1
    first = next((i for i in range(s.first, end) if s.pos(i) not in ("CCONJ", "PUNCT")), end)
    return Clause(cue, first, end) if any(t.pos in _VERBAL for t in s.tokens[first:end]) else None


def _after_appositions(s: Sentence, i: int) -> int | None:
    """Return where the clause after "selon X, chef de Y," begins."""
    if s.is_finite(i):
        return i  # "La valeur selon X a perdu ..."
    office = _office_end(s, i + 1) if s.low(i) == "," and not s.is_marked(i) else None
    start = office + 1 if office is not None else _behind_asides(s, i)
    if start == i and s.low(i) in (",", ":"):
        start = i + 1
    return start if start < s.last - 1 else None


def _behind_asides(s: Sentence, i: int) -> int:
    """Return the position behind the comma that ends what is told of a source; i when there is no comma."""
    commas = [j for j in range(i, s.last - 1) if s.low(j) == "," and not s.is_marked(j)]
    for comma in commas:
        participle = _tells_of(s, comma + 1, i - 1)
        tells_more = participle or s.has(comma + 1, "clauses.relatives") or _is_apposition(s, comma, i)
        if not tells_more or comma == commas[-1]:
            return comma + 1
    return i


def _tells_of(s: Sentence, participle: int, source: int) -> bool:
    """Tell whether a participle may tell more of a source, with which it agrees: "citée par le Littoral"."""
    told, noun = s.tokens[participle], s.tokens[source - 1 if s.pos(source - 1) == "DET" else source]
    agree = all(not a or not b or a == b for a, b in ((told.gender, noun.gender), (told.number, noun.number)))
    return told.form == "Part" and agree and s.pos(participle + 1) == "ADP"


def _is_apposition(s: Sentence, comma: int, i: int) -> bool:
    """Tell whether a phrase between commas names a source that ends before i: "selon Jo Besson, chef de gare, "."""
    phrase = phrase_at(s.tokens, comma + 1, s.last, s.lex)
    if phrase is None or comma + 1 - i >= _LONGEST_APPOSITION or s.low(phrase.last) != ",":
        return False
    return _names_somebody(s, phrase)


def _names_somebody(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase has a role, a body or a name in it."""
    return any(s.lex.has("roles.speaking", t.low) or t.capital for t in s.tokens[phrase.first : phrase.last])


def _office_end(s: Sentence, i: int) -> int | None:
    """Return the comma that ends "secrétaire d'État auprès du ministre", "du Quotidien de Metz", said of a source."""
    if not _begins_office(s, i):
        return None
    for j in range(i + 1, min(i + _LONGEST_OFFICE, s.last)):
        if s.low(j) == ",":
            return j
        if s.is_marked(j) or s.pos(j) in (*_VERBAL, "PUNCT"):
            return None
    return None


def _begins_office(s: Sentence, i: int) -> bool:
    """Tell whether what is said of a source begins at i: a role, "du Quotidien", "sans le nommer"."""
    belongs = s.has(i, "named_sources.office_links") and i + 1 < s.last and s.tokens[i + 1].capital
    return belongs or s.has(i, "named_sources.without") or s.has(i, "roles.any")

"""Where an infinitive or a gerund that a cue reports begins: what is promised or denied."""

from __future__ import annotations

from index.languages.calendar import time_words
from index.quotations.cues.cues import Cue
from index.quotations.syntax.noun_phrases import Sentence

_VERBAL = ("VERB", "AUX")
_LONGEST_ASIDE = 8
"""Tokens between a verb and the infinitive that it promises: "menaçait, cet été, de partir"."""


def infinitive(s: Sentence, cue: Cue) -> int | None:
    """Return where what is promised or denied begins.

    Examples: "de limiter", "avoir parlé", "to call", "having advised".
    """
    i = _behind_asides(s, cue.last)
    if i + 1 >= s.last or s.is_marked(i):
        return None
    if _is_promised_behind_link(s, i, cue):
        return i + 1
    found = _is_denied(s, i, cue) or _is_promised(s, i, cue) or _is_said_of_oneself(s, i, cue)
    return i if found else None


def _behind_asides(s: Sentence, i: int) -> int:
    """Return the position behind adverbs and words of time: "promet | par ailleurs lundi soir | de"."""
    while s.pos(i) == "ADV" and not s.has(i, "verb_groups.negative_particles"):
        i += 1
    if i + 2 < s.last and s.has_pair(i, "grammar.asides"):
        i += 2
    while i + 1 < s.last and s.low(i) in time_words():
        i += 1
    return _behind_commas(s, i)


def _behind_commas(s: Sentence, i: int) -> int:
    """Return the position behind an aside between commas: "menaçait | , cet été, | de partir"."""
    if s.low(i) != "," or not s.lex.has("syntax.traits", "infinitives"):
        return i
    closing = next((j for j in range(i + 1, min(i + _LONGEST_ASIDE, s.last)) if s.low(j) == ","), None)
    return closing + 1 if closing is not None else i


def _is_promised_behind_link(s: Sentence, i: int, cue: Cue) -> bool:
    """Tell whether an infinitive is promised behind "de" or "à": "promet de ne pas limiter", "s'engage à limiter"."""
    if _is_of(s, cue, "promises.engaging"):
        return s.has(i, "promises.engaging_links") and _is_infinitive(s, i + 1)
    promised = _promises(s, cue) and s.has(i, "promises.promising_links")
    return promised and (s.has(i + 1, "verb_groups.negative_particles") or _is_infinitive(s, i + 1))


def _is_of(s: Sentence, cue: Cue, key: str) -> bool:
    """Tell whether a cue is a form of a verb in a list."""
    return cue.verb is not None and s.lex.has(key, cue.verb.lemma)


def _promises(s: Sentence, cue: Cue) -> bool:
    return cue.is_in("promise") and not _is_of(s, cue, "promises.refusing")


def _is_promised(s: Sentence, i: int, cue: Cue) -> bool:
    """Tell whether an infinitive or a gerund behind "to" is promised: "vowed not to pay", "agreed to a fee"."""
    to = i + s.has(i, "promises.infinitive_negations")
    marked = s.has(to, "promises.infinitive_markers") and any(t.pos in _VERBAL for t in s.tokens[to + 1 : to + 4])
    return marked and _promises(s, cue)


def _is_denied(s: Sentence, i: int, cue: Cue) -> bool:
    """Tell whether what is denied begins at i: "avoir parlé", "n'avoir rien vu", "having advised"."""
    small = s.has(i, "clauses.infinitive_openers") or s.has(i, "verb_groups.negative_particles")
    gerund = s.lex.ends("endings.gerund", s.low(i)) and s.pos(i) in _VERBAL
    return cue.is_in("deny") and (small or gerund or _is_infinitive(s, i))


def _is_said_of_oneself(s: Sentence, i: int, cue: Cue) -> bool:
    """Tell whether somebody says what he is: "se dit prêt"."""
    if not _is_of(s, cue, "promises.saying_of_oneself") or s.pos(i) not in ("ADJ", "VERB", "ADV"):
        return False
    return any(s.has(j, "verb_groups.reflexives") for j in range(cue.first - 1, cue.at + 1))


def _is_infinitive(s: Sentence, i: int) -> bool:
    """Tell whether an infinitive stands at i, clitic pronouns before it skipped: "l'avoir vu", "s'être trompé"."""
    while i + 1 < s.last and s.pos(i) == "PRON":
        i += 1
    ending = s.lex.ends("endings.infinitive", s.low(i))
    form = s.tokens[i].form
    infinite = form == "Inf" or (not form and ending)
    return infinite and s.pos(i) in _VERBAL and s.lex.has("syntax.traits", "infinitives")

"""A verb and the small words around it: where its group begins, its clitic subject, whether it is denied."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotations.syntax.noun_phrases import Sentence
from index.quotations.syntax.parser import Token

_LONGEST = 9
"""Tokens of a verb's group."""
_BEFORE_GROUP, _WITHIN_GROUP = 3, 6
"""Tokens before a group and before its verb, among which a negation belongs to it."""
_REFUSED = 4
"""Tokens before a verb among which it is refused: "refused, however, to say"."""
_APART = ("VERB", "CCONJ", "SCONJ", "QUOTE")


def group_start(s: Sentence, i: int) -> int:
    """Return the first token of the verb's group: of the auxiliaries, negation, clitics and adverbs before it."""
    first = i
    for j in range(i - 1, max(s.first - 1, i - _LONGEST), -1):
        if s.is_marked(j):
            break
        if _is_of_group(s, j):
            first = j
        elif not _may_part_group(s, j, i):
            break
    return first


def _is_of_group(s: Sentence, j: int) -> bool:
    """Tell whether a word belongs to the group of the verb behind it: "n'", "lui", "avait", "did", "not"; no "May"."""
    if s.pos(j) == "PROPN":
        return False
    auxiliary = s.pos(j) == "AUX" or s.has(j, "grammar.auxiliaries")
    clitic_object = s.pos(j) == "PRON" and s.has(j, "verb_groups.object_clitics")
    return auxiliary or clitic_object or s.has(j, "verb_groups.verb_particles")


def _may_part_group(s: Sentence, j: int, i: int) -> bool:
    """Tell whether a word may stand within a verb's group: "a-t-il | vite | dit"."""
    return s.pos(j) == "ADV" or s.has(j, "verb_groups.inverted_subjects") or _parts_participle(s, j, i)


def _parts_participle(s: Sentence, j: int, i: int) -> bool:
    """Tell whether a word may stand between a French auxiliary and its participle: "a depuis admis"."""
    if s.tokens[i].form != "Part" or s.pos(j) in _APART or s.has(j, "clauses.relatives"):
        return False
    before = s.tokens[max(s.first, i - _LONGEST) : j]
    return any(t.pos == "AUX" and s.lex.has("verb_groups.perfect_auxiliaries", t.low) for t in before)


def clitic(s: Sentence, i: int) -> int | None:
    """Return the position of "-t-il", "-elle" in or after the verb's group."""
    nearby = [*range(i + 1, min(i + 3, s.last)), *range(max(s.first, i - 3), i)]
    return next((j for j in nearby if s.has(j, "verb_groups.clitic_subjects") and not s.is_marked(j)), None)


def negated(s: Sentence, first: int, i: int) -> bool:
    """Tell whether the verb at i, whose group begins at ``first``, is denied or refused: nothing is reported then."""
    window = s.tokens[max(s.first, first - _BEFORE_GROUP) : i]
    group = s.tokens[max(s.first, min(first, i - 2)) : i]
    around = _has_any(s, window[-_WITHIN_GROUP:], "verb_groups.negations_around")
    return around or _has_any(s, group, "verb_groups.negations_within") or _is_refused(s, window)


def _has_any(s: Sentence, tokens: Sequence[Token], key: str) -> bool:
    return any(s.lex.has(key, t.low) for t in tokens)


def _is_refused(s: Sentence, before: Sequence[Token]) -> bool:
    """Tell whether words before a verb tell that it was not done: "refuse de dire", "declined to say"."""
    stems = tuple(s.lex.words["verb_groups.refusal_stems"])
    return any(t.low.startswith(stems) for t in before[-_REFUSED:])

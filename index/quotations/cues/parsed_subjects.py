"""The subject of a verb as the parser sees it; the nearest phrase before the verb where the parser sees none."""

from __future__ import annotations

from index.quotations.syntax.noun_phrases import Phrase, Sentence, bare_phrases, is_nominal, is_pronoun, is_silent

_CLIMBS = (
    "conj",
    "xcomp",
    "advcl",
    "acl",
    "parataxis",
    "aux",
    "cop",
    "ccomp",
    "dep",
    "fixed",
    "pcomp",
    "prep",
    "obl",
)
_RELATIVE = ("acl:relcl", "relcl", "acl")
_HIGHEST = 5
"""Verbs above a verb with which it may share a subject."""


def subject_token(s: Sentence, verb: int) -> int | None:
    """Climb from a verb to the subject that it shares with the verbs above it."""
    node, seen = verb, set[int]()
    for _ in range(_HIGHEST):
        seen.add(node)
        own = _own_subject(s, node, verb)
        if own is not None:
            return own
        head = s.tokens[node].head
        if head in seen or not s.pos(head) or s.is_marked(head):
            return None
        if s.tokens[node].dep in _RELATIVE and is_nominal(s.tokens[head]):
            return _described(s, head, node, verb)
        if not s.tokens[node].dep.startswith(_CLIMBS):
            return None
        node = head
    return None


def _own_subject(s: Sentence, node: int, verb: int) -> int | None:
    """Return the last subject of a verb that stands before it, or before the verb the climb began at."""
    subjects = (j for j in range(s.first, s.last) if is_subject_of(s, j, node) and j < max(node, verb))
    return max((j for j in subjects if j != node and not _is_spot(s, j)), default=None)


def is_subject_of(s: Sentence, i: int, verb: int | None) -> bool:
    """Tell whether the parser gives the word at i to a verb as its subject, outside marks."""
    token = s.tokens[i]
    return token.head == verb and token.dep.startswith("nsubj") and token.quote < 0


def _described(s: Sentence, noun: int, node: int, verb: int) -> int:
    """Return the noun that a verb tells more of; the whole of it for a finite verb that seems to be a participle."""
    plain = node == verb and s.tokens[verb].dep == "acl" and s.tokens[verb].form == "Fin"
    return _whole(s, noun) if plain else noun


def _whole(s: Sentence, noun: int) -> int:
    """Return the noun that a noun behind "de" belongs to: "une source proche du dossier ajoute"."""
    node, top = noun, noun
    while s.first <= s.tokens[node].head < node and s.tokens[node].dep in ("nmod", "amod", "obl:arg"):
        node = s.tokens[node].head
        top = node if is_nominal(s.tokens[node]) else top
    return top


def _is_spot(s: Sentence, i: int) -> bool:
    """Tell whether a noun says where something happens: "place de la République, des badauds crient"."""
    return s.has(i, "grammar.spots") and s.pos(i - 1) != "DET"


def nearest_left(s: Sentence, first: int) -> Phrase | None:
    """Return the phrase before a verb to which the parser gave no subject, asides between commas skipped."""
    phrases = bare_phrases(s.tokens, s.first, first, s.lex)
    candidates = [p for p in phrases if _may_be_subject(s, p)]
    if not candidates or candidates[-1].last == first:
        return candidates[-1] if candidates else None
    pronouns = [p for p in candidates if is_pronoun(s.tokens[p.head], s.lex)]
    return pronouns[-1] if pronouns and s.low(first - 1) != "," else candidates[0]


def _may_be_subject(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase may be somebody's: not "on", not "place de la République"."""
    return not is_silent(s.tokens, phrase, s.lex) and not _is_spot(s, phrase.head)

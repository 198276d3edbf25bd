"""How a candidate's name and roles fit the mention beside the words: within it, at its end, just after it."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.attribution.candidates import Candidate, PlacedMention
from index.quotations.attribution.features.named import SHORTEST
from index.quotations.attribution.surroundings import Surroundings

_APPOSED = 6
"""Tokens after a mention within which a name may stand beside it: "the mayor, Ada Pike,"."""
_CLOSE = 3


def of_mention(around: Surroundings, candidate: Candidate) -> dict[str, float]:
    """Compare the mention beside the words with a candidate."""
    here = [m for m in candidate.mentions if m.sentence == around.span.sentence]
    name, words = candidate.speaker.words, around.mention_words
    return {
        **_within(around, here),
        **_name(around, name, words),
        **_beside(around, here),
        **_roles(candidate, words, around.lex),
        "m_acronym": float(_is_acronym(words, name)),
    }


def _within(around: Surroundings, here: Sequence[PlacedMention]) -> dict[str, float]:
    first, last = around.mention
    inside = [m for m in here if first <= m.head < last]
    starts = any(m.start == around.tokens[first].start and m.form != "noun" for m in inside)
    return {"m_is": float(starts), "m_inside": float(len(inside))}


def _name(around: Surroundings, name: Sequence[str], words: Sequence[str]) -> dict[str, float]:
    """Tell where the name stands in the mention, and how many of its words do."""
    at = _run(name, words) if words else -1
    end = around.mention[0] + at + len(name)
    after = around.tokens[end].low if at >= 0 and end < len(around.tokens) else ""
    shared = set(name) & set(words)
    links = around.lex.words["grammar.links"] | around.lex.words["grammar.loose_links"]
    return {
        "m_name_at": float(at),
        "m_name_ends": float(at >= 0 and at + len(name) == len(words)),
        "m_name_owns": float(after in ("'s", "'", "’s")),
        "m_name_of": float(at > 0 and words[at - 1] in links),
        "m_last_name": float(bool(name) and list(words[-1:]) == list(name[-1:])),
        "m_any_word": float(len(shared)),
        "m_share": len(shared) / len(name) if name else 0.0,
    }


def _beside(around: Surroundings, here: Sequence[PlacedMention]) -> dict[str, float]:
    first, last = around.mention
    apposed = [m for m in here if first < last < m.head <= last + _APPOSED]
    comma = bool(apposed) and around.tokens[last].low == "," and apposed[0].head <= last + _CLOSE
    return {"m_apposed": float(bool(apposed)), "m_apposed_comma": float(comma)}


def _roles(candidate: Candidate, words: Sequence[str], lex: Lexicon) -> dict[str, float]:
    entity = candidate.speaker.entity
    roles = entity.roles if entity is not None else set[str]()
    return {
        "m_role": float(any(word in roles for word in words)),
        "m_role_kind": float(any(lex.kinds.get(word, frozenset()) & roles for word in words)),
    }


def _run(name: Sequence[str], words: Sequence[str]) -> int:
    """Return where a name stands within words, -1 when it does not."""
    starts = range(len(words) - len(name) + 1)
    return next((i for i in starts if list(words[i : i + len(name)]) == list(name)), -1)


def _is_acronym(words: Sequence[str], name: Sequence[str]) -> bool:
    initials = "".join(word[0] for word in name if len(word) > SHORTEST)
    return len(initials) > 1 and initials in words

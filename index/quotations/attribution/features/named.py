"""What a candidate is, how often the article names it, and whether it speaks elsewhere."""

from __future__ import annotations

from math import nan
from typing import get_args

from index.languages.lexicon import Lexicon
from index.models import SpeakerKind
from index.quotations.attribution.candidates import Candidate
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.people.speaker import Speaker

SHORTEST = 3
"""Characters of a word that tells anything; shorter ones are articles and links."""
_OFTEN, _SPOKE = 12.0, 8.0
_NOUNS = {"role": "roles.any", "body": "roles.bodies", "media": "roles.media", "document": "nouns.documents"}
_PRONOUNS = (("Fem", "grammar.pronouns_f"), ("Masc", "grammar.pronouns_m"))


def of_candidate(around: Surroundings, candidate: Candidate) -> dict[str, float]:
    """Return what is known of a candidate wherever it is mentioned."""
    speaker, entity = candidate.speaker, candidate.speaker.entity
    names = speaker.words
    return {
        "entity": float(entity is not None),
        "person": float(speaker.person),
        "kind": float(get_args(SpeakerKind).index(speaker.kind)),
        "plural": float(speaker.plural),
        "roles": float(len(entity.roles)) if entity is not None else 0.0,
        "named": min(float(around.article.counts[id(entity)]), _OFTEN),
        "name_words": float(len(names)),
        "small": float(speaker.name[:1].islower()),
        "in_words": float(bool(names) and names[-1] in around.words),
        "gender": _agreement(around, speaker),
        **_spoke(around, speaker),
        **_nouns(names, around.lex),
    }


def _spoke(around: Surroundings, speaker: Speaker) -> dict[str, float]:
    spoke = [
        other
        for other in around.article.found
        if other is not around.span and other.speaker is not None and other.speaker.is_same(speaker)
    ]
    above = sum(other.start < around.span.start for other in spoke)
    return {"spoke": min(float(len(spoke)), _SPOKE), "spoke_above": float(above)}


def _nouns(names: list[str], lex: Lexicon) -> dict[str, float]:
    long = [word for word in names if len(word) >= SHORTEST]
    return {name: float(any(lex.has(key, word) for word in long)) for name, key in _NOUNS.items()}


def _agreement(around: Surroundings, speaker: Speaker) -> float:
    """Return 1.0 when the pronoun beside the words has the candidate's gender, 0.0 when not; nan: not told."""
    written = (around.span.quotation.speaker_as_written or "").lower().strip("-")
    gender = speaker.entity.gender if speaker.entity is not None and speaker.entity.gender else speaker.gender
    want = next((want for want, key in _PRONOUNS if around.lex.has(key, written)), None)
    return float(gender == want) if want is not None and gender else nan

"""The parts of the evidence, put together."""

from __future__ import annotations

from index.quotations.attribution.features.mention import of_mention
from index.quotations.attribution.features.named import of_candidate
from index.quotations.attribution.features.places import of_places
from index.quotations.attribution.features.votes import of_votes
from index.quotations.attribution.features.words import of_words
from index.quotations.attribution.surroundings import Surroundings


def evidence(around: Surroundings) -> list[dict[str, float]]:
    """Return the evidence on each candidate of some words, by name."""
    shared = of_words(around)
    return [
        shared
        | of_votes(around, candidate)
        | of_places(around, candidate)
        | of_candidate(around, candidate)
        | of_mention(around, candidate)
        for candidate in around.candidates
    ]

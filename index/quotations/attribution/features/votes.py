"""Which rules and which places near the words name a candidate."""

from __future__ import annotations

from index.quotations.attribution.candidates import Candidate
from index.quotations.attribution.surroundings import Surroundings


def of_votes(around: Surroundings, candidate: Candidate) -> dict[str, float]:
    """Return a vote of each (1: it names the candidate), how many they are, and their share of all votes cast."""
    mine = {
        name: float(speaker is not None and speaker.is_same(candidate.speaker))
        for name, speaker in around.votes.items()
    }
    cast = sum(speaker is not None for speaker in around.votes.values())
    total = sum(mine.values())
    return {f"vote_{name}": vote for name, vote in mine.items()} | {
        "votes": total,
        "votes_share": total / cast if cast else 0.0,
    }

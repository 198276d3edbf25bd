"""All who spoke on a topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.answers.findings import Findings
from assistant.answers.kinds import comparison, listing
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search

MOST_SPEAKERS = 10
EACH = 2
"""Places of each speaker."""


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find who spoke, so many places of each: everybody without a topic, several people by themselves."""
    if not question.topic.strip() and not question.people:
        return listing.find(question, search, sources)
    if len(question.people) > 1 and any(sources.said_by(person, search) for person in question.people):
        return comparison.find(question, search, sources)
    kept = _spoken(search, sources)
    return Findings("spoke", tuple(kept)) if kept else Findings("silent")


def _spoken(search: Search, sources: Sources) -> list[Find]:
    """What is said on the topic, so much by each."""
    relevant = sources.best("aggregate", search, sources.statements(search))
    best = sources.once(relevant, len(relevant))
    speakers = list(dict.fromkeys(find.speaker for find in best if find.speaker))[:MOST_SPEAKERS]
    return [find for speaker in speakers for find in islice(_of(speaker, best), EACH)]


def _of(speaker: str, finds: Sequence[Find]) -> Iterator[Find]:
    return (find for find in finds if find.speaker == speaker)

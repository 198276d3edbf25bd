"""All who spoke: on a topic, several people asked for by name, or those who are quoted most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.answers.findings import Findings
from assistant.answers.order import newest
from assistant.answers.preference import preferred
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search

MOST_SPEAKERS = 10
EACH = 2
"""Places of each speaker."""


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find who spoke, so many places of each."""
    if not question.topic.strip() and not question.people:
        return _most_quoted(search, sources)
    if len(question.people) > 1 and (said := _each(question, search, sources)):
        return Findings("said", said)
    relevant = sources.best("aggregate", search, sources.statements(search))
    best = sources.once(relevant, len(relevant))
    speakers = list(dict.fromkeys(find.speaker for find in best if find.speaker))[:MOST_SPEAKERS]
    kept = [find for speaker in speakers for find in islice(_of(speaker, best), EACH)]
    return Findings("spoke", tuple(kept)) if kept else Findings("silent")


def _each(question: Question, search: Search, sources: Sources) -> tuple[Find, ...]:
    """What each of several people said."""
    kept: list[Find] = []
    for person in question.people:
        said = preferred(question, sources.said_by(person, search))
        best = sources.best("statement", search, said, "own") if question.topic.strip() else newest(said)
        kept += sources.once(best, EACH)
    return tuple(kept)


def _most_quoted(search: Search, sources: Sources) -> Findings:
    by_speaker = sources.most_quoted(search, MOST_SPEAKERS)
    kept = [find for finds in by_speaker.values() for find in sources.once(newest(finds), EACH)]
    return Findings("most_quoted", tuple(kept)) if kept else Findings("silent")


def _of(speaker: str, finds: Sequence[Find]) -> Iterator[Find]:
    return (find for find in finds if find.speaker == speaker)

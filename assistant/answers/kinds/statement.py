"""What somebody said: on a topic, or at all."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.findings import Findings, refused
from assistant.answers.kinds import speaker
from assistant.answers.order import newest
from assistant.answers.preference import preferred
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.languages.speech_acts import speech_act

MOST = 4


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find what the first person of a question said; whoever said it when the question names nobody."""
    if not question.people:
        return speaker.find(question, search, sources)
    person = question.people[0]
    said = preferred(question, sources.said_by(person, search) or sources.of_holder(person, search))
    if not said:
        return refused(person)
    anything = not question.topic.strip() or not search.asked.words
    # a follow-up without a topic has the question before it to go by
    best = [] if anything and not question.rewritten else sources.best("statement", search, said, "own")
    if anything:
        best = best or _of_act(question.act, newest(said))
    return Findings("said", sources.once(best, MOST), person) if best else Findings("not_about", (), person)


def _of_act(act: str | None, finds: Sequence[Find]) -> list[Find]:
    """The finds whose reporting verb tells an act ("promise"), when there are any; else all."""
    told = [find for find in finds if act and find.quotation and speech_act(find.quotation.cue or "") == act]
    return told or list(finds)

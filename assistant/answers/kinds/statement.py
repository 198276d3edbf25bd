"""What somebody said: on a topic, or at all."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.findings import Findings, Order, refused
from assistant.answers.kinds import speaker
from assistant.answers.order import newest, oldest
from assistant.answers.sources import Sources
from assistant.question import AskedPerson, Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.languages.speech_acts import speech_act

MOST = 4


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find what the first person of a question said; whoever said it when the question names nobody."""
    if not question.people:
        return speaker.find(question, search, sources)
    person = question.people[0]
    said = sources.said_by(person, search)
    if not said:
        return spoken_for(person, search, sources) or refused(person)
    anything = not question.topic.strip() or not search.asked.words
    best = _wanted(question, search, said, sources, anything)
    if not best:
        return Findings("not_about", (), person)
    return _shown(question, person, best, search, sources, "newest" if anything else "nearest")


def spoken_for(person: AskedPerson, search: Search, sources: Sources) -> Findings | None:
    """Return what those say who speak for a body that is not quoted itself: what is on the topic first."""
    said = sources.spoken_for(person, search)
    shown = sources.on_topic(search, said) or said
    return Findings("spoken_for", sources.once(shown, MOST), person, total=len(shown)) if said else None


def _wanted(question: Question, search: Search, said: list[Find], sources: Sources, anything: bool) -> list[Find]:
    """What of somebody's words is on the topic of a question; all of it, the newest first, when ``anything`` is."""
    # a follow-up without a topic has the question before it to go by
    best = [] if anything and not question.rewritten else sources.on_topic(search, said)
    return best or of_act(question.act, newest(said)) if anything else best


def _shown(
    question: Question, person: AskedPerson, best: list[Find], search: Search, sources: Sources, order: Order
) -> Findings:
    """The first of what was found: the newest or the oldest when a question asks for these."""
    if question.order:
        best, order = newest(best) if question.order == "newest" else oldest(best), question.order
    shown = sources.once(best, question.most or MOST)
    extent = sources.extent(person, search, best)
    return Findings("said", shown, person, total=extent.count, order=order, days=extent.days)


def of_act(act: str | None, finds: Sequence[Find]) -> list[Find]:
    """The finds whose reporting verb tells an act ("promise"), when there are any; else all."""
    told = [find for find in finds if act and find.quotation and speech_act(find.quotation.cue or "") == act]
    return told or list(finds)

"""All who spoke on a topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from assistant.answers.findings import Findings, Verdict
from assistant.answers.kinds import comparison, listing
from assistant.answers.order import by_article
from assistant.answers.sources import Sources
from assistant.question import AskedPerson, Question
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.languages.speech_acts import speech_act
from index.typography import words

MOST_SPEAKERS = 10
EACH = 2
"""Places of each speaker."""
STANCES = frozenset({"criticise", "accuse", "oppose", "deny", "praise", "support"})
"""Acts of those who are for or against somebody or something."""


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find who spoke, so many places of each: everybody without a topic, several people by themselves."""
    if not question.topic.strip() and not question.people:
        return listing.find(question, search, sources)
    if len(question.people) > 1 and any(sources.said_by(person, search) for person in question.people):
        return comparison.find(question, search, sources)
    return _spoken(question, search, sources)


def _spoken(question: Question, search: Search, sources: Sources) -> Findings:
    """What is said on the topic, so much by each: by article, the newest first."""
    relevant = sources.best("aggregate", search, sources.statements(search))
    on_topic = _without(_spoken_about(question), relevant, sources)
    voices = _voices(sources.once(_of_act_first(question.act, on_topic), len(on_topic)))
    shown = sources.first(voices, question.most or MOST_SPEAKERS)
    kept = [find for said in shown for find in sources.first(said, EACH)]
    if not kept:
        return Findings("silent")
    verdict: Verdict = "stance" if question.act in STANCES else "spoke"
    return Findings(verdict, tuple(by_article(kept)), total=sum(map(len, voices)))


def _spoken_about(question: Question) -> list[AskedPerson]:
    """Those who are the topic themselves, all of it, or whom a question asks the friends or foes of."""
    asked = set(words(question.topic).split())
    return [
        person for person in question.about if question.act in STANCES or asked == set(words(person.as_typed).split())
    ]


def _without(people: Sequence[AskedPerson], finds: Sequence[Find], sources: Sources) -> list[Find]:
    """The finds that none of some people said."""
    speakers = {speaker for person in people for speaker in sources.speakers(person)}
    return [find for find in finds if find.speaker not in speakers]


def _of_act_first(act: str | None, finds: Sequence[Find]) -> list[Find]:
    """The finds in their order, those first whose reporting verb tells the act that is asked for."""
    return sorted(finds, key=lambda find: not (act and find.quotation and speech_act(find.quotation.cue or "") == act))


def _voices(finds: Sequence[Find]) -> list[list[Find]]:
    """The finds by who speaks, in the order of each one's first; nobody twice, however the articles name them."""
    voices: dict[Hashable, list[Find]] = defaultdict(list)
    for find in finds:
        if find.quotation and find.speaker:
            voices[find.quotation.speaker_id or words(find.speaker)].append(find)
    return list(voices.values())

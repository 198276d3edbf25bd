"""Which of the things that a question may mean is meant: evidence from its words and from what is found for each."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.findings import Findings
from assistant.answers.sources import Sources
from assistant.question import AskedTurn, Conversation, Interpretation, Question
from assistant.search.asked import Asked
from assistant.search.relevance import SPREAD, Find, relevance
from index.languages.speech_acts import speech_act
from index.languages.terms import query_terms
from index.quotations.forest import fitted_forest

WEIGHTS = Path(__file__).parent / "turns.json"
"""The trees, fitted by ``python -m tests.evaluation --fit turns``."""
Decide = Callable[[Sequence[Mapping[str, float]]], int]
"""Evidence for all that a question may mean -> which of it is meant."""
NEAR = 300
"""Characters within which words answer those before them, mostly."""
MANY = 6
"""Places beyond which there are simply many."""
_VERDICTS = ("said", "near", "near_own", "beside", "fact", "yes", "speaker", "spoke", "not_about", "silent", "absent")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a question may mean, and what is found for it."""

    meant: Interpretation
    found: Findings


def evidence(
    turned: AskedTurn, found: Sequence[Option], conversation: Conversation, sources: Sources
) -> list[dict[str, float]]:
    """Return for each thing that a question may mean what tells for it or against it."""
    asked = sources.search(turned.alone).asked
    rows = [_of_findings(option, asked, conversation, sources) for option in found]
    best = {name: max(row[name] for row in rows) for name in _COMPARED}
    alike = [_places(option.found) for option in found]
    return [
        {
            **turned.traits,
            **traits,
            **row,
            **{f"{name}_behind": best[name] - row[name] for name in _COMPARED},
            "votes": sum(places == other for other in alike) / len(alike),
            "found_as_rules": float(places == alike[0]),
            "found_more_than_rules": float(bool(places) and not alike[0]),
            "abstaining": sum(not other for other in alike) / len(alike),
        }
        for traits, row, places in zip(turned.each, rows, alike, strict=True)
    ]


_COMPARED = ("own", "own_around", "relevance")


def _places(found: Findings) -> tuple[tuple[str, int, int], ...]:
    return tuple(sorted((find.cached.article.id, find.start, find.end) for find in found.finds))


def _of_findings(option: Option, asked: Asked, conversation: Conversation, sources: Sources) -> dict[str, float]:
    """What is found for one thing that a question may mean, beside the words as they were typed."""
    found, finds = option.found, option.found.finds
    first = finds[0] if finds else None
    wanted = {person.name for person in option.meant.question.people}
    return {
        **{f"verdict_{verdict}": float(found.verdict == verdict) for verdict in _VERDICTS},
        "abstains": float(not finds),
        "finds": min(len(finds), MANY) / MANY,
        "speakers": min(len({find.speaker for find in finds if find.speaker}), MANY) / MANY,
        "total": min(found.total, MANY) / MANY,
        "own": max((asked.coverage(_sentence(find)) for find in finds), default=0.0),
        "own_first": asked.coverage(_sentence(first)) if first else 0.0,
        "own_around": max((asked.coverage(find.around) for find in finds), default=0.0),
        "relevance": _relevance(first, sources.search(option.meant.question).asked) if first else 0.0,
        "near": max((_relevance(find, asked) for find in finds), default=0.0),
        "cosine": SPREAD * (first.near - 0.8) if first and first.near else -1.0,
        "cosine_whole": SPREAD * (first.near_whole - 0.8) if first and first.near_whole else -1.0,
        "cue": float(first is not None and _has_verb(first, option.meant.question)),
        "behind_cited": _behind(first, conversation) if first else 0.0,
        "of_person": _share(finds, lambda find: find.speaker in wanted),
        "quoted": float(first is not None and first.quotation is not None),
        "marked": float(first is not None and first.strong is not None),
        "acts": float(first is not None and _acts(first)),
        "there": _share(finds, lambda find: find.cached.article.id in conversation.articles),
        "told": _share(finds, lambda find: _is_told(find, conversation)),
        "same_speaker": _share(finds, lambda find: find.speaker in {one.speaker for one in conversation.cited}),
    }


def _sentence(find: Find) -> frozenset[str]:
    """The terms of the sentences that hold a place."""
    cached = find.cached
    first, last = cached.sentence_at(find.start), cached.sentence_at(max(find.end - 1, find.start))
    return frozenset().union(*(cached.sentence_terms(number) for number in range(first, last + 1)))


def _relevance(find: Find, asked: Asked) -> float:
    return relevance(asked, find, "quotation" if find.quotation else "sentence")


def _acts(find: Find) -> bool:
    """Tell whether the verb of some words tells an act: to deny, to promise."""
    return find.quotation is not None and speech_act(find.quotation.cue or "") is not None


def _has_verb(find: Find, question: Question) -> bool:
    """Tell whether the verb that reports some words stands in a question: "accuse", "craint"."""
    cue = find.quotation.cue if find.quotation else None
    return bool(cue and not set(query_terms(cue)).isdisjoint(query_terms(question.typed or question.text)))


def _behind(find: Find, conversation: Conversation) -> float:
    """How closely words stand behind those that were shown: 1 to 0."""
    ends = [cited.end for cited in conversation.cited if cited.article.id == find.cached.article.id]
    behind = min((find.start - end for end in ends if find.start >= end), default=None)
    return 0.0 if behind is None else math.exp(-behind / NEAR)


def _share(finds: Sequence[Find], which: Callable[[Find], bool]) -> float:
    return sum(map(which, finds)) / len(finds) if finds else 0.0


def _is_told(find: Find, conversation: Conversation) -> bool:
    """Tell whether words were shown in the conversation."""
    return any(
        cited.article.id == find.cached.article.id and cited.start < find.end and find.start < cited.end
        for cited in conversation.told
    )


def decide(rows: Sequence[Mapping[str, float]]) -> int:
    """Return which of the things that a question may mean is the likeliest; of equal ones, the first."""
    if not WEIGHTS.exists():
        return 0
    likely = fitted_forest(WEIGHTS).probabilities(rows)
    return max(range(len(rows)), key=likely.__getitem__)

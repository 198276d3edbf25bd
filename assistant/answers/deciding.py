"""Which of the things that a question may mean is meant: evidence from its words and from what is found for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.composition import OUT_OF_SCOPE
from assistant.answers.findings import Findings
from assistant.answers.following import behind_shown, is_told
from assistant.answers.sources import Sources
from assistant.question import AskedTurn, Conversation, Interpretation, Question
from assistant.search.asked import Asked
from assistant.search.relevance import Find, relevance, spread
from index.languages.speech_acts import speech_act
from index.languages.terms import query_terms
from index.quotations.forest import fitted_forest, weights

WEIGHTS = Path(__file__).parent / "turns.json"
"""The trees, fitted by ``python -m tests.evaluation --fit turns``."""
Decide = Callable[[Sequence[Mapping[str, float]]], int]
"""Evidence for all that a question may mean -> which of it is meant."""
MANY = 6
"""Places beyond which there are simply many."""
OTHER = "other"
"""The name of the bar by which another thing must be likelier than what the rules take a question for."""
_MEANT = ("greeting", "empty", "all_shown", "nothing_later", "no_such", *OUT_OF_SCOPE)
"""Refusals that answer what was asked."""
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
    question, finds = option.meant.question, option.found.finds
    wanted = {person.name for person in question.people}
    before = {one.speaker for one in conversation.cited}
    return {
        **_of_amount(option.found),
        "own": max((asked.coverage(find.sentence) for find in finds), default=0.0),
        "own_around": max((asked.coverage(find.around) for find in finds), default=0.0),
        "near": max((_relevance(find, asked) for find in finds), default=0.0),
        "of_person": _share(finds, lambda find: find.speaker in wanted),
        "there": _share(finds, lambda find: find.cached.article.id in conversation.articles),
        "told": _share(finds, lambda find: is_told(find, conversation)),
        "same_speaker": _share(finds, lambda find: find.speaker in before),
        **(_of_first(finds[0], option, asked, conversation, sources) if finds else _OF_NONE),
    }


def _of_amount(found: Findings) -> dict[str, float]:
    speakers = {find.speaker for find in found.finds if find.speaker}
    return {
        **{f"verdict_{verdict}": float(found.verdict == verdict) for verdict in _VERDICTS},
        "abstains": float(not found.finds),
        "finds": min(len(found.finds), MANY) / MANY,
        "speakers": min(len(speakers), MANY) / MANY,
        "total": min(found.total, MANY) / MANY,
    }


def _of_first(
    find: Find, option: Option, asked: Asked, conversation: Conversation, sources: Sources
) -> dict[str, float]:
    """What the first place is like that is found."""
    question = option.meant.question
    return {
        "own_first": asked.coverage(find.sentence),
        "relevance": _relevance(find, sources.search(question).asked),
        "cosine": _spread(find.near),
        "cosine_whole": _spread(find.near_whole),
        "cue": float(_has_verb(find, question)),
        "behind_cited": behind_shown(find, conversation),
        "quoted": float(find.quotation is not None),
        "marked": float(find.strong is not None),
        "acts": float(_acts(find)),
    }


_OF_NONE: Mapping[str, float] = {
    **dict.fromkeys(("own_first", "relevance", "cue", "behind_cited", "quoted", "marked", "acts"), 0.0),
    **dict.fromkeys(("cosine", "cosine_whole"), -1.0),
}
"""The same where nothing is found."""


def _spread(cosine: float) -> float:
    """A cosine, spread as wide as the rest; of one that is not known, little."""
    return spread(cosine) if cosine else -1.0


def _relevance(find: Find, asked: Asked) -> float:
    return relevance(asked, find, "quotation" if find.quotation else "sentence")


def _acts(find: Find) -> bool:
    """Tell whether the verb of some words tells an act: to deny, to promise."""
    return find.quotation is not None and speech_act(find.quotation.cue or "") is not None


def _has_verb(find: Find, question: Question) -> bool:
    """Tell whether the verb that reports some words stands in a question: "accuse", "craint"."""
    cue = find.quotation.cue if find.quotation else None
    return bool(cue and not set(query_terms(cue)).isdisjoint(query_terms(question.typed or question.text)))


def _share(finds: Sequence[Find], which: Callable[[Find], bool]) -> float:
    return sum(map(which, finds)) / len(finds) if finds else 0.0


def may_be_misread(found: Findings) -> bool:
    """Tell whether what is found for a question is a refusal that may come of misreading it."""
    return not found.finds and found.verdict not in _MEANT


def decide(rows: Sequence[Mapping[str, float]]) -> int:
    """Return which of the things that a question may mean is meant: the first, if no other is clearly likelier."""
    bar = float(weights(WEIGHTS)["bars"][OTHER])
    return chosen(fitted_forest(WEIGHTS).probabilities(rows), bar)


def chosen(likely: Sequence[float], bar: float) -> int:
    """Return the place of the likeliest; the first, if it is not behind by more than a bar."""
    best = max(range(len(likely)), key=likely.__getitem__)
    return best if likely[best] - likely[0] > bar else 0

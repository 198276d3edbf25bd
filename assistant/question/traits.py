"""What the words of a question and the conversation before it show of how much it leans: evidence for decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from assistant.question.conversation import Conversation
from assistant.question.figures import first_name_gender
from assistant.question.interpretations import Interpretation
from assistant.question.models import AskedPerson, Question, QuestionKind, Wants
from assistant.question.typed import Typed

MANY = 10
"""Words, or citations, beyond which there are simply many."""
FORMS = ("rules", "alone", "closest", "speaker", "said", "said_before", "said_anything", "both")
SOURCES = ("own", "resolved", "named", "shown", "before", "earlier")
"""Where the person of an interpretation may come from, the likeliest first."""
_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
_PRONOUNS = ("subject_fem", "subject_masc", "subject_any", "several", "emphatic")


def of_turn(typed: Typed) -> dict[str, float]:
    """Return what is alike for all that a question may mean."""
    return {**_of_words(typed), **_of_conversation(typed.conversation)}


def of_interpretation(one: Interpretation, by_rules: Question, typed: Typed) -> dict[str, float]:
    """Return what tells one of the things that a question may mean from the others, before anything is looked for."""
    question, before, person = one.question, typed.before, _first(one.question)
    return {
        **{f"form_{form}": float(one.form == form) for form in FORMS},
        **_flags("kind", _KINDS, question.kind),
        "source": float(SOURCES.index(one.source)) if one.source else -1.0,
        "person": float(person is not None),
        "person_known": _known(person),
        "person_role": float(person is not None and person.role is not None),
        "agrees": _agrees(person, typed),
        "as_rules": float(one.form == "rules"),
        "as_rules_kind": float(question.kind == by_rules.kind),
        "as_rules_person": float(_name(person) == _name(_first(by_rules))),
        "as_rules_topic": float(question.topic == by_rules.topic),
        "topic": min(len(question.topic.split()), MANY) / MANY,
        "takes_topic": float(before is not None and bool(before.topic) and before.topic in question.topic),
        "takes_person": float(before is not None and person in before.people),
    }


def _of_words(typed: Typed) -> dict[str, float]:
    reading, core = typed.reading, typed.core.split()
    known = [person.known for person in (*reading.people, *reading.about)]
    return {
        "words": min(len(core), MANY) / MANY,
        "opened": float(reading.opened > 0),
        "by_rule": float(reading.by_rule),
        "verb": float(bool(reading.verb)),
        "finite": float(typed.has("finite")),
        "pronoun": float(reading.pronoun is not None),
        **{f"has_{phrase}": float(_has(typed, phrase)) for phrase in (*_PRONOUNS, "thing", "opinion")},
        "own_topic": min(len(typed.own_topic(typed.frame).split()), MANY) / MANY,
        "names_speaker": float("speaker" in known),
        "names_mentioned": float("mentioned" in known),
        "names_unknown": float("unknown" in known),
        "quotes": float(bool(reading.surface.quoted)),
        **_flags("read", _KINDS, reading.kind),
        **_flags("wants", get_args(Wants), reading.wants or ""),
    }


def _of_conversation(conversation: Conversation) -> dict[str, float]:
    before = conversation.answered
    return {
        "refused": float(conversation.refused),
        "cited": min(len(conversation.cited), MANY) / MANY,
        "shown_speakers": min(len(conversation.speakers), MANY) / MANY,
        "before_topic": float(before is not None and bool(before.topic)),
        "before_person": float(before is not None and bool(before.people)),
        **_flags("before", _KINDS, before.kind if before else ""),
    }


def _has(typed: Typed, phrase: str) -> bool:
    """Tell whether a phrase stands in the question as whole words; not every language has each."""
    found = typed.grammar.phrases.get(phrase)
    return bool(found and re.search(rf"(?<!\w)(?:{found.pattern.strip()})(?!\w)", typed.core))


def _flags(name: str, values: Sequence[str], value: str) -> Mapping[str, float]:
    return {f"{name}_{other}": float(other == value) for other in values}


def _first(question: Question) -> AskedPerson | None:
    """Who is asked about first, if anybody."""
    return next(iter(question.people), None)


def _name(person: AskedPerson | None) -> str:
    return person.name if person else ""


def _known(person: AskedPerson | None) -> float:
    return {"speaker": 1.0, "mentioned": 0.5, "unknown": 0.0}[person.known] if person else -1.0


def _agrees(person: AskedPerson | None, typed: Typed) -> float:
    """1: a person is of the gender that a pronoun tells; -1: of the other; 0: nobody knows."""
    told = "Fem" if _has(typed, "subject_fem") else "Masc" if _has(typed, "subject_masc") else ""
    known = {one.name: one.gender for one in (*typed.conversation.present, *typed.conversation.figures)}
    gender = known.get(person.name) or first_name_gender(person.name) if person else ""
    return 0.0 if not told or not gender else 1.0 if told == gender else -1.0

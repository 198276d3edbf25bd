"""A question as typed, and the conversation before it -> a question that is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.models import Turn
from assistant.question.conversation import Conversation, KnownPeople, NobodyKnown
from assistant.question.figures import gender_of
from assistant.question.followup import FollowUp
from assistant.question.frame import frame
from assistant.question.grammar import Grammar, grammar
from assistant.question.models import AskedPerson, Question
from assistant.question.name_index import NameBook
from assistant.question.plain_text import surface
from assistant.question.reading import Reader
from index.languages.detection import detect_question_language

MOST_HOLDERS = 6
"""People of one function who are looked at."""
TURNS = 6
"""Earlier turns that are looked at."""
SHORT = 3
"""Words of a question that is in the language of the one before it when its own words do not tell."""


def understand(
    asked: str,
    conversation: Conversation,
    book: NameBook,
    likely: str | None = None,
    as_is: bool = False,
    people_known: KnownPeople | None = None,
) -> Question:
    """Return what is asked, of whom and about what; what a question lacks is taken from the conversation.

    Args:
        asked: any string.
        conversation: what was asked and answered before.
        book: the names of the catalog; build it once and again when the catalog has changed.
        likely: the language of a question that does not tell its own.
        as_is: take it as it stands, whatever was asked before.
        people_known: what the articles tell of people; who is called by a function is looked up there.
    """
    text, before = surface(asked), conversation.asked
    short = len(text.text.split()) <= SHORT
    lang = detect_question_language(asked, before.lang if before and short else likely)
    rules = grammar(lang)
    reading = Reader(text, rules, book).read()
    if before is None or as_is or reading.kind == "greeting":
        question = frame(reading)
    else:
        question = FollowUp(reading, conversation, lambda whole: Reader(surface(whole), rules, book).read()).question()
    return replace(
        question, people=tuple(_holder(person, people_known or NobodyKnown(), rules) for person in question.people)
    )


def _holder(person: AskedPerson, people_known: KnownPeople, rules: Grammar) -> AskedPerson:
    """Somebody called by a function alone, as whom the articles call so; several are told as one and the others."""
    if not person.role or person.known != "unknown" or person.role != person.name:
        return person
    gender = gender_of(person.role, rules)
    found = [figure for figure in people_known.called(person.role) if figure.may_be(gender)][:MOST_HOLDERS]
    if not found:
        return person
    return replace(found[0].person(person.as_typed, person.role), others=tuple(one.name for one in found[1:]))


def recall(
    turns: Sequence[Turn], book: NameBook, likely: str | None = None, people_known: KnownPeople | None = None
) -> Conversation:
    """Return what a conversation has come to after some turns; of answers that are not at hand nothing is known."""
    conversation = Conversation()
    for turn in turns[-TURNS:]:
        before = Conversation() if turn.as_is else conversation
        question = understand(turn.question, before, book, likely, people_known=people_known)
        conversation = before.after(question, turn.answer, people_known or NobodyKnown())
    return conversation

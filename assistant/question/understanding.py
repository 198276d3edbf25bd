"""A question as typed, and the conversation before it -> a question that is whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.models import Turn
from assistant.question.apostrophes import with_apostrophes
from assistant.question.conversation import Conversation, KnownPeople, NobodyKnown
from assistant.question.figures import gender_of
from assistant.question.followup import FollowUp
from assistant.question.frame import frame
from assistant.question.grammar import Grammar, grammar
from assistant.question.interpretations import Interpretation, Interpretations
from assistant.question.models import AskedPerson, Question
from assistant.question.name_index import NameBook
from assistant.question.plain_text import surface
from assistant.question.reading import ParsedQuestion, Reader
from assistant.question.traits import of_interpretation, of_turn
from assistant.question.typed import Typed
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
    typed = _typed(asked, Conversation() if as_is else conversation, book, likely)
    return _with_holders(_by_rules(typed), typed.grammar, people_known or NobodyKnown())


def turn(
    asked: str,
    conversation: Conversation,
    book: NameBook,
    likely: str | None = None,
    people_known: KnownPeople | None = None,
) -> AskedTurn:
    """Return what a question may mean after others, what the rules take it for first; see ``understand``."""
    typed, known = _typed(asked, conversation, book, likely), people_known or NobodyKnown()
    by_rules = _by_rules(typed)
    if conversation.asked is None or by_rules.kind == "greeting":
        meanings: tuple[Interpretation, ...] = (Interpretation("rules", by_rules),)
    else:
        meanings = Interpretations(typed, by_rules).all()
    whole = [replace(one, question=_with_holders(one.question, typed.grammar, known)) for one in meanings]
    each = tuple(of_interpretation(one, whole[0].question, typed) for one in whole)
    return AskedTurn(tuple(whole), typed.frame, of_turn(typed), each)


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """A question after others, and what it may mean.

    Attributes:
        interpretations: what it may mean; the first is what the rules take it for.
        alone: the question as it stands.
        traits: what its words and the conversation show, alike for all of them.
        each: what tells each of them from the others.
    """

    interpretations: tuple[Interpretation, ...]
    alone: Question
    traits: Mapping[str, float]
    each: tuple[Mapping[str, float], ...]


def _typed(asked: str, conversation: Conversation, book: NameBook, likely: str | None) -> Typed:
    """A question, read by itself in its language."""
    text, before = surface(asked), conversation.asked
    short = len(text.text.split()) <= SHORT
    rules = grammar(detect_question_language(asked, before.lang if before and short else likely))

    text = surface(with_apostrophes(text, rules, book))

    def read(whole: str) -> ParsedQuestion:
        return Reader(surface(whole), rules, book).read()

    return Typed(Reader(text, rules, book).read(), conversation, read)


def _by_rules(typed: Typed) -> Question:
    """What the rules take a question for."""
    if typed.conversation.asked is None or typed.reading.kind == "greeting":
        return frame(typed.reading)
    return FollowUp(typed.reading, typed.conversation, typed.read).question()


def _with_holders(question: Question, rules: Grammar, people_known: KnownPeople) -> Question:
    """The same question of those who are called so, where it names somebody by a function alone."""
    return replace(question, people=tuple(_holder(person, people_known, rules) for person in question.people))


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

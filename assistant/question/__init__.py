"""Understanding questions: who is asked about, what about, and which kind of answer is asked for."""

from assistant.question.conversation import Conversation, KnownPeople
from assistant.question.figures import Figure
from assistant.question.interpretations import Interpretation
from assistant.question.models import (
    ANYWHERE,
    AskedPerson,
    Known,
    KnownNames,
    Lean,
    Move,
    Question,
    QuestionKind,
    Scope,
    Wants,
)
from assistant.question.name_index import NameBook
from assistant.question.understanding import TURNS, AskedTurn, recall, turn, understand

__all__ = [
    "ANYWHERE",
    "TURNS",
    "KnownPeople",
    "Conversation",
    "Figure",
    "Known",
    "Lean",
    "Move",
    "NameBook",
    "AskedPerson",
    "AskedTurn",
    "Interpretation",
    "Question",
    "QuestionKind",
    "Scope",
    "KnownNames",
    "Wants",
    "recall",
    "turn",
    "understand",
]

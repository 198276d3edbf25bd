"""Understanding questions: who is asked about, what about, and which kind of answer is asked for."""

from assistant.question.models import ANYWHERE, Known, Person, Question, QuestionKind, Scope, Vocabulary, Wants
from assistant.question.name_index import NameBook
from assistant.question.understanding import understand

__all__ = [
    "ANYWHERE", "Known", "NameBook", "Person", "Question", "QuestionKind", "Scope", "Vocabulary", "Wants", "understand",
]  # fmt: skip

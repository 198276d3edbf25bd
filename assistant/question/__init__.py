"""Understanding questions: who is asked about, what about, and which kind of answer is asked for."""

from assistant.question.models import Known, Person, Question, QuestionKind, Vocabulary, Wants
from assistant.question.name_index import NameBook
from assistant.question.understanding import understand

__all__ = ["Known", "NameBook", "Person", "Question", "QuestionKind", "Vocabulary", "Wants", "understand"]

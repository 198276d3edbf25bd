"""One turn of a conversation: from a question to an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answerer import Answerer
from assistant.models import Answer, Prose, Turn
from assistant.retriever import Retriever
from assistant.verifier import Verifier
from assistant.words import words
from index.language import detect_question_language


class Chat:
    """Answers questions from the indexed articles."""

    def __init__(self, retriever: Retriever, answerer: Answerer, verifier: Verifier, evidence: int) -> None:
        self._retriever = retriever
        self._answerer = answerer
        self._verifier = verifier
        self._evidence = evidence

    def reply(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer one question, with the words that bear the answer out."""
        lang = detect_question_language(question)
        whole = " ".join([turn.question for turn in history][-1:] + [question])
        evidence = self._retriever.retrieve(whole, limit=self._evidence)
        answer = self._answerer.answer(question, lang, evidence, words(lang))
        if not self._verifier.verified(answer):
            return Answer(question, lang, True, ((Prose(words(lang).say("reply.not_said")),),))
        return answer

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Answer one question, growing by a paragraph at a time; the last one is whole."""
        answer = self.reply(question, history)
        for shown in range(1, len(answer.paragraphs)):
            yield replace(answer, paragraphs=answer.paragraphs[:shown])
        yield answer

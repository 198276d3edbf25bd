"""What is said around a question, and what asks for nothing that articles tell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.models import Turn
from assistant.question import Conversation, NameBook, recall, understand


class _Names:
    def speakers(self) -> Sequence[str]:
        return ["Harriet Pym", "Clémence Arzel", "Solveig Kermadec"]

    def names(self) -> Sequence[str]:
        return []

    def outlets(self) -> Sequence[str]:
        return []


BOOK = NameBook(_Names())


@pytest.mark.parametrize(
    "question",
    [
        "Hi! What did Harriet Pym say?", "hello, what did harriet pym say", "Good morning. What did Harriet Pym say?",
        "Hi there! What did Pym say?", "thanks! what did pym say?", "Bonjour ! Que dit Harriet Pym ?",
        "bonjour, que dit harriet pym", "Salut. Que dit Harriet Pym ?", "Merci ! Que dit Pym ?",
    ],
)  # fmt: skip
def test_a_greeting_in_front_of_a_question_is_no_part_of_it(question: str) -> None:
    asked = understand(question, Conversation(), BOOK)
    assert (asked.kind, [person.name for person in asked.people], asked.topic) == ("statement", ["Harriet Pym"], "")


@pytest.mark.parametrize(
    "words",
    [
        "who are you?", "What can you do?", "what can I ask", "how does it work?", "help", "summarise the articles",
        "Can you summarize these articles?", "give me a summary of the articles", "Give me the most striking quote",
        "the best quotes", "Qui es-tu ?", "tu sais faire quoi", "que puis-je te demander ?", "Comment ça marche ?",
        "résume les articles", "fais-moi un résumé", "Donne-moi la citation la plus frappante", "aide",
    ],
)  # fmt: skip
def test_what_articles_do_not_tell_is_no_question_even_after_one(words: str) -> None:
    before = recall([Turn("Que dit Clémence Arzel du prix du billet ?")], BOOK)
    assert understand(words, Conversation(), BOOK).kind == understand(words, before, BOOK).kind == "greeting"


@pytest.mark.parametrize("question", ["Résume ce que dit Harriet Pym", "Give me the quotes of Harriet Pym"])
def test_a_summary_of_what_somebody_said_is_a_question(question: str) -> None:
    assert understand(question, Conversation(), BOOK).kind == "statement"


@pytest.mark.parametrize(
    "question",
    ["La maire a-t-elle vu la note ?", "la maire a-t-elle vu la note", "Le pont a-t-il rouvert ?", "Was there a fire?"],
)
def test_no_sentence_is_taken_for_a_person(question: str) -> None:
    before = recall([Turn("Combien coûtera la gratuité selon les uns et les autres ?")], BOOK)
    for asked in (understand(question, Conversation(), BOOK), understand(question, before, BOOK)):
        assert all("-t-" not in person.name and "there" not in person.name for person in asked.people)

"""What a question may mean after others: a handful of questions, the rules' first, each once."""

from __future__ import annotations

import pytest

from assistant.models import Turn
from assistant.question import AskedTurn, Conversation, NameBook, recall, turn, understand


class Names:
    """Three people who speak, and one who is named."""

    def speakers(self) -> list[str]:
        return ["Ana Ruiz", "Marc Delatour", "Maud Esterlin"]

    def names(self) -> list[str]:
        return ["Yvon Tarduel"]

    def outlets(self) -> list[str]:
        return []


BOOK = NameBook(Names())


def meant(question: str, *earlier: str) -> AskedTurn:
    return turn(question, recall([Turn(asked) for asked in earlier], BOOK), BOOK)


def forms(turned: AskedTurn) -> list[str]:
    return [one.form for one in turned.interpretations]


def asked(turned: AskedTurn, form: str) -> list[tuple[list[str], str]]:
    """Whom a form of interpretation asks, and about what."""
    found = (one.question for one in turned.interpretations if one.form == form)
    return [([person.name for person in question.people], question.topic) for question in found]


@pytest.mark.parametrize("question", ["Que dit Ana Ruiz du port ?", "et elle ?", "who pays?", ""])
def test_the_first_question_is_what_the_rules_take_it_for(question: str) -> None:
    turned = meant(question)
    assert forms(turned) == ["rules"]
    assert turned.interpretations[0].question == understand(question, Conversation(), BOOK)


@pytest.mark.parametrize("question", ["et elle ?", "Et Marc Delatour ?", "qui paie ?", "elle craint quoi", "why?"])
def test_the_rules_come_first_and_no_question_twice(question: str) -> None:
    earlier = "Que dit Ana Ruiz du port ?"
    turned = meant(question, earlier)
    questions = [one.question for one in turned.interpretations]
    assert questions[0] == understand(question, recall([Turn(earlier)], BOOK), BOOK)
    assert len({*questions}) == len(questions) > 1
    assert len(turned.each) == len(questions)


@pytest.mark.parametrize(
    ("question", "form", "who", "topic"),
    [
        ("Marc Delatour craint quoi", "said", ["Marc Delatour"], "craint quoi"),
        ("Marc Delatour craint quoi", "said_before", ["Marc Delatour"], "port"),
        ("Marc Delatour craint quoi", "said_anything", ["Marc Delatour"], ""),
        ("elle craint quoi", "said_before", ["Ana Ruiz"], "port"),
        ("et les loups", "both", [], "les loups port"),
        ("les loups reviennent", "closest", [], "les loups reviennent"),
    ],
)
def test_what_a_question_may_mean(question: str, form: str, who: list[str], topic: str) -> None:
    assert (who, topic) in asked(meant(question, "Que dit Ana Ruiz du port ?"), form)


def test_a_greeting_means_nothing_else() -> None:
    assert forms(meant("merci !", "Que dit Ana Ruiz du port ?")) == ["rules"]


def test_traits_tell_the_same_of_every_turn() -> None:
    turns = [meant(question, "Que dit Ana Ruiz du port ?") for question in ("et elle ?", "Qui paie ?", "what?")]
    assert len({frozenset(turned.traits) for turned in turns}) == 1
    assert len({frozenset(each) for turned in turns for each in turned.each}) == 1

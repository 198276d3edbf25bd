"""Names in a question without capitals: what is one, and what is but a word that a name begins with."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.question import Conversation, NameBook, understand


class _Names:
    """Names of invented people and bodies, some of which begin with common words, or are first names too."""

    def speakers(self) -> Sequence[str]:
        return ["Contre-Courant", "Jana Velloso", "Osric Tammet", "Rosa Quint", "Rosa Winter"]

    def names(self) -> Sequence[str]:
        return ["Mill Workers", "Jana", "Rosa"]

    def outlets(self) -> Sequence[str]:
        return []


BOOK = NameBook(_Names())


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("how long has the mill stood", []),  # not "Mill Workers"
        ("quel est le score de lorbec contre tressan", []),  # not "Contre-Courant"
        ("how long have the mill workers been there", ["Mill Workers"]),
        ("when will jana decide", ["Jana Velloso"]),  # printed alone too, and the only speaker of that first name
        ("when will rosa decide", ["Rosa"]),  # of two it cannot be told
        ("osric tamet age", ["Osric Tammet"]),  # misspelt
    ],
)
def test_whom_a_question_without_capitals_is_about(question: str, about: list[str]) -> None:
    assert [person.name for person in understand(question, Conversation(), BOOK).about] == about


def test_a_misspelt_name_is_looked_for_as_the_articles_write_it() -> None:
    assert understand("osric tamet age", Conversation(), BOOK).topic == "Osric Tammet age"

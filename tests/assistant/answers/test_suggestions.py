from __future__ import annotations

import pytest

from assistant.answers.suggestions import follow_ups
from assistant.models import Coverage
from index.models import Quotation
from tests.invented import answer, citation


def said_by(*speakers: str | None) -> list[Quotation]:
    return [Quotation("0f" * 8, at, at + 1, "direct", speaker) for at, speaker in enumerate(speakers)]


@pytest.mark.parametrize(
    ("asked", "cited", "quoted", "expected"),
    [
        (["Que dit Yolande Perchat ?"], ["Yolande Perchat"], ["Yolande Perchat"], []),
        (["Et Perchat ?"], ["Yolande Perchat", "Luc Ané"], [], ["Luc Ané"]),
        (["Qui parle ?"], ["Luc Ané", "Luc Ané"], ["Eve Roy", "Luc Ané"], ["Luc Ané", "Eve Roy"]),
        (["Que dit Ané ?"], ["Luc Ané"], ["A B", "C D", "C D", "E F", "G H", None], ["C D", "A B", "E F"]),
        (["QUE DIT ANE ?"], ["Luc Ané"], ["Luc Ané"], []),
    ],
)
def test_those_not_yet_asked_about_come_next(
    asked: list[str], cited: list[str], quoted: list[str | None], expected: list[str]
) -> None:
    cited_by = answer(*(citation("Oui", number=n, speaker=name) for n, name in enumerate(cited, 1)))
    found = follow_ups(cited_by, asked, said_by(*quoted))
    assert found == [f"Que dit {name}\u00a0?" for name in expected]


def test_a_refusal_offers_whom_the_articles_do_quote() -> None:
    refused = answer(abstained=True, lang="en", mentions=(Coverage("Yair Lapid", 2, 1), Coverage("Benny Gantz", 1, 0)))
    assert follow_ups(refused, ["Who won?"], []) == ["What did Yair Lapid say?"]


def test_what_an_answer_suggests_itself_comes_before_all_else() -> None:
    suggested = ("Que dit Luc Ané ?", "Que dit Eve Roy ?")
    refused = answer(abstained=True, lang="fr", suggestions=suggested, mentions=(Coverage("Yolande Perchat", 2, 3),))
    assert follow_ups(refused, ["Qui parle ?"], []) == list(suggested)
    assert follow_ups(refused, ["Qui parle ?", suggested[0]], []) == [suggested[1]]


def test_a_refusal_on_one_topic_offers_all_that_the_person_says_once() -> None:
    refused = answer(abstained=True, lang="fr", mentions=(Coverage("Luc Ané", 2, 3),))
    all_of_it = "Que dit Luc Ané\u00a0?"
    assert follow_ups(refused, ["Que dit Luc Ané des girafes ?"], []) == [all_of_it]
    assert follow_ups(refused, [all_of_it, "Que dit Luc Ané des girafes ?"], []) == []


@pytest.mark.parametrize("name", ["un diplomate", "Les documents", "A spokesman", "individu"])
def test_nobody_is_asked_about_who_has_no_name(name: str) -> None:
    cited = answer(citation("Oui", speaker=name), citation("Non", number=2, speaker="Luc Ané"))
    assert follow_ups(cited, ["Qui parle ?"], said_by(name, name)) == ["Que dit Luc Ané\u00a0?"]


def test_a_body_needs_an_article_and_is_not_asked_about() -> None:
    cited = answer(citation("Oui", speaker="Union des cheminots", speaker_kind="body"))
    assert follow_ups(cited, ["Qui parle ?"], []) == []

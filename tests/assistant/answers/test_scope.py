"""Questions for times, outlets, languages, counts, lists and several people, over five invented articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.models import Answer
from assistant.rendering.markdown import markdown
from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace, open_workspace
from index.catalog import StatementFilter
from index.settings import IndexSettings

NEWSROOM = Path(__file__).parents[2] / "data" / "newsroom.jsonl"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = Settings(IndexSettings(data=tmp_path_factory.mktemp("newsroom")), AssistantSettings())
    with open_workspace(settings, lambda _: None) as workspace:
        list(workspace.add([NEWSROOM]))
        yield workspace


def days(answer: Answer) -> list[str]:
    return [str(citation.article.published) for citation in answer.citations]


def told(answer: Answer) -> str:
    return markdown(answer).replace("\u00a0", " ").replace("\\", "")


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("Qu'a dit Solveig Kermadec en mars 2017 ?", ["2017-03-16"]),
        ("Qu'a dit Solveig Kermadec en 2018 ?", ["2018-02-10"]),
        ("Que dit Solveig Kermadec du tramway en 2018 ?", ["2018-02-10"]),
        ("Qu'a dit Solveig Kermadec le 16 mars 2017 ?", ["2017-03-16"]),
        # "a déclaré mardi", in an article of Thursday 16 March
        ("Qu'a dit Solveig Kermadec le 14 mars 2017 ?", ["2017-03-16"]),
        # "Le 2 février, Idriss Belkadi avait prévenu"
        ("Qu'a dit Idriss Belkadi le 2 février 2018 ?", ["2018-02-10"]),
        ("Que dit Hugo Vasselin avant 2018 ?", ["2017-03-16", "2017-01-28"]),
        ("Que dit Hugo Vasselin depuis février 2017 ?", ["2018-02-10", "2017-03-16"]),
        ("que dit hugo vasselin en janvier", ["2017-01-28"]),
        # the newest article is of 20 March 2018, a Tuesday
        ("What has Daniel Okafor said since Tuesday?", ["2018-03-20"]),
        ("What did Harriet Pym say this week?", ["2018-03-20"]),
        ("What did Harriet Pym say between 1 March and 10 March 2018?", ["2018-03-08", "2018-03-08"]),
        ("Qui s’est exprimé le 16 mars 2017 ?", ["2017-03-16"] * 3),
        ("Que dit Hugo Vasselin dans Le Fanal ?", ["2017-03-16"]),
        ("Que dit Hugo Vasselin dans le Courrier ?", ["2018-02-10", "2017-01-28"]),
        ("Qui parle du tramway dans Le Courrier de Vaubrune en 2017 ?", ["2017-01-28"] * 3),
    ],
)
def test_words_of_the_time_and_the_outlet_that_are_asked_for_are_shown_alone(
    newsroom: Workspace, question: str, of: list[str]
) -> None:
    assert days(newsroom.answer(question)) == of


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Qu'a dit Solveig Kermadec en mai 2017 ?",
         "Vos articles citent Solveig Kermadec 4 fois, mais pas en mai 2017."),
        ("What did Harriet Pym say in 2017?", "Your articles quote Harriet Pym 3 times, but never in 2017."),
        ("What did Harriet Pym say in the French articles?",
         "Your articles quote Harriet Pym 3 times, but never in the French articles."),
        ("Que dit Harriet Pym des camions dans Le Fanal ?",
         "Vos articles citent Harriet Pym une fois à ce sujet, mais pas dans Le Fanal."),
        ("Que dit Solveig Kermadec depuis vendredi ?",
         "Vos articles citent Solveig Kermadec 4 fois, mais pas depuis vendredi (à partir du 16 mars 2018)."),
    ],
)  # fmt: skip
def test_what_is_of_another_time_or_outlet_is_told_and_not_shown(newsroom: Workspace, question: str, says: str) -> None:
    answer = newsroom.answer(question)
    assert answer.abstained
    assert told(answer).split("\n")[0] == says


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Combien de fois Solveig Kermadec est-elle citée ?",
         "Vos articles citent Solveig Kermadec 4 fois, dans 3 articles."),
        ("How many times is Harriet Pym quoted?", "Harriet Pym is quoted 3 times, in 2 articles."),
        ("Combien d’articles citent Hugo Vasselin ?", "3 articles citent Hugo Vasselin."),
        ("How many articles mention Harriet Pym?", "2 articles mention Harriet Pym."),
        ("Quels articles parlent du tramway ?", "2 articles en parlent (tramway)."),
        ("Combien d’articles ai-je ?", "Il y a 5 articles."),
        ("How many articles are there in 2018?", "There are 3 articles in 2018."),
        ("Who is quoted most often?", "Your articles quote 6 people: Solveig Kermadec (4), Harriet Pym (3),"),
        ("Qui est le plus cité en 2017 ?",
         "Vos articles citent 3 personnes en 2017 : Solveig Kermadec (3 fois), Hugo Vasselin (2 fois)"),
        ("List everyone who was quoted", "Your articles quote 6 people: Solveig Kermadec (4),"),
        ("Toutes les citations de Solveig Kermadec",
         "4 citations de Solveig Kermadec, du 28 janvier 2017 au 10 février 2018, les plus récentes d’abord."),
        ("Compare ce que disent Solveig Kermadec et Hugo Vasselin",
         "Solveig Kermadec (4 fois) et Hugo Vasselin (3 fois) ; par date, les plus anciennes d’abord."),
    ],
)  # fmt: skip
def test_counts_are_those_of_the_table(newsroom: Workspace, question: str, says: str) -> None:
    answer = newsroom.answer(question)
    assert not answer.abstained
    assert told(answer).startswith(says)


def test_the_answer_the_refusal_the_list_and_the_table_count_alike(newsroom: Workspace) -> None:
    total = newsroom.answer("Que dit Solveig Kermadec ?").total
    (tally,) = re.findall(r"Solveig Kermadec \((\d+)\)", told(newsroom.answer("Who is quoted most?")))
    (refused,) = re.findall(r"(\d+) fois", told(newsroom.answer("Que dit Solveig Kermadec du glyphosate ?")))
    table = newsroom.said(StatementFilter(speaker="Solveig Kermadec"))
    assert total == int(tally) == int(refused) == len(table) == 4


def test_of_two_people_of_one_surname_the_one_who_is_named_is_counted(workspace: Workspace) -> None:
    workspace.add_text("Le pont\n\n« Le pont fermera », a dit Marc Delatour. « Jamais », a répliqué Sylvain Delatour.")
    workspace.add_text("Le quai\n\n« Le quai restera ouvert », a dit Marc Delatour.")
    answer = workspace.answer("Combien de fois Delatour est-il cité ?")
    assert told(answer).startswith("Vos articles citent Marc Delatour 2 fois, dans 2 articles.")


def test_a_speaker_of_two_names_is_counted_as_one(workspace: Workspace) -> None:
    workspace.add_text("Un pont\n\n« Le pont fermera », a dit Solveig Kermadec.")
    workspace.add_text("Un quai\n\n« Le quai restera ouvert », a dit Kermadec.")
    said = workspace.said(StatementFilter(speaker="Solveig Kermadec"))
    assert workspace.answer("Que dit Solveig Kermadec ?").total == len(said) == 2


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Quelle est la dernière déclaration de Solveig Kermadec ?", ["Le tramway coûtera trois millions d'euros"]),
        ("la premiere declaration de hugo vasselin", ["Nous attendons les chiffres"]),
        ("What is Harriet Pym's latest statement?", ["The lorries will find another road,"]),
        ("What is the first statement by Daniel Okafor?", ["the lorries would block the quay"]),
        ("Give me two quotes by Harriet Pym", ["The lorries will find another road,", "We cannot sail at a loss,"]),
        ("Quel est l’article le plus récent ?", ['"The lorries will find another road," said Harriet Pym.']),
        ("Montre-moi l’article du 16 mars 2017", ["Le pont Neuf fermera en juin."]),
    ],
)  # fmt: skip
def test_the_latest_the_first_and_so_many_are_looked_up(newsroom: Workspace, question: str, words: list[str]) -> None:
    assert [citation.quote for citation in newsroom.answer(question).citations] == words


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("quesqu'il dit le commandant", "Idriss Belkadi"),
        ("que promet la maire pour le tramway", "Solveig Kermadec"),
        ("whats the pilot saying about lorries", "Daniel Okafor"),
    ],
)
def test_one_who_is_called_by_a_role_is_the_one_whom_the_articles_call_so(
    newsroom: Workspace, question: str, speaker: str
) -> None:
    assert {citation.speaker for citation in newsroom.answer(question).citations} == {speaker}


def test_what_an_outlet_says_is_what_is_said_in_it(newsroom: Workspace) -> None:
    answer = newsroom.answer("Que dit Le Courrier de Vaubrune sur le tramway ?")
    assert {citation.article.source for citation in answer.citations} == {"Le Courrier de Vaubrune"}


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("What do Harriet Pym and Daniel Okafor say?",
         ["Harriet Pym", "Harriet Pym", "Daniel Okafor", "Harriet Pym", "Daniel Okafor"]),
        ("Compare ce que disent Hugo Vasselin et Idriss Belkadi",
         ["Hugo Vasselin", "Hugo Vasselin", "Idriss Belkadi", "Hugo Vasselin", "Idriss Belkadi"]),
    ],
)  # fmt: skip
def test_two_people_are_shown_by_date(newsroom: Workspace, question: str, speakers: list[str]) -> None:
    answer = newsroom.answer(question)
    assert [citation.speaker for citation in answer.citations] == speakers
    assert days(answer) == sorted(days(answer))

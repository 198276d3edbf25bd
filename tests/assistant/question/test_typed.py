"""Questions as they are typed in a hurry: no capitals, accents, hyphens or question marks, spelt as they sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.question import Conversation, NameBook, Question, Scope, understand
from index.languages.times import Period


class _Names:
    """Names of invented people and places, and two outlets."""

    def speakers(self) -> Sequence[str]:
        return [
            "Solveig Kermadec", "Hugo Vasselin", "Idriss Belkadi", "Harriet Pym", "Daniel Okafor", "Maud Trevelyan",
            "syndicat des conducteurs", "Coast Lines", "Bureau of Tides",
        ]  # fmt: skip

    def names(self) -> Sequence[str]:
        return ["Saint-Orlan", "Whitmouth", "Colm Brady"]

    def outlets(self) -> Sequence[str]:
        return ["Le Courrier de Vaubrune", "Le Fanal", "The Whitmouth Herald"]


THURSDAY = date(2026, 3, 12)
BOOK = NameBook(_Names(), THURSDAY)


def ask(question: str) -> Question:
    return understand(question, Conversation(), BOOK)


@pytest.mark.parametrize(
    ("question", "kind", "people", "topic"),
    [
        # what somebody said
        ("que dit kermadec", "statement", ["Solveig Kermadec"], ""),
        ("kermadec dit quoi du tram", "statement", ["Solveig Kermadec"], "tram"),
        ("kermadec elle dit quoi du tram", "statement", ["Solveig Kermadec"], "tram"),
        ("elle dit quoi kermadec", "statement", ["Solveig Kermadec"], ""),
        ("elle dit quoi la maire", "statement", ["la maire"], ""),
        ("quesqu'il dit le commandant", "statement", ["le commandant"], ""),
        ("quesqu'il dit vasselin", "statement", ["Hugo Vasselin"], ""),
        ("qu est ce qu elle dit la maire", "statement", ["la maire"], ""),
        ("quest-ce que vasselin a dit", "statement", ["Hugo Vasselin"], ""),
        ("quesque dit vasselin du pont", "statement", ["Hugo Vasselin"], "pont"),
        ("kes que dit la maire", "statement", ["la maire"], ""),
        ("keske dit la maire", "statement", ["la maire"], ""),
        ("qu'a t elle promis la maire", "statement", ["la maire"], ""),
        ("que promet la maire pour les cantines", "statement", ["la maire"], "les cantines"),
        ("c quoi l'avis de vasselin sur le pont", "statement", ["Hugo Vasselin"], "le pont"),
        ("cest quoi la position de vasselin", "statement", ["Hugo Vasselin"], ""),
        ("vasselin est pour ou contre le tram", "statement", ["Hugo Vasselin"], "le tram"),
        ("est ce que vasselin est contre le tram", "statement", ["Hugo Vasselin"], "le tram"),
        ("la maire sur le tram", "statement", ["la maire"], "le tram"),
        ("kermadec se plaint de quoi", "statement", ["Solveig Kermadec"], ""),
        ("la maire s'oppose à quoi", "statement", ["la maire"], ""),
        ("que dit vasselin sur le tram aussi", "statement", ["Hugo Vasselin"], "le tram"),
        ("whats the mayor saying about tram", "statement", ["the mayor"], "tram"),
        ("what the mayor say about tram", "statement", ["the mayor"], "tram"),
        ("wat did pym say", "statement", ["Harriet Pym"], ""),
        ("the mayor, what did she say", "statement", ["the mayor"], ""),
        ("what is the mayor asking for", "statement", ["the mayor"], ""),
        ("can u tell me what pym said about the quay", "statement", ["Harriet Pym"], "the quay"),
        ("is pym for or against the ferry", "statement", ["Harriet Pym"], "the ferry"),
        ("quotes pym", "statement", ["Harriet Pym"], ""),
        ("Hi! What did Harriet Pym say?", "statement", ["Harriet Pym"], ""),
        ("Bonjour ! Que dit Kermadec ?", "statement", ["Solveig Kermadec"], ""),
        ("Strongest direct quotes about the ferries", "aggregate", [], "the ferries"),
        ("Harriet Pym on the strike", "statement", ["Harriet Pym"], "the strike"),
        ("Harriet Pym on the price", "statement", ["Harriet Pym"], "the price"),
        # a pronoun takes the subject up
        ("kermadec elle a réagi", "check", ["Solveig Kermadec"], ""),
        ("la maire elle avait promis quoi", "statement", ["la maire"], ""),
        # a name, and what is asked of its bearer
        ("harriet pym's explanation for the delay", "statement", ["Harriet Pym"], "the delay"),
        ("vasselin promesse sur le tram", "statement", ["Hugo Vasselin"], "le tram"),
        ("kermadek sur le tram", "statement", ["Solveig Kermadec"], "le tram"),
        ("trevelian on the quay", "statement", ["Maud Trevelyan"], "the quay"),
        ("trevelyans view of the quay", "statement", ["Maud Trevelyan"], "the quay"),
        ("kermadec vs vasselin", "aggregate", ["Solveig Kermadec", "Hugo Vasselin"], ""),
        ("what did coast lines decide", "statement", ["Coast Lines"], ""),
        ("what did the bureau of tides decide", "statement", ["Bureau of Tides"], ""),
        ("same for okafor, what does he say", "statement", ["Daniel Okafor"], ""),
        ("vasselin a réagi comment", "statement", ["Hugo Vasselin"], ""),
        ("who about the ferries", "aggregate", [], "the ferries"),
        # the question word last, or in the middle
        ("le tram coûte combien au total", "fact", [], "le tram coûte au total"),
        ("vasselin a écrit à qui", "fact", [], "vasselin a écrit"),
        ("c'est quand que ça démarre les travaux", "fact", [], "démarre les travaux"),
        ("the quay opens when", "fact", [], "the quay opens"),
        ("the results of the election", "fact", [], "the results of the election"),
        ("how old's the lighthouse", "fact", [], "the lighthouse"),
        ("what's wrong with the quay", "fact", [], "wrong with the quay"),
        ("sur quelle période les travaux", "fact", [], "les travaux"),
        ("la directrice a porté plainte ?", "fact", [], "la directrice a porté plainte"),
        # a fact by its noun
        ("durée du film", "fact", [], "du film"),
        ("c'est quoi le prix du billet", "fact", [], "du billet"),
        ("price of a ticket", "fact", [], "a ticket"),
        ("title of the novel", "fact", [], "the novel"),
        ("name of the ferry", "fact", [], "the ferry"),
        # what somebody tells, by an office
        (
            "when will the quay open according to the harbour master",
            "fact",
            ["the harbour master"],
            "will the quay open",
        ),
        ("according to the engineer, is the quay safe", "fact", ["the engineer"], "is the quay safe"),
        # a question behind the question
        ("vasselin veut fermer le pont, non ?", "check", ["Hugo Vasselin"], "fermer le pont"),
        ("vasselin veut fermer le pont oui ou non", "check", ["Hugo Vasselin"], "fermer le pont"),
        ("does pym back the tram or not", "check", ["Harriet Pym"], "the tram"),
        # what is not judged
        ("Give me the most striking quote", "greeting", [], ""),
        ("donne-moi la citation la plus marquante", "greeting", [], ""),
        ("mayor on the tram", "statement", ["mayor"], "the tram"),
        ("okafor on the quay", "statement", ["Daniel Okafor"], "the quay"),
        # who said it
        ("qui n'est pas d'accord avec le tram", "speaker", [], "avec le tram"),
        ("qui a peur des loups", "speaker", [], "loups"),
        ("who wants it", "speaker", [], "it"),
        ("whos against the tram", "speaker", [], "the tram"),
        ("anyone against the tram", "speaker", [], "the tram"),
        # whether they said it
        ("le président des maires ruraux y croit", "check", ["le président des maires ruraux"], ""),
        ("vasselin dit que la maire a menti ?", "check", ["Hugo Vasselin"], "la maire a menti"),
        ("vasselin veut fermer le pont ?", "check", ["Hugo Vasselin"], "fermer le pont"),
        ("does the mayor back the tram", "check", ["the mayor"], "the tram"),
        # whether they spoke at all
        ("did pym talk to the press after", "check", ["Harriet Pym"], ""),
        ("has okafor spoken to reporters", "check", ["Daniel Okafor"], ""),
        ("i'd like to know if pym talked to the media", "check", ["Harriet Pym"], ""),
        ("did the mayor comment to anyone yet", "check", ["the mayor"], ""),
        (
            "Hugo Vasselin a-t-il traité Solveig Kermadec de menteuse ?",
            "check",
            ["Hugo Vasselin"],
            "Solveig Kermadec de menteuse",
        ),
        # all who spoke
        ("Que dit Le Fanal du pont ?", "aggregate", [], "pont"),
        ("quelqu'un parle des loups", "aggregate", [], "loups"),
        ("y a quelqu'un qui parle des loups", "aggregate", [], "loups"),
        ("on dit quoi des loups", "aggregate", [], "loups"),
        ("qui dit quoi", "aggregate", [], ""),
        ("who said what about the tram", "aggregate", [], "the tram"),
        ("anybody say anything about the tram", "aggregate", [], "the tram"),
        # why somebody thinks so
        ("pourquoi vasselin veut fermer le pont", "fact", ["Hugo Vasselin"], "fermer le pont"),
        # not somebody's words
        ("le pont est prêt pour l'hiver ?", "fact", [], "le pont est prêt pour l'hiver"),
        ("is the bridge ready for winter", "fact", [], "is the bridge ready for winter"),
    ],
)
def test_a_question_typed_in_a_hurry_is_read(question: str, kind: str, people: list[str], topic: str) -> None:
    asked = ask(question)
    assert (asked.kind, [person.name for person in asked.people], asked.topic) == (kind, people, topic)


@pytest.mark.parametrize(
    ("question", "kind", "people", "topic"),
    [
        ("Combien de fois Vasselin est-il cité ?", "count", ["Hugo Vasselin"], ""),
        ("combien de fois kermadec est citee", "count", ["Solveig Kermadec"], ""),
        ("combien de fois vasselin a t il parlé du pont", "count", ["Hugo Vasselin"], "pont"),
        ("Combien de citations de Kermadec sur le tramway ?", "count", ["Solveig Kermadec"], "le tramway"),
        ("How many times is Harriet Pym quoted?", "count", ["Harriet Pym"], ""),
        ("how often is pym quoted about the quay", "count", ["Harriet Pym"], "the quay"),
        ("Combien d’articles citent Hugo Vasselin ?", "articles", ["Hugo Vasselin"], ""),
        ("How many articles quote Pym?", "articles", ["Harriet Pym"], ""),
        ("Dans combien d’articles Vasselin est-il cité ?", "articles", ["Hugo Vasselin"], ""),
        ("How many articles mention Colm Brady?", "articles", [], "Colm Brady"),
        ("Quels articles parlent de la navette ?", "articles", [], "navette"),
        ("which articles are about the ferry", "articles", [], "the ferry"),
        ("Combien d’articles ai-je ?", "articles", [], ""),
        ("Quel est l’article le plus récent ?", "articles", [], ""),
        ("Résume l’article sur la passerelle", "articles", [], "la passerelle"),
        ("Combien de personnes parlent du pont ?", "aggregate", [], "pont"),
        ("How many people are quoted?", "aggregate", [], ""),
        ("Qui est le plus cité ?", "aggregate", [], ""),
        ("Who is quoted most often?", "aggregate", [], ""),
        ("List everyone who was quoted", "aggregate", [], ""),
        ("List everyone quoted about the ferries", "aggregate", [], "the ferries"),
        ("Compare Harriet Pym and Daniel Okafor on lorries", "aggregate", ["Harriet Pym", "Daniel Okafor"], "lorries"),
        ("Compare ce que disent Vasselin et Kermadec", "aggregate", ["Hugo Vasselin", "Solveig Kermadec"], ""),
        ("Sur quoi Vasselin et Kermadec s’opposent-ils ?", "aggregate", ["Hugo Vasselin", "Solveig Kermadec"], ""),
        ("Combien de morts a annoncé Vasselin ?", "fact", [], "morts a annoncé Vasselin"),
        ("how much money is the prize worth", "fact", [], "money is the prize worth"),
    ],
)
def test_what_is_counted_listed_or_compared(question: str, kind: str, people: list[str], topic: str) -> None:
    asked = ask(question)
    assert (asked.kind, [person.name for person in asked.people], asked.topic) == (kind, people, topic)


@pytest.mark.parametrize(
    ("question", "order", "most", "everything"),
    [
        ("Quelle est la dernière déclaration de Kermadec ?", "newest", 1, False),
        ("les dernieres declarations de kermadec sur le tram", "newest", None, False),
        ("What is the most recent statement by Pym?", "newest", 1, False),
        ("What did Pym last say about the quay?", "newest", None, False),
        ("What is Harriet Pym's first statement?", "oldest", 1, False),
        ("Donne-moi trois citations de Vasselin", None, 3, False),
        ("Give me 5 quotes by Pym", None, 5, False),
        ("Toutes les citations de Vasselin", None, None, True),
        ("List everything Pym said", None, None, True),
        ("Que dit Vasselin de tous les ponts ?", None, None, False),
    ],
)
def test_the_latest_the_first_so_many_or_all(
    question: str, order: str | None, most: int | None, everything: bool
) -> None:
    asked = ask(question)
    assert asked.kind == "statement"
    assert (asked.order, asked.most, asked.everything) == (order, most, everything)


@pytest.mark.parametrize(
    ("question", "most"),
    [
        ("What are the latest articles?", None),
        ("What is the latest article?", 1),
        ("Quels sont les derniers articles ?", None),
        ("Quel est le dernier article ?", 1),
    ],
)
def test_several_articles_are_more_than_one(question: str, most: int | None) -> None:
    asked = ask(question)
    assert (asked.kind, asked.order, asked.most) == ("articles", "newest", most)


MARCH = Period(date(2017, 3, 1), date(2017, 3, 31))


@pytest.mark.parametrize(
    ("question", "scope", "topic"),
    [
        ("Qu'a dit Vasselin en mars 2017 ?", Scope((MARCH,), told=("en mars 2017",)), ""),
        ("que dit vasselin mars 2017", Scope((MARCH,), told=("mars 2017",)), ""),
        ("Qu'a dit Vasselin le 28 janvier du pont ?", Scope((Period(month=1, day=28),), told=("le 28 janvier",)),
         "pont"),
        ("What has Pym said since Tuesday?", Scope((Period(after=date(2026, 3, 10)),), told=("since Tuesday",)), ""),
        ("les déclarations de Vasselin du 3 mars 2017",
         Scope((Period(date(2017, 3, 3), date(2017, 3, 3)),), told=("du 3 mars 2017",)), ""),
        ("Que dit Vasselin dans Le Fanal ?", Scope(outlet="Le Fanal", told=("dans Le Fanal",)), ""),
        ("What did Pym say in the Herald?", Scope(outlet="The Whitmouth Herald", told=("in the Herald",)), ""),
        ("Selon Le Fanal, que dit Vasselin ?", Scope(outlet="Le Fanal", told=("Selon Le Fanal",)), ""),
        ("Que dit Pym dans les articles anglais ?", Scope(lang="en", told=("dans les articles anglais",)), ""),
        ("What did Kermadec say in the French press?", Scope(lang="fr", told=("in the French press",)), ""),
        ("Vasselin a-t-il dit en mars 2017 que le pont fermera en avril ?", Scope((MARCH,), told=("en mars 2017",)),
         "le pont fermera en avril"),
        # no scope: of what is told, or of nothing that has a date
        ("Que dit Vasselin de la loi de 2017 ?", Scope(), "loi de 2017"),
        ("What did Pym say before the vote?", Scope(), "before the vote"),
        ("Que dit Vasselin du Fanal ?", Scope(), "Fanal"),
        ("Vasselin a-t-il dit que le pont fermera en avril ?", Scope(), "le pont fermera en avril"),
        ("Combien de morts en 2017 ?", Scope(), "morts en 2017"),
        ("What did Pym say on February 31, 2022?", Scope(), "February 31, 2022"),
    ],
)  # fmt: skip
def test_where_and_when_is_no_part_of_the_topic(question: str, scope: Scope, topic: str) -> None:
    asked = ask(question)
    assert (replace(asked.scope, times=(), behind_topic=False), asked.topic) == (scope, topic)


@pytest.mark.parametrize(
    ("question", "behind"),
    [
        ("Que dit Vasselin du tram en mars 2017 ?", True),
        ("Qui s’est exprimé sur la fête de la Mer en mars 2017 ?", True),
        ("Qui s’est exprimé sur la fête prévue en mars 2017 ?", False),
        ("Que dit Vasselin en mars 2017 ?", False),
        ("Qu’a dit Vasselin en mars 2017 du tram ?", False),
    ],
)
def test_a_time_behind_a_topic_may_belong_to_it(question: str, behind: bool) -> None:
    assert ask(question).scope.behind_topic is behind

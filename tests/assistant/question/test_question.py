import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Turn
from assistant.question import AskedPerson, Conversation, NameBook, Question, recall, understand
from assistant.question.grammar import QuestionRule, grammar
from assistant.question.plain_text import surface
from assistant.question.reading import Reader


class _Names:
    """A small catalog's names, invented."""

    def speakers(self) -> Sequence[str]:
        return [
            "Marc Delatour", "Sylvain Delatour", "Solène Kervadec", "Leïla Benhaddou", "Nadia Belkacemi",
            "Nadine Corwell", "Tobias Corwell", "Lionel Astbury", "Dagmar Vohl", "Haïder al-Abadi",
            "Augustin de Livois", "Vladimir Poutine", "Joe Biden", "Uni-École", "Ministry of Fisheries",
            "préfecture de la Valsonne", "direction régionale de la faune", "la Russie", "un témoin",
            "une source policière", "the mayor's spokesman", "Le Canard enchaîné",
        ]  # fmt: skip

    def names(self) -> Sequence[str]:
        return ["Yair Lapid", "Ukraine", "Morvillac", "Delatour", "Gareth Plume", "Port Ellery", "Pascal Trévidic"]

    def outlets(self) -> Sequence[str]:
        return ["Le Courrier de Tarvelle", "Le Fanal"]


BOOK = NameBook(_Names())


def ask(question: str, *earlier: str) -> Question:
    return understand(question, recall([Turn(turn) for turn in earlier], BOOK), BOOK)


@pytest.mark.parametrize(
    ("question", "wants", "topic"),
    [
        ("whens the next meeting", "time", "the next meeting"),
        ("wheres the parade", "place", "the parade"),
        ("whos the new captain", "person", "the new captain"),
    ],
)
def test_an_apostrophe_may_be_left_out(question: str, wants: str, topic: str) -> None:
    asked = ask(question)
    assert (asked.wants, asked.topic) == (wants, topic)


@pytest.mark.parametrize(
    "question", ["Did Dagmar Vohl admit anything?", "Marc Delatour a-t-il reconnu quelque chose ?"]
)
def test_anything_is_no_topic(question: str) -> None:
    assert ask(question).topic == ""


@pytest.mark.parametrize(
    ("question", "lang", "kind"),
    [
        ("Que dit Marc Delatour des halles ?", "fr", "statement"),
        ("qu a dit yair lapid", "fr", "statement"),
        ("Qu'est-ce que Solène Kervadec a dit des quotas ?", "fr", "statement"),
        ("Delatour il a dit quoi sur les halles", "fr", "statement"),
        ("Comment Nadia Belkacemi a-t-elle réagi au plan ?", "fr", "statement"),
        ("Comment Delatour justifie-t-il la démolition ?", "fr", "statement"),
        ("Quelle est la position de la Russie sur l'Ukraine ?", "fr", "statement"),
        ("De quoi Astbury accuse-t-il Vohl ?", "fr", "statement"),
        ("Peux-tu me dire ce que Biden pense de l'Ukraine ?", "fr", "statement"),
        ("What did Nadine Corwell say about the tram?", "en", "statement"),
        ("what does the ministry of fisheries think of the quotas", "en", "statement"),
        ("How did Joe Biden justify the sanctions?", "en", "statement"),
        ("What is Biden's view on Ukraine?", "en", "statement"),
        ("What promise did Mayor Corwell make?", "en", "statement"),
        ("What does Gareth Plume, the baker, say about the works?", "en", "statement"),
        ("Biden on Ukraine", "en", "statement"),
        ("Qui a dit « Alors porte plainte » ?", "fr", "speaker"),
        ("C'est qui qui a dit que la paix est finie", "fr", "speaker"),
        ("Qui rapporte que les trains partiront ?", "fr", "speaker"),
        ("qui a raconter avoir casser un tableau", "fr", "speaker"),
        ("Quel pays avait prévenu les États-Unis ?", "fr", "speaker"),
        ("Dans l'affaire des halles, qui a lancé « Je l'ai lu » ?", "fr", "speaker"),
        ("Who claims that only two wolves were seen?", "en", "speaker"),
        ("who complaned that the boats are sinking", "en", "speaker"),
        ("Which country had warned the islands of reprisals?", "en", "speaker"),
        ("Whose letter says nothing will be given up?", "en", "speaker"),
        ("Who is ready to bring the parties together?", "en", "speaker"),
        ("Did anyone say that the war is over?", "en", "speaker"),
        ("Marc Delatour a-t-il dit que les halles tombent ?", "fr", "check"),
        ("delatour a t il dit que les halles tombent", "fr", "check"),
        ("Est-ce que Delatour a promis le terrain ?", "fr", "check"),
        ("C'est Delatour qui a dit que les halles tombent ?", "fr", "check"),
        ("Est-il vrai que Poutine a promis la paix ?", "fr", "check"),
        ("Biden a dit que la guerre est finie ?", "fr", "check"),
        ("Did Tobias Corwell say that nobody opened the survey?", "en", "check"),
        ("Is it true that Biden called the plan a mistake?", "en", "check"),
        ("Was it Biden who said the war was over?", "en", "check"),
        ("has radko belin announced that he will give way", "en", "check"),
        ("Qui s'est exprimé sur la ligne ?", "fr", "aggregate"),
        ("Quels élus ont critiqué le projet ?", "fr", "aggregate"),
        ("Que disent Marc Delatour et Solène Kervadec du port ?", "fr", "aggregate"),
        ("Que disent les articles sur l'Ukraine ?", "fr", "aggregate"),
        ("Who has spoken about the tram?", "en", "aggregate"),
        ("What has been said about the tram?", "en", "aggregate"),
        ("Which scientists criticised the study?", "en", "aggregate"),
        ("Quand la Russie a-t-elle envoyé des troupes ?", "fr", "fact"),
        ("Qui est Yair Lapid ?", "fr", "fact"),
        ("Que s'est-il passé à Morvillac ?", "fr", "fact"),
        ("Que fait Poutine en Ukraine ?", "fr", "fact"),
        ("What did Biden do in Ukraine?", "en", "fact"),
        ("how much money is the prize worth", "en", "fact"),
    ],
)
def test_kind(question: str, lang: str, kind: str) -> None:
    asked = ask(question)
    assert (asked.lang, asked.kind) == (lang, kind)


@pytest.mark.parametrize(
    ("question", "likely", "lang"),
    [("Kervadec", "fr", "fr"), ("Kervadec", "en", "en"), ("ferry quotas", "fr", "fr"), ("Who spoke?", "fr", "en")],
)
def test_a_question_that_tells_no_language_is_in_the_likely_one(question: str, likely: str, lang: str) -> None:
    assert understand(question, Conversation(), BOOK, likely).lang == lang


def test_words_that_ask_for_nothing_are_a_greeting_even_after_a_question() -> None:
    for words in ("Bonjour !", "bonjour", "hi", "Thank you very much.", "merci, Dixit"):
        assert ask(words).kind == ask(words, "Que dit Kervadec des quotas ?").kind == "greeting"
    assert ask("Bonjour, que dit Kervadec ?").kind == "statement"


@pytest.mark.parametrize(
    ("question", "kind", "people", "topic"),
    [
        # asked for with a noun
        ("Citations de Solène Kervadec", "statement", ["Solène Kervadec"], ""),
        ("les citations de Solène Kervadec sur les quotas", "statement", ["Solène Kervadec"], "les quotas"),
        ("Toutes les citations sur les quotas", "aggregate", [], "les quotas"),
        ("Quelles citations de Kervadec avez-vous ?", "statement", ["Solène Kervadec"], ""),
        ("Quels intervenants sont cités sur les quotas ?", "aggregate", [], "les quotas"),
        ("Qui est cité dans mes articles ?", "aggregate", [], ""),
        ("quotes from Biden on Ukraine", "statement", ["Joe Biden"], "Ukraine"),
        ("Any quotes on the tram?", "aggregate", [], "the tram"),
        ("Who is quoted?", "aggregate", [], ""),
        ('Who is quoted as saying "never again"?', "speaker", [], 'saying "never again"'),
        # told to do something
        ("Résume ce que dit Solène Kervadec", "statement", ["Solène Kervadec"], ""),
        ("Résumez la position de Kervadec sur les quotas", "statement", ["Solène Kervadec"], "les quotas"),
        ("Donne-moi les citations de Kervadec sur les quotas", "statement", ["Solène Kervadec"], "les quotas"),
        ("Donne-moi toutes les citations sur les quotas", "aggregate", [], "les quotas"),
        ("Liste de tous ceux qui parlent des quotas", "aggregate", [], "quotas"),
        ("Je cherche une citation de Kervadec", "statement", ["Solène Kervadec"], ""),
        ("Y a-t-il une déclaration de Kervadec sur les quotas ?", "statement", ["Solène Kervadec"], "les quotas"),
        ("Citez-moi Kervadec sur les quotas", "statement", ["Solène Kervadec"], "les quotas"),
        ("Summarize what Biden said about Ukraine", "statement", ["Joe Biden"], "Ukraine"),
        ("Give me Biden's quotes on Ukraine", "statement", ["Joe Biden"], "Ukraine"),
        ("Give me every quote about the tram", "aggregate", [], "the tram"),
        ("List everything Biden said", "statement", ["Joe Biden"], ""),
        ("List Biden's statements", "statement", ["Joe Biden"], ""),
        ("I'm looking for a quote by Biden", "statement", ["Joe Biden"], ""),
        ("Quote Biden on Ukraine", "statement", ["Joe Biden"], "Ukraine"),
        # what is said around a question is no topic
        (
            "Que dit Kervadec des quotas dans mes articles, s'il vous plaît ?",
            "statement",
            ["Solène Kervadec"],
            "quotas",
        ),
        ("Que dit Kervadec dans les articles ?", "statement", ["Solène Kervadec"], ""),
        ("Que dit Kervadec des articles ?", "statement", ["Solène Kervadec"], "articles"),
        ("What did Biden say about Ukraine in my articles, please?", "statement", ["Joe Biden"], "Ukraine"),
    ],
)
def test_a_request_is_read_as_the_question_it_stands_for(
    question: str, kind: str, people: list[str], topic: str
) -> None:
    asked = ask(question)
    assert (asked.kind, [person.name for person in asked.people], asked.topic) == (kind, people, topic)


@pytest.mark.parametrize(
    ("question", "name", "known", "sure"),
    [
        ("Que dit Solène Kervadec des quotas ?", "Solène Kervadec", "speaker", True),
        ("que dit solene kervadec des quotas", "Solène Kervadec", "speaker", True),
        ("Que dit Mme Kervadec des quotas ?", "Solène Kervadec", "speaker", True),
        ("que dit solene kervadek des quotas", "Solène Kervadec", "speaker", True),
        ("Que dit Solenne Kervadec ?", "Solène Kervadec", "speaker", True),
        ("Que dit Kervaddecc des quotas ?", "Solène Kervadec", "speaker", False),
        ("what did haider al abadi say", "Haïder al-Abadi", "speaker", True),
        ("Que dit de Livois sur les vaccins", "Augustin de Livois", "speaker", True),
        ("Le ministre Haïder al-Abadi a-t-il dit non ?", "Haïder al-Abadi", "speaker", True),
        ("Did Putin say that the assault is a challenge?", "Vladimir Poutine", "speaker", True),
        ("What did Russia say?", "la Russie", "speaker", True),
        ("Que dit la préfecture de la pollution ?", "préfecture de la Valsonne", "speaker", True),
        ("What did the ministry of fisheries say?", "Ministry of Fisheries", "speaker", True),
        ("Que dit la direction régionale de la faune des loups ?", "direction régionale de la faune", "speaker", True),
        ("What does the Uni-École union demand?", "Uni-École", "speaker", True),
        ("Qu'a dit le témoin ?", "un témoin", "speaker", True),
        ("Qu'a dit Yair Lapid ?", "Yair Lapid", "mentioned", True),
        ("Que pense Bérangère Collonges de la cantine ?", "Bérangère Collonges", "unknown", True),
        ("Combien de morts, selon Le Canard enchaîné ?", "Le Canard enchaîné", "speaker", True),
    ],
)
def test_person(question: str, name: str, known: str, sure: bool) -> None:
    person = ask(question).people[0]
    assert (person.name, person.known, person.sure) == (name, known, sure)


def test_people_of_one_surname_are_both_told() -> None:
    assert ask("Que dit Delatour des halles ?").people == (
        AskedPerson("Marc Delatour", "Delatour", "speaker", others=("Sylvain Delatour",)),
    )


def test_another_first_name_is_another_person() -> None:
    person = ask("Que dit Laurent Delatour des halles ?").people[0]
    assert (person.name, person.known) == ("Laurent Delatour", "unknown")
    assert person.others == ("Marc Delatour", "Sylvain Delatour")


@pytest.mark.parametrize(
    ("question", "role", "topic"),
    [
        ("Que dit le maire de Morvillac du marché ?", "le maire de Morvillac", "marché"),
        ("Que pense le maire du marché ?", "le maire", "marché"),
        ("Que dit le ministre de la Culture au sujet du prix ?", "le ministre de la Culture", "prix"),
        ("Que dit la mère de Pascal Trévidic du terrain ?", "la mère de Pascal Trévidic", "terrain"),
        ("What did the mayor of Port Ellery say about the tram?", "the mayor of Port Ellery", "the tram"),
    ],
)
def test_a_function_is_left_as_typed(question: str, role: str, topic: str) -> None:
    asked = ask(question)
    assert asked.people[0] == AskedPerson(role, role, role=role)
    assert asked.topic == topic


def test_a_spokesman_is_not_whom_he_speaks_for() -> None:
    assert ask("What did the mayor say?").people[0].known == "unknown"
    assert ask("What did the mayor's spokesman say?").people[0].name == "the mayor's spokesman"


@pytest.mark.parametrize(
    ("question", "topic", "about"),
    [
        ("Que dit Marc Delatour de la victoire de Solène Kervadec ?", "victoire de Solène Kervadec", "Solène Kervadec"),
        ("Qui s'est exprimé sur la guerre en Ukraine ?", "la guerre en Ukraine", "Ukraine"),
        ("Who said Dagmar Vohl lied?", "Dagmar Vohl lied", "Dagmar Vohl"),
        ("What did Lionel Astbury say about Vohl?", "Vohl", "Dagmar Vohl"),
    ],
)
def test_topic(question: str, topic: str, about: str) -> None:
    asked = ask(question)
    assert asked.topic == topic
    assert [person.name for person in asked.about] == [about]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Qui a dit « Alors porte plainte » ?", ("Alors porte plainte",)),
        ('Who said "We bury this until spring"?', ("We bury this until spring",)),
        ("Who said ‘it’s over’?", ("it’s over",)),
        ("Who said 'We bury this'?", ("We bury this",)),
        ("Qui a dit « Ils peuvent essayer ?", ("Ils peuvent essayer",)),
        ("L'élue n'a pas répondu ?", ()),
    ],
)
def test_quoted(question: str, quoted: tuple[str, ...]) -> None:
    assert ask(question).quoted == quoted


@pytest.mark.parametrize(
    ("question", "denial"),
    [
        ("Delatour a-t-il démenti avoir promis le terrain ?", True),
        ("Biden n'a jamais dit que la guerre est finie ?", True),
        ("Did Dagmar Vohl deny telling the board?", True),
        ("Did Dagmar Vohl tell the board?", False),
        ("N'a-t-il pas dit que c'était fini ?", False),
    ],
)
def test_denial(question: str, denial: bool) -> None:
    assert ask(question).denial is denial


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("Quand la Russie a-t-elle envoyé des troupes ?", "time"),
        ("a quelle date le jugement est il attendu", "time"),
        ("D'après l'annonce, quand part le train ?", "time"),
        ("Le jugement est attendu quand ?", "time"),
        ("Où se tient la réunion ?", "place"),
        ("À combien s'élève le devis ?", "quantity"),
        ("Quelle était la surface de l'entrepôt ?", "quantity"),
        ("Pourquoi Delatour a-t-il voté la démolition ?", "reason"),
        ("Qui est Yair Lapid ?", "person"),
        ("Quel est le score de la finale ?", "score"),
        ("When will the ferries sail again?", "time"),
        ("Where is the next meeting?", "place"),
        ("How many savers lost money?", "quantity"),
        ("Why did Dagmar Vohl plead guilty?", "reason"),
        ("what was the score of the final", "score"),
        ("score de la finale", "score"),
        ("longueur de la jetée", "quantity"),
        ("c'est quoi la date du procès", "time"),
        ("le jugement c'est quand", "time"),
        ("crowd size at the final?", "quantity"),
        ("lighthouse age", "age"),
        ("final score of the match", "score"),
        ("What does a chairman do?", None),
    ],
)
def test_wants(question: str, wants: str | None) -> None:
    asked = ask(question)
    assert (asked.kind, asked.wants) == ("fact", wants)


_WORDS = 'Qui que dit a-t-il Et sur « » " ’ ? , Delatour elle de the What did say she reply about who selon pourquoi \0'
_PIECES = st.sampled_from([*_WORDS.split(" "), "sa sœur", "ce dernier", "le maire", "en mars 2018"])
_QUESTIONS = st.text(max_size=80) | st.lists(_PIECES, max_size=12).map(" ".join)


@given(_QUESTIONS, st.lists(_QUESTIONS, max_size=3))
def test_any_strings_are_understood(question: str, earlier: list[str]) -> None:
    asked = ask(question, *earlier)
    assert asked.lang in ("fr", "en")


@given(_QUESTIONS)
def test_without_history_nothing_is_rewritten(question: str) -> None:
    asked = understand(question, Conversation(), BOOK)
    assert not asked.rewritten
    assert all(words in asked.text for words in (*asked.quoted, *(person.as_typed for person in asked.people)))


@pytest.mark.parametrize(("before_facts", "kind"), [(False, "fact"), (True, "statement")])
def test_a_rule_may_be_tried_before_question_words_ask_for_a_fact(before_facts: bool, kind: str) -> None:
    asked = re.compile(r"combien de mots (?P<subject>[^?]+?) a[- ]t[- ]il ecrit")
    counting = QuestionRule("statement", asked, before_facts=before_facts)
    rules = replace(grammar("fr"), rules=(counting, *grammar("fr").rules))
    reading = Reader(surface("Combien de mots Marc Delatour a-t-il écrits ?"), rules, BOOK).read()
    assert reading.kind == kind

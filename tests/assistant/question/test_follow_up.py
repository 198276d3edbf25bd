"""A question after others: what it takes from the conversation, and what it leaves there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.models import Answer, Citation, Turn
from assistant.question import Conversation, Figure, NameBook, Question, recall, understand
from assistant.question.conversation import NobodyKnown
from tests.invented import card


class _Names:
    """A small catalog's names, invented."""

    def speakers(self) -> Sequence[str]:
        return [
            "Marc Delatour", "Sylvain Delatour", "Solène Kervadec", "Leïla Benhaddou", "Nadia Belkacemi",
            "Nadine Corwell", "Tobias Corwell", "Lionel Astbury", "Dagmar Vohl", "Vladimir Poutine", "Joe Biden",
            "direction régionale de la faune",
        ]  # fmt: skip

    def names(self) -> Sequence[str]:
        return ["Yair Lapid", "Morvillac", "Pascal Trévidic"]

    def outlets(self) -> Sequence[str]:
        return ["Le Fanal"]


BOOK = NameBook(_Names())


class KnownPresent(NobodyKnown):
    """Articles that name some people."""

    def __init__(self, figures: tuple[Figure, ...]) -> None:
        self._figures = figures

    def present(self, articles: Sequence[str]) -> tuple[Figure, ...]:
        return self._figures


def passage(words: str) -> Citation:
    return Citation(1, card(), 0, len(words), words)


def ask(question: str, *earlier: str) -> Question:
    return understand(question, recall([Turn(turn) for turn in earlier], BOOK), BOOK)


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("What did Tobias Corwell say?", "What did Nadine Corwell say about the first ticket?"),
        ("Que dit Solène Kervadec ?", "Que dit Marc Delatour du port ?"),
        ("que dit solene kervadec", "que dit marc delatour du port"),
        ("Que dit Marc Delatour ?", "Que dit Marc Delatour du pont Neuf ?"),
        ("Que dit Biden de la paix ?", "Que dit Marc Delatour du port ?"),
        ("Qui s'est exprimé sur le tram ?", "Que dit Marc Delatour du port ?"),
        ("Who has spoken about the tram?", "What did Joe Biden say about the war?"),
        ("La maire a-t-elle vu la note ?", "Combien coûtera la gratuité selon les uns et les autres ?"),
        ("Did Biden say that the war is over?", "What did Dagmar Vohl say about the bank?"),
        ("Who said « We bury this » ?", "What did Joe Biden say about the war?"),
        ("What did Dagmar Vohl say about her bank?", "What did Joe Biden say about the war?"),
        ("Solène Kervadec a-t-elle promis un quota ?", "Que dit Marc Delatour du port ?"),
        ("Bonjour, que dit Kervadec ?", "Que dit Marc Delatour du port ?"),
        ("How many ships were found in the harbour of Port Ellery last winter?", "What did Joe Biden say about war?"),
    ],
)
def test_a_whole_sentence_inherits_nothing(question: str, earlier: str) -> None:
    alone, after = ask(question), ask(question, earlier)
    assert (after.text, after.people, after.topic, after.kind) == (alone.text, alone.people, alone.topic, alone.kind)
    assert not after.rewritten


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("Who else?", "What did Joe Biden say?", "Who else spoke?"),
        ("Who else?", "What did Joe Biden say about the war?", "Who else spoke about the war?"),
        ("Qui d'autre ?", "Que dit Marc Delatour ?", "Qui d'autre parle ?"),
    ],
)
def test_how_a_short_question_is_understood(question: str, earlier: str, text: str) -> None:
    assert ask(question, earlier).text == text


def test_a_thing_that_is_pointed_at_is_no_claim() -> None:
    assert ask("And that bridge?", "What did Dagmar Vohl say about the bank?").kind != "check"


@pytest.mark.parametrize(
    ("question", "earlier", "text", "person", "topic"),
    [
        # another topic
        ("Et sur les cuisiniers ?", "Que dit Nadia Belkacemi de l'argent ?",
         "Que dit Nadia Belkacemi sur les cuisiniers ?", "Nadia Belkacemi", "les cuisiniers"),
        ("et sur les menaces", "que dit nadia belkacemi de l'argent",
         "Que dit Nadia Belkacemi sur les menaces ?", "Nadia Belkacemi", "les menaces"),
        ("And about taxes?", "What did Mayor Nadine Corwell say about the tram?",
         "What did Nadine Corwell say about taxes?", "Nadine Corwell", "taxes"),
        ("Et sur les retraites ?", "Poutine a-t-il dit que la guerre est finie ?",
         "Que dit Vladimir Poutine sur les retraites ?", "Vladimir Poutine", "les retraites"),
        ("et la cantine", "Que dit Nadia Belkacemi de l'argent ?",
         "Que dit Nadia Belkacemi sur la cantine ?", "Nadia Belkacemi", "la cantine"),
        # another person
        ("Et Solène Kervadec ?", "Que dit Marc Delatour du port ?",
         "Que dit Solène Kervadec sur le port ?", "Solène Kervadec", "port"),
        ("kervadec ?", "que dit marc delatour du port",
         "Que dit Solène Kervadec sur le port ?", "Solène Kervadec", "port"),
        ("and biden", "what did putin say about the war",
         "What did Joe Biden say about the war?", "Joe Biden", "the war"),
        ("And the harbour coach?", "What did Dagmar Vohl say about the match?",
         "What did the harbour coach say about the match?", "the harbour coach", "the match"),
        ("Et sa femme ?", "Que dit Marc Delatour du port ?",
         "Que dit la femme de Marc Delatour sur le port ?", "la femme de Marc Delatour", "port"),
        ("Et Joe Biden ?", "Poutine a-t-il dit que la guerre est finie ?",
         "Que dit Joe Biden de cela : la guerre est finie ?", "Joe Biden", "la guerre est finie"),
        # another claim of the same person
        ("Et que le port fermera ?", "Poutine a-t-il dit que la guerre est finie ?",
         "Vladimir Poutine a dit que le port fermera ?", "Vladimir Poutine", "le port fermera"),
        ("and that the storm is over?", "Did Dagmar Vohl say that the bank is safe?",
         "Did Dagmar Vohl say that the storm is over?", "Dagmar Vohl", "the storm is over"),
        # a pronoun speaks
        ("Que dit-elle des alarmes ?", "Que dit Leïla Benhaddou des secours ?",
         "Leïla Benhaddou, que dit-elle des alarmes ?", "Leïla Benhaddou", "alarmes"),
        ("et elle dit quoi des alarmes", "que dit leila benhaddou des secours",
         "Leïla Benhaddou dit quoi des alarmes", "Leïla Benhaddou", "alarmes"),
        ("Et qu'a-t-il promis ?", "Que dit Marc Delatour des tirs de loups ?",
         "Marc Delatour, qu'a-t-il promis ?", "Marc Delatour", ""),
        ("And what did she promise?", "What did Dagmar Vohl say about the storm?",
         "What did Dagmar Vohl promise?", "Dagmar Vohl", ""),
        ("what did she say", "what did dagmar vohl say about the storm",
         "What did Dagmar Vohl say about the storm?", "Dagmar Vohl", "the storm"),
        # a reply
        ("Et que lui a répondu Kervadec ?", "Que dit Marc Delatour de l'arbitrage ?",
         "Que répond Solène Kervadec à Marc Delatour ?", "Solène Kervadec", "arbitrage"),
        ("What did she reply?", "What did Lionel Astbury say about Dagmar Vohl?",
         "What did Dagmar Vohl reply to Lionel Astbury?", "Dagmar Vohl", "Dagmar Vohl"),
        ("Et elle, qu'a-t-elle corrigé ?", "Que raconte Marc Delatour à propos de Solène Kervadec ?",
         "Solène Kervadec, qu'a-t-elle corrigé ?", "Solène Kervadec", ""),
        ("Et lui, que dit-il ?", "Que dit Marc Delatour du port ?",
         "Que dit Marc Delatour sur le port ?", "Marc Delatour", "port"),
        ("Et l'annonce ?", "Que dit Marc Delatour du port ?",
         "Que dit Marc Delatour sur l'annonce ?", "Marc Delatour", "l'annonce"),
        # a pronoun for the topic
        ("Qu'en pense Biden ?", "Que dit Poutine de la paix ?", "Que dit Joe Biden sur la paix ?", "Joe Biden", "paix"),
        ("biden est d'accord ?", "que dit poutine de la paix", "Que dit Joe Biden sur la paix ?", "Joe Biden", "paix"),
        # another time or place
        ("Et en septembre, à Lussange ?", "Que dit Nadia Belkacemi du plan en mars, à Tarvelle ?",
         "Que dit Nadia Belkacemi sur le plan en mars, à Tarvelle en septembre, à Lussange ?", "Nadia Belkacemi",
         "plan à Tarvelle"),
        # a correction
        ("non, je veux dire Sylvain Delatour", "Que dit Marc Delatour du port ?",
         "Que dit Sylvain Delatour sur le port ?", "Sylvain Delatour", "port"),
        ("no i meant the bank", "What did Dagmar Vohl say about the storm?",
         "What did Dagmar Vohl say about the bank?", "Dagmar Vohl", "the bank"),
    ],
)  # fmt: skip
def test_what_leans_takes_what_it_lacks(question: str, earlier: str, text: str, person: str, topic: str) -> None:
    asked = ask(question, earlier)
    assert (asked.text, asked.people[0].name, asked.topic) == (text, person, topic)
    assert asked.rewritten
    assert asked.lean


@pytest.mark.parametrize("question", ["when is it", "who says it was", "will it be"])
def test_a_pronoun_and_its_verb_are_no_topic(question: str) -> None:
    earlier = "how much is the parade"
    assert ask(question, earlier).topic == ask(earlier).topic


def test_a_pronoun_is_replaced_as_a_word_of_its_own() -> None:
    asked = ask("What did he say about the weather and her plan?", "What did Tobias Corwell say about Nadine Corwell?")
    assert asked.topic == "the weather and Nadine Corwell's plan"


def test_words_name_somebody_by_a_whole_surname() -> None:
    quay, harbour = passage("The royal harbour was closed."), passage("Then Ada Roy closed the harbour.")
    present = KnownPresent((Figure("Ada Roy"),))
    question = ask("Who closed the harbour?")
    for cited, names in ((quay, []), (harbour, ["Ada Roy"])):
        state = Conversation().after(question, Answer("", "en", False, (), (cited,)), present)
        assert [figure.name for figure in state.speakers] == names


@pytest.mark.parametrize(
    ("question", "earlier", "kind", "move", "text"),
    [
        ("Pourquoi ?", "Poutine a-t-il dit que la guerre est finie ?", "fact", "why",
         "Pourquoi ? (la guerre est finie)"),
        ("quand", "Que dit Marc Delatour du port ?", "fact", "when", "Quand ? (port)"),
        ("Where was that?", "What did Joe Biden say about the war?", "fact", "where", "Where? (the war)"),
        ("who said that", "Did Putin say that the war is over?", "speaker", "author", "Who says so: the war is over?"),
        ("qui a dit ça ?", "Que dit Marc Delatour du port ?", "speaker", "author", "Qui le dit : port ?"),
        ("Qui lui a répondu ?", "Que dit Marc Delatour du port ?", "aggregate", "reply",
         "Qui répond à Marc Delatour ?"),
        ("whos against", "What did Joe Biden say about the war?", "aggregate", "reply", "Who replied to Joe Biden?"),
        ("who denies it", "What did Joe Biden say about the war?", "aggregate", "reply", "Who replied to Joe Biden?"),
        ("qui s'y oppose ?", "Que dit Marc Delatour du port ?", "aggregate", "reply", "Qui répond à Marc Delatour ?"),
        ("qui dit le contraire", "Que dit Marc Delatour du port ?", "aggregate", "reply",
         "Qui répond à Marc Delatour ?"),
        ("any reaction?", "What did Joe Biden say about the war?", "aggregate", "reply", "Who replied to Joe Biden?"),
        ("C'est tout ?", "Que dit Marc Delatour du port ?", "statement", "else", "Que dit d'autre Marc Delatour ?"),
        ("Que dit-il d'autre ?", "Que dit Marc Delatour du port ?", "statement", "else",
         "Que dit d'autre Marc Delatour ?"),
        ("What else did he say?", "What did Joe Biden say about the war?", "statement", "else",
         "What else did Joe Biden say?"),
        ("what else did dagmar vohl say", "what did joe biden say about the war", "statement", "else",
         "What else did Dagmar Vohl say?"),
        ("et encore ?", "Qui s'est exprimé sur la ligne ?", "aggregate", "else", "Que dit-on d'autre sur la ligne ?"),
        ("Et ensuite ?", "Que dit Marc Delatour du port ?", "statement", "next", "Que dit Marc Delatour ensuite ?"),
        ("Et quand seront-elles soldées ?", "Que dit Marc Delatour des indemnités dues ?", "fact", "same",
         "Et quand seront-elles soldées ? (indemnités dues)"),
    ],
)  # fmt: skip
def test_moves(question: str, earlier: str, kind: str, move: str, text: str) -> None:
    asked = ask(question, earlier)
    assert asked.lean
    assert (asked.kind, asked.lean.move, asked.text) == (kind, move, text)


@pytest.mark.parametrize(
    ("question", "earlier", "topic"),
    [
        ("combien ça coûte ?", ["la digue de Morvillac va être rasée ?", "qui paie ?"], "la digue de Morvillac"),
        ("is it ready?", ["when does the ferry sail again", "who pays"], "ferry"),
    ],
)
def test_a_detail_is_no_new_topic(question: str, earlier: list[str], topic: str) -> None:
    assert topic in ask(question, *earlier).text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("and in 2016?", "Who spoke about the kiln?", "Who spoke about the kiln in 2016?"),
        ("et en 2016 ?", "Qui s'est exprimé sur le port ?", "Qui s'est exprimé sur le port en 2016 ?"),
    ],
)
def test_another_time_keeps_the_topic(question: str, earlier: str, text: str) -> None:
    asked, before = ask(question, earlier), ask(earlier)
    assert (asked.kind, asked.topic, asked.text) == (before.kind, before.topic, text)
    assert asked.scope.periods


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("and the same day?", "Who spoke about the kiln the same day?"),
        ("who spoke about the quay on the same day?", "who spoke about the quay on the same day"),
        ("and in the same article?", "Who spoke about the kiln in the same article?"),
    ],
)
def test_the_same_day_and_article_are_those_shown(question: str, text: str) -> None:
    shown, asked = passage("The kiln was closed."), ask("Who spoke about the kiln?")
    state = Conversation().after(asked, Answer("", "en", False, (), (shown,)), NobodyKnown())
    scope = understand(question, state, BOOK).scope
    assert understand(question, state, BOOK).text.strip(" ?") == text.strip(" ?")
    assert scope.articles == (shown.article.id,) or [period.after for period in scope.periods] == [
        shown.article.published
    ]


@pytest.mark.parametrize("question", ["les fours partent en Pologne ?", "les communes seront remboursées ?"])
def test_a_sentence_with_a_verb_names_nobody_else(question: str) -> None:
    asked = ask(question, "Que dit Marc Delatour du port ?")
    assert (asked.kind, asked.text) == ("fact", question)


def test_never_more_than_one_earlier_question_is_taken_up() -> None:
    asked = ask("Et Biden ?", "Que dit Kervadec du port ?", "Et sur la paix ?", "Et Poutine ?")
    assert asked.text == "Que dit Joe Biden sur la paix ?"
    asked = ask("Et du trajet, qu'en pense-t-il ?", "Qui est Marc Delatour ?", "Que dit-il des bus ?")
    assert (asked.kind, asked.people[0].name, asked.topic) == ("statement", "Marc Delatour", "du trajet")


def test_of_one_surname_the_person_named_before_is_meant() -> None:
    asked = ask("Et Delatour, il répond quoi ?", "Que dit Solène Kervadec de la lettre de Sylvain Delatour ?")
    assert asked.people[0].name == "Sylvain Delatour"
    assert asked.people[0].others == ("Marc Delatour",)


def test_a_question_taken_as_it_stands_leans_on_nothing() -> None:
    before = recall([Turn("Que dit Marc Delatour du port ?")], BOOK)
    asked = understand("Et Solène Kervadec ?", before, BOOK, as_is=True)
    assert not asked.rewritten
    assert asked == understand("Et Solène Kervadec ?", Conversation(), BOOK)
    after = recall([Turn("Que dit Marc Delatour du port ?"), Turn("Que dit Joe Biden ?", as_is=True)], BOOK)
    assert after == recall([Turn("Que dit Joe Biden ?", as_is=True)], BOOK)


@pytest.mark.parametrize(
    ("question", "earlier", "lang"),
    [("who claims that", "Que dit Poutine de la paix ?", "en"), ("et Biden", "What did Putin say about peace?", "fr")],
)
def test_a_short_question_may_be_in_another_language(question: str, earlier: str, lang: str) -> None:
    assert ask(question, earlier).lang == lang

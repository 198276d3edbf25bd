"""What is so and what will be, asked without naming who says it, by itself and after other questions: real models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.models import Answer, Turn
from assistant.rendering.markdown import markdown
from assistant.workspace import Workspace
from tests.assistant.answers.library import library_of

WHEEL = (
    "The old water wheel at Tolbury may stop\n\n"
    "The water wheel at Tolbury has turned since 1804. \u201cThe wheel will turn again in spring,\u201d said Ines "
    "Garrow, the millwright.\n\n"
    "The Tolbury Gazette, citing a letter, reported that Garrow would leave the town. \u201cI am going nowhere, I have "
    "bought a house,\u201d Ines Garrow said.\n\n"
    "The repair will cost 90,000 crowns. The county will pay half of it.\n\n"
    "\u201cThe wheel frightens my geese,\u201d said Abel Trench, a neighbour who opposes the repair.\n\n"
    "\u201cVisitors come for the wheel,\u201d said the museum\u2019s director, Judith Lorne. The contractor, Bram "
    "Oster, declined to comment.\n"
)
HARBOUR = (
    "Le phare de Galvec changera de couleur\n\n"
    "« Le phare sera repeint en rouge avant l'été », a annoncé Marius Kerdal, le maire de Galvec.\n\n"
    "La peintre Élise Montaut n'y croit pas. « Le rouge ne tient pas face à la mer », a-t-elle prévenu.\n\n"
    "Les travaux coûteront 40 000 euros. Le musée de la mer a ouvert ses portes. « Nous voulons un phare blanc », a "
    "déclaré Paul Sorel, directeur du musée.\n"
)
ORCHARD = (
    "An orchard is sold\n\n"
    "The orchard at Pellow was sold on Monday. \u201cWhoever eats the most pays the most,\u201d said Oona Fell.\n\n"
    "A ladder was stolen from the Pellow Museum on Sunday night. \u201cThe bell rang twice,\u201d said the "
    "museum\u2019s spokesman, Emil Horst.\n"
)
FERRY = (
    "The ferry at Nesbrook\n\n"
    "“Milo Rusk will sell the ferry to the abbey,” said Edda Quill, the verger. “It is false that I snore in the "
    "tower,” said Milo Rusk.\n"
)
CANAL = (
    "The canal at Wrayford\n\n"
    "“Otto Finn will drain the canal in May,” said Tilda Crane, the baker. “It is false that I will drain the "
    "canal,” said Otto Finn.\n"
)


LETTERS = (
    "The mill at Dunsop\n\n"
    "The mill at Dunsop has stood for some 200 years. The town beat Pellow 21-18 in the final on Saturday. Oona Fell, "
    "61, rings the bell. The readers\u2019 club is angry, and its secretary, Basil Horne, wants a vote.\n\n"
    "A yew has been growing behind the mill at Dunsop for nearly 900 years. The gong rang at noon.\n\n"
    "“The clock froze, then the pipes burst,” said Nadia Prowse, the verger. Her memoir, “Cold Bells”, is sold out.\n"
)


FOUNDRY = (
    "La fonderie de Morlac\n\n"
    "« Nous perdons 3 millions d’euros par an », a reconnu Gilles Aubrac, le directeur de la fonderie. La maire de "
    "Morlac, Denise Fauvet, a promis une aide. « Je ne voterai pas la fin d’un métier », a soupiré Mme Fauvet.\n\n"
    "La Gazette a rencontré le fondeur.\n\nÊtes-vous inquiet ?\n\n« J’ai vu pire », répond Yvon Kersal. Le préfet, "
    "Alban Roux, n’a pas souhaité réagir. « Tout ira bien », dit un habitant, Remi Vasse.\n"
)


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with library_of(tmp_path_factory.mktemp("letters"), (LETTERS,)) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def foundry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with library_of(tmp_path_factory.mktemp("foundry"), (FOUNDRY,)) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with library_of(tmp_path_factory.mktemp("so"), (WHEEL, HARBOUR, ORCHARD, FERRY, CANAL)) as workspace:
        yield workspace


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how old's the mill", "for some 200 years"),
        ("score of the final", "21-18"),
        ("oona felt age", "Oona Fell, 61"),
        ("how old is Oona Fell", "Oona Fell, 61"),
        ("who wants a vote", "wants a vote"),
        ("how old's the yew", "growing behind the mill at Dunsop for nearly 900 years"),
        ("title of prowses memoir", "Cold Bells"),
        # irregular forms of a verb are one word
        ("has the gong been ringing", "The gong rang"),
        ("nadia prowse on the freezing clock", "The clock froze"),
        # a word for any matter tells nothing
        ("prowse on the clock business", "The clock froze"),
    ],
)
def test_what_tells_itself_is_found_by_its_form(letters: Workspace, question: str, words: str) -> None:
    assert words in markdown(letters.answer(question)).replace("**", "")


@pytest.mark.parametrize(
    ("question", "speaker", "words"),
    [
        # in another form of the verb
        ("combien perd la fonderie par an", "Gilles Aubrac", "Nous perdons 3 millions"),
        # told by the one who is asked about, whose name stands beside the words
        ("mme fauvet elle vote quoi", "Denise Fauvet", "Je ne voterai pas la fin"),
        # what somebody answers where the article asks
        ("il est inquiet kersal", "Yvon Kersal", "J’ai vu pire"),
        # a function in another language than the article's
        ("what does the mayor say", "Denise Fauvet", "Je ne voterai pas la fin"),
        ("what does the mayor of Morlac say", "Denise Fauvet", "Je ne voterai pas la fin"),
        ("what does the director admit", "Gilles Aubrac", "Nous perdons 3 millions"),
    ],
)
def test_it_is_found_in_other_words(foundry: Workspace, question: str, speaker: str, words: str) -> None:
    said = {(citation.speaker, citation.quote) for citation in foundry.answer(question).citations}
    assert any(who == speaker and words in quote for who, quote in said)


def test_one_does_not_speak_for_many_of_another_language(foundry: Workspace) -> None:
    speakers = {citation.speaker for citation in foundry.answer("what did the residents say").citations}
    assert "Remi Vasse" not in speakers


@pytest.mark.parametrize("question", ["alban roux a réagi à l'aide ?", "Le préfet a-t-il critiqué l'aide ?"])
def test_who_did_not_speak_has_not_said_it(foundry: Workspace, question: str) -> None:
    answer = foundry.answer(question)
    assert [citation.quote for citation in answer.citations] == ["Le préfet, Alban Roux, n’a pas souhaité réagir."]


def ask(articles: Workspace, question: str, *earlier: str) -> Answer:
    return articles.answer(question, [Turn(each) for each in earlier])


@pytest.mark.parametrize(
    ("question", "earlier", "speaker", "words"),
    [
        # what will be, in the words of who says it
        ("will the wheel at tolbury turn again", [], "Ines Garrow", "turn again in spring"),
        ("will it turn again?", ["what did ines garrow say about the wheel"], "Ines Garrow", "turn again in spring"),
        ("le phare de galvec va être repeint ?", [], "Marius Kerdal", "repeint en rouge"),
        ("le phare sera repeint ?", ["que dit élise montaut du phare"], "Marius Kerdal", "repeint en rouge"),
        # with what those answer of whom it is told
        ("will garrow leave tolbury", [], "Ines Garrow", "I am going nowhere"),
        # who is against, without an apostrophe
        ("whos against", ["what will the repair of the wheel cost"], "Abel Trench", "frightens my geese"),
        # a body speaks through those who hold its offices
        ("what did the pellow museum say", [], "Emil Horst", "The bell rang twice"),
        ("que dit le musée de la mer ?", [], "Paul Sorel", "phare blanc"),
        # within the articles shown
        ("who speaks of geese in the same article?", ["what did ines garrow say"], "Abel Trench", "geese"),
        (
            "dans le même article, qui parle du rouge ?",
            ["que dit paul sorel"],
            "Élise Montaut",
            "Le rouge ne tient pas",
        ),
    ],
)
def test_it_is_told_in_the_words_of_who_says_so(
    articles: Workspace, question: str, earlier: list[str], speaker: str, words: str
) -> None:
    answer = ask(articles, question, *earlier)
    assert words in " ".join(citation.quote for citation in answer.citations if citation.speaker == speaker)


@pytest.mark.parametrize(
    ("question", "earlier", "words"),
    [
        ("who pays", ["what will the repair of the wheel cost"], "pay half"),
        ("has the contractor answered", ["what did ines garrow say about the wheel"], "declined to comment"),
        ("combien ça coûte", ["que dit paul sorel du phare"], "40 000 euros"),
    ],
)
def test_a_detail_is_told_by_the_articles_shown(
    articles: Workspace, question: str, earlier: list[str], words: str
) -> None:
    assert words in " ".join(citation.quote for citation in ask(articles, question, *earlier).citations)


@pytest.mark.parametrize("question", ["did he resign", "how much money does he have"])
def test_of_somebody_nothing_is_told_by_articles_that_do_not_name_them(articles: Workspace, question: str) -> None:
    answer = ask(articles, question, "what did bram oster say", "what did otto finn say about the canal")
    assert {each.article.title for each in answer.citations} <= {"The canal at Wrayford"}


def test_a_single_word_is_not_answered_of_another_matter(articles: Workspace) -> None:
    assert ask(articles, "qui paie ?", "le phare de galvec va être repeint ?").abstained


def test_a_body_that_is_not_quoted_is_told_apart_from_who_speaks_for_it(articles: Workspace) -> None:
    told = markdown(ask(articles, "What did the Pellow Museum say?"))
    assert "do not quote Pellow Museum itself. Emil Horst, who speaks for it" in told


def test_what_somebody_denies_is_not_told_as_so(articles: Workspace) -> None:
    answer = ask(articles, "will garrow leave tolbury")
    assert {"Tolbury Gazette", "Ines Garrow"} <= {
        (each.speaker or "").removeprefix("The ") for each in answer.citations
    }


@pytest.mark.parametrize(
    ("question", "contested"),
    [("will milo rusk sell the ferry", False), ("will otto finn drain the canal", True)],
)
def test_a_denial_of_something_else_contests_nothing(articles: Workspace, question: str, contested: bool) -> None:
    assert ("who denies it" in markdown(ask(articles, question))) is contested

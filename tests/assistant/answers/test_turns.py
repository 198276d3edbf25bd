"""Turns of a conversation that name somebody by what they are, by another's words or with a topic: real models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.models import Answer, Turn
from assistant.workspace import Workspace
from tests.assistant.answers.library import library_of

FERRY = (
    "The ferry at Sallow Point will be sold\n\n"
    "Chief Executive Miriam Lathe told reporters on Tuesday at Hobb Lane that the ferry would be sold. \u201cA boat "
    "that loses money is an anchor,\u201d Miriam Lathe said. She promised a new timetable.\n\n"
    "Chief Financial Officer Owen Pratt wants to wait. \u201cThe price will be better in spring,\u201d Owen Pratt "
    "said.\n\n"
    "Harbour master Greta Loy said that the slipway will hold. \u201cThe slipway will hold until the first storm, no "
    "longer,\u201d said Titus Brome, a diver.\n\n"
    "The Sallow Mercury reported that Lathe would move to Norstrand. Lathe's lawyer dismissed this as \u201cgull "
    "talk\u201d. \u201cI stay where the ferry stays,\u201d Miriam Lathe wrote.\n\n"
    "\u201cI was told of the sale at breakfast,\u201d said Edgar Lathe, her husband. Miriam Lathe denied having told "
    "her husband of the sale before the vote.\n\n"
    "In the opinion of its chairman, Lord Tamsin, the Sallow Society \u201chas seen worse tides\u201d.\n"
)
QUARRY = (
    "La carrière de Montfrein rouvrira\n\n"
    "La maire de Montfrein, Colette Arvieux, a annoncé la réouverture de la carrière. « La carrière fera vivre vingt "
    "familles », a déclaré Colette Arvieux. Elle a critiqué le géologue, Bastien Ludre.\n\n"
    "« La maire ne lit pas nos rapports », a répliqué Bastien Ludre. « L'eau des puits sera trouble », a ajouté "
    "Bastien Ludre.\n\n"
    "Le directeur général, Firmin Saulce, reste prudent. « Les camions attendront le printemps », a dit Firmin "
    "Saulce à propos des travaux.\n"
)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with library_of(tmp_path_factory.mktemp("turns"), (FERRY, QUARRY)) as workspace:
        yield workspace


def ask(articles: Workspace, question: str, *earlier: str) -> Answer:
    return articles.answer(question, [Turn(each) for each in earlier])


@pytest.mark.parametrize(
    ("question", "earlier", "speaker", "words"),
    [
        # somebody on a topic of their own, without a verb
        ("and the harbour master about the slipway", ["will the ferry be sold"], "Greta Loy", "slipway will hold"),
        ("owen pratt on the price", ["what did titus brome say about the slipway"], "Owen Pratt", "better in spring"),
        ("et le géologue sur les puits", ["que dit colette arvieux de la carrière"], "Bastien Ludre", "trouble"),
        # a function by its initials
        ("does the cfo agree", ["will the ferry be sold"], "Owen Pratt", "better in spring"),
        ("et le dg", ["que dit colette arvieux de la carrière"], "Firmin Saulce", "camions"),
        # whether somebody believes what was shown
        ("does pratt buy it", ["will the ferry be sold"], "Owen Pratt", "better in spring"),
        # what one says back to the other
        ("his answer?", ["what did colette arvieux say about bastien ludre"], "Bastien Ludre", "ne lit pas"),
        ("et sa réponse ?", ["que dit colette arvieux de bastien ludre"], "Bastien Ludre", "ne lit pas nos rapports"),
        ("sa réponse à la maire ?", ["que dit colette arvieux de bastien ludre"], "Bastien Ludre", "ne lit pas"),
        # somebody's view
        ("and his view on the price", ["what did owen pratt say"], "Owen Pratt", "better in spring"),
        ("et son avis sur les puits ?", ["que dit bastien ludre de la maire"], "Bastien Ludre", "trouble"),
        # what belongs to somebody is not they
        ("et qu'en dit son avocat", ["who says lathe would move to norstrand", "and lathe"],
         "Lathe's lawyer", "gull talk"),
        # who else is named in what was shown last is not who spoke
        ("what else did she say", ["who said a boat that loses money is an anchor", "when was that"],
         "Miriam Lathe", "where the ferry stays"),
        # a paper that says what somebody will do
        ("which paper says lathe will move to norstrand", [], "Sallow Mercury", "would move to Norstrand"),
        # more than one side
        ("will the slipway hold", [], "Titus Brome", "until the first storm"),
        ("did miriam lathe tell edgar lathe of the sale before the vote", [], "Edgar Lathe", "at breakfast"),
    ],
)  # fmt: skip
def test_the_words_of_whom_a_turn_means(
    articles: Workspace, question: str, earlier: list[str], speaker: str, words: str
) -> None:
    answer = ask(articles, question, *earlier)
    told = [each for each in answer.citations if (each.speaker or "").removeprefix("The ").endswith(speaker)]
    assert words in " ".join(citation.quote for citation in told)


def test_what_belongs_to_somebody_is_not_answered_by_them(articles: Workspace) -> None:
    answer = ask(articles, "what did lathe's lawyer say")
    assert "Miriam Lathe" not in {each.speaker for each in answer.citations}


def test_who_somebody_is_is_told_by_the_sentence_that_introduces_them(articles: Workspace) -> None:
    answer = ask(articles, "who is lord tamsin")
    assert "its chairman, Lord Tamsin" in " ".join(citation.quote for citation in answer.citations)


def test_a_topic_is_taken_up_of_a_question_that_had_no_answer(articles: Workspace) -> None:
    earlier = ["when will the ferry be sold", "titus brome on the price"]
    answer = ask(articles, "and owen pratt", *earlier)
    assert {each.speaker for each in answer.citations} == {"Owen Pratt"}

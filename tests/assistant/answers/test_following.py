"""Conversations over a few invented articles, typed as journalists type: real models, real stores."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.models import Answer, Turn
from assistant.settings import AssistantSettings, Settings
from assistant.workspace import Workspace, open_workspace
from index.settings import IndexSettings

LIGHTHOUSE = (
    "Le phare de Brénac sera vendu\n\n"
    "La maire de Brénac, Aude Quelven, a annoncé lundi la vente du phare. « Le phare coûte trop cher à la "
    "commune », a déclaré Aude Quelven, parce que sa toiture fuit depuis dix ans. Elle a promis que la "
    "lanterne irait au musée.\n\n"
    "Le gardien du phare, Yvon Tarduel, ne décolère pas. « On ne vend pas une lumière », lui a répondu "
    "Yvon Tarduel. Il demande un référendum avant l'été.\n\n"
    "L'avocate du gardien, Maud Esterlin, prépare un recours. « La vente est illégale », a affirmé Maud "
    "Esterlin.\n"
)
KILN = (
    "The kiln at Marrow Bay will cool\n\n"
    'Mayor Edith Rowsell said the kiln would close in June. "We cannot pay for the gas any longer," '
    "Rowsell said at the town hall.\n\n"
    'Potter Jonas Wick, who has fired there since 1990, replied to her on Tuesday. "A kiln that cools '
    'will crack," Wick said. He promised to chain himself to the door.\n\n'
    '"The kiln is sound," said Clara Wick, his sister and the bay\'s only glazier.\n'
)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = Settings(IndexSettings(data=tmp_path_factory.mktemp("following")), AssistantSettings())
    with open_workspace(settings, lambda _: None) as workspace:
        for text in (LIGHTHOUSE, KILN):
            assert workspace.add_text(text).outcome == "added"
        yield workspace


def ask(articles: Workspace, question: str, *earlier: str) -> Answer:
    return articles.answer(question, [Turn(each) for each in earlier])


def speakers(answer: Answer) -> set[str | None]:
    return {citation.speaker for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "earlier", "speaker", "words"),
    [
        # a whole sentence inherits nothing
        ("Que dit Maud Esterlin ?", ["Que dit Aude Quelven du phare ?"], "Maud Esterlin", "illégale"),
        ("What did Clara Wick say?", ["What did Edith Rowsell say about the gas?"], "Clara Wick", "sound"),
        # functions and kin among those whom the articles shown name
        ("et le gardien", ["que dit aude quelven du phare"], "Yvon Tarduel", "lumière"),
        ("et son avocate", ["que dit aude quelven du phare", "et le gardien"], "Maud Esterlin", "illégale"),
        ("and the potter?", ["what did edith rowsell say about the gas"], "Jonas Wick", "crack"),
        ("and his sister", ["what did edith rowsell say about the gas", "and the potter?"], "Clara Wick", "sound"),
        # pronouns take whom the answer shows
        ("elle dit quoi", ["qui a dit « le phare coûte trop cher »"], "Aude Quelven", "cher"),
        ("what did he say", ["who said a kiln that cools will crack"], "Jonas Wick", "crack"),
        # replies, the other one of a surname, corrections
        ("qui lui répond", ["que dit aude quelven du phare"], "Yvon Tarduel", "lumière"),
        ("who replied?", ["what did edith rowsell say about the gas"], "Jonas Wick", "crack"),
        ("no i meant the other wick", ["what did jonas wick say about the kiln"], "Clara Wick", "sound"),
        ("non, je veux dire le gardien", ["que dit aude quelven du phare"], "Yvon Tarduel", "lumière"),
    ],
)
def test_a_conversation(articles: Workspace, question: str, earlier: list[str], speaker: str, words: str) -> None:
    answer = ask(articles, question, *earlier)
    assert speaker in speakers(answer)
    assert words in " ".join(citation.quote for citation in answer.citations if citation.speaker == speaker)


def test_why_looks_around_what_was_cited(articles: Workspace) -> None:
    answer = ask(articles, "pourquoi ?", "que dit aude quelven du phare")
    assert "sa toiture fuit" in " ".join(citation.quote for citation in answer.citations)


def test_what_was_shown_is_not_shown_again(articles: Workspace) -> None:
    first = ask(articles, "Que dit Maud Esterlin ?")
    answer = ask(articles, "Que dit-elle d'autre ?", "Que dit Maud Esterlin ?")
    assert first.citations
    assert answer.understood == "Que dit d'autre Maud Esterlin ?"
    assert not {(c.start, c.end) for c in answer.citations} & {(c.start, c.end) for c in first.citations}


def test_a_question_may_be_taken_as_it_stands(articles: Workspace) -> None:
    history = [Turn("Que dit Aude Quelven du phare ?")]
    alone = articles.answer("Et Maud Esterlin ?", history, as_is=True)
    assert alone.as_is
    assert alone.understood is None
    assert list(articles.reply("Et Maud Esterlin ?", history, as_is=True))[-1] == alone
    assert articles.answer("Et Maud Esterlin ?", history).understood


def test_a_history_of_questions_alone_is_answered_as_one_with_answers(articles: Workspace) -> None:
    earlier = "que dit aude quelven du phare"
    told = ask(articles, earlier)
    for question in ("et le gardien", "qui lui répond", "pourquoi ?"):
        assert articles.answer(question, [Turn(earlier, told)]) == ask(articles, question, earlier)

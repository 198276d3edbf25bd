"""Whether somebody spoke at all: their own silence, not another's; invented articles, real models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.models import Turn
from assistant.rendering.markdown import markdown
from assistant.workspace import Workspace
from tests.assistant.answers.library import library_of

BRIDGE = (
    "Le pont de Lorbec rouvrira\n\n"
    "Le maire de Lorbec, Jean Tavel, a visité le chantier du pont. « Le pont rouvrira en mai », a dit Jean Tavel.\n\n"
    "Le maire de Brissac, lui, a refusé de commenter.\n"
)
DYKE = (
    "La digue de Varnes fuit\n\n"
    "La ministre des Marais, Odile Verne, a longé la digue. « La digue fuit depuis un an », a dit Luc Bastide, "
    "éclusier. La ministre a refusé de commenter.\n"
)
MILL = (
    "The mill at Ambry is for sale\n\n"
    "The mayor of Ambry, Walter Finch, walked past the mill. “The roof is gone,” said Nora Pell, a miller. "
    "The mayor of Colby declined to comment.\n"
)
FERRY = (
    "The ferry at Sorrel is late\n\n"
    "The minister, Hobart Lisle, met the crews. “The ferry leaks,” said Hobart Lisle. The Sorrel Post "
    "writes that Lisle would sell the ferry. The minister has kept silence on this.\n\n"
    "“The oars are oak,” said Petra Wynn, a rower. On Friday Wynn made no comment.\n"
)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with library_of(tmp_path_factory.mktemp("silence"), (BRIDGE, DYKE, MILL, FERRY)) as workspace:
        yield workspace


@pytest.mark.parametrize(
    ("question", "earlier", "told"),
    [
        ("la ministre a-t-elle commenté ?", ["que dit luc bastide de la digue"], True),
        ("jean tavel a-t-il réagi ?", ["que dit jean tavel du pont"], False),
        ("que dit jean tavel du clavecin ?", [], False),
        ("did walter finch comment?", ["what did nora pell say about the roof"], False),
        ("did he comment", ["will lisle sell the ferry"], True),
        ("did petra wynn talk to the press", [], True),
    ],
)
def test_a_silence_is_somebodys_own(articles: Workspace, question: str, earlier: list[str], told: bool) -> None:
    answer = articles.answer(question, [Turn(each) for each in earlier])
    shown = " ".join(each.quote for each in (*answer.citations, *answer.nearest))
    silences = ("refusé de commenter", "declined to comment", "kept silence", "made no comment")
    assert any(words in shown for words in silences) is told, markdown(answer)

"""What stands near an answer and is none: another office's words, another noun's, another act's; all invented."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.workspace import Workspace
from tests.assistant.answers.library import library_of

QUAY = """A quay is late

The new quay at Orlen will open a year late. The mayor, Ada Finch, blamed the contractor. "We were promised a quay by
spring," said Ada Finch.

The contractor has until May to finish. "My boat has nowhere to land," said Tom Belling, a fisherman.

"The oak piles of the quay are rotten," said Ruth Omer, who dives for mussels."""
LORRIES = """Letters to the editor

"The lorries on the High Street shake my cups," wrote Pia Lund of Brackley. "A lorry took my gate," wrote Hal Dray."""
FIRE = """Feu au moulin de Tessan

« Le feu du moulin est éteint », a indiqué la préfecture. Lise Armand, meunière, dort mal. « Ces lettres
anonymes ne me font pas peur », a réagi Lise Armand. Hugo Vial, 43 ans, a été jugé mardi pour un vol de farine.

« J'ai laissé la lampe allumée », a reconnu Basile Roy, apprenti.

« Le mot farine n'est pas un gros mot », a lancé Odile Cazes."""
LORNEC = """Le quai de Lornec

Le quai de Lornec ouvrira en retard. La maire, Claire Besson, a mis en cause l'entrepreneur. « On nous avait promis le
quai au printemps », a dit Claire Besson."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with library_of(tmp_path_factory.mktemp("beside"), (QUAY, LORRIES, FIRE, LORNEC)) as workspace:
        yield workspace


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        ("What did the contractor say?", "unquoted"),
        ("What did the contractor say about the quay?", "unquoted"),
        ("Did the contractor comment?", "unquoted"),
        ("Que dit l'entrepreneur ?", "unquoted"),
        # nobody owns up to a thing who is merely quoted near it
        ("did ada finch admit she chose the quay", "premise"),
        ("did ada finch apologise", "premise"),
        ("has tom belling apologised to the mayor", "premise"),
        # how long another thing does it
        ("how long had the windmill been open", "absent"),
        ("Que dit le plombier ?", "absent"),
        ("What did Ruth Omer say about the age of the piles?", "elsewhere"),
        ("Qui a reconnu avoir mis le feu au moulin de Tessan ?", "premise"),
        ("À combien d'années de prison Hugo Vial a-t-il été condamné ?", "unquoted"),
    ],
)
def test_what_is_only_near_is_no_answer(library: Workspace, question: str, refusal: str) -> None:
    answer = library.answer(question)
    assert (answer.citations, answer.refusal) == ((), refusal)


@pytest.mark.parametrize(
    ("question", "speaker", "words"),
    [
        ("What did the fisherman say?", "Tom Belling", "nowhere to land"),
        # of words in another language nobody can tell whether they own up to it
        ("Ada Finch a-t-elle reconnu avoir attendu un quai au printemps ?", "Ada Finch", "by\nspring"),
        ("What did the mayor say?", "Ada Finch", "by\nspring"),
        ("Que dit la maire de Lornec ?", "Claire Besson", "au printemps"),
        ("What did Ruth Omer say about the piles of the quay?", "Ruth Omer", "oak piles"),
        ("Qui a reconnu avoir laissé la lampe allumée ?", "Basile Roy", "lampe"),
        ("Who said « Le mot farine n'est pas un gros mot » about the mill?", "Odile Cazes", "farine"),
        ("Who has spoken about lorries on the High Street of Brackley?", "Pia Lund", "shake my cups"),
        ("Qui s'est exprimé sur le quai prévu à Lornec en mars ?", "Claire Besson", "au printemps"),
    ],
)
def test_what_is_asked_for_is_found(library: Workspace, question: str, speaker: str, words: str) -> None:
    answer = library.answer(question)
    assert (speaker, True) in [(cited.speaker, words in cited.quote) for cited in answer.citations]

"""What a question after others is taken for: the rules' reading, unless it finds nothing and another is likelier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

import pytest

from assistant.answers.chat import Chat
from assistant.answers.deciding import WEIGHTS, Decide, chosen, may_be_misread
from assistant.answers.findings import Findings, Verdict
from assistant.answers.verifier import Verifier
from assistant.models import Turn
from assistant.rendering.markdown import markdown
from assistant.search.retriever import Retriever
from index.catalog import Catalog, open_catalog
from index.embedding.embedder import open_embedder
from index.quotations.forest import weights
from index.settings import IndexSettings
from index.vectors.exact import CatalogVectors
from tests.assistant.answers.library import library_of

BANDSTAND = (
    "The bandstand of Tull Green\n\n"
    "“The bandstand needs a new floor,” said Freda Lunt, the keeper.\n\n"
    "“Nobody dances on a floor like that,” said Amos Pell, who plays the tuba.\n"
)
ASKED, NEXT = "What did Freda Lunt say about the floor?", "What did Amos Pell say about the trombones?"


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    data = tmp_path_factory.mktemp("bandstand")
    with library_of(data, [BANDSTAND]):
        pass
    with closing(open_catalog(data)) as catalog:
        yield catalog


def chat_of(catalog: Catalog, decide: Decide | None) -> Chat:
    embedder = open_embedder(IndexSettings(), lambda _: None)
    return Chat(catalog, Retriever(catalog, CatalogVectors(catalog), embedder), Verifier(catalog), decide)


def closest(rows: Sequence[Mapping[str, float]]) -> int:
    """Take a question for what comes closest in the articles shown."""
    return next(at for at, row in enumerate(rows) if row["form_closest"])


@pytest.mark.parametrize(
    ("likely", "bar", "place"),
    [([0.5, 0.4], 0.1, 0), ([0.2, 0.4], 0.1, 1), ([0.2, 0.25], 0.1, 0), ([0.2, 0.5, 0.5], 0.1, 1), ([0.2], 0.0, 0)],
    ids=["the rules' is the likeliest", "another is", "hardly", "of equals the first", "there is no other"],
)
def test_another_is_taken_when_it_is_clearly_likelier(likely: list[float], bar: float, place: int) -> None:
    assert chosen(likely, bar) == place


@pytest.mark.parametrize("verdict", ["absent", "silent", "not_about", "nobody", "not_quoted", "no_reply", "untold"])
def test_what_is_not_found_may_be_misread(verdict: Verdict) -> None:
    assert may_be_misread(Findings(verdict))


@pytest.mark.parametrize("verdict", ["greeting", "empty", "all_shown", "nothing_later", "no_such", "out_of_scope"])
def test_a_refusal_that_answers_stands(verdict: Verdict) -> None:
    assert not may_be_misread(Findings(verdict))


def test_the_weights_tell_what_they_were_fitted_on() -> None:
    kept = weights(WEIGHTS)
    assert kept["command"].startswith("python -m tests.evaluation --fit turns")
    assert kept["cross_validated"]["all"]["trees"] >= kept["cross_validated"]["all"]["rules"]


def test_what_a_question_was_taken_for_is_kept_and_taken_up(catalog: Catalog) -> None:
    chat = chat_of(catalog, closest)
    first = chat.reply(ASKED)
    second = chat.reply(NEXT, [Turn(ASKED, first)])
    assert (first.meaning, first.abstained, second.abstained) == (0, False, False)
    assert second.meaning > 0
    assert "this comes closest to what you ask" in markdown(second)
    again = chat.reply("who said that?", [Turn(ASKED, first), Turn(NEXT, second)])
    assert again == chat.reply("who said that?", [Turn(ASKED), Turn(NEXT)])
    assert chat_of(catalog, None).reply(NEXT, [Turn(ASKED, first)]).abstained


def test_all_that_a_question_may_mean_is_weighed_by_one_kind_of_evidence(catalog: Catalog) -> None:
    meanings = chat_of(catalog, None).meanings(NEXT, [Turn(ASKED)])
    assert len(meanings) > 4
    assert meanings[0].open
    assert all(set(weights(WEIGHTS)["evidence"]) == set(meaning.evidence) for meaning in meanings)

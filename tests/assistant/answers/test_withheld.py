"""An answer that an article does not bear out is withheld: a refusal takes its place, and says so to who counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers.chat import Chat
from assistant.answers.verifier import Verifier
from assistant.models import Answer
from assistant.search.retriever import Retriever
from index.catalog import Catalog
from index.ingestion import Ingestion
from index.settings import IndexSettings
from index.vectors import CatalogVectors
from tests.embedder import HashingEmbedder


class Distrusting(Verifier):
    """Finds nothing borne out that cites something."""

    def verified(self, answer: Answer) -> bool:
        return not answer.citations


@pytest.mark.parametrize(("verifier", "withheld"), [(Verifier, False), (Distrusting, True)])
def test_what_is_not_borne_out_is_not_shown(
    catalog: Catalog, write: Callable[[str, str], Path], verifier: type[Verifier], withheld: bool
) -> None:
    vectors, embedder = CatalogVectors(catalog), HashingEmbedder()
    story = "Le marché rouvre\n\n« Nous rouvrirons le marché lundi », a déclaré Claire Besson."
    list(Ingestion(catalog, vectors, embedder, IndexSettings()).add([write("story.txt", story)]))
    chat = Chat(catalog, Retriever(catalog, vectors, embedder), verifier(catalog))
    answer = chat.reply("Que dit Claire Besson ?")
    assert answer.withheld is withheld
    assert answer.abstained is withheld
    assert [cited.quote for cited in answer.citations] == ([] if withheld else ["Nous rouvrirons le marché lundi"])

"""Corrections out, as a labelled set that the evaluation reads."""

from __future__ import annotations

from pathlib import Path

from index.catalog import Catalog
from index.correcting import Correcting
from index.ingestion import Ingestion
from index.settings import IndexSettings
from index.upkeep.labels import export_labels
from index.vectors import VectorIndex
from tests.embedder import HashingEmbedder
from tests.evaluation.labels import load_set

STORY = (
    "Le marché rouvre\r\n\r\n« Nous rouvrirons lundi », a déclaré Claire Besson. "
    "Le maire, Paul Adam, a répondu : « Il faudra attendre encore. » Il a parlé du « plan bleu »."
)


def test_corrected_articles_are_a_set_that_the_evaluation_reads(
    catalog: Catalog, vectors: VectorIndex, tmp_path: Path
) -> None:
    ingestion = Ingestion(catalog, vectors, HashingEmbedder(), IndexSettings())
    correcting = Correcting(catalog, vectors, HashingEmbedder(), ingestion)
    story, other = tmp_path / "story.txt", tmp_path / "other.txt"
    story.write_text(STORY, encoding="utf-8")
    other.write_text("Fin\n\n« Tout est prêt », a déclaré Claire Besson.", encoding="utf-8")
    (first, _) = ingestion.add([story, other])
    correcting.set_speaker(correcting.find(str(first.article_id), "Nous rouvrirons"), "Odile Mercier")
    correcting.drop(correcting.find(str(first.article_id), "Il faudra attendre"))

    assert export_labels(catalog, tmp_path / "set", corrected_only=True) == 2
    labelled = load_set(tmp_path / "set")
    assert list(labelled.texts) == ["story"]
    assert [(row.quote, row.speaker) for row in labelled.quotations] == [("Nous rouvrirons lundi", "Odile Mercier")]
    assert ["Il faudra attendre" in row.quote for row in labelled.others] == [True]
    for row in (*labelled.quotations, *labelled.others):
        assert labelled.texts["story"][row.start : row.end] == row.quote

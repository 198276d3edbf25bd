"""The copies that large catalogs are made of."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np

from index.catalog import Reading, open_catalog
from index.models import Article, Passage, Quotation, content_id
from tests.bench.multiplied import Copies, fill

WORDS = ("Le phare de Tarvelle", "La digue de Morvillac", "Une grève au port")


def read(number: int) -> Reading:
    text = (
        f"{WORDS[number]}\n\nMaud Lorne parle. « Nous fermons la porte », a déclaré Paul Vidal devant la foule réunie."
    )
    id = content_id(text)
    start = text.index("Nous")
    said = Quotation(id, start, start + len("Nous fermons la porte"), "direct", "Paul Vidal", "Paul Vidal", "a déclaré")
    vector = np.full((1, 8), 8**-0.5, np.float32)
    article = Article(id, str(number), WORDS[number], "fr", text=text)
    return Reading(article, [Passage(id, 0, len(text))], [said], vector, vector, "m", ["Maud Lorne"])


def test_copies_have_other_words_of_the_same_lengths() -> None:
    readings = [read(number) for number in range(len(WORDS))]
    made = list(islice(Copies(readings).made(), 9))
    assert made[:3] == readings
    assert len({each.article.id for each in made}) == len(made)
    for copy, original in zip(made[3:], readings * 2, strict=True):
        assert [len(word) for word in copy.article.text.split()] == [
            len(word) for word in original.article.text.split()
        ]
        assert copy.article.text.startswith(copy.article.title)
        (said,) = copy.quotations
        assert copy.article.text[said.start - 2 : said.end + 2].startswith("« ")
        assert f" {said.speaker} " in copy.article.text[said.end :]
        assert np.allclose(np.linalg.norm(copy.passage_vectors[0]), 1)


def test_a_catalog_is_filled_with_so_many_passages(tmp_path: Path) -> None:
    catalog = open_catalog(tmp_path)
    fill(catalog, Copies([read(number) for number in range(len(WORDS))]), 7)
    assert catalog.count() == 7
    catalog.close()

"""The names of the catalog, counted by the database: whatever is written, they are those that the articles hold."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from index.catalog import Catalog, Reading
from index.models import Article, Passage, Quotation, content_id

SPEAKERS = ("Maud Lorne", "Paul Vidal", "la ville de Tarvelle", None)


def reading(number: int, speakers: list[str | None], outlet: str | None) -> Reading:
    text = f"Le quai {number}\n\nOui."
    id = content_id(text)
    article = Article(id, str(number), "Le quai", "fr", text=text, origin=f"{number}.txt", source=outlet)
    said = [Quotation(id, 0, 2 + at, "direct", name) for at, name in enumerate(speakers)]
    vectors = np.full((len(said), 4), 0.5, np.float32)
    names = [name for name in speakers if name]
    return Reading(article, [Passage(id, 0, len(text))], said, np.full((1, 4), 0.5, np.float32), vectors, "m", names)


def counted(catalog: Catalog) -> tuple[Counter[str], set[str], set[str]]:
    """Who is quoted how often, what is named and where articles are from, gone through one by one."""
    articles = catalog.articles()
    named = {name for article in articles for name in catalog.reading(article.id).names}
    said = Counter(each.speaker for each in catalog.quotations() if each.speaker)
    return said, named, {article.source for article in articles if article.source}


@pytest.mark.parametrize("seed", range(3))
def test_names_are_those_of_the_articles_whatever_was_done(catalog: Catalog, seed: int) -> None:
    chance = random.Random(seed)
    known: set[tuple[str, str]] = set()
    revision = -1
    for _ in range(25):
        number = chance.randrange(6)
        speakers = [chance.choice(SPEAKERS) for _ in range(chance.randrange(1, 4))]
        made = reading(number, speakers, chance.choice(("Le Fanal", "The Quay", None)))
        if chance.random() < 0.3:
            catalog.remove(made.article.id)
        elif not catalog.replace(made) or chance.random() < 0.3:
            catalog.add(made)
        now = catalog.revision()
        for name in catalog.names_changed(revision):
            (known.add if name.there else known.discard)((name.source, name.text))
        revision = now
        said, named, outlets = counted(catalog)
        assert {tally.name: tally.quotations for tally in catalog.quoted()} == dict(said)
        assert (set(catalog.speakers()), set(catalog.names()), set(catalog.outlets())) == (set(said), named, outlets)
        assert known == {("speaker", n) for n in said} | {("name", n) for n in named} | {("outlet", n) for n in outlets}


def test_only_what_came_or_went_is_told(catalog: Catalog) -> None:
    catalog.add(reading(1, ["Maud Lorne"], "Le Fanal"))
    before = catalog.revision()
    catalog.add(reading(2, ["Maud Lorne", "Paul Vidal"], "Le Fanal"))
    changed = {(name.source, name.text, name.there) for name in catalog.names_changed(before)}
    assert changed == {("speaker", "Paul Vidal", True), ("name", "Paul Vidal", True)}


def test_the_most_quoted_come_first(catalog: Catalog) -> None:
    catalog.add(reading(1, ["Maud Lorne", "Paul Vidal", "Paul Vidal"], None))
    assert [(tally.name, tally.quotations) for tally in catalog.quoted(1)] == [("Paul Vidal", 2)]


def test_an_outlet_that_is_corrected_is_told(catalog: Catalog) -> None:
    made = reading(1, ["Maud Lorne"], "Le Fanal")
    catalog.add(made)
    catalog.add(replace(made, article=replace(made.article, source="Le Phare")))
    assert catalog.outlets() == ["Le Phare"]
